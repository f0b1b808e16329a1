"""*Re-run* on our check: it is made anew over real HTTP, though nothing has changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.service.people import API, open_pull_request
from tests.service.running import World, service

pytestmark = pytest.mark.slow


def check_writes(world: World) -> list[tuple[str, str]]:
    return [(method, path) for method, path in world.writes if "/check-runs" in path]


def rerun(world: World, what: str) -> None:
    """Press *Re-run* as somebody who may write here."""
    with world.person("bo") as bo:
        assert bo.post(f"/repos/{API}/{what}/rerequest").status_code == 201


def open_into_develop(world: World, title: str, body: str) -> int:
    """Another pull request of the same branch and commit, into another branch."""
    with world.person("bo") as bo:
        sha = bo.get(f"/repos/{API}/branches/main").json()["commit"]["sha"]
        ref = {"ref": "refs/heads/develop", "sha": sha}
        assert bo.post(f"/repos/{API}/git/refs", json=ref).status_code == 201
        pull = {"title": title, "body": body, "head": "feature/x", "base": "develop"}
        return int(bo.post(f"/repos/{API}/pulls", json=pull).json()["number"])


def our_check(world: World, number: int) -> dict[str, Any]:
    (found,) = [one for one in world.checks(API, number) if one["name"] == "os2kb / guidelines"]
    return found


def test_a_check_that_is_asked_for_again_is_made_again_and_nothing_else_is_written(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        check = our_check(github, number)
        before = github.writes
        assert len(check_writes(github)) == 1

        rerun(github, f"check-runs/{check['id']}")
        running.settle(github)
        again = ("PATCH", f"/repos/{API}/check-runs/{check['id']}")
        assert github.writes == [*before, again]

        rerun(github, f"check-suites/{check['check_suite']['id']}")
        running.settle(github)
        assert github.writes == [*before, again, again]
        assert our_check(github, number)["conclusion"] == check["conclusion"]


def test_a_suite_is_made_again_for_every_pull_request_of_its_commit(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        one = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        check = our_check(github, one)
        other = open_into_develop(github, "Ret login", "Nu virker det.")
        running.settle(github)
        before = len(check_writes(github))

        rerun(github, f"check-suites/{check['check_suite']['id']}")
        running.settle(github)
        assert len(check_writes(github)) == before + 2
        listed = json.loads(running.run("deliveries", "list", "--json").stdout)["items"]
        again = [row["subject"] for row in listed if row["action"] == "rerequested"]
        assert sorted(again) == [f"github:101#{one}", f"github:101#{other}"]
