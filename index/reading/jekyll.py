"""Where a Jekyll site shows a file: front matter, `_config.yml` and the name of the file.

The rules are Jekyll's own, https://jekyllrb.com/docs/permalinks/ (4.3: `page.rb`, `collection.rb`,
`drops/url_drop.rb`, `utils.rb`); the tests hold them to what Jekyll itself printed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_CONFIG = ("_config.yml", "_config.yaml")
_LARGEST = 100_000  # bytes of a configuration
_MOST = 200  # patterns, collections or defaults: each is tried on every file
_KEY = re.compile(r":([a-z_]+)")
_DATED = re.compile(r"(?:.*/)?(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<name>[^/]+)")
_NOT_SHOWN = ("_", ".", "#", "~")


@dataclass(frozen=True, slots=True)
class Default:
    """A permalink that `_config.yml` gives to all files of a folder, or of a type."""

    path: str
    type: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Site:
    """What of a `_config.yml` decides where a file is shown.

    Attributes:
        root: the folder it stands in, relative to the source; empty at the top.
        collections: name and permalink (empty for Jekyll's own) of those that are shown.
        gfm: False where headings get their anchors from kramdown's own parser.
    """

    root: str = ""
    baseurl: str = ""
    permalink: str = "date"
    collections: tuple[tuple[str, str], ...] = ()
    collections_dir: str = ""
    defaults: tuple[Default, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    gfm: bool = True


def read_site(folder: Path) -> Site:
    """The site of a folder of documents; Jekyll's defaults where there is no readable one."""
    for root in ("", "docs"):
        for name in _CONFIG:
            config = folder / root / name
            try:
                inside = config.resolve().is_relative_to(folder.resolve())
                if inside and config.is_file() and config.stat().st_size <= _LARGEST:
                    return site_of(yaml.safe_load(config.read_text("utf-8")), root)
            except (OSError, ValueError, RecursionError, yaml.YAMLError):
                continue
    return Site()


def site_of(config: object, root: str = "") -> Site:
    """The site that a `_config.yml`, once loaded, describes."""
    stated = config if isinstance(config, Mapping) else {}
    kramdown = stated.get("kramdown")
    return Site(
        root=root,
        # Without its slash it would go on with the host's name, and lead elsewhere.
        baseurl=f"/{_text(stated, 'baseurl').strip('/')}".rstrip("/"),
        permalink=_text(stated, "permalink") or "date",
        collections=tuple(_collections(stated.get("collections"))),
        collections_dir=_text(stated, "collections_dir").strip("/"),
        defaults=tuple(_defaults(stated.get("defaults"))),
        exclude=_texts(stated, "exclude"),
        include=_texts(stated, "include"),
        gfm=not (
            isinstance(kramdown, Mapping) and kramdown.get("input") in {"kramdown", "Kramdown"}
        ),
    )


def permalink(path: str, front: Mapping[str, object], site: Site) -> str:
    """The path of a file's page, from the site's host on, with `baseurl`; not percent-encoded.

    Args:
        path: relative to the source, with forward slashes.
        front: its front matter.

    Returns:
        Empty for a file that the site does not show.
    """
    inside = f"{site.root}/" if site.root else ""
    if not path.startswith(inside) or front.get("published") is False:
        return ""
    path = path.removeprefix(inside)
    kind, within = _place(path, site)
    if not _is_shown(within, site):
        return ""
    template = _stated(path, kind, front, site) or _template(kind, within, site)
    values = _values(kind, within, front)
    filled = _KEY.sub(lambda match: values.get(match[1], match[0]), template)
    cleaned = re.sub(r"/{2,}", "/", f"/{filled}".replace("..", "/").replace("./", ""))
    return site.baseurl + cleaned


def _place(path: str, site: Site) -> tuple[str, str]:
    """`pages`, `posts` or a collection's name; and the path within it."""
    directory = f"{site.collections_dir}/" if site.collections_dir else ""
    before, found, name = f"/{path.removeprefix(directory)}".rpartition("/_posts/")
    if found and _DATED.fullmatch(name):
        return "posts", f"{before}/{name}".lstrip("/")
    for label, _ in site.collections:
        if path.startswith(f"{directory}_{label}/"):
            return label, path.removeprefix(f"{directory}_{label}/")
    return "pages", path


def _is_shown(path: str, site: Site) -> bool:
    parts = path.split("/")
    folders = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    if any(fnmatch(folder, pattern) for folder in folders for pattern in site.include):
        return True
    if any(path.startswith(pattern) or fnmatch(path, pattern) for pattern in site.exclude):
        return False
    return not any(part.startswith(_NOT_SHOWN) for part in parts)


def _stated(path: str, kind: str, front: Mapping[str, object], site: Site) -> str:
    """The permalink of the front matter, else of the most particular of the site's defaults."""
    if isinstance(front.get("permalink"), str):
        return str(front["permalink"])
    fitting = [
        default
        for default in site.defaults
        if path.startswith(default.path) and default.type in {"", kind}
    ]
    best = max(fitting, key=lambda d: (len(d.path), bool(d.type)), default=None)
    return best.permalink if best else ""


def _template(kind: str, path: str, site: Site) -> str:
    style = site.permalink
    if kind == "posts":
        return _STYLES.get(style, style)
    if kind == "pages":
        name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return "/:path/" if name == "index" else f"/:path/:basename{_suffix(style)}"
    return dict(site.collections)[kind] or f"/:collection/:path{_suffix(style)}"


def _suffix(style: str) -> str:
    """How the addresses of pages end: as those of posts do."""
    if style == "pretty" or style.endswith("/"):
        return "/"
    named = style in {"date", "ordinal", "none"}  # Jekyll forgets weekdate
    return ":output_ext" if named or style.endswith(":output_ext") else ""


def _values(kind: str, path: str, front: Mapping[str, object]) -> dict[str, str]:
    folder, _, name = path.rpartition("/")
    stem = re.sub(r"\.[^.]*$", "", name).rstrip(".")
    dated = _DATED.fullmatch(stem)
    title = _slug(str(front.get("slug") or (dated["name"] if dated else stem)))
    values = {
        "path": folder if kind == "pages" else f"{folder}/{stem}",
        "basename": stem,
        "output_ext": ".html",
        "collection": kind,
        "title": title,
        "slug": title.lower(),
        "name": stem,
        "categories": "/".join(_categories(folder if kind == "posts" else "", front)),
    }
    return values | _dates(dated["date"] if dated else "", front)


def _dates(named: str, front: Mapping[str, object]) -> dict[str, str]:
    stated = front.get("date")
    try:
        year, month, day = (
            int(part) for part in (str(stated)[:10] if stated else named).split("-")
        )
        when = date(year, month, day)
    except ValueError:
        return {}
    return {
        "year": f"{when:%Y}",
        "month": f"{when:%m}",
        "day": f"{when:%d}",
        "i_month": str(when.month),
        "i_day": str(when.day),
        "y_day": f"{when:%j}",
        "week": f"{when:%V}",
        "short_day": f"{when:%a}",
    }


def _slug(text: str) -> str:
    """Jekyll's `slugify` in its `pretty` mode, with capitals kept."""
    return re.sub(r"^-|-$", "", re.sub(r"[^\w._~!$&'()+,;=@]+", "-", text))


def _categories(folders: str, front: Mapping[str, object]) -> Iterable[str]:
    """Those of the folders above `_posts` first, then those of the front matter, each once."""
    stated = front.get("categories") or front.get("category") or ()
    named = stated.split() if isinstance(stated, str) else stated
    listed = [str(one) for one in named] if isinstance(named, list) else []
    return dict.fromkeys(one.lower() for one in [*folders.split("/"), *listed] if one)


def _collections(stated: object) -> Iterable[tuple[str, str]]:
    if not isinstance(stated, Mapping):
        return
    for name, about in list(stated.items())[:_MOST]:
        if isinstance(about, Mapping) and about.get("output") and name != "posts":
            yield str(name), _text(about, "permalink")


def _defaults(stated: object) -> Iterable[Default]:
    for default in stated[:_MOST] if isinstance(stated, list) else ():
        scope = default.get("scope") if isinstance(default, Mapping) else None
        values = default.get("values") if isinstance(default, Mapping) else None
        if isinstance(scope, Mapping) and isinstance(values, Mapping) and values.get("permalink"):
            yield Default(_text(scope, "path"), _text(scope, "type"), _text(values, "permalink"))


def _text(stated: Mapping[Any, Any], key: str) -> str:
    value = stated.get(key)
    return value if isinstance(value, str) else ""


def _texts(stated: Mapping[Any, Any], key: str) -> tuple[str, ...]:
    """Lists in it are no texts: aliases of aliases could make a few lines a thousand million."""
    value = stated.get(key)
    listed = value[:_MOST] if isinstance(value, list) else ()
    return tuple(str(one) for one in listed if isinstance(one, str | int | float))
