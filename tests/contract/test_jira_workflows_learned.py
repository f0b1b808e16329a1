"""A way through a workflow is learned of other tickets, and asked for no more than needed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.backlog.workflow import Way, way
from os2kb.clock import now
from os2kb.demo.jira.changes import rename_status
from os2kb.store.backlog.workflows import forget
from os2kb.store.database import open_database
from os2kb.store.tables import metadata
from os2kb.trackers.workflows import HOLDS, Workflows
from tests.contract.small_jira import SmallJira, small_jira

SEED = """
people: {os2kb: {}, ida: {roles: [Administrators]}}
projects:
  DEMO:
    may: {os2kb: all, ida: all}
    workflow:
      - {name: Vurder, to: Klar, from: [Ny]}
      - {name: Start, to: I gang, from: [Klar]}
      - {name: Test, to: Afprøves, from: [I gang]}
      - {name: Luk, to: Færdig, from: [Afprøves], required: [resolution]}
      - {name: Afvis, to: Droppet, from: [Ny], role: Administrators}
    tickets:
      - {summary: Den her, by: ida, status: Ny}
      - {summary: Klar, by: ida, status: Klar}
      - {summary: En anden type, by: ida, status: I gang, type: Fejl}
      - {summary: Under arbejde, by: ida, status: I gang}
      - {summary: Til prøve, by: ida, status: Afprøves}
      - {summary: Skjult, by: ida, status: Droppet, level: Administrators}
"""


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[SmallJira]:
    with small_jira(getattr(request, "param", "cloud"), SEED) as there:
        yield there


class Learner:
    """Learns at a moment of its own."""

    def __init__(self, world: SmallJira, folder: Path) -> None:
        self.world, self.at, self.us = world, now(), world.adapter()
        database = open_database(f"sqlite:///{folder}/w.db")
        metadata.create_all(database)
        self.workflows = Workflows(self.us, database, lambda: self.at)

    def way(self, *goals: str) -> Way:
        """The way that is found, having looked as far as needed."""
        ticket, read = self.us.read("DEMO-1")
        found = Way()
        for workflow in self.workflows.of(ticket, read):
            found = way(workflow, read.status, goals, {"resolution": "Done"})
            if not found.obstacles:
                break
        return found

    def asked(self, *goals: str) -> int:
        """How many other tickets are looked at to find it."""
        self.world.jira.traffic.clear()
        self.way(*goals)
        paths = [one.path for one in self.world.jira.traffic.exchanges]
        own = f"/issue/{self.world.issue('DEMO-1').id}/"
        return sum(path.endswith("/transitions") and own not in path for path in paths)


@pytest.fixture
def learner(world: SmallJira, tmp_path: Path) -> Learner:
    return Learner(world, tmp_path)


def test_a_long_way_is_learned_of_other_tickets_and_then_known(learner: Learner) -> None:
    assert learner.asked("Klar") == 0, "what is offered to the ticket itself is enough"
    found = learner.way("Færdig")
    assert [one.transition.name for one in found.steps] == ["Vurder", "Start", "Test", "Luk"]
    assert found.steps[-1].fields == {"Resolution": "Done"}
    assert learner.asked("Færdig") == 0


def test_where_there_is_no_way_nobody_is_asked_again_before_tomorrow(learner: Learner) -> None:
    assert learner.way("Arkiveret").obstacles
    assert learner.asked("Arkiveret") == 0
    learner.at += HOLDS + timedelta(seconds=1)
    assert learner.asked("Arkiveret") > 0


def test_a_status_that_no_ticket_has_leads_nowhere_that_we_know(learner: Learner) -> None:
    for key in ("DEMO-4", "DEMO-5"):
        learner.world.issue(key).status = "Ny"
    (obstacle,) = learner.way("Færdig").obstacles
    assert "no way from Ny to Færdig" in obstacle.whole.en


@pytest.mark.parametrize("world", ["cloud", "server"], indirect=True)
def test_a_step_that_our_account_may_not_take_is_named_where_jira_tells_of_it(
    learner: Learner,
) -> None:
    (obstacle,) = learner.way("Droppet").obstacles
    told = "may not take the transition “Afvis”" if learner.us.is_cloud else "no way from Ny"
    assert told in obstacle.whole.en


def test_a_renamed_status_is_learned_anew_once_the_old_one_is_forgotten(learner: Learner) -> None:
    assert not learner.way("Færdig").obstacles
    rename_status(learner.world.jira, "I gang", "I arbejde")
    forget(learner.workflows.database, "DEMO", "Opgave")
    assert [one.transition.to for one in learner.way("Færdig").steps][1] == "I arbejde"
