"""What the webhook endpoint takes, and what it refuses."""

import json
import resource
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.loopback import HTTP
from tests.service.conftest import SEED
from tests.service.running import SECRET, Service, World, service, world
from webhooks.deliveries.signatures import sign

pytestmark = pytest.mark.slow
SHARED = Path(__file__).parents[3] / "shared" / "data" / "github-payloads"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with (
        world(SEED) as github,
        service(
            tmp_path_factory.mktemp("intake"), github, github_webhook_secret=f"older,{SECRET}"
        ) as started,
    ):
        yield started


def stored(running: Service) -> int:
    return sum(running.counts().values())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Hub-Signature-256": ""}, 401),
        ({"X-Hub-Signature-256": "sha256=" + "0" * 64}, 401),
        ({"X-Hub-Signature-256": "sha1=abc"}, 401),
        ({"X-Hub-Signature-256": sign(b"{}", "guessed")}, 401),
        ({"X-GitHub-Event": ""}, 400),
        ({"X-GitHub-Delivery": ""}, 400),
        ({"X-GitHub-Delivery": "x" * 201}, 400),
        ({"X-GitHub-Event": "no such event"}, 400),
    ],
)
def test_a_forged_or_odd_delivery_is_refused_and_nothing_is_stored(
    running: Service, headers: dict[str, str], status: int
):
    before = stored(running)
    answer = running.deliver("issues", b"{}", **headers)
    assert answer.status_code == status
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["cure"]
    assert stored(running) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe{}",
        b"[1, 2]",
        b'"text"',
        b"null",
        b"[" * 100_000,
        b"payload=%7B%7D",
        b'{"a": "\xc3\x28"}',
    ],
    ids=["empty", "words", "utf-16", "list", "string", "null", "deep", "form", "broken utf-8"],
)
def test_what_is_no_json_object_is_a_bad_request(running: Service, body: bytes):
    assert running.deliver("issues", body).status_code == 400


def test_either_of_two_secrets_signs_while_they_are_rotated(running: Service):
    body = b'{"zen": "Keep it simple"}'
    signature = {"X-Hub-Signature-256": sign(body, "older")}
    assert running.deliver("ping", body, **signature).status_code == 202
    assert running.deliver("ping", body).status_code == 202


def test_a_stranger_is_refused_before_the_body_is_read(running: Service):
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(
            b"POST /webhooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 26000000\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"issue": {"number": True}, "repository": {"id": True, "full_name": "a/b"}},
        {"action": ["opened"], "issue": 7},
        {"action": "opened\0", "issue": {"number": 10**30}, "repository": {"id": -1}},
        {"issue": {"number": 1}, "repository": {"id": 1, "full_name": "a/b\ud800"}},
        {"issue": {"number": 1}, "repository": {"id": 2**64, "full_name": "a/b"}},
        {"sender": "nobody", "comment": [], "repository": None},
    ],
)
def test_a_signed_body_of_an_odd_shape_is_acknowledged_and_ignored(
    running: Service, payload: dict[str, Any]
):
    answer = running.deliver("issues", json.dumps(payload).encode())
    assert answer.status_code == 202
    assert answer.json()["state"] == "ignored"


def test_an_unknown_event_is_acknowledged_and_ignored(running: Service):
    answer = running.deliver("sub_space_message", b'{"action": "sent"}')
    assert answer.json()["state"] == "ignored"
    assert "sub_space_message" in answer.json()["reason"]


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(running: Service):
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(
            b"POST /webhooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 26214401\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")


def test_a_body_without_a_length_is_refused_once_it_is_too_large(running: Service):
    chunk = b"x" * 1_000_000
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(300):
            taken += 1
            yield chunk

    try:
        answer = HTTP.post(
            f"{running.url}/webhooks/github",
            content=endless(),
            headers={"X-Hub-Signature-256": "sha256=" + "0" * 64},
            timeout=30,
        )
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # it hung up while we were still sending, as it may
    assert taken < 300


def test_only_post_is_allowed(running: Service):
    assert HTTP.get(f"{running.url}/webhooks/github").status_code == 405


