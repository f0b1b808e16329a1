"""What the demo GitHub delivers: signed, in order, and shaped like real deliveries."""

import base64
import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.contract.receiver import Receiver, receiving
from tests.contract.small_world import SmallWorld
from tests.loopback import HTTP

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[2] / "../shared/data")
REAL = SHARED / "github-payloads"
API = "/repos/os2display/api"
SECRET = "en lang hemmelighed med æøå"

# What real deliveries have and the demo's have not: permissions that this app never asked for,
# deployments, and the properties of a repository within a pull request or a move.
LEFT_OUT = re.compile(
    r"/check_(run/(check_suite/)?|suite/)app/permissions/\w+|/check_run/(check_suite/)?deployment"
    r"|/(pull_request/(head|base)/repo|changes/new_repository)/custom_properties"
)


@dataclass
class Wired:
    world: SmallWorld
    receiver: Receiver

    def settle(self) -> list[str]:
        assert self.world.github.hooks.wait_until_sent()
        return self.receiver.names


@pytest.fixture
def wired(world: SmallWorld) -> Iterator[Wired]:
    with receiving() as receiver:
        world.github.hooks.configure(receiver.url, SECRET)
        yield Wired(world, receiver)


def test_a_delivery_is_signed_over_its_raw_bytes(wired: Wired) -> None:
    wired.world.person_http("bo").post(f"{API}/issues/1/comments", json={"body": "Æøå 🙂"})
    wired.settle()

    (one,) = wired.receiver.received
    expected = hmac.new(SECRET.encode(), one.raw, hashlib.sha256).hexdigest()
    assert one.headers["x-hub-signature-256"] == f"sha256={expected}"
    assert one.headers["x-github-event"] == "issue_comment"
    assert one.headers["x-github-hook-id"] == "1"
    assert one.headers["user-agent"].startswith("GitHub-Hookshot/")
    assert len(one.headers["x-github-delivery"]) == 36
    assert one.body["comment"]["body"] == "Æøå 🙂"
    assert one.body["installation"]["id"] == 71
    assert one.body["sender"]["login"] == "bo"


def test_deliveries_come_in_the_order_of_the_changes(wired: Wired) -> None:
    ida = wired.world.person_http("ida")
    ida.post(f"{API}/issues", json={"title": "Nyt", "labels": ["Bug"]})
    ida.patch(f"{API}/issues/5", json={"title": "Nyere"})
    ida.post(f"{API}/issues/5/labels", json={"labels": ["Helt ny"]})
    ida.delete(f"{API}/issues/5/labels/Bug")
    ida.patch(f"{API}/issues/5", json={"state": "closed"})
    ida.patch(f"{API}/issues/5", json={"state": "open"})

    assert wired.settle() == [
        "issues.opened",
        "issues.labeled",
        "issues.edited",
        "label.created",
        "issues.labeled",
        "issues.unlabeled",
        "issues.closed",
        "issues.reopened",
    ]
    edited = wired.receiver.received[2].body
    assert edited["changes"] == {"title": {"from": "Nyt"}}


def test_what_the_bot_does_is_delivered_too(wired: Wired) -> None:
    wired.world.bot_http.post(f"{API}/issues/1/labels", json={"labels": ["Spørgsmål"]})
    wired.settle()

    (one,) = wired.receiver.received
    assert (one.name, one.body["sender"]["login"], one.body["sender"]["type"]) == (
        "issues.labeled",
        "os2kb[bot]",
        "Bot",
    )


def test_changing_nothing_delivers_nothing(wired: Wired) -> None:
    ida = wired.world.person_http("ida")
    ida.post(f"{API}/issues/1/labels", json={"labels": ["bug"]})
    ida.patch(f"{API}/issues/1", json={"title": "Kan ikke logge ind", "state": "open"})
    ida.delete(f"{API}/issues/1/labels/Spørgsmål")

    assert wired.settle() == []


