"""An index that is embedded over an API: what is sent, and what a failure costs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import BuildReport, build
from index.build.refusals import NotEmbedded
from index.embedders import EVERYONE
from index.passages import Source
from index.search import Index
from index.versions import Versions
from os2kb.knowledge.embedders.endpoint import (
    AT_ONCE,
    ATTEMPTS,
    Endpoint,
)
from tests.fakes import embeddings as fakes
from tests.fakes.embeddings import FakeEmbeddings, Raw, Reset, Status
from tests.service.embedding import NOW, PAGES, endpoint


@pytest.fixture
def server() -> Iterator[FakeEmbeddings]:
    with fakes.running() as fake:
        yield fake


def pages(folder: Path, documents: dict[str, str] = PAGES) -> Source:
    folder.mkdir(exist_ok=True)
    for path, text in documents.items():
        (folder / path).write_text(text, "utf-8")
    return Source("docs", str(folder))


def built(tmp_path: Path, server: FakeEmbeddings, *sources: Source, **given: object) -> BuildReport:
    return build(sources, tmp_path / "index", embedder=endpoint(server, **given), now=NOW)


def index_of(tmp_path: Path, embedder: Endpoint | None) -> Index:
    index = Versions(tmp_path / "index", embedder).current()
    assert index is not None
    return index


def test_an_index_is_built_and_searched_over_the_api(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    assert built(tmp_path, server, pages(tmp_path / "docs")).embedded == 3
    found = index_of(tmp_path, endpoint(server)).search("udgiften til drift")
    assert found.hits[0].passage.path == "drift.md"
    assert found.hits[0].legs["dense"] == pytest.approx(1)
    assert found.missing == ()


def test_only_new_texts_are_sent(tmp_path: Path, server: FakeEmbeddings) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    server.requests.clear()
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    assert built(tmp_path, server, source).embedded == 1
    (sent,) = server.requests[0]["input"]
    assert "En ny side." in sent


def test_what_was_embedded_before_a_failure_is_not_sent_again(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    many = {f"{n}.md": f"# Side {n}\n\nIndhold nummer {n}.\n" for n in range(300)}
    source = pages(tmp_path / "docs", many)
    server.will(*[Raw((reply(server, AT_ONCE),))] * 4, Status(401))
    with pytest.raises(NotEmbedded, match=r"OS2KB_EMBEDDING_API_KEY.*still serves"):
        built(tmp_path, server, source)
    assert built(tmp_path, server, source).embedded == 300 - 4 * AT_ONCE


def reply(server: FakeEmbeddings, count: int) -> bytes:
    row = ",".join(["0.5"] * server.dimensions)
    rows = ",".join(f'{{"index": {number}, "embedding": [{row}]}}' for number in range(count))
    return f'{{"data": [{rows}]}}'.encode()


def test_a_failing_build_leaves_the_version_before_serving(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    source = pages(tmp_path / "docs")
    first = built(tmp_path, server, source).version
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    server.will(*[Status(503)] * ATTEMPTS)
    with pytest.raises(NotEmbedded):
        built(tmp_path, server, source)
    assert index_of(tmp_path, endpoint(server)).version == first


def test_internal_passages_are_not_sent_unless_the_installation_says_so(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    public = pages(tmp_path / "docs")
    folder = pages(tmp_path / "inde", {"løn.md": "# Løn\n\nLønnen er fortrolig.\n"}).location
    internal = Source("inde", folder, visibility="internal")
    built(tmp_path, server, public, internal)
    assert not any("fortrolig" in text for text in server.texts)
    found = index_of(tmp_path, endpoint(server)).search("fortrolig løn", visibility=EVERYONE)
    assert found.hits[0].passage.path == "løn.md", "it is found by its words"
    assert built(tmp_path, server, public, internal, internal=True).embedded == 1
    assert any("fortrolig" in text for text in server.texts)


@pytest.mark.parametrize("fault", [Status(500), Reset(), Raw((b"{}",))], ids=str)
def test_a_search_goes_on_by_words_when_the_endpoint_fails_and_says_so(
    tmp_path: Path, server: FakeEmbeddings, fault: Status | Reset | Raw
) -> None:
    built(tmp_path, server, pages(tmp_path / "docs"))
    index = index_of(tmp_path, endpoint(server))
    server.will(fault)
    found = index.search("udgiften til drift")
    assert found.hits[0].passage.path == "drift.md"
    assert found.missing == ("dense",)
    assert "OS2KB_EMBEDDING_BASE_URL" in index.without_dense
    assert index.search("møde").missing == (), "and takes it up again"


def test_another_model_behind_the_name_is_found_out(tmp_path: Path, server: FakeEmbeddings) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    server.dimensions = 32
    index = index_of(tmp_path, endpoint(server))
    assert index.search("drift").missing == ("dense",)
    assert "now gives 32 dimensions" in index.without_dense
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    built(tmp_path, server, source)
    assert index_of(tmp_path, endpoint(server)).search("drift").missing == (), "all embedded anew"


def test_an_index_is_never_compared_with_another_embedder(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    index = index_of(tmp_path, None)
    found = index.search("udgiften til drift")
    assert (found.missing, found.hits[0].passage.path) == (("dense",), "drift.md")
    assert "was built with openai:fake" in index.without_dense
    build([source], tmp_path / "index", now=NOW)
    assert index_of(tmp_path, None).search("drift").missing == ()
    assert index_of(tmp_path, endpoint(server)).search("drift").missing == (), "lsa comes with it"


def test_an_empty_question_is_not_sent(tmp_path: Path, server: FakeEmbeddings) -> None:
    built(tmp_path, server, pages(tmp_path / "docs"))
    server.requests.clear()
    assert index_of(tmp_path, endpoint(server)).search("  ").missing == ()
    assert server.requests == []
