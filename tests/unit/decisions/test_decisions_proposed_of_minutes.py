"""What minutes propose to a log: a branch for each meeting, and only what may be read there."""

from os2kb.decisions.entry import Format
from os2kb.decisions.minutes.extract import extract
from os2kb.decisions.proposal.seen import Home, Log, Proposal
from os2kb.decisions.reading.read import read_file
from os2kb.governance.actions import Propose
from os2kb.governance.decision_log.minutes import (
    MOST_ENTRIES,
    FromMinutes,
    branch_of_minutes,
    from_minutes,
)

HEAD = "# Referat: styregruppemøde den 4. juni 2026\n\n"
HOME = Home(201, "os2display/log", "main", "c0ffee", "https://github.com/os2display/log")
OLD = "# ADR 007 - API first\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n"


def proposed(text: str, as_format: Format = "files", *paths: str) -> FromMinutes:
    minutes = extract("juni.md", HEAD + text)
    entries = read_file("beslutninger/007-api-first.md", OLD) if as_format == "adr" else ()
    log = Log(HOME, "beslutninger", as_format, entries, Proposal(branch_of_minutes(minutes)))
    return from_minutes(minutes, 0.6, log, paths, (), "da")


def decided(what: str) -> str:
    return f"Det blev besluttet, at {what}.\n\n"


def test_the_branch_is_named_from_the_day_the_group_and_the_file() -> None:
    names = {
        ("juni.md", HEAD): "referat-2026-06-04-styregruppen-juni",
        ("2026-06-04-styregruppen.md", HEAD): "referat-2026-06-04-styregruppen",
        ("Møde æøå.docx", "# Noter\n"): "referat-moede-aeoeaa",
        ("😀.md", "# Noter\n"): "referat-referat",
        ("a..b~^:?*[\\.lock.md", "# Noter\n"): "referat-a-b-lock",
    }
    for (path, text), name in names.items():
        assert branch_of_minutes(extract(path, text)) == f"beslutning/{name}"


def test_what_may_tell_of_a_vulnerability_is_counted_and_not_proposed() -> None:
    found = proposed(
        decided("kalenderen deles af alle")
        + decided("sårbarheden med SQL injection i login ikke omtales før den er lukket")
    )
    assert [one.title for _, one in found.entries] == ["Kalenderen deles af alle"]
    assert found.withheld == 1
    assert "sårbarhed" not in str(found.actions)


def test_nor_is_what_stands_under_an_item_that_may() -> None:
    item = "\n## 3. Sårbarhed i login: SQL injection\n\n"
    found = proposed(item + decided("det rettes straks") + decided("omtale venter til maj"))
    assert (found.entries, found.withheld) == ((), 2)
    assert "injection" not in str(found.actions)


def test_a_name_in_the_name_of_the_file_is_not_copied() -> None:
    text = f"# Møde 4. juni 2026\n\nDeltagere: Kim Dahl\n\n{decided('rummet males hvidt')}"
    minutes = extract("møde med Kim Dahl.md", text)
    log = Log(HOME, "beslutninger", "files", proposal=Proposal(branch_of_minutes(minutes)))
    found = from_minutes(minutes, 0.6, log, (), (), "da")
    assert found.entries
    assert "dahl" not in str(found.actions).casefold()
    assert minutes.path == "møde med Kim Dahl.md"


def test_a_pull_request_holds_so_many_entries_and_the_others_are_counted() -> None:
    found = proposed("".join(decided(f"rum {number} males hvidt") for number in range(40)))
    assert (len(found.entries), found.beyond) == (MOST_ENTRIES, 10)
    assert len({path for path, _ in found.entries}) == MOST_ENTRIES


def test_records_are_numbered_on_and_named_as_the_log_names_them() -> None:
    ((path, decision),) = proposed(decided("alle kald har en version"), "adr").entries
    assert path == "beslutninger/008-alle-kald-har-en-version.md"
    assert decision.id == "8"


def test_no_file_that_is_there_is_written_over() -> None:
    there = "beslutninger/2026-06-04-kalenderen-deles-af-alle.md"
    ((path, _),) = proposed(decided("kalenderen deles af alle"), "files", there).entries
    assert path == "beslutninger/2026-06-04-kalenderen-deles-af-alle-2.md"


def test_nothing_in_title_text_or_file_mentions_closes_or_runs() -> None:
    minutes = extract(
        "juni.md", "# Møde for @ida, fixes #7 <b>\n\n" + decided("@bo lukker #2 <script>")
    )
    log = Log(HOME, "beslutninger", "files", (), Proposal(branch_of_minutes(minutes)))
    found = from_minutes(minutes, 0.6, log, (), (), "da")
    (proposal,) = [one for one in found.actions if isinstance(one, Propose)]
    for told in (proposal.title, proposal.message, proposal.body, str(proposal.files)):
        for acts in ("@ida", "@bo", "#7", "#2", "<script", "<b>"):
            assert acts not in told.replace("#<!-- -->", "").replace("@<!-- -->", "")
