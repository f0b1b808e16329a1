"""A log that consists of issues: read in bulk, shown, linted, and nothing is written to it."""

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.decision_log.kept import following
from os2kb.decision_log.linted import log_on
from os2kb.decisions.lint.lint import lint
from os2kb.policy.sections.decisions import Decisions
from os2kb.store import wakes
from os2kb.store.decisions import every_log, logged
from tests.service.decided import API, LABELS, Decided, decided
from tests.service.people import open_issue
from webhooks.decisions.book import Shown
from webhooks.decisions.shelf import Shelf

pytestmark = pytest.mark.slow
POLICY = """\
version: 1
mode: act
language: da
decisions:
  repository: os2display/api
  format: issues
  label: Beslutning
  statuses: {accepted: Besluttet, superseded: Erstattet}
commands: {decide: ["@kim"]}
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
organisations: {{os2display: {{}}}}
repositories:
  os2display/api:
    id: 101
    labels: {LABELS}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(POLICY)}
"""
OLD = """\
- Dato: 2025-03-17
- Status: Accepteret
- Beslutningstagere: Styregruppen

## Beslutning

Alle drifter selv.
"""
NEW = """\
- Dato: 2026-05-02
- Status: Accepteret
- Beslutningstagere: Styregruppen
- Erstatter: #1

## Beslutning

Vi deler driften.
"""
UNLIKE = """\
- Dato: 2026-05-02
- Status: Accepteret
- Erstatter: #9

## Beslutning

To møder.
"""


def labelled(at: Decided, title: str, body: str) -> int:
    number = open_issue(at.world, "ida", {"title": title, "body": body})
    at.send("kim", "POST", f"/repos/{API}/issues/{number}/labels", labels=["Beslutning"])
    return number


def policy(at: Decided, text: str) -> None:
    """Somebody gives the repository another Policy."""
    where = f"/repos/{API}/contents/.github/os2kb.yml"
    new = {"message": "Ret", "content": b64encode(text.encode()).decode()}
    at.send("kim", "PUT", where, sha=at.get(where)["sha"], **new)


def book(at: Decided) -> dict[str, Shown]:
    """What is due of the log, as the service does it; and what everyone then sees."""
    at.advance(timedelta(minutes=1))
    database, follower = at.installation.database, at.installation.follower
    assert follower is not None
    for key in wakes.take_due(database, at.clock(), timedelta(0), only=following(101)):
        follower.work(key)
    shown = Shelf(database, at.installation.versions).book()[1].decisions
    return {one.decision.id: one for one in shown}


def reads(at: Decided) -> int:
    return len(at.world.github.traffic.exchanges)


def test_the_labelled_issues_are_the_log_and_follow_what_people_do_to_them(tmp_path: Path):
    with decided(tmp_path, SEED) as at:
        old = labelled(at, "[SDR] Drift hver for sig", OLD)
        plan = at.look(old)
        assert plan.writes() == ()
        assert [one.da.split(",")[0] for one in plan.decision] == [
            "Issuet er selv en indførsel i beslutningsloggen"
        ]
        new = labelled(at, "[SDR] Fælles drift", NEW)
        at.look(new)
        shown = book(at)
        assert {number: one.status for number, one in shown.items()} == {
            str(old): "superseded",
            str(new): "accepted",
        }
        assert shown[str(new)].url == f"{at.world.github.web}/{API}/issues/{new}"

        at.advance(timedelta(minutes=1))
        at.close(new, reason="not_planned")
        at.send("kim", "PATCH", f"/repos/{API}/issues/{new}", body=NEW.replace("Accepteret", ""))
        at.look(new)
        assert {one.status for one in book(at).values()} == {"accepted", "rejected"}

        at.advance(timedelta(minutes=1))
        at.send("kim", "DELETE", f"/repos/{API}/issues/{new}/labels/Beslutning")
        at.look(new)
        assert list(book(at)) == [str(old)]
        assert at.writes == 0


def test_where_no_issue_has_changed_none_is_read_again(tmp_path: Path):
    with decided(tmp_path, SEED) as at:
        for number in range(3):
            labelled(at, f"Beslutning {number}", OLD)
        at.look(1)
        book(at)
        follower = at.installation.follower
        assert follower is not None
        before = reads(at)
        follower.keep(101)
        assert reads(at) - before == 2  # the Policy, and how many issues there are
        assert len(book(at)) == 3
        (log,) = every_log(at.installation.database)
        assert (log.key, log.public) == ("github:101:#Beslutning", True)


def test_a_vulnerability_is_in_no_log(tmp_path: Path):
    with decided(tmp_path, SEED) as at:
        labelled(at, "Sikkerhedshul i login", "Jeg har fundet en sårbarhed: ret tallet 481")
        at.installation.follower.keep(101)  # type: ignore[union-attr]
        assert book(at) == {}


def test_the_issues_are_linted_as_entries_of_files_are(tmp_path: Path):
    with decided(tmp_path, SEED) as at:
        labelled(at, "[SDR] Drift hver for sig", OLD)
        labelled(at, "[ODR] Møder om året", UNLIKE)
        forge = at.installation.forge
        assert forge is not None
        section = Decisions(repository=API, format="issues", label="Beslutning")
        found = lint(log_on(forge, section, at.installation.database))
        assert [(one.rule, one.path, one.line) for one in found] == [
            ("deciders", f"{API}#2", 1),
            ("chain", f"{API}#2", 3),
        ]


def test_issues_are_no_log_from_when_the_policy_stops_naming_them_until_it_does(tmp_path: Path):
    with decided(tmp_path, SEED) as at:
        labelled(at, "[SDR] Drift hver for sig", OLD)
        at.look(1)
        assert len(book(at)) == 1
        follower, database = at.installation.follower, at.installation.database
        assert follower is not None
        policy(at, "version: 1\nmode: act\n")
        follower.keep(101)
        assert logged(database) == ()
        policy(at, POLICY)
        follower.keep(101)
        assert [one.entry.decision.id for one in logged(database)] == ["1"]
