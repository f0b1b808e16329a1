"""Words that mean the same are told by the Policy, and nothing is guessed."""

import pytest

from os2kb.backlog.vocabulary import Vocabulary, github_labels, jira_label

OURS = Vocabulary(
    statuses={
        "open": ("To Do", "In Progress"),
        "completed": ("Done", "Closed"),
        "not_planned": ("Closed",),
    },
    resolutions={"completed": "Fixed", "not_planned": "Won't Do"},
    types={"bug": "Fejl", "feature": "Story"},
    users={"5b10:x": "ida", "bo": "bo-dk", "bo2": "bo-dk"},
)


@pytest.mark.parametrize(
    ("status", "resolution", "state"),
    [
        ("To Do", "", "open"),
        ("in  progress", "", "open"),
        ("Done", "", "completed"),
        ("Closed", "Fixed", "completed"),
        ("Closed", "won't do", "not_planned"),
        ("Closed", "", "completed"),
        ("Blocked", "", None),
    ],
)
def test_a_status_with_its_resolution_means_a_state(status, resolution, state) -> None:
    assert OURS.state(status, resolution) == state


def test_the_first_status_is_the_one_to_set() -> None:
    assert OURS.goals("open") == ("To Do", "In Progress")
    assert Vocabulary().goals("open") == ()


def test_a_person_who_is_not_in_the_table_is_nobody() -> None:
    assert OURS.login("5b10:x") == "ida"
    assert OURS.login("ida") is None
    assert OURS.account("IDA") == "5b10:x"
    assert OURS.account("kim") is None


def test_a_login_that_two_accounts_claim_is_neither() -> None:
    assert OURS.account("bo-dk") is None


def test_a_type_stands_for_a_concept() -> None:
    assert (OURS.concept("fejl"), OURS.concept("Epic")) == ("bug", None)


def test_labels_are_only_those_that_the_repository_has() -> None:
    assert jira_label("fejl: kritisk") == "fejl:-kritisk"
    assert github_labels(["fejl:-kritisk", "intern"], ["fejl: kritisk", "Bug"]) == {"fejl: kritisk"}
