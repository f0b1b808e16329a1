"""A pull request on its way: what reviewers and the author do is seen as they do it."""

from pathlib import Path

import pytest
import yaml

from tests.service.running import World, service, world

pytestmark = pytest.mark.slow
API = "os2display/api"
POLICY = {
    "version": 1,
    "mode": "act",
    "labels": {"status": {"needs-info": "afventer svar", "needs-change": "skal rettes"}},
    "guidelines": {
        "rules": {
            "reviews": {"level": "required", "count": 2, "organisations": 2},
            "description": "required",
            "tests": "required",
        }
    },
    "people": {"organisations": {"Kommunen": ["bo"], "Leverandøren": ["kim"]}},
}
SEED = {
    "app": {"id": 4242, "slug": "os2kb"},
    "people": ["ida", "bo", "kim"],
    "organisations": {"os2display": {}},
    "repositories": {
        API: {
            "id": 101,
            "labels": {"afventer svar": "fbca04", "skal rettes": "fbca04"},
            "collaborators": {"ida": "write", "bo": "write", "kim": "maintain"},
            "files": {".github/os2kb.yml": yaml.safe_dump(POLICY, allow_unicode=True)},
            "branches": {
                "feature/dato": {
                    "commits": [{"by": "ida", "message": "Ret", "files": {"src/dato.py": "x\n"}}]
                }
            },
        },
    },
}


def opened(github: World) -> int:
    with github.person("ida") as ida:
        pull = {"title": "Ret dato", "body": "", "head": "feature/dato", "base": "main"}
        return int(ida.post(f"/repos/{API}/pulls", json=pull).json()["number"])


def approved(github: World, who: str, number: int) -> None:
    with github.person(who) as person:
        answer = person.post(f"/repos/{API}/pulls/{number}/reviews", json={"event": "APPROVE"})
    assert answer.is_success, answer.text


def test_each_step_mends_one_thing_until_all_is_well(tmp_path: Path):
    with (
        world(yaml.safe_dump(SEED, allow_unicode=True)) as github,
        service(tmp_path, github) as running,
    ):
        number = opened(github)
        running.settle(github)
        assert sorted(github.labels(API, number)) == ["afventer svar", "skal rettes"]
        assert "Ingen har godkendt; der skal 2 til." in github.bot_comments(API, number)[0]

        approved(github, "bo", number)
        running.settle(github)
        assert "1 har godkendt; der skal 2 til." in github.bot_comments(API, number)[0]

        with github.person("ida") as ida:
            text = {"body": "Viser datoen, så borgere kan planlægge deres besøg."}
            assert ida.patch(f"/repos/{API}/pulls/{number}", json=text).is_success
            test = {"message": "Test", "content": "eA==", "branch": "feature/dato"}
            path = f"/repos/{API}/contents/tests/test_dato.py"
            assert ida.put(path, json=test).is_success
        approved(github, "kim", number)
        running.settle(github)
        assert github.labels(API, number) == []
        (status,) = github.bot_comments(API, number)
        assert "der skal 2 til" not in status
        checks = {one["name"]: one["conclusion"] for one in github.checks(API, number)}
        assert checks["os2kb / guidelines"] == "success"
