"""A pull request that touches the decision log, over the demo GitHub: check and suggestions."""

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from os2kb.reconcile import Reconciler
from tests.service.running import World, world

LOG = "os2display/log"
POLICY = f"version: 1\nmode: act\ndecisions: {{repository: {LOG}}}\n"
DRIFT = (
    "# [SDR] Fælles drift\n\n- **Nr.**: 42\n- **Dato**: 2026-05-02\n- **Status**: Accepteret\n"
    "- **Beslutningstagere**: Styregruppen\n\n## Beskrivelse af beslutningen\n\nDriften udbydes.\n"
)
MEETINGS = (
    DRIFT.replace("42", "43")
    .replace("2026-05-02", "")
    .replace("Fælles drift", "Møder")
    .replace("Driften udbydes.", "Der holdes fire møder om året.")
)
OLD, NEW = "beslutninger/2026-05-02-faelles-drift.md", "beslutninger/2026-06-02-moeder.md"
SEED = {
    "app": {"id": 4242, "slug": "os2kb"},
    "people": ["ida", "kim"],
    "repositories": {
        LOG: {
            "id": 101,
            "collaborators": {"ida": "write", "kim": "maintain"},
            "files": {".github/os2kb.yml": POLICY, OLD: DRIFT},
            "branches": {
                "nyt": {"commits": [{"by": "ida", "message": "Møder", "files": {NEW: MEETINGS}}]},
                "kode": {"commits": [{"by": "ida", "message": "Ret", "files": {"a.md": "# A\n"}}]},
            },
            "pulls": [
                {"title": "Møder", "body": "Ny beslutning.", "by": "ida", "head": "nyt"},
                {"title": "Ret", "body": "Ret en fejl.", "by": "ida", "head": "kode"},
            ],
        }
    },
}
PULL, OTHER = 1, 2


@pytest.fixture
def github() -> Iterator[World]:
    with world(yaml.safe_dump(SEED, allow_unicode=True)) as made:
        yield made


def look(bot: Reconciler, number: int) -> None:
    bot.apply(bot.observer.subject(LOG, number))


def check(github: World) -> dict[str, Any]:
    found = [one for one in github.checks(LOG, PULL) if one["name"] == "os2kb / decisions"]
    return found[0] if found else {}


def suggestions(github: World) -> list[dict[str, Any]]:
    with github.person("kim") as kim:
        return list(kim.get(f"/repos/{LOG}/pulls/{PULL}/comments").json())


def commit(github: World, path: str, text: str) -> None:
    with github.person("ida") as ida:
        known = ida.get(f"/repos/{LOG}/contents/{path}", params={"ref": "nyt"}).json()
        body = {
            "message": "Ret",
            "content": b64encode(text.encode()).decode(),
            "branch": "nyt",
            "sha": known["sha"],
        }
        assert ida.put(f"/repos/{LOG}/contents/{path}", json=body).is_success


def test_a_mistake_fails_the_check_and_its_suggestion_mends_it(
    github: World, bot: Reconciler
) -> None:
    look(bot, PULL)
    assert (check(github)["conclusion"], check(github)["output"]["title"]) == (
        "failure",
        "1 ting skal rettes",
    )
    (made,) = suggestions(github)
    assert (made["path"], made["line"], made["user"]["login"]) == (NEW, 4, "os2kb[bot]")
    with github.person("kim") as kim:
        (review,) = kim.get(f"/repos/{LOG}/pulls/{PULL}/reviews").json()
    assert review["state"] == "COMMENTED"

    writes = github.writes
    look(bot, PULL)
    assert github.writes == writes

    # What the button does: the line is put in the place of the one that the remark is on.
    suggested = re.search(r"```suggestion\n(.*)\n```", made["body"])
    assert suggested
    lines = MEETINGS.split("\n")
    lines[made["line"] - 1] = suggested[1]
    commit(github, NEW, "\n".join(lines))
    look(bot, PULL)
    assert check(github)["conclusion"] == "success"
    assert len(suggestions(github)) == 1


def test_a_line_that_moves_is_suggested_once_and_a_number_that_is_taken_is_told(
    github: World, bot: Reconciler
) -> None:
    look(bot, PULL)
    commit(github, NEW, "\n" + MEETINGS.replace("43", "42"))
    look(bot, PULL)
    assert len(suggestions(github)) == 1
    assert check(github)["output"]["title"] == "2 ting skal rettes"
    assert f"Nr. 42 bruges allerede i {OLD}" in check(github)["output"]["summary"].replace("\\", "")


def test_other_pull_requests_have_no_such_check_and_cost_no_read_of_the_log(
    github: World, bot: Reconciler
) -> None:
    look(bot, OTHER)
    assert not check(github)
    with github.person("kim") as kim:
        assert kim.get(f"/repos/{LOG}/pulls/{OTHER}/comments").json() == []
