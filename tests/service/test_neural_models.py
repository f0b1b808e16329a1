"""Neural models with a real one, the English MiniLM that a package carries: it embeds what is
searched, tells decisions that say the same, and is trained further to tell types of issues apart.

All in one file, so that one worker alone imports what that takes, which is eight seconds.
"""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from index.build import BuildReport, build
from index.embedders import EmbedderUnavailable
from index.embedders.sentence_transformers import SentenceTransformers
from index.passages import Source
from index.versions import Versions
from os2kb.cli.commands import app
from os2kb.decisions.lint.meaning import by_meaning
from os2kb.triage.encoder import Further
from os2kb.triage.issues import LabelledIssue
from os2kb.triage.model import Model, train
from os2kb.triage.store import BadModel, load, save
from tests.minilm import minilm
from tests.unit.decisions.alike import texts_in
from tests.unit.triage.labelled import API, THINGS, issues

pytestmark = pytest.mark.slow
MODEL = minilm()
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGES = {
    "cost.md": "# Cost\n\nMunicipalities share the expenses by the number of inhabitants.\n",
    "code.md": "# Code\n\nA pull request refers to an issue and needs two approvals.\n",
    "vacation.md": "# Summer\n\nThe office is closed in July.\n",
}


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformers:
    return SentenceTransformers(MODEL)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for path, text in PAGES.items():
        (folder / path).write_text(text, "utf-8")
    return folder


def built(tmp_path: Path, docs: Path, embedder: SentenceTransformers) -> BuildReport:
    return build([Source("docs", str(docs))], tmp_path / "index", embedder=embedder, now=NOW)


def test_vectors_are_of_length_one_and_mean_what_the_texts_mean(
    embedder: SentenceTransformers,
) -> None:
    rows = embedder.passages(list(PAGES.values()))
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert int((rows @ embedder.question("Who pays?")).argmax()) == 0
    assert int((rows @ embedder.question("holiday period")).argmax()) == 2


def test_it_finds_what_is_said_in_other_words(
    tmp_path: Path, docs: Path, embedder: SentenceTransformers
) -> None:
    assert built(tmp_path, docs, embedder).embedded == 3
    index = Versions(tmp_path / "index", embedder).current()
    assert index is not None
    found = index.search("review of the code before merging")
    assert found.missing == ()
    assert found.hits[0].passage.path == "code.md"
    assert found.hits[0].legs["dense"] == pytest.approx(1)


def test_only_what_is_new_is_embedded(
    tmp_path: Path, docs: Path, embedder: SentenceTransformers
) -> None:
    built(tmp_path, docs, embedder)
    assert built(tmp_path, docs, embedder).unchanged
    (docs / "new.md").write_text("# New\n\nSomething else.\n", "utf-8")
    assert built(tmp_path, docs, embedder).embedded == 1
    (docs / "new.md").unlink()
    assert built(tmp_path, docs, embedder).embedded == 0


@pytest.mark.parametrize("text", ["", "a\ud800b\x00c", "🌳" * 5000, "\u202eabc"])
def test_any_text_has_a_vector(embedder: SentenceTransformers, text: str) -> None:
    assert np.isfinite(embedder.question(text)).all()
    assert np.isfinite(embedder.passages([text])).all()


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


SETTINGS = {"HF_HUB_OFFLINE": "1", "OS2KB_EMBEDDER": f"sentence-transformers:{MODEL}"}


