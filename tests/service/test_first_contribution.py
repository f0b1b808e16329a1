"""What somebody new sees on their first pull request, over the demo GitHub's real HTTP."""

from collections.abc import Iterator

import pytest
import yaml

from os2kb.reconcile import Reconciler
from tests.service.running import World, world

API = "os2display/api"
POLICY = """\
version: 1
mode: act
guidelines: {source: docs/CONTRIBUTING.md, rules: {linked-issue: required, licence: advise}}
"""


def branch(path: str) -> dict[str, object]:
    return {"commits": [{"by": "ida", "message": "Ret", "files": {path: "<?php\n"}}]}


def pull(title: str, head: str) -> dict[str, object]:
    body = "Viser den rigtige dato i oversigten."
    return {"title": title, "body": body, "by": "ida", "head": head, "from_fork": True}


SEED = {
    "app": {"id": 4242, "slug": "os2kb"},
    "people": ["ida", "kim"],
    "repositories": {
        API: {
            "id": 101,
            "collaborators": {"kim": "maintain"},
            "files": {
                ".github/os2kb.yml": POLICY,
                "docs/CONTRIBUTING.md": "# Regler\n\nHenvis til et issue.\n",
            },
            "branches": {"en": branch("src/en.php"), "to": branch("src/to.php")},
            "pulls": [pull("Ret en", "en"), pull("Ret to", "to")],
        }
    },
}
FIRST, SECOND = 1, 2


@pytest.fixture
def github() -> Iterator[World]:
    with world(yaml.safe_dump(SEED, allow_unicode=True)) as made:
        yield made


def look(bot: Reconciler, number: int) -> None:
    bot.apply(bot.observer.subject(API, number))


def test_somebody_new_is_welcomed_once_with_a_check_and_remarks(
    github: World, bot: Reconciler
) -> None:
    look(bot, FIRST)
    (status,) = github.bot_comments(API, FIRST)
    assert "Velkommen, ida, og tak for dit første bidrag." in status
    assert f"/{API}/blob/main/docs/CONTRIBUTING.md)" in status
    assert f"/{API}/issues/new/choose)" in status
    (check,) = github.checks(API, FIRST)
    assert (check["conclusion"], check["output"]["title"]) == (
        "action_required",
        "Én ting skal rettes",
    )
    assert check["output"]["annotations_count"] == 1
    before = github.writes
    look(bot, FIRST)
    assert github.writes == before


def test_who_has_contributed_before_is_thanked(github: World, bot: Reconciler) -> None:
    with github.person("kim") as kim:
        assert kim.put(f"/repos/{API}/pulls/{FIRST}/merge", json={}).status_code == 200
    look(bot, SECOND)
    (status,) = github.bot_comments(API, SECOND)
    assert "Tak for dit bidrag." in status
    assert "Velkommen" not in status
