"""`os2kb policy explain`: what holds in a repository, and where each value comes from."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import json_text, print_json
from os2kb.cli.language import English
from os2kb.cli.policy.escalation import model_json, show_model
from os2kb.cli.policy.files import IN_A_REPOSITORY, policy_file, show_problems
from os2kb.cli.rows import add_row

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.document import Keys
    from os2kb.policy.explain import Explained
    from os2kb.policy.layers import Origin
    from os2kb.policy.load import ReadPolicy

_LAYERS = {
    "preset": ("forvalg", "preset"),
    "organisation": ("organisation", "organisation"),
    "repository": ("repository", "repository"),
}
_LEFT_OUT = (
    "Alt andet er som standard: {} værdier. --all viser dem.",
    "All else is as by default: {} values. --all shows them.",
)
_MODEL = {
    "forslag": (
        "Eskaleringsmodellen er et forslag. --escalation viser den.",
        "The escalation model is a proposal. --escalation shows it.",
    ),
    "vedtaget": (
        "Eskaleringsmodellen er vedtaget. --escalation viser den.",
        "The escalation model is adopted. --escalation shows it.",
    ),
}
_RULES = ("guidelines", "rules")


def explain_policy(
    repository: Annotated[
        str | None, typer.Argument(help="owner/repo, read from GitHub.", metavar="REPO")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="A repository's Policy file instead, .github/os2kb.yml if none."
        ),
    ] = None,
    organisation: Annotated[
        Path | None, typer.Option("--organisation", help="Its organisation's file, with --file.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also the defaults.")] = False,
    escalation: Annotated[
        bool, typer.Option("--escalation", help="Instead, the escalation model in words.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Show what a Policy sets and where each value comes from; exit 1 where it has mistakes."""
    from os2kb.policy.problem import BadPolicy

    if repository and (file or organisation):
        raise typer.BadParameter("Name either a repository, or files with --file.")
    if not (repository or file or organisation):
        file = IN_A_REPOSITORY
    if repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII):
        raise typer.BadParameter("Write a repository as owner/repo.")
    try:
        read = (
            _in_force(repository) if repository else _in_files(file, organisation, english=english)
        )
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=english)
        raise typer.Exit(1) from None
    if as_json:
        data = model_json(read) if escalation else _as_data(read)
        print_json(data)
    elif escalation:
        show_model(read, english=english)
    else:
        _show(read, every=every, english=english)


def _in_force(repository: str) -> "ReadPolicy":
    from os2kb.clock import now
    from os2kb.forges.github import connect
    from os2kb.observe.in_force import policy_in_force
    from os2kb.observe.observe import of_no_product
    from os2kb.settings import load_settings

    settings = load_settings()
    forge = connect(settings, now)
    name = forge.repository(repository).full_name
    products = settings.grants()
    product = products.product_of(name)
    if product is None:
        raise of_no_product(name)
    return policy_in_force(forge, name, products.grant(product))


def _in_files(file: Path | None, organisation: Path | None, *, english: bool) -> "ReadPolicy":
    from os2kb.policy.load import read_policy

    own, shared = (
        policy_file(path, english=english) if path else None for path in (file, organisation)
    )
    return read_policy(own, shared)


def _as_data(read: "ReadPolicy") -> dict[str, Any]:
    from os2kb.policy.explain import explained, plain

    items = [
        {"key": ".".join(one.keys), "value": one.value, "from": _origin(one)}
        for one in explained(read)
    ]
    return {"items": items, "policy": plain(read)}


def _origin(one: "Explained") -> dict[str, object]:
    place = one.origin or one.removed_at
    return {
        "layer": one.origin.layer if one.origin else "default",
        "path": place.path if place else None,
        "line": place.line if place else None,
    }


def _show(read: "ReadPolicy", *, every: bool, english: bool) -> None:
    """The files, then the values, the rules and the sections each under their own heading.

    Values that no file speaks of are only counted, unless `every` is to be shown.
    """
    # No markup: what is shown comes from files.
    console = Console(markup=False, highlight=False)
    for layer in reversed(read.layers.layers):
        console.print(f"{_LAYERS[layer.name][english]}: {layer.path}", soft_wrap=True)
    table = Table(*(("Key", "Value", "From") if english else ("Nøgle", "Værdi", "Fra")), box=None)
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    table.columns[1].overflow = "fold"
    under: Keys = ()
    rows = tuple(_worth_showing(read))
    shown = rows if every else tuple(one for one in rows if one.origin or one.removed_at)
    for one in shown:
        heading = one.keys[: 2 if one.keys[:2] == _RULES else 1] if len(one.keys) > 1 else ()
        if heading and heading != under:
            add_row(table, ".".join(heading), style="bold")
        under = heading
        key = ".".join(one.keys[len(heading) :])
        add_row(
            table,
            f"  {key}" if heading else key,
            _shown(one.value),
            _said_by(one, english=english),
            style=None if one.origin else "dim",
        )
    if shown:
        console.print(table)
    if left := len(rows) - len(shown):
        console.print(_LEFT_OUT[english].format(left))
    if model := read.policy.escalation:
        console.print(_MODEL[model.status][english])


def _worth_showing(read: "ReadPolicy") -> Iterator["Explained"]:
    """All but the default options of rules that are off."""
    from os2kb.policy.explain import explained

    rows = explained(read)
    off = {one.keys[:-1] for one in rows if one.keys[-1] == "level" and one.value == "off"}
    for one in rows:
        if one.origin or one.keys[-1] == "level" or one.keys[:3] not in off:
            yield one


def _shown(value: object) -> str:
    if value in (None, [], {}):
        return "–"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json_text(value, None)


def _said_by(one: "Explained", *, english: bool) -> str:
    if one.origin:
        return _line(one.origin, english=english)
    default = "default" if english else "standard"
    if one.removed_at:
        return f"{default} (null: {_line(one.removed_at, english=english)})"
    return default


def _line(origin: "Origin", *, english: bool) -> str:
    layer, word = _LAYERS[origin.layer][english], "line" if english else "linje"
    return layer if origin.line is None else f"{layer}, {word} {origin.line}"
