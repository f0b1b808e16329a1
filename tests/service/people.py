"""What people do on the demo GitHub, and what GitHub does beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.loopback import HTTP
from tests.service.running import Service, World

API = "os2display/api"
BUG = {"title": "Fejl: Login virker ikke", "body": "### Type\nFejl\n\nSiden er hvid. æøå 🌳"}


def open_issue(world: World, who: str, issue: dict[str, Any], repository: str = API) -> int:
    with world.person(who) as person:
        answer = person.post(f"/repos/{repository}/issues", json=issue)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["number"])


def comment(world: World, who: str, number: int, text: str, repository: str = API) -> None:
    with world.person(who) as person:
        answer = person.post(f"/repos/{repository}/issues/{number}/comments", json={"body": text})
    assert answer.status_code == 201, answer.text


def open_pull_request(world: World, title: str, body: str) -> int:
    with world.person("bo") as bo:
        sha = bo.get(f"/repos/{API}/branches/main").json()["commit"]["sha"]
        ref = {"ref": "refs/heads/feature/x", "sha": sha}
        assert bo.post(f"/repos/{API}/git/refs", json=ref).status_code == 201
        change = {"message": "Ret", "content": "eA==", "branch": "feature/x"}
        assert bo.put(f"/repos/{API}/contents/src/x.py", json=change).status_code == 201
        pull = {"title": title, "body": body, "head": "feature/x", "base": "main"}
        return int(bo.post(f"/repos/{API}/pulls", json=pull).json()["number"])


def redeliver_everything(world: World, running: Service) -> None:
    """Post every delivery again, under a new identifier: GitHub telling the same twice."""
    for delivery in list(world.github.hooks.deliveries):
        assert running.deliver(delivery.event, delivery.body).status_code == 202


def order_fault(world: World, path: str, then: str, method: str = "", times: int = 1) -> None:
    order = {"match": {"method": method, "path": path}, "times": times, "then": then}
    answer = HTTP.post(f"{world.github.web}/_demo/faults", json=order)
    assert answer.is_success, answer.text


@contextmanager
def people_first(world: World) -> Iterator[None]:
    """People act undisturbed; the bot hears of it when the block ends."""
    world.github.hooks.pause()
    yield
    world.github.hooks.resume()
