"""One Danish word for each thing, in all that the bot says, and in the samples."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
DANISH = re.compile(r"[æøåÆØÅ]|\b(?:ikke|er|og|det|som|der|til|med|står|af)\b")
ENGLISH = re.compile(r"\b(?:the|is|are|of|and|not|that|with|which)\b")
# Names of keys, labels and files, and what guidelines are searched for, in their authors' words.
NAMES = re.compile(r"mangler changelog|needs-changelog|`[^`]*`|\bpreset:|\{\w+\}|\+\w+")
CODE = re.compile(r"\{[{%].*?[}%]\}")
SCENES = "samples/demo/scenario.yml"
# What is a matter of both issues and pull requests, or of another system, or a clue in a text.
OF_BOTH = {
    "os2kb/subjects.py",
    "os2kb/preview/said.py",
    "os2kb/preview/budget.py",
    "os2kb/governance/rules/pull_request/written/linked_issue.py",
    "os2kb/decisions/minutes/cues.py",
    "os2kb/governance/rules/text/security_words.py",
    "os2kb/governance/rules/text/vulnerability_cues.py",
}


def literals(file: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings, those with values in them in one piece."""
    tree = ast.parse(file.read_text("utf-8"))
    within = {
        part for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts = [one.value for one in node.values if isinstance(one, ast.Constant)]
            yield "…".join(map(str, texts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in within:
            yield node.value


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """File to its Danish texts."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "os2kb").rglob("*.py")):
        texts = [one for one in literals(file) if " " in one]
        kept = [one for one in texts if DANISH.search(one) and not ENGLISH.search(one)]
        found[file.relative_to(ROOT).as_posix()] = kept
    for file in sorted((ROOT / "os2kb/governance/texts/da").rglob("*.md")):
        text = CODE.sub("", file.read_text("utf-8"))
        found[file.relative_to(ROOT).as_posix()] = [text]
    scenes = yaml.safe_load((ROOT / SCENES).read_text("utf-8"))["steps"]
    found[SCENES] = [one[key] for one in scenes for key in ("title", "shows")]
    return found


@pytest.mark.parametrize(
    ("other", "ours"),
    [
        (r"changelog\w*", "ændringslog"),
        (r"presets?|presettet", "forvalg"),
        (r"en commit|denne commit|commit'et", "et commit, committet"),
        (r"labels?", "etiket"),
    ],
)
def test_a_thing_has_one_word(said: dict[str, list[str]], other: str, ours: str) -> None:
    wrong = re.compile(rf"(?<![\w./-])(?:{other})(?![\w:-])")
    found = [
        (file, hit[0], ours)
        for file, texts in said.items()
        for text in texts
        for hit in wrong.finditer(NAMES.sub("", text))
    ]
    assert found == []


def test_an_issue_is_no_sag(said: dict[str, list[str]]) -> None:
    sag = re.compile(r"\bsag(?:en|er|erne|s|ens)?\b", re.IGNORECASE)
    # An escalation is of a fault, wherever that is reported; the sample tells of “seneste sager”.
    kept = {file for file in said if file in OF_BOTH or "escalation" in file or file == SCENES}
    found = {file for file, texts in said.items() if any(map(sag.search, texts))}
    assert found - kept == set()


def test_the_texts_are_found(said: dict[str, list[str]]) -> None:
    assert sum(map(len, said.values())) > 600
    assert (
        "Ingen ændringslog er ændret."
        in said["os2kb/governance/rules/pull_request/files/changelog.py"]
    )
