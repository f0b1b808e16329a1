"""Which sources a Policy names, what they may cost, and what becomes of them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Visibility
from os2kb.forges.port import Entry, NotFound
from os2kb.governance.facts import Repository
from os2kb.knowledge.named.kept import keep, kept
from os2kb.knowledge.named.named import Named, named_by
from os2kb.knowledge.named.reading import governed, read_named
from os2kb.knowledge.sources.fetched import Left, Page
from os2kb.knowledge.sources.repository_folder import (
    MOST_BYTES,
    MOST_DOCUMENTS,
    MOST_FOLDERS,
    read_folder,
)
from os2kb.observe.in_force import policy_of_scene
from os2kb.policy.sections.knowledge import KnowledgeSource
from os2kb.products.products import ProductEntry, Products
from os2kb.settings import Settings

WEB = "https://github.com"


def repository(*, private: bool = False) -> Repository:
    return Repository(
        id=1,
        full_name="os2demo/os2demo",
        default_branch="main",
        private=private,
        url=f"{WEB}/os2demo/os2demo",
        labels=(),
    )


def source(path: str, visibility: Visibility = "public") -> KnowledgeSource:
    return KnowledgeSource(path=path, visibility=visibility)


def named(*sources: KnowledgeSource, private: bool = False) -> dict[str, Named]:
    found = named_by(sources, repository(private=private), "os2demo")
    return {one.path: one for one in found}


@pytest.mark.parametrize(
    ("written", "path"), [("docs", "docs"), ("./docs/", "docs"), ("docs//da", "docs/da"), (".", "")]
)
def test_a_path_is_known_however_it_is_written(written: str, path: str):
    assert set(named(source(written), source(path or "."))) == {path}


def test_a_source_of_a_private_repository_is_never_public():
    found = named(source("docs"), source("andet", "internal"), private=True)
    assert {one.visibility for one in found.values()} == {"internal"}
    assert [path for path, one in found.items() if one.clamped] == ["docs"]


def test_of_a_path_named_twice_the_stricter_word_holds():
    for order in ([source("docs"), source("docs/", "internal")], [source("docs", "internal")] * 2):
        assert named(*order)["docs"].visibility == "internal"


def test_a_folder_does_not_show_what_a_source_below_it_keeps():
    found = named(source("docs"), source("docs/intern", "internal"), source("docsen"))
    assert found["docs"].without == ("docs/intern",)
    assert found["docsen"].without == ()


def test_a_source_has_the_name_folder_and_address_of_its_repository(tmp_path: Path):
    remote = named(source("docs"))["docs"].remote(WEB)
    mirrored = remote.mirrored(tmp_path, WEB)
    assert mirrored.name == "os2demo/os2demo:docs"
    assert mirrored.url == f"{WEB}/os2demo/os2demo/blob/HEAD/{{path}}#{{anchor}}"
    assert Path(mirrored.location).parent == tmp_path / "sources"


def test_what_was_named_is_read_back_as_it_was(tmp_path: Path):
    assert kept(tmp_path) == ()
    found = tuple(named(source("docs"), source("docs/æ", "internal")).values())
    keep(tmp_path, found)
    assert kept(tmp_path) == found
    (tmp_path / "named.json").write_text("[{", "utf-8")
    assert kept(tmp_path) == ()


class Shelves:
    """A repository's files: paths and sizes; what the reader asks of a forge, and how often."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes, self.asked = sizes, 0

    def listing(self, _name: str, path: str) -> tuple[Entry, ...]:
        self.asked += 1
        if path in self.sizes:
            return (Entry(path, "file", path, self.sizes[path]),)
        within = f"{path}/" if path else ""
        below = [name for name in self.sizes if name.startswith(within)]
        if not below:
            raise NotFound("findes ikke", "not there")
        files = [Entry(name, "file", name, self.sizes[name]) for name in below]
        here = [one for one in files if "/" not in one.path.removeprefix(within)]
        deeper = {name.removeprefix(within).split("/")[0] for name in below} - {
            one.path.removeprefix(within) for one in here
        }
        return (*here, *(Entry(within + name, "folder", "", 0) for name in deeper))

    def content(self, _name: str, path: str) -> bytes:
        self.asked += 1
        return b"x" * self.sizes[path]


