"""Decisions that stand in sources of knowledge are in the log, each with who may see it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.knowledge.decision_logs import decisions_served

NOW = datetime(2026, 6, 4, tzinfo=UTC)
ONE = (
    "# [SDR] Fælles drift\n\n- **Dato**: 4/6 2026\n- **Status**: Accepteret\n\n## Beslutning\n\nJa."
)
LOG = """# Beslutningslog

## BDR-#2: To godkendelser (2026-03-05)

- **Status**: Accepteret

### Beslutning

To skal godkende.

## BDR-#1: Én godkendelse (2025-09-04)

- **Status**: Erstattet af BDR-#2

### Beslutning

Én skal godkende.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "aaben/beslutninger/2026-06-04-drift.md": ONE,
        "aaben/beslutninger/DECISION_LOG.md": LOG,
        "aaben/vejledning.md": "# Vejledning\n\nSådan gør du, når skærmen er sort.",
        "intern/beslutninger/loen.md": ONE.replace("Fælles drift", "Løn"),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def source(root: Path, name: str, visibility: str = "public") -> Source:
    url = "https://example.org/{path}#{anchor}"
    return Source(name, str(root / name), "os2demo", visibility, url=url)  # type: ignore[arg-type]


def built(root: Path, *sources: Source) -> Versions:
    build(sources, root / "index", now=NOW)
    return Versions(root / "index")


def titles(versions: Versions, *, public_only: bool = False) -> list[str]:
    found = decisions_served(versions, public_only=public_only)
    return [one.entry.decision.title for one in found]


def test_before_the_first_build_there_are_none(tmp_path: Path):
    assert titles(Versions(tmp_path)) == []


def test_decisions_are_found_in_the_sources_however_they_are_written(root: Path):
    found = decisions_served(built(root, source(root, "aaben")))
    assert {one.entry.decision.title: one.url for one in found} == {
        "Fælles drift": "https://example.org/beslutninger/2026-06-04-drift.md",
        "To godkendelser": "https://example.org/beslutninger/DECISION_LOG.md"
        "#bdr-2-to-godkendelser-2026-03-05",
        "Én godkendelse": "https://example.org/beslutninger/DECISION_LOG.md"
        "#bdr-1-%C3%A9n-godkendelse-2025-09-04",
    }
    assert {one.log.product for one in found} == {"os2demo"}


def test_an_internal_source_makes_an_internal_log(root: Path):
    versions = built(root, source(root, "aaben"), source(root, "intern", "internal"))
    assert sorted(titles(versions)) == ["Fælles drift", "Løn", "To godkendelser", "Én godkendelse"]
    assert "Løn" not in titles(versions, public_only=True)
    assert {one.log.key: one.log.public for one in decisions_served(versions)} == {
        "source:aaben": True,
        "source:intern": False,
    }


def test_a_source_that_is_no_more_takes_its_decisions_with_it(root: Path):
    aaben, intern = source(root, "aaben"), source(root, "intern")
    built(root, aaben, intern)
    assert titles(built(root, intern)) == ["Løn"]


def test_a_file_that_left_its_source_is_gone_from_the_log(root: Path):
    versions = built(root, source(root, "aaben"))
    (root / "aaben/beslutninger/DECISION_LOG.md").unlink()
    assert titles(versions) == ["Fælles drift"], "at once, also before the next build"
    assert titles(built(root, source(root, "aaben"))) == ["Fælles drift"]


def test_a_file_that_became_a_link_out_of_its_source_is_not_read(root: Path):
    versions = built(root, source(root, "aaben"))
    file = root / "aaben/beslutninger/2026-06-04-drift.md"
    file.unlink()
    file.symlink_to(root / "intern/beslutninger/loen.md")
    assert "Løn" not in titles(versions)


def test_what_asks_not_to_be_searched_is_in_no_log(root: Path):
    hidden = root / "aaben/beslutninger/2026-06-04-drift.md"
    hidden.write_text(f"---\nsearch_exclude: true\n---\n{ONE}", "utf-8")
    assert "Fælles drift" not in titles(built(root, source(root, "aaben")))


def test_personal_data_is_masked_as_in_any_document(root: Path):
    file = root / "aaben/beslutninger/2026-06-04-drift.md"
    file.write_text(ONE.replace("Ja.", "Ring til ida.hansen@aarhus.dk om 010190-1234."), "utf-8")
    found = decisions_served(built(root, source(root, "aaben")))
    (said,) = [one.entry.decision.decision for one in found if one.entry.path in str(file)]
    assert said == "Ring til ██████@██████ om ██████-████."


def test_personal_data_behind_a_key_is_masked_too(root: Path):
    file = root / "aaben/beslutninger/2026-06-04-drift.md"
    keys = "- **Issue**: ida@privat.dk\n- **Jira**: 22 33 44 55\n- **Erstatter**: kim@privat.dk\n"
    file.write_text(ONE.replace("- **Status**", keys + "- **Status**"), "utf-8")
    found = decisions_served(built(root, source(root, "aaben")))
    (said,) = [one.entry.decision for one in found if one.entry.path in str(file)]
    assert (said.issue, said.ticket) == ("██████@██████", "██ ██ ██ ██")
    assert not [one for one in said.supersedes if "kim" in one]


def test_what_was_accepted_is_known_of_git_where_a_decision_says_something_else_now(root: Path):
    def git(*arguments: str) -> None:
        me = ("-c", "user.name=ida", "-c", "user.email=ida@example.org")
        subprocess.run(["git", *me, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "-q", ".")
    git("add", ".")
    git("commit", "-qm", "Vedtaget")
    path = root / "aaben/beslutninger/2026-06-04-drift.md"
    path.write_text(ONE.replace("Ja.", "Nej."), "utf-8")
    git("commit", "-qam", "Rettet")
    found = decisions_served(built(root, source(root, "aaben")), history=True)
    said = {one.entry.decision.title: one.accepted for one in found}
    changed = said.pop("Fælles drift")
    assert changed is not None
    assert (changed.text, len(changed.until)) == ("Ja.", 40)
    assert set(said.values()) == {None}
