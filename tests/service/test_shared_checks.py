"""Two pull requests of one commit share its checks: one never turns the other's green."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.conftest import POLICY
from tests.service.people import API, BUG, comment, open_issue, open_pull_request
from tests.service.running import World, service
from tests.service.test_checks_again import open_into_develop, our_check
from tests.service.test_people_win import write_policy

pytestmark = pytest.mark.slow
ONE_RULE = POLICY.replace("changelog: required", "changelog: off")


def change(world: World, number: int, **said: str) -> None:
    with world.person("bo") as bo:
        assert bo.patch(f"/repos/{API}/pulls/{number}", json=said).is_success


def test_a_check_is_green_once_it_is_for_every_open_pull_request_of_its_commit(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, ONE_RULE)
        issue = open_issue(github, "ida", BUG)
        one = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        assert our_check(github, one)["conclusion"] == "action_required"

        other = open_into_develop(github, "Ret login", f"Closes #{issue}")
        running.settle(github)
        check = our_check(github, one)
        assert check["conclusion"] == "action_required"
        assert f"#{one}" in check["output"]["title"]
        assert f"#{other}" not in check["output"]["summary"]

        before = github.writes
        running.run("apply", f"{API}#{other}")
        running.settle(github)
        assert github.writes == before

        change(github, one, body=f"Closes #{issue}")
        running.settle(github)
        assert our_check(github, other)["conclusion"] == "success"

        change(github, other, body="Nu virker det.")
        running.settle(github)
        assert our_check(github, one)["conclusion"] == "action_required"


def test_a_new_commit_in_both_is_green_in_neither_before_it_is_in_both(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, ONE_RULE)
        issue = open_issue(github, "ida", BUG)
        one = open_pull_request(github, "Ret login", "Nu virker det.")
        other = open_into_develop(github, "Ret login", f"Closes #{issue}")
        running.settle(github)
        with github.person("bo") as bo:
            new = {"message": "Mere", "content": "eA==", "branch": "feature/x"}
            assert bo.put(f"/repos/{API}/contents/src/y.py", json=new).status_code == 201
        running.settle(github)
        assert our_check(github, one)["conclusion"] == "action_required"
        assert our_check(github, other)["conclusion"] == "action_required"


def test_once_one_is_closed_recheck_in_the_other_sets_the_check_by_that_alone(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, ONE_RULE)
        issue = open_issue(github, "ida", BUG)
        one = open_pull_request(github, "Ret login", "Nu virker det.")
        other = open_into_develop(github, "Ret login", f"Closes #{issue}")
        running.settle(github)
        change(github, one, state="closed")
        running.settle(github)
        assert our_check(github, other)["conclusion"] == "action_required"
        comment(github, "bo", other, "/os2 recheck")
        running.settle(github)
        assert our_check(github, other)["conclusion"] == "success"
