"""A source in the products file: where it lies, and what is said where it does not fit."""

from pathlib import Path

import pytest

from index.passages import Source
from os2kb.products.products import Products, ProductsError, load_products
from os2kb.settings import Settings

HEAD = "products:\n  os2demo:\n    repositories: [os2demo/os2demo, os2demo/docs]\n    sources:\n"


def loaded(tmp_path: Path, *entries: str) -> Products:
    file = tmp_path / "products.yml"
    file.write_text(HEAD + "".join(f"      - {entry}\n" for entry in entries), "utf-8")
    return load_products(file)


def test_a_git_source_names_its_branch_and_folder(tmp_path: Path):
    entry = "{name: a, git: 'https://example.org/a.git', branch: udgave/2, folder: /docs/da/}"
    (source,) = loaded(tmp_path, entry).sources
    assert (source.location, source.branch, source.folder) == (
        "https://example.org/a.git",
        "udgave/2",
        "docs/da",
    )


def test_what_lies_elsewhere_is_read_from_its_mirror(tmp_path: Path):
    products = loaded(
        tmp_path,
        "{name: handbook, path: handbook}",
        "{name: faq, issues: os2demo/os2demo, label: Spørgsmål, language: da}",
        "{name: talk, discussions: os2demo/docs, category: q-a, visibility: internal}",
        "{name: loop, os2loop: export.json, url: 'https://loop.example.org/node/{stem}'}",
        "{name: cloud, webdav: 'https://cloud.example.org/remote.php/dav/files/ida/OS2/'}",
    )
    settings = Settings(
        data_dir=tmp_path / "data", products=tmp_path / "products.yml", _env_file=None
    )
    mirrors = tmp_path / "data" / "index" / "sources"
    sources = {source.name: source for source in settings.sources()}
    assert [remote.source.name for remote in products.remotes] == ["faq", "talk", "loop", "cloud"]
    assert {name: source.location for name, source in sources.items()} == {
        "handbook": str(tmp_path / "handbook"),
        **{name: str(mirrors / name) for name in ("faq", "talk", "loop", "cloud")},
    }
    assert {source.product for source in sources.values()} == {"os2demo"}
    assert sources["faq"].url == "https://github.com/os2demo/os2demo/issues/{stem}#{anchor}"
    assert sources["talk"].url == "https://github.com/os2demo/docs/discussions/{stem}#{anchor}"
    assert (sources["faq"].kind, sources["cloud"].kind) == ("faq", None)
    assert (sources["faq"].language, sources["talk"].visibility) == ("da", "internal")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{name: a}", "exactly one of path, git, issues, discussions, os2loop, webdav"),
        ("{name: a, path: x, git: 'https://example.org/a.git'}", "has `path` and `git`"),
        ("{name: a, path: x, branch: main}", "`branch` goes with `git` only"),
        ("{name: a, git: 'https://example.org/a.git', folder: ../b}", "leave `..` out"),
        ("{name: a, git: 'https://example.org/a.git', branch: --x}", "sources.0.branch"),
        ("{name: a, issues: os2demo/os2demo}", "`issues` needs `label`"),
        ("{name: a, issues: os2demo, label: x}", "sources.0.issues"),
        ("{name: a, issues: andre/andre, label: x}", "none of os2demo's `repositories`"),
        ("{name: a, discussions: andre/andre}", "none of os2demo's `repositories`"),
        ("{name: a, issues: os2demo/os2demo, label: x, category: y}", "`category` goes with"),
        ("{name: a, webdav: 'http://cloud.example.org/x'}", "starts with https://"),
        ("{name: a, webdav: 'https://ida:hemmelig@example.org/x'}", "OS2KB_WEBDAV_PASSWORD"),
        ("{name: ../a, path: x}", "sources.0.name"),
    ],
)
def test_what_does_not_fit_is_named_with_its_cure(tmp_path: Path, entry: str, said: str):
    with pytest.raises(ProductsError) as raised:
        loaded(tmp_path, entry)
    assert said in str(raised.value)
    assert "hemmelig" not in str(raised.value)


def test_two_sources_of_one_name_are_refused_wherever_they_lie(tmp_path: Path):
    with pytest.raises(ProductsError, match="name a is used twice"):
        loaded(tmp_path, "{name: a, path: x}", "{name: a, os2loop: y.json}")


def test_on_ones_own_machine_webdav_needs_no_tls(tmp_path: Path):
    (remote,) = loaded(tmp_path, "{name: a, webdav: 'http://127.0.0.1:8081/x'}").remotes
    assert isinstance(remote.mirrored(tmp_path, ""), Source)
