"""The same documents make the same version, byte for byte, by whichever way."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from corpora import HANDBOOK, NOW, write
from hypothesis import example, given
from hypothesis import strategies as st

from index.build import build
from index.embedders import EVERYONE
from index.embedders.vectors import Vectors
from index.passages import Source
from index.versions import Versions
from tests.examples import examples

Documents = Mapping[str, str]

PATHS = st.sampled_from(("a.md", "b/æble.md", "b/c.md", "d.txt"))
TEXTS = st.lists(
    st.sampled_from(
        (
            "# Roller",
            "## Leverandør",
            "En leverandør er en virksomhed, der udfører arbejde for produktet.",
            "Leverandørsamarbejdet varer et år, og Økonomi betaler; ØKONOMI, økonomi, oekonomi.",
            "The supplier of the product should be told before it is released to others.",
            "| Rolle | Ansvar |\n|---|---|\n| Ejer | Beslutter |",
            "Sam\u00adarbejde 👍🏽 \u202eomvendt <b>fed</b> 12 stk.",
        )
    ),
    max_size=6,
).map("\n\n".join)
STATES = st.lists(st.dictionaries(PATHS, TEXTS, max_size=4), min_size=2, max_size=4)
ALWAYS = {"altid.md": "# Altid\n\nStyregruppen beslutter, hvad produktet skal kunne."}


class Letters:
    """An embedder that counts letters: unlike lsa, it learns nothing from the corpus."""

    id = "letters"
    takes = EVERYONE

    def ready(self) -> None:
        pass

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.question(text) for text in texts], np.float32)

    def question(self, text: str) -> Vectors:
        counts = np.array([1 + text.count(letter) for letter in "aeinorst"], np.float32)
        unit: Vectors = counts / np.linalg.norm(counts)
        return unit


def version(folder: Path, root: Path) -> dict[str, bytes]:
    """Every file of the version that a build leaves, by its path."""
    build([Source("docs", str(folder))], root, embedder=Letters(), now=NOW)
    return files(root)


def files(root: Path) -> dict[str, bytes]:
    serving = Versions(root).folder()
    assert serving is not None
    found = (path for path in serving.rglob("*") if path.is_file())
    return {path.relative_to(serving).as_posix(): path.read_bytes() for path in found}


@examples(25)
@given(STATES)
@example([{"a.md": "# Roller\n\nKort."}, {}, {"a.md": "# Roller\n\nKort."}])
@example([{"a.md": "Et fælles ord.", "d.txt": "Et andet ord."}, {"d.txt": "Et andet ord."}])
def test_a_build_after_any_edits_equals_one_from_scratch(states: list[Documents]) -> None:
    with TemporaryDirectory() as folder:
        docs, grown = Path(folder, "docs"), Path(folder, "grown")
        for state in states:
            for path in docs.rglob("*.*"):
                path.unlink()
            write(docs, {**ALWAYS, **state})
            incremental = version(docs, grown)
        scratch = version(docs, Path(folder, "scratch"))
    assert incremental.keys() == scratch.keys()
    assert [name for name, held in scratch.items() if held != incremental[name]] == []


@pytest.mark.slow
def test_two_processes_build_the_same(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", HANDBOOK)
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from index.build import build; from index.passages import Source\n"
        "docs, root = Source('docs', sys.argv[1]), Path(sys.argv[2])\n"
        "build([docs], root, now=datetime(2026, 3, 2, tzinfo=UTC))"
    )
    for seed in ("1", "2"):  # of the hashes of strings, which the order of a set rests on
        command = [sys.executable, "-c", script, str(docs), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    one, other = files(tmp_path / "1"), files(tmp_path / "2")
    assert [name for name, held in one.items() if held != other[name]] == []