def test_a_push_to_a_branch_synchronizes_its_pull_request(wired: Wired) -> None:
    before = wired.world.head
    content = base64.b64encode(b"mere\n").decode()
    wired.world.person_http("ida").put(
        f"{API}/contents/CHANGELOG.md",
        json={"message": "Log", "content": content, "branch": "feature/upload"},
    )

    assert wired.settle() == ["push", "pull_request.synchronize"]
    push, synchronize = (one.body for one in wired.receiver.received)
    assert (push["before"], push["after"]) == (before, wired.world.head)
    assert push["commits"][0]["added"] == ["CHANGELOG.md"]
    assert push["created"] is False
    assert synchronize["pull_request"]["head"]["sha"] == wired.world.head


def test_a_merge_tells_of_the_push_and_the_closing(wired: Wired) -> None:
    wired.world.person_http("kim").put(f"{API}/pulls/4/merge")

    assert wired.settle() == ["push", "pull_request.closed"]
    closed = wired.receiver.received[1].body["pull_request"]
    assert (closed["merged"], closed["additions"], closed["changed_files"]) == (True, 1, 1)


def test_nothing_is_delivered_where_the_app_is_not_installed(wired: Wired) -> None:
    wired.world.github.installations.pop(72)
    wired.world.person_http("bo").post("/repos/os2forms/forms/issues", json={"title": "Hej"})

    assert wired.settle() == []


def test_held_back_deliveries_come_later_in_order(wired: Wired) -> None:
    bo = wired.world.person_http("bo")
    wired.world.github.hooks.pause()
    for number in range(3):
        bo.post(f"{API}/issues/1/comments", json={"body": str(number)})
    assert wired.receiver.received == []
    wired.world.github.hooks.resume()
    wired.settle()

    assert [one.body["comment"]["body"] for one in wired.receiver.received] == ["0", "1", "2"]


def test_a_failed_delivery_is_logged_and_sent_again_with_the_same_guid(wired: Wired) -> None:
    wired.receiver.status = 503
    wired.world.person_http("bo").post(f"{API}/issues/1/comments", json={"body": "Hej"})
    wired.settle()
    app = wired.world.app_http
    (failed,) = app.get("/app/hook/deliveries").json()
    assert (failed["status_code"], failed["redelivery"]) == (503, False)

    wired.receiver.status = 202
    app.post(f"/app/hook/deliveries/{failed['id']}/attempts")
    wired.settle()

    first, second = wired.receiver.received
    assert first.raw == second.raw
    assert first.headers["x-github-delivery"] == second.headers["x-github-delivery"]
    newest = app.get("/app/hook/deliveries").json()[0]
    assert (newest["status_code"], newest["redelivery"]) == (202, True)


def test_a_payload_shows_the_moment_it_tells_of(wired: Wired) -> None:
    wired.world.github.hooks.pause()
    bo = wired.world.person_http("bo")
    bo.patch(f"{API}/issues/1", json={"title": "Først"})
    bo.patch(f"{API}/issues/1", json={"title": "Siden"})
    wired.world.github.hooks.resume()
    wired.settle()

    titles = [one.body["issue"]["title"] for one in wired.receiver.received]
    assert titles == ["Først", "Siden"]


