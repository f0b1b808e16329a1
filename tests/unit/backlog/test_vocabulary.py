"""Words that mean the same are told by the Policy, and nothing is guessed."""

from typing import get_args

import pytest

from os2kb.backlog.vocabulary import Vocabulary, github_labels, jira_label, vocabulary_of
from os2kb.policy.closed_door import closed_doors
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import FieldName, Jira

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


def test_the_policy_says_what_means_the_same_and_which_way_it_goes() -> None:
    jira = Jira(
        project="DEMO",
        fields={"status": "both", "title": "github-to-jira"},
        public=("status",),
        statuses={"open": ("To Do",)},
        users={"bo": "bo-dk"},
    )
    assert vocabulary_of(jira).state("to do") == "open"
    assert vocabulary_of(jira).login("bo") == "bo-dk"
    assert jira.direction("status") == "both"


def test_a_field_that_is_not_named_goes_to_jira_where_there_are_words_for_it() -> None:
    jira = Jira(project="DEMO", types={"bug": "Bug"})
    names: tuple[FieldName, ...] = get_args(FieldName)
    off = {name for name in names if jira.direction(name) == "off"}
    assert off == {"status", "assignee", "priority", "severity"}
    assert {jira.direction(name) for name in names} == {"off", "github-to-jira"}
    assert Jira(project="DEMO", fields={"title": "off"}).direction("title") == "off"


def test_a_field_that_is_to_come_from_jira_and_is_not_public_is_told() -> None:
    policy = Policy(
        version=1,
        jira=Jira(project="DEMO", fields={"title": "both", "due": "both"}, public=("due",)),
    )
    ((keys, said),) = closed_doors(policy)
    assert keys == ("jira", "fields", "title")
    assert "jira.public" in said.da
