"""Decisions that stand in sources of knowledge reach the store, each with who may see it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from index.build import build
from index.passages import Source
from os2kb.knowledge.decision_logs import keep_decisions
from os2kb.knowledge.decisions_kept import is_kept
from os2kb.settings import Settings, load_settings
from os2kb.store.database import open_database
from os2kb.store.decisions import DecisionLog, every_log, keep_log, logged

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
def settings(tmp_path: Path) -> Settings:
    for name, text in {
        "aaben/beslutninger/2026-06-04-drift.md": ONE,
        "aaben/beslutninger/DECISION_LOG.md": LOG,
        "aaben/vejledning.md": "# Vejledning\n\nSådan gør du, når skærmen er sort.",
        "intern/beslutninger/loen.md": ONE.replace("Fælles drift", "Løn"),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_settings(data_dir=tmp_path / "data")


def source(settings: Settings, name: str, visibility: str = "public") -> Source:
    folder = settings.data_dir.parent / name
    url = "https://example.org/{path}#{anchor}"
    return Source(name, str(folder), "os2demo", visibility, url=url)  # type: ignore[arg-type]


def built(settings: Settings, *sources: Source) -> Engine:
    build(sources, settings.index_dir, now=NOW)
    keep_decisions(settings)
    return open_database(settings.store_url)


def titles(store: Engine, *, public_only: bool = False) -> list[str]:
    return [one.entry.decision.title for one in logged(store, public_only=public_only)]


def test_decisions_are_found_in_the_sources_however_they_are_written(settings: Settings):
    store = built(settings, source(settings, "aaben"))
    assert {one.entry.decision.title: one.url for one in logged(store)} == {
        "Fælles drift": "https://example.org/beslutninger/2026-06-04-drift.md",
        "To godkendelser": "https://example.org/beslutninger/DECISION_LOG.md"
        "#bdr-2-to-godkendelser-2026-03-05",
        "Én godkendelse": "https://example.org/beslutninger/DECISION_LOG.md"
        "#bdr-1-%C3%A9n-godkendelse-2025-09-04",
    }


def test_an_internal_source_makes_an_internal_log(settings: Settings):
    sources = source(settings, "aaben"), source(settings, "intern", "internal")
    store = built(settings, *sources)
    assert sorted(titles(store)) == ["Fælles drift", "Løn", "To godkendelser", "Én godkendelse"]
    assert "Løn" not in titles(store, public_only=True)
    assert {one.key: one.public for one in every_log(store)} == {
        "source:aaben": True,
        "source:intern": False,
    }


def test_a_source_that_is_no_more_takes_its_decisions_with_it(settings: Settings):
    aaben, intern = source(settings, "aaben"), source(settings, "intern")
    built(settings, aaben, intern)
    assert titles(built(settings, intern)) == ["Løn"]


def test_a_file_that_left_its_source_is_gone_from_the_log(settings: Settings):
    built(settings, source(settings, "aaben"))
    (settings.data_dir.parent / "aaben/beslutninger/DECISION_LOG.md").unlink()
    assert titles(built(settings, source(settings, "aaben"))) == ["Fælles drift"]


def test_what_asks_not_to_be_searched_is_in_no_log(settings: Settings):
    hidden = settings.data_dir.parent / "aaben/beslutninger/2026-06-04-drift.md"
    hidden.write_text(f"---\nsearch_exclude: true\n---\n{ONE}", "utf-8")
    assert "Fælles drift" not in titles(built(settings, source(settings, "aaben")))


def test_logs_that_are_read_from_a_forge_are_left_alone(settings: Settings):
    store = built(settings, source(settings, "aaben"))
    kept = DecisionLog("github:7:beslutninger", "os2demo", public=True, repository=7)
    keep_log(store, kept, [], lambda _: "")
    assert kept in every_log(built(settings, source(settings, "intern")))


def test_a_store_that_cannot_be_written_is_told_of_and_costs_no_build(
    settings: Settings, caplog: pytest.LogCaptureFixture
):
    built(settings, source(settings, "aaben"))
    in_the_way = settings.data_dir.parent / "fil"
    in_the_way.touch()
    url = f"sqlite:///{in_the_way}/store.db"
    keep_decisions(load_settings(data_dir=settings.data_dir, database_url=url))
    assert "decisions_not_kept" in caplog.text


def test_what_the_store_holds_already_is_known_without_it(settings: Settings):
    assert not is_kept(settings)
    built(settings, source(settings, "aaben"))
    assert is_kept(settings)
    elsewhere = f"sqlite:///{settings.data_dir}/andet.db"
    assert not is_kept(load_settings(data_dir=settings.data_dir, database_url=elsewhere))
    build([source(settings, "intern")], settings.index_dir, now=NOW)
    assert not is_kept(settings)


def test_a_store_that_is_gone_or_could_not_be_written_holds_nothing(settings: Settings):
    built(settings, source(settings, "aaben")).dispose()
    (settings.data_dir / "os2kb.db").unlink()
    assert not is_kept(settings)
    (settings.data_dir / "os2kb.db").mkdir()
    keep_decisions(settings)
    build([source(settings, "intern")], settings.index_dir, now=NOW)
    keep_decisions(settings)
    assert not is_kept(settings)
