"""A pull request that edits the Policy shows, on its check, what the Policy would change."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from os2kb.clock import now
from os2kb.installation import install
from os2kb.preview.budget import ReadBudget
from os2kb.store import wakes
from tests.loopback import HTTP
from tests.service.conftest import POLICY
from tests.service.running import World, service, settings_for, until

pytestmark = pytest.mark.slow
API, QUIET = "os2display/api", "os2display/quiet"
PATH = ".github/os2kb.yml"


def issues(world: World, repository: str, count: int) -> None:
    with world.person("ida") as ida:
        for number in range(count):
            title = f"Fejl: Login virker ikke {number}" if number % 2 else f"Kalenderen {number}"
            made = ida.post(f"/repos/{repository}/issues", json={"title": title, "body": ""})
            assert made.status_code == 201


def propose(world: World, repository: str, policy: str, branch: str = "ny-policy") -> int:
    """A pull request that puts this Policy in place."""
    with world.person("kim") as kim:
        sha = kim.get(f"/repos/{repository}/branches/main").json()["commit"]["sha"]
        ref = {"ref": f"refs/heads/{branch}", "sha": sha}
        assert kim.post(f"/repos/{repository}/git/refs", json=ref).status_code == 201
        commit(world, repository, policy, branch)
        pull = {"title": "Ny policy", "body": "Se #1", "head": branch, "base": "main"}
        return int(kim.post(f"/repos/{repository}/pulls", json=pull).json()["number"])


def commit(world: World, repository: str, policy: str, branch: str = "ny-policy") -> None:
    with world.person("kim") as kim:
        path = f"/repos/{repository}/contents/{PATH}"
        known = kim.get(path, params={"ref": branch}).json()
        body = {
            "message": "Ny policy",
            "content": b64encode(policy.encode()).decode(),
            "branch": branch,
            "sha": known["sha"],
        }
        assert kim.put(path, json=body).status_code == 200


def check(world: World, repository: str, number: int) -> dict[str, Any]:
    """The check on the newest commit; empty where there is none yet."""
    with world.person("kim") as kim:
        sha = kim.get(f"/repos/{repository}/pulls/{number}").json()["head"]["sha"]
        runs = kim.get(f"/repos/{repository}/commits/{sha}/check-runs").json()["check_runs"]
    named = [run for run in runs if run["name"] == "os2kb / policy"]
    assert len(named) <= 1
    return named[0] if named else {}


def title(world: World, repository: str, number: int) -> str:
    return str(check(world, repository, number).get("output", {}).get("title"))


def shows(world: World, repository: str, number: int, words: str) -> None:
    until(
        lambda: words in title(world, repository, number),
        what=f"{words!r} (it says {title(world, repository, number)!r})",
    )


def order_fault(world: World, path: str, then: str, times: int = 1) -> None:
    order = {"match": {"method": "GET", "path": path}, "times": times, "then": then}
    answer = HTTP.post(f"{world.github.web}/_demo/faults", json=order)
    assert answer.is_success, answer.text


def test_an_edited_policy_shows_what_it_would_change_and_changes_nothing(
    tmp_path: Path, github: World
):
    issues(github, QUIET, 30)
    before = POLICY.replace("mode: act", "mode: observe")
    with service(tmp_path, github) as running:
        number = propose(github, QUIET, before.replace("bug: Bug", "bug: Dokumentation"))
        shows(github, QUIET, number, "ændrer 15 af de seneste 30")
        running.settle(github)
        found = check(github, QUIET, number)
        summary = found["output"]["summary"]
        assert found["conclusion"] == "success"
        assert "| Bug | 0 | 15 |" in summary
        assert "| Dokumentation | 15 | 0 |" in summary
        assert "Fejl: Login virker ikke 29" in summary
        assert all("check-runs" in path for _, path in github.writes)
        assert all(github.labels(QUIET, one) == [] for one in range(1, 31))

        # A second look, also at the same commit, writes nothing and reads no subject again.
        writes = github.writes
        reads = len(github.github.traffic.exchanges)
        with github.person("kim") as kim:
            assert kim.patch(f"/repos/{QUIET}/issues/{number}", json={"body": "Se #2"}).is_success
        running.settle(github)
        assert github.writes == writes
        paths = [one.path for one in list(github.github.traffic.exchanges)[reads:]]
        assert not [path for path in paths if re.search(r"/issues/(1|2|30)/", path)]


def test_a_policy_with_a_mistake_fails_and_shows_no_effect_until_it_is_mended(
    tmp_path: Path, github: World
):
    issues(github, QUIET, 2)
    before = POLICY.replace("mode: act", "mode: observe")
    with service(tmp_path, github) as running:
        number = propose(github, QUIET, before.replace("labels:", "lables:"))
        shows(github, QUIET, number, "én fejl")
        running.settle(github)
        assert check(github, QUIET, number)["conclusion"] == "failure"

        commit(github, QUIET, before + "\n# en bemærkning\n")
        shows(github, QUIET, number, "ændrer intet for de seneste 2")
        assert check(github, QUIET, number)["conclusion"] == "success"

        ladder = '{name: drift, notify: ["@kmi"]}, {name: vagt, notify: ["@kim"], when: respond}'
        commit(github, QUIET, f"{before}\nescalation: {{ladder: [{ladder}]}}\n")
        shows(github, QUIET, number, "Stigen nævner nogen, der ikke findes")
        refused = check(github, QUIET, number)
        assert refused["conclusion"] == "failure"
        assert "kmi findes ikke på GitHub" in refused["output"]["summary"]
        assert "(så trin 1, drift, når ingen)" in refused["output"]["summary"]
        commit(
            github, QUIET, f"{before}\nescalation: {{ladder: [{ladder.replace('kmi', 'kim')}]}}\n"
        )
        shows(github, QUIET, number, "ændrer intet for de seneste 2")


def test_what_only_an_option_makes_a_rule_read_is_read_for_the_next_commit_too(
    tmp_path: Path, github: World
):
    with service(tmp_path, github) as running, github.person("bo") as bo:
        sha = bo.get(f"/repos/{API}/branches/main").json()["commit"]["sha"]
        bo.post(f"/repos/{API}/git/refs", json={"ref": "refs/heads/rod", "sha": sha})
        change = {"message": "Rodet", "content": "eA==", "branch": "rod"}
        assert bo.put(f"/repos/{API}/contents/x.py", json=change).is_success
        pull = {"title": "Ret login", "body": "#1", "head": "rod", "base": "main"}
        assert bo.post(f"/repos/{API}/pulls", json=pull).is_success
        titles = POLICY.replace("rules: {", "rules: {title: {level: required, pattern: '^Ret'}, ")
        number = propose(github, API, titles)
        shows(github, API, number, "ændrer intet for de seneste 1")
        commit(github, API, titles.replace("'^Ret'", "'^Ret', commits: true"))
        shows(github, API, number, "ændrer 1 af de seneste 1")
        running.settle(github)


def test_a_check_that_is_asked_for_again_shows_the_effect_again(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        number = propose(github, QUIET, POLICY)
        shows(github, QUIET, number, "ingen sager at prøve den på")
        running.settle(github)
        issues(github, QUIET, 1)
        with github.person("bo") as bo:
            run = f"/repos/{QUIET}/check-runs/{check(github, QUIET, number)['id']}"
            assert bo.post(f"{run}/rerequest").status_code == 201
        shows(github, QUIET, number, "de seneste 1")


def test_a_repository_with_nothing_in_it_has_nothing_to_show_but_labels_it_lacks(
    tmp_path: Path, github: World
):
    with service(tmp_path, github):
        number = propose(github, QUIET, POLICY.replace("security: It-sikkerhed", "security: Lås"))
        shows(github, QUIET, number, "ingen sager at prøve den på")
        summary = check(github, QUIET, number)["output"]["summary"]
        assert "**Etiketter, der ikke findes i repositoriet:** `Lås`. " in summary


def test_what_cannot_be_read_is_told_and_tried_again_when_something_happens(
    tmp_path: Path, github: World
):
    issues(github, QUIET, 1)
    with service(tmp_path, github) as running:
        order_fault(github, f"/repos/{QUIET}/issues$", "500", times=20)
        number = propose(github, QUIET, POLICY)
        shows(github, QUIET, number, "virkningen kunne ikke vises")
        assert check(github, QUIET, number)["conclusion"] == "neutral"
        running.settle(github)

        control = f"{github.github.web}/_demo/faults"
        assert HTTP.request("DELETE", control).is_success
        with github.person("kim") as kim:
            assert kim.patch(f"/repos/{QUIET}/issues/{number}", json={"body": "x"}).is_success
        shows(github, QUIET, number, "ændrer")
        assert check(github, QUIET, number)["conclusion"] == "success"


def test_a_rate_limit_is_waited_out(tmp_path: Path, github: World):
    issues(github, QUIET, 2)
    with service(tmp_path, github):
        order_fault(github, f"/repos/{QUIET}/issues/1", "secondary-rate-limit:1")
        number = propose(github, QUIET, POLICY)
        shows(github, QUIET, number, "seneste 2")


def test_no_proposal_makes_us_read_more_than_a_share_of_what_github_gives(
    tmp_path: Path, github: World
):
    issues(github, QUIET, 3)
    here = install(settings_for(github, tmp_path), now)
    assert here.reconciler is not None
    assert here.previewer is not None
    number = propose(github, QUIET, POLICY)
    subject = here.reconciler.observer.subject(QUIET, number)
    here.reconciler.apply(subject)
    wakes.take_due(here.database, here.now(), timedelta(minutes=1))
    replace(here.previewer, budget=ReadBudget(2, here.now)).work(f"preview:{subject.key}")
    assert "; venter til " in title(github, QUIET, number)


def test_a_preview_survives_being_killed(tmp_path: Path, github: World):
    issues(github, QUIET, 12)
    before = POLICY.replace("mode: act", "mode: observe")
    with service(tmp_path, github) as running:
        number = propose(github, QUIET, before.replace("bug: Bug", "bug: Dokumentation"))
        shows(github, QUIET, number, "ser på 0 af 12")
        running.kill()
        running.start()
        shows(github, QUIET, number, "ændrer 6 af de seneste 12")