def test_the_commands_build_and_search_with_it(tmp_path: Path, docs: Path) -> None:
    """The build as people start it: what it takes is imported late, and where it is needed."""
    settings = SETTINGS | {"OS2KB_DATA_DIR": str(tmp_path / "data")}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("OS2KB_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "os2kb.cli", "index", "build", str(docs), "--json"],
        env=clean | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["embedded"] == 3, done.stderr
    found = CliRunner().invoke(app, ["search", "Who pays?", "--json"], env=settings)
    body = json.loads(found.stdout)
    assert body["missing"] == []


def test_a_small_english_model_finds_decisions_alike_that_share_no_words(
    embedder: SentenceTransformers,
) -> None:
    pairs = {(at, at + 1) for at in range(0, 24, 2)}
    found = {pair[:2] for pair in by_meaning(texts_in("en"), embedder.passages)}
    assert len(found & pairs) >= 5
    assert len(found - pairs) <= 1
    # It does not know Danish, and then it names none rather than some.
    assert list(by_meaning(texts_in("da"), embedder.passages)) == []


@pytest.fixture(scope="module")
def shares() -> list[float]:
    return []


@pytest.fixture(scope="module")
def model(embedder: SentenceTransformers, shares: list[float]) -> Model:
    return train(issues(24), embedder, further=Further(embedder.fresh, shares.append))


def test_it_knows_what_it_learned_of_things_it_has_not_seen(model: Model) -> None:
    assert model.encoder is not None
    said = {
        "bug": "Kameraet virker ikke",
        "feature": "Tilføj mulighed for kamera",
        "question": "Hvordan bruger man kameraet?",
    }
    asked = [LabelledIssue(API, label, title, "") for label, title in said.items()]
    chances = model.encoder.chances(asked)
    assert [model.labels[at] for at in chances.argmax(axis=1)] == list(said)
    assert chances.sum(axis=1) == pytest.approx([1, 1, 1])


def test_one_hears_how_far_it_is(model: Model, shares: list[float]) -> None:
    assert model.encoder is not None
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_training_leaves_the_embedder_as_it_was(
    model: Model, embedder: SentenceTransformers
) -> None:
    assert model.encoder is not None
    untouched = SentenceTransformers(MODEL)
    assert (embedder.passages(list(THINGS)) == untouched.passages(list(THINGS))).all()


def test_it_guesses_after_loading_as_before(
    model: Model, embedder: SentenceTransformers, tmp_path: Path
) -> None:
    folder = save(model, tmp_path, NOW)
    unseen = issues(10, seed=3)
    before, after = model.guesses(unseen), load(tmp_path, embedder).guesses(unseen)
    assert [one.likeliest for one in after] == [one.likeliest for one in before]
    assert [one.confidence for one in after] == pytest.approx(
        [one.confidence for one in before], abs=0.01
    )
    # The words' embeddings are not written again: they are half of the model.
    assert (folder / "encoder.safetensors").stat().st_size < 25e6


def test_a_torn_or_foreign_encoder_is_no_classifier(
    model: Model, embedder: SentenceTransformers, tmp_path: Path
) -> None:
    file = save(model, tmp_path, NOW) / "encoder.safetensors"
    whole = file.read_bytes()
    for torn in (whole[: len(whole) // 2], b"", b"\x80\x04 run this"):
        file.write_bytes(torn)
        with pytest.raises(BadModel, match="train it anew"):
            load(tmp_path, embedder)
    file.unlink()
    with pytest.raises(BadModel, match="train it anew"):
        load(tmp_path, embedder)


def test_hostile_text_is_read(model: Model) -> None:
    for body in ("", "\x00", "\ud800 fejl", "👩‍👩‍👧", "fejl " * 60_000):
        assert 0 <= model.guess(API, body[:200], body).confidence <= 1


def test_the_command_trains_further_unless_told_not_to(tmp_path: Path) -> None:
    learned, judged = tmp_path / "train.csv", tmp_path / "test.csv"
    write(learned, issues(5))
    write(judged, issues(4, seed=2))
    settings = SETTINGS | {"OS2KB_DATA_DIR": str(tmp_path)}

    def evaluated(*more: str) -> dict[str, object]:
        asked = ["triage", "eval", str(learned), str(judged), "--json", *more]
        ran = CliRunner().invoke(app, asked, env=settings)
        found: dict[str, object] = json.loads(ran.stdout)["model"]
        return found

    assert evaluated()["fine_tuned"] is True
    assert evaluated("--no-fine-tune")["fine_tuned"] is False


def write(path: Path, labelled: list[LabelledIssue]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("repo", "label", "title", "body"))
        rows.writerows((one.repository, one.label, one.title, one.body) for one in labelled)


def test_an_unknown_repository_stays_unknown(model: Model) -> None:
    elsewhere = [replace(one, repository="os2borgerpc/client") for one in issues(2, seed=4)]
    assert {guess.label for guess in model.guesses(elsewhere)} == {None}