def test_every_real_payload_is_acknowledged_and_none_fails(tmp_path: Path):
    """GitHub's own examples, whose repositories this App is not installed on."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data/github-payloads (npm: @octokit/webhooks-examples)")
    payloads = sorted(SHARED.glob("*/*.json"))
    assert len(payloads) > 100
    with world(SEED) as github, service(tmp_path, github) as running:
        states = {}
        for payload in payloads:
            answer = running.deliver(payload.parent.name, payload.read_bytes())
            assert answer.status_code == 202, payload.name
            states[payload] = answer.json()["state"]
        running.settle()
        counts = running.counts()
        assert counts["failed"] == 0
        assert counts["handled"] + counts["ignored"] == len(payloads)
        accepted = {payload.parent.name for payload, state in states.items() if state == "accepted"}
        assert {"issues", "pull_request"} <= accepted
        assert github.writes == []


def test_without_a_secret_everything_is_refused_and_the_doctor_says_so(
    tmp_path: Path, github: World
):
    with service(tmp_path, github, github_webhook_secret="") as running:
        body = b"{}"
        answer = running.deliver("ping", body, **{"X-Hub-Signature-256": sign(body, "")})
        assert answer.status_code == 401
        assert "OS2KB_GITHUB_WEBHOOK_SECRET" in answer.json()["cure"]
        found = json.loads(running.run("doctor", "--json").stdout)["items"]
        (webhook,) = [check for check in found if check["part"] == "webhook"]
        assert webhook["verdict"] == "wrong"
        assert "OS2KB_GITHUB_WEBHOOK_SECRET" in webhook["cure"]


def test_a_locked_database_is_a_503_and_never_a_false_202(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        lock = sqlite3.connect(tmp_path / "os2kb.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        answer = running.deliver("ping", b"{}", "while-locked")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        lock.execute("ROLLBACK")
        lock.close()
        assert running.deliver("ping", b"{}", "afterwards").status_code == 202
        with sqlite3.connect(tmp_path / "os2kb.db") as database:
            kept = {row[0] for row in database.execute("SELECT identifier FROM deliveries")}
        assert "afterwards" in kept


def test_a_database_that_is_gone_is_a_503(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        with sqlite3.connect(tmp_path / "os2kb.db") as database:
            database.execute("DROP TABLE deliveries")
        assert running.deliver("ping", b"{}").status_code == 503
        assert HTTP.get(f"{running.url}/readyz").status_code == 503
        assert HTTP.get(f"{running.url}/healthz").status_code == 200


def test_a_disk_that_is_full_is_a_503_until_there_is_room(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        assert running.process is not None
        # No file of the service may grow any more: its writes fail as on a full disk.
        pid, unlimited = running.process.pid, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, unlimited))
        assert running.deliver("ping", b"{}", "no-room").status_code == 503
        assert HTTP.get(f"{running.url}/healthz").status_code == 200
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        assert running.deliver("ping", b"{}", "room-again").status_code == 202


def test_a_huge_comment_full_of_oddities_is_handled(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        github.github.hooks.configure("", "")
        with github.person("ida") as ida:
            opened = ida.post("/repos/os2display/api/issues", json={"title": "Noget"}).json()
        odd = "/os2 ask \0 \u202eæøå 🌳 \ud800 <script>@kim #1 " * 7_000
        payload = {
            "action": "created",
            "comment": {"id": 1, "body": odd, "user": {"login": "ida", "type": "User"}},
            "issue": opened,
            "repository": {"id": 101, "full_name": "os2display/api"},
        }
        body = json.dumps(payload).encode()
        assert len(body) > 300_000
        assert running.deliver("issue_comment", body).json()["state"] == "accepted"
        running.settle()
        assert running.counts()["handled"] == 1
        assert github.writes == []


def test_a_second_service_on_the_same_folder_is_refused_clearly(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        second = running.run("serve")
        assert second.returncode == 1
        assert "another os2kb works on this data folder" in second.stderr
        assert "Traceback" not in second.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OS2KB_PORT", "high"),
        ("OS2KB_MODE", "loud"),
        ("OS2KB_GITHUB_API_URL", "github"),
        ("OS2KB_DATABASE_URL", "mysql://x"),
        ("OS2KB_GITHUB_PRIVATE_KEY", "not-a-key-nor-a-file"),
        ("OS2KB_PRODUCTS", "no-such-file.yml"),
        ("OS2KB_LLM_MODEL", "lonely"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name_and_the_cure(
    tmp_path: Path, variable: str, value: str
):
    stopped = Service(tmp_path, {variable: value}).run("serve")
    assert stopped.returncode == 1
    assert variable in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_a_secret_never_stands_in_an_error(tmp_path: Path):
    settings = {"OS2KB_GITHUB_PRIVATE_KEY": "s3cr3t", "OS2KB_PORT": "s3cr3t"}
    stopped = Service(tmp_path, settings).run("serve")
    assert "s3cr3t" not in stopped.stderr + stopped.stdout
