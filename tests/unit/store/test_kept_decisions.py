"""Decision logs in the store: all of a log at once, and nothing where nothing changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine, event

from os2kb.decisions.as_data import entry_of, with_texts
from os2kb.decisions.entry import Entry
from os2kb.decisions.reading.read import read_file
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import (
    Accepted,
    DecisionLog,
    every_log,
    forget_log,
    keep_log,
    logged,
    marks,
)
from tests.unit.decisions.drawn import decisions

LOG = DecisionLog("github:7:beslutninger", "os2demo", public=True, repository=7, commit="a1")
INTERNAL = DecisionLog("source:internt", "os2demo", public=False)


def entry(title: str, status: str = "Accepteret") -> Entry:
    text = (
        f"# [SDR] {title}\n\n- **Dato**: 4/6 2026\n- **Status**: {status}\n\n## Beslutning\n\nJa."
    )
    (found,) = read_file(f"2026-06-04-{title}.md", text)
    return found


def at(one: Entry) -> str:
    return f"https://example.org/{one.path}"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


def test_a_log_is_kept_and_read_again_entry_for_entry(store: Engine):
    entries = entry("drift"), entry("kode", "Godkendt på styregruppemødet den 4. juni 2026")
    assert keep_log(store, LOG, entries, at)
    found = logged(store)
    assert [one.entry.decision for one in found] == [one.decision for one in entries]
    assert [one.entry.repairs for one in found] == [one.repairs for one in entries]
    assert [one.entry.confidence for one in found] == [one.confidence for one in entries]
    assert [one.url for one in found] == [at(one) for one in entries]
    assert {one.log for one in found} == {LOG}


def test_what_left_the_log_is_gone(store: Engine):
    keep_log(store, LOG, [entry("drift"), entry("kode")], at)
    assert keep_log(store, LOG, [entry("kode")], at)
    assert [one.entry.decision.title for one in logged(store)] == ["kode"]
    assert keep_log(store, LOG, [], at)
    assert logged(store) == ()
    assert every_log(store) == (LOG,)


def test_where_nothing_changed_nothing_is_written(store: Engine):
    keep_log(store, LOG, [entry("drift")], at)
    written: list[str] = []

    @event.listens_for(store, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        written.extend([statement] if not statement.startswith("SELECT") else [])

    assert not keep_log(store, LOG, [entry("drift")], at)
    assert written == []


def test_a_commit_that_changed_no_entry_is_noted_and_is_no_change(store: Engine):
    keep_log(store, LOG, [entry("drift")], at)
    before = marks(store)
    assert not keep_log(store, replace(LOG, commit="b2"), [entry("drift")], at)
    assert every_log(store)[0].commit == "b2"
    assert marks(store) == before


@pytest.mark.parametrize(
    "changed",
    [replace(LOG, product="os2andet"), replace(LOG, public=False), replace(LOG, repository=8)],
)
def test_whose_it_is_and_who_may_see_it_is_a_change(store: Engine, changed: DecisionLog):
    keep_log(store, LOG, [entry("drift")], at)
    assert keep_log(store, changed, [entry("drift")], at)
    assert every_log(store) == (changed,)


def test_what_the_world_may_not_see_is_neither_read_nor_told_of(store: Engine):
    keep_log(store, LOG, [entry("drift")], at)
    seen = marks(store, public_only=True)
    keep_log(store, INTERNAL, [entry("hemmeligt")], at)
    assert [one.entry.decision.title for one in logged(store, public_only=True)] == ["drift"]
    assert marks(store, public_only=True) == seen
    assert marks(store) != seen


def test_a_product_has_its_own_and_what_belongs_to_none_stands_alone(store: Engine):
    keep_log(store, LOG, [entry("drift")], at)
    keep_log(store, DecisionLog("source:faelles", "", public=True), [entry("fælles")], at)
    titles = {
        product: [one.entry.decision.title for one in logged(store, product=product)]
        for product in ("os2demo", "", "os2andet")
    }
    assert titles == {"os2demo": ["drift"], "": ["fælles"], "os2andet": []}


def saying(text: str, status: str = "Accepteret", name: str = "drift") -> Entry:
    body = f"# [SDR] drift\n\n- **Dato**: 4/6 2026\n- **Status**: {status}\n\n## Beslutning\n\n"
    (found,) = read_file(f"2026-06-04-{name}.md", body + text)
    return found


def accepted(store: Engine) -> list[Accepted | None]:
    return [one.accepted for one in logged(store)]


def test_what_an_accepted_decision_said_is_kept_until_it_says_so_again(store: Engine):
    keep_log(store, LOG, [saying("Vi venter.", "Foreslået")], at)
    keep_log(store, LOG, [saying("Kommunen betaler.")], at)
    assert accepted(store) == [None], "before it was accepted it could say anything"
    for commit, text in (("b2", "Staten betaler."), ("c3", "Ingen betaler.")):
        keep_log(store, replace(LOG, commit=commit), [saying(text)], at)
        assert accepted(store) == [Accepted("Kommunen betaler.", "b2")]
    renamed = saying("Ingen betaler.", name="betaling")
    keep_log(store, replace(LOG, commit="d4"), [renamed], at)
    assert accepted(store) == [Accepted("Kommunen betaler.", "b2")], "under another name, too"
    keep_log(store, replace(LOG, commit="e5"), [saying("Kommunen\nbetaler.")], at)
    assert accepted(store) == [None]


def test_another_status_or_another_decision_is_no_change_of_what_was_accepted(store: Engine):
    keep_log(store, LOG, [saying("Kommunen betaler.")], at)
    other = entry("kode")
    keep_log(store, LOG, [other, saying("Kommunen betaler.", "Erstattet")], at)
    assert accepted(store) == [None, None]


def test_what_was_accepted_is_kept_masked(store: Engine):
    keep_log(store, LOG, [saying("Spørg 010190-1234.")], at)
    keep_log(store, LOG, [saying("Spørg nogen.")], at)
    (kept,) = accepted(store)
    assert kept is not None
    assert "010190" not in kept.text


def test_what_was_changed_in_an_issue_names_no_commit(store: Engine):
    log = DecisionLog("github:7:#Beslutning", "os2demo", True, 7, "1f2e3d4c 2 2026-06-04T10:00:00Z")
    for text in ("Kommunen betaler.", "Staten betaler."):
        keep_log(store, log, [replace(saying(text), format="issues", path="os2demo/log#4")], at)
    assert accepted(store) == [Accepted("Kommunen betaler.", "")]


def test_a_log_that_is_forgotten_leaves_nothing(store: Engine):
    keep_log(store, LOG, [entry("drift")], at)
    forget_log(store, LOG.key)
    forget_log(store, LOG.key)
    assert (logged(store), every_log(store)) == ((), ())


def test_personal_data_is_masked_on_its_way_in(store: Engine):
    text = (
        "# Aftale med ida.hansen@example.org\n\n- **Dato**: 2026-06-04\n- **Status**: Accepteret\n"
        "- **Beslutningstagere**: Styregruppen, bo@example.org\n\n## Beslutning\n\n"
        "Ring på tlf. 20 30 40 50, skriv til kontakt@os2.eu, eller brug 010190-1234.\n"
    )
    keep_log(store, LOG, read_file("2026-06-04-aftale.md", text), at)
    with store.connect() as connection:
        kept = connection.exec_driver_sql("SELECT entry FROM decisions").scalar_one()
    for personal in ("ida.hansen", "bo@example", "20 30 40 50", "010190"):
        assert personal not in kept
    assert "kontakt@os2.eu" in kept
    assert not keep_log(store, LOG, read_file("2026-06-04-aftale.md", text), at)


@settings(max_examples=60)
@given(decisions())
def test_any_decision_comes_back_as_it_was(decision):
    one = Entry(decision, "files", "2026-06-04-x.md", (3, 9))
    assert entry_of(with_texts(one)) == one
