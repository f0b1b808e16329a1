"""A log that people edit by hand, and its issues: what is out of step is found, told and mended."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.decision_log.kept import following
from os2kb.store import wakes
from tests.service.decided import Decided, decided
from tests.service.running import installed_beside

pytestmark = pytest.mark.slow


def logged(at: Decided) -> int:
    """An issue whose decision is in the log."""
    number = at.decision(body="Vi deler driften.")
    at.look(number)
    (pull,) = at.pulls()
    at.review(pull["number"], "bo")
    at.merge(pull["number"])
    at.look(number)
    return number


def edit(at: Decided, old: str, new: str) -> None:
    (path,) = [one for one in at.files() if "faelles" in one]
    at.write(path, at.file(path).replace(old, new))


def out_of_step(at: Decided) -> tuple[str, ...]:
    assert at.installation.follower is not None
    return at.installation.follower.out_of_step(201)


def test_what_is_edited_by_hand_flows_back_to_the_issue(tmp_path: Path):
    with decided(tmp_path) as at:
        number = logged(at)
        assert out_of_step(at) == ()
        edit(at, "**Status**: Accepteret", "**Status**: Erstattet af SDR-9")
        edit(at, "# Fælles drift", "# Fælles drift i skyen")
        assert out_of_step(at) == (at.subject(number).key,)
        at.look(number)
        assert at.labels(number) == {"Beslutning", "Erstattet"}
        assert "Fælles drift i skyen" in at.said(number)
        assert "- Erstattet af 9" in at.said(number)
        assert out_of_step(at) == ()


def test_a_push_to_the_log_wakes_the_issues_that_it_concerns(tmp_path: Path):
    with decided(tmp_path) as at:
        number = logged(at)
        database, follower = at.installation.database, at.installation.follower
        assert follower is not None
        key = following(201)
        for edited in (False, True):
            if edited:
                edit(at, "Accepteret", "Udgået")
            wakes.bring_forward(database, key, at.clock())
            assert key in wakes.take_due(database, at.clock(), timedelta(minutes=1))
            follower.work(key)
            woken = wakes.take_due(database, at.clock(), timedelta(minutes=1))
            assert (at.subject(number).key in woken) == edited


def test_a_file_that_somebody_removed_is_told_of(tmp_path: Path):
    with decided(tmp_path) as at:
        number = logged(at)
        (path,) = [one for one in at.files() if "faelles" in one]
        at.remove(path)
        assert out_of_step(at) == (at.subject(number).key,)
        at.look(number)
        assert "står ikke længere i" in at.said(number)
        assert at.labels(number) == {"Beslutning"}


def test_an_unchanged_log_is_not_read_again(tmp_path: Path):
    with decided(tmp_path) as at:
        logged(at)
        assert out_of_step(at) == ()
        before = len(at.world.github.traffic.exchanges)
        assert out_of_step(at) == ()
        assert len(at.world.github.traffic.exchanges) == before + 1


def test_lint_tells_of_issues_without_an_entry_and_of_entries_without_an_issue(tmp_path: Path):
    with decided(tmp_path) as at:
        logged(at)
        missed = at.decision("Fælles kalender", "Vi deler kalenderen.")
        dropped = at.decision("Fælles indkøb", "Vi køber ind sammen.")
        at.reopen(dropped)
        at.close(dropped, "not_planned")
        products = str(tmp_path / "products.yml")
        beside = installed_beside(tmp_path, at.world, products=products)
        before = at.writes
        told = beside.run("decisions", "lint", "--repository", "os2display/api", "--json")
        assert told.returncode == 0, told.stderr
        items = [
            (one["rule"], one["path"], one["line"]) for one in json.loads(told.stdout)["items"]
        ]
        assert [one for one in items if one[0] in ("entry", "issue")] == [
            ("issue", "beslutninger/2025-03-17-drift.md", 1),
            ("entry", f"os2display/api#{missed}", None),
        ]
        assert at.writes == before


def test_the_command_shows_what_is_out_of_step_and_mends_it_when_asked(tmp_path: Path):
    with decided(tmp_path) as at:
        number = logged(at)
        missed = at.decision("Fælles kalender", "Vi deler kalenderen.")
        edit(at, "Accepteret", "Erstattet af SDR-9")
        products = str(tmp_path / "products.yml")
        beside = installed_beside(tmp_path, at.world, products=products)
        before = at.writes
        shown = beside.run("decisions", "sync", "os2display/api", "--json")
        items = json.loads(shown.stdout)["items"]
        assert [one["subject"].rpartition("#")[2] for one in items] == [str(number), str(missed)]
        assert at.writes == before
        mended = beside.run("decisions", "sync", "os2display/api", "--apply")
        assert "2 issues er ikke i trit med os2display/log: det er rettet." in mended.stdout
        assert at.labels(number) == {"Beslutning", "Erstattet"}
        assert len(at.pulls()) == 2
        at.look(missed)
        again = beside.run("decisions", "sync", "os2display/api")
        assert again.stdout == (
            "Issues i os2display/api og loggen i os2display/log siger det samme.\n"
        )
        none = beside.run("decisions", "sync", "os2display/log")
        assert none.returncode == 2
        unnamed = beside.run("decisions", "sync", "os2display")
        assert "“os2display” er ikke et repository; skriv ejer/repo" in unnamed.stderr
        assert "har ingen beslutningslog" in none.stderr