def read(
    shelves: Shelves, path: str = "docs", known: Iterable[str] = (), without: tuple[str, ...] = ()
) -> tuple[dict[str, bytes | None], dict[str, str]]:
    one = Named("os2demo/os2demo", path, "os2demo", "public", without=without)
    found = list(read_folder(one.remote(WEB), shelves, {name: name for name in known}))  # type: ignore[arg-type]
    pages = {page.path: page.content for page in found if isinstance(page, Page)}
    return pages, {left.path: left.reason for left in found if isinstance(left, Left)}


def test_documents_keep_their_paths_and_other_files_are_no_concern():
    shelves = Shelves({"docs/a.md": 1, "docs/da/b.md": 1, "docs/c.py": 1, "d.md": 1})
    assert set(read(shelves)[0]) == {"docs/a.md", "docs/da/b.md"}
    assert set(read(shelves, "")[0]) == {"docs/a.md", "docs/da/b.md", "d.md"}
    assert set(read(shelves, "d.md")[0]) == {"d.md"}


def test_what_is_known_is_not_read_again():
    pages, _ = read(Shelves({"docs/a.md": 1, "docs/b.md": 1}), known=["docs/a.md"])
    assert pages == {"docs/a.md": None, "docs/b.md": b"x"}


def test_what_another_source_names_and_what_is_hidden_is_not_entered():
    shelves = Shelves({"docs/a.md": 1, "docs/intern/b.md": 1, "docs/.git/c.md": 1, "docs/.d.md": 1})
    assert set(read(shelves, without=("docs/intern",))[0]) == {"docs/a.md"}


def test_a_path_that_is_not_there_is_told():
    assert read(Shelves({"a.md": 1}), "docs") == ({}, {"docs": "no such folder or file"})


def test_a_source_costs_no_more_than_its_bounds():
    many = {f"docs/{n:04}.md": 1 for n in range(MOST_DOCUMENTS + 50)}
    pages, left = read(Shelves(many))
    assert (len(pages), len(left)) == (MOST_DOCUMENTS, 50)
    heavy = {f"docs/{n}.md": 900_000 for n in range(10)} | {"docs/stor.md": 1_000_001}
    pages, left = read(Shelves(heavy))
    assert sum(len(one or b"") for one in pages.values()) <= MOST_BYTES
    assert left["docs/stor.md"] == "too large: 1.0 MB, and 1 MB at most"
    deep = Shelves({f"docs/{'d/' * n}a.md": 1 for n in range(MOST_FOLDERS * 3)})
    pages, left = read(deep)
    assert deep.asked == MOST_FOLDERS + len(pages) <= MOST_FOLDERS * 2
    assert "folders at most" in "".join(left.values())


@given(st.dictionaries(st.text("ab./\\\x00\u202e", max_size=6), st.integers(0, 3), max_size=6))
def test_no_name_leads_out_of_the_mirror(names: dict[str, int]):
    class Odd(Shelves):
        def listing(self, _name: str, _path: str) -> tuple[Entry, ...]:
            entries = (f"docs/{name}.md" for name in names)
            return tuple(Entry(path, "file", "", 1) for path in entries if path in self.sizes)

    shelves = Odd({f"docs/{name}.md": 1 for name in names if "/" not in name})
    for path in read(shelves)[0]:
        parts = path.split("/")
        assert ".." not in parts
        assert not parts[-1].startswith(".")
        assert not set(path) & set("\\\x00\u202e")


def products(*repositories: str) -> Products:
    return Products(entries={"os2demo": ProductEntry(repositories=repositories)})


def test_repositories_given_by_name_are_governed_without_being_heard_of(tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path)
    assert governed(settings, products("os2demo/a", "OS2demo/A", "os2demo/b")) == (
        "os2demo/b",
        "os2demo/a",
    )
    assert governed(settings, products("os2demo/*")) == ()


def test_without_credentials_what_was_named_is_kept_for_its_product_only():
    before = tuple(named(source("docs")).values())

    def reading(*repositories: str) -> tuple[Named, ...]:
        return read_named(
            ["os2demo/os2demo"], products(*repositories), None, policy_of_scene, before
        ).named

    assert reading("os2demo/*") == before
    assert reading("os2demo/andet") == ()
