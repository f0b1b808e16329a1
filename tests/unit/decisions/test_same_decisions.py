"""Decisions that say the same in other words, told by an embedder beside the words themselves."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from index.embedders.vectors import Vectors
from os2kb.cli.commands import app
from os2kb.decisions.lint.meaning import by_meaning
from tests.fakes.embeddings import running
from tests.fakes.llm import Status
from tests.unit.decisions.alike import texts_in


def in_a_circle(texts: Sequence[str]) -> Vectors:
    """Each as far from the next as any, but for the first two, which nearly are one."""
    turned = np.arange(len(texts)) * 2 * np.pi / len(texts)
    turned[1] = turned[0] + 0.01
    return np.stack([np.cos(turned), np.sin(turned), np.zeros_like(turned)], axis=1).astype("f4")


def apart(texts: Sequence[str]) -> Vectors:
    """Nothing in common, but for what the first two have."""
    rows = np.eye(len(texts), dtype="f4")
    rows[1] = 0.95 * rows[0] + 0.312 * rows[1]
    return rows


def test_two_that_are_nearer_than_all_around_them_are_told() -> None:
    assert [pair[:2] for pair in by_meaning(texts_in("en"), apart)] == [(0, 1)]


def test_where_every_text_is_as_near_to_another_no_two_are_told() -> None:
    def all_alike(texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 4), "f4") / 2

    assert list(by_meaning(texts_in("en"), all_alike)) == []
    assert list(by_meaning(texts_in("en"), in_a_circle)) == []


def test_of_a_few_texts_nobody_can_tell_what_is_usual() -> None:
    assert list(by_meaning(["a", "a"], apart)) == []
    assert list(by_meaning([], apart)) == []


@pytest.fixture
def log(tmp_path: Path) -> Path:
    for number, text in enumerate(texts_in("da")[::2]):
        title, _, said = text.partition("\n")
        (tmp_path / f"{number:04}-a.md").write_text(
            f"# ADR {number}: {title}\n\nDate: 2026-05-02\n\nStatus: Accepted\n\n"
            f"## Decision\n\n{said}\n",
            "utf-8",
        )
    return tmp_path


def lint(log: Path, **environment: str) -> Result:
    settings = {f"OS2KB_{name.upper()}": value for name, value in environment.items()}
    return CliRunner().invoke(app, ["decisions", "lint", str(log)], env=settings)


def test_a_service_sees_the_entries_only_where_it_may(log: Path) -> None:
    with running() as server:
        asked = {"embedder": "openai:fake", "embedding_base_url": server.url}
        told = lint(log, **asked)
        assert server.texts == []
        assert "OS2KB_EMBEDDING_INTERNAL" in told.stderr
        told = lint(log, **asked, embedding_internal="true")
        assert len(server.texts) == len(list(log.iterdir()))
        assert (told.exit_code, told.stderr) == (0, "")


def test_without_an_answer_the_words_are_compared_and_that_is_told(log: Path) -> None:
    with running() as server:
        server.will(Status(401))
        told = lint(
            log,
            embedder="openai:fake",
            embedding_base_url=server.url,
            embedding_internal="true",
        )
    assert told.exit_code == 0
    assert "kun sammenlignet ord for ord" in told.stderr
    assert "OS2KB_EMBEDDING_API_KEY" in told.stderr
