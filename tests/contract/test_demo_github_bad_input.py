"""Whatever is sent, the demo GitHub answers with a reason and never breaks."""

import json

import pytest

from tests.contract.small_world import SmallWorld

API = "/repos/os2display/api"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"body": "\\ud800"}', 400),
        (b'"text"', 400),
        (b"7", 400),
        (b"[]", 400),
        (b"", 422),
        (b'{"body": 7}', 422),
        (b'{"body": null}', 422),
        (b'{"body": ""}', 422),
        (b"[" * 100_000, 400),
        (json.dumps({"body": "x" * 65_537}).encode(), 422),
        (json.dumps({"body": "x" * 65_536}).encode(), 201),
        (json.dumps({"body": "x" * 300_000}).encode(), 422),
        (json.dumps({"body": "a\0b \u202e \U0001f642 æøå"}).encode(), 201),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else value,
)
def test_a_bad_comment_is_refused_with_a_reason(
    world: SmallWorld, content: bytes, status: int
) -> None:
    answer = world.person_http("bo").post(f"{API}/issues/1/comments", content=content)

    assert answer.status_code == status
    assert status == 201 or answer.json()["message"]


def test_strange_text_comes_back_as_it_was_sent(world: SmallWorld) -> None:
    text = "NUL \0, omvendt \u202e, 🙂, æøå, \r\n, <script>"
    made = world.person_http("bo").post(f"{API}/issues/1/comments", json={"body": text}).json()

    assert world.bot_http.get(f"{API}/issues/comments/{made['id']}").json()["body"] == text


@pytest.mark.parametrize("value", [7, None, [], {}, True, "", ["x"], {"x": 1}, "\0", "x" * 70_000])
@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("POST", f"{API}/issues", "title"),
        ("POST", f"{API}/issues", "labels"),
        ("PATCH", f"{API}/issues/1", "state"),
        ("PATCH", f"{API}/issues/1", "state_reason"),
        ("PATCH", f"{API}/issues/1", "labels"),
        ("PUT", f"{API}/issues/1/lock", "lock_reason"),
        ("POST", f"{API}/issues/1/labels", "labels"),
        ("POST", f"{API}/labels", "name"),
        ("PATCH", f"{API}/labels/Bug", "color"),
        ("PATCH", f"{API}/labels/Bug", "new_name"),
        ("POST", f"{API}/pulls", "head"),
        ("PATCH", f"{API}/pulls/4", "base"),
        ("PUT", f"{API}/pulls/4/merge", "sha"),
        ("PUT", f"{API}/pulls/4/merge", "commit_title"),
        ("POST", f"{API}/pulls/4/reviews", "event"),
        ("POST", f"{API}/pulls/4/reviews", "comments"),
        ("POST", f"{API}/git/refs", "ref"),
        ("PUT", f"{API}/contents/ny.md", "content"),
        ("PUT", f"{API}/contents/README.md", "sha"),
        ("PUT", f"{API}/contents/README.md", "branch"),
        ("PATCH", API, "name"),
        ("PATCH", API, "description"),
    ],
)
def test_a_value_of_any_kind_never_breaks_the_server(
    shared_world: SmallWorld, method: str, path: str, key: str, value: object
) -> None:
    answer = shared_world.person_http("ida").request(method, path, json={key: value})

    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("value", [7, None, [], {}, True, "", ["x"], {"x": 1}, "\0"])
@pytest.mark.parametrize("key", ["name", "status", "conclusion", "output", "completed_at"])
def test_a_check_of_any_kind_never_breaks_the_server(
    shared_world: SmallWorld, key: str, value: object
) -> None:
    check = {"name": "os2kb", "head_sha": shared_world.head, key: value}

    assert shared_world.bot_http.post(f"{API}/check-runs", json=check).status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/repos/os2display/api/issues/99999999999999999999999999",
        "/repos/os2display/api/issues/0",
        "/repos/os2display/api/issues?page=999999999999&per_page=-1",
        "/repos/os2display/api/issues?since=i%20g%C3%A5r",
        "/repos/os2display/api/contents/../../../etc/passwd",
        "/repos/os2display/api/commits/%00",
        "/repositories/999999999999",
        "/app/hook/deliveries?cursor=x",
        "/nothing/here",
    ],
)
def test_a_strange_address_never_breaks_the_server(world: SmallWorld, path: str) -> None:
    assert world.person_http("ida").get(path).status_code < 500
    assert world.app_http.get(path).status_code < 500