def _everything(wired: Wired) -> dict[str, dict[str, Any]]:
    """One delivery of every kind that the demo sends."""
    world = wired.world
    ida, kim, bot = world.person_http("ida"), world.person_http("kim"), world.bot_http
    ida.post(f"{API}/issues", json={"title": "Nyt", "labels": ["Bug"]})
    ida.patch(f"{API}/issues/5", json={"body": "Mere"})
    ida.delete(f"{API}/issues/5/labels/Bug")
    ida.put(f"{API}/issues/5/lock")
    ida.delete(f"{API}/issues/5/lock")
    ida.patch(f"{API}/issues/5", json={"state": "closed"})
    ida.patch(f"{API}/issues/5", json={"state": "open"})
    comment = ida.post(f"{API}/issues/5/comments", json={"body": "Hej"}).json()["id"]
    ida.patch(f"{API}/issues/comments/{comment}", json={"body": "Hejsa"})
    ida.delete(f"{API}/issues/comments/{comment}")
    ida.post(f"{API}/labels", json={"name": "Ny", "color": "ffffff"})
    ida.patch(f"{API}/labels/Ny", json={"color": "000000"})
    ida.delete(f"{API}/labels/Ny")
    check = bot.post(
        f"{API}/check-runs",
        json={"name": "os2kb", "head_sha": world.head, "conclusion": "success"},
    ).json()
    ida.post(f"{API}/check-runs/{check['id']}/rerequest")
    ida.post(f"{API}/check-suites/{check['check_suite']['id']}/rerequest")
    tip = {"message": "Log", "content": "aGVq", "branch": "feature/upload"}
    ida.put(f"{API}/contents/CHANGELOG.md", json=tip)
    ida.post(f"{API}/issues/4/labels", json={"labels": ["Bug"]})
    ida.delete(f"{API}/issues/4/labels/Bug")
    kim.patch(f"{API}/pulls/4", json={"state": "closed"})
    kim.patch(f"{API}/pulls/4", json={"state": "open"})
    kim.post(f"{API}/pulls/4/reviews", json={"event": "APPROVE"})
    kim.put(f"{API}/pulls/4/merge")
    order = {"repository": "os2display/api", "number": 5, "by": "ida", "to": "os2display/secret"}
    assert HTTP.post(f"{world.url}/_demo/transfer-issue", json=order).is_success
    ida.patch(API, json={"name": "skaerme"})
    wired.settle()
    return {one.name: one.body for one in wired.receiver.received}


KINDS = (
    *(
        f"issues.{action}"
        for action in (
            ["opened", "edited", "labeled", "unlabeled", "locked", "unlocked", "closed", "reopened"]
        )
    ),
    "issues.transferred",
    *(f"issue_comment.{action}" for action in ("created", "edited", "deleted")),
    *(f"label.{action}" for action in ("created", "edited", "deleted")),
    *(f"check_run.{action}" for action in ("created", "completed", "rerequested")),
    "check_suite.rerequested",
    *(
        f"pull_request.{action}"
        for action in ["synchronize", "labeled", "unlabeled", "closed", "reopened"]
    ),
    "pull_request_review.submitted",
    "push",
    "repository.renamed",
)


def test_every_kind_is_sent(wired: Wired) -> None:
    assert set(KINDS) <= set(_everything(wired))


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real payloads are not at {REAL}")
def test_every_kind_has_the_keys_of_real_ones(wired: Wired) -> None:
    sent = _everything(wired)

    missing = {
        name: lacking
        for name in KINDS
        for real in [_real(name)]
        if real is not None and (lacking := _lacking(real, sent[name]))
    }

    assert missing == {}


def _real(name: str) -> dict[str, Any] | None:
    event, _, action = name.partition(".")
    names = (f"{action}.payload.json", f"{action}.with-installation.payload.json", "payload.json")
    path = next((REAL / event / one for one in names if (REAL / event / one).is_file()), None)
    return json.loads(path.read_bytes()) if path else None


def _lacking(real: Any, ours: Any, path: str = "") -> list[str]:
    """Keys of a real payload that ours lacks, at any depth both reach."""
    if isinstance(real, list) and isinstance(ours, list) and real and ours:
        return _lacking(real[0], ours[0], f"{path}/*")
    if not isinstance(real, dict) or not isinstance(ours, dict):
        return []
    paths = (f"{path}/{key}" for key in real if key not in ours)
    lacking = [one for one in paths if LEFT_OUT.fullmatch(one) is None]
    for key in real.keys() & ours.keys():
        lacking += _lacking(real[key], ours[key], f"{path}/{key}")
    return sorted(lacking)
