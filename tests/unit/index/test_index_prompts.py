import json
from pathlib import Path

import pytest

from index.embedders.sentence_transformers import SentenceTransformers, prompts

E5 = ("query: ", "passage: ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-small", E5),
        ("intfloat/e5-base-v2", E5),
        ("/models/E5-large", E5),
        ("sentence-transformers/all-MiniLM-L6-v2", ("", "")),
        ("KennethEnevoldsen/dfm-sentence-encoder-large", ("", "")),
        ("somebody/e5000-small", ("", "")),
        ("somebody/the5-small", ("", "")),
    ],
)
def test_what_a_model_wants_is_told_by_its_name(
    tmp_path: Path, name: str, expected: tuple[str, str]
) -> None:
    assert prompts(name, tmp_path) == expected


def test_an_instructed_model_wants_a_task_before_a_question_only(tmp_path: Path) -> None:
    question, passage = prompts("intfloat/multilingual-e5-large-instruct", tmp_path)
    assert question.startswith("Instruct: ")
    assert question.endswith("\nQuery: ")
    assert passage == ""


def test_a_copy_in_a_folder_of_any_name_is_known_by_its_origin(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(
        json.dumps({"_name_or_path": "intfloat/multilingual-e5-small"}), "utf-8"
    )
    assert prompts("/srv/model", tmp_path) == E5


def test_a_model_that_says_what_it_wants_is_believed(tmp_path: Path) -> None:
    said = {"prompts": {"query": "spørgsmål: ", "document": "tekst: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(said), "utf-8")
    assert prompts("intfloat/e5-base", tmp_path) == ("spørgsmål: ", "tekst: ")


@pytest.mark.parametrize("said", ["", "[]", "{", '{"prompts": null}', '{"prompts": {"query": ""}}'])
def test_a_description_that_says_nothing_is_passed_over(tmp_path: Path, said: str) -> None:
    (tmp_path / "config_sentence_transformers.json").write_text(said, "utf-8")
    assert prompts("intfloat/e5-base", tmp_path) == E5


def test_the_same_name_with_other_weights_is_another_model(tmp_path: Path) -> None:
    def identity() -> str:
        return SentenceTransformers(str(tmp_path)).id

    (tmp_path / "config.json").write_text("{}", "utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 3_000_000)
    first = identity()
    assert identity() == first
    (tmp_path / "README.md").write_text("Læs mig.", "utf-8")
    assert identity() == first
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 2_999_999 + b"\1")
    assert identity() != first
