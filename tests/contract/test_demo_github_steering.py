"""How tests and the demo steer: seeds, logs, the clock, deletion."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx

from os2kb.demo.github import GitHub, plant, read_seed, running
from tests.contract.small_world import PUBLIC_KEY, SEED, SmallWorld
from tests.loopback import HTTP

API = "/repos/os2display/api"


def test_what_the_bot_wrote_is_listed_and_nothing_else(world: SmallWorld) -> None:
    world.person_http("ida").post(f"{API}/issues/1/labels", json=["Bug"])
    world.bot_http.get(API)
    world.bot_http.post(f"{API}/issues/1/labels", json=["Spørgsmål", "Helt ny"])
    world.bot_http.delete(f"{API}/issues/1/labels/mangler")

    writes = HTTP.get(f"{world.url}/_demo/writes").json()["items"]

    assert [(w["method"], w["status"], w["actor"]) for w in writes] == [
        ("POST", 200, "os2kb[bot]"),
        ("DELETE", 404, "os2kb[bot]"),
    ]
    assert writes[0]["created_labels"] == ["Helt ny"]
    assert HTTP.delete(f"{world.url}/_demo/traffic").status_code == 204
    assert HTTP.get(f"{world.url}/_demo/writes").json() == {"items": []}


def test_the_traffic_holds_no_tokens(world: SmallWorld) -> None:
    world.bot_http.get(API)
    traffic = HTTP.get(f"{world.url}/_demo/traffic").text

    assert "os2kb[bot]" in traffic
    assert "authorization" not in traffic.lower()
    assert all(token not in traffic for token in world.github.tokens)


def test_a_new_seed_replaces_everything(world: SmallWorld) -> None:
    answer = HTTP.post(f"{world.url}/_demo/seed", content=b'{"repositories": {"a/b": {}}}')

    assert answer.json() == {"repositories": ["a/b"]}
    assert world.person_http("").get("/repos/a/b").status_code == 200
    assert world.person_http("").get(API).status_code == 404


def test_a_bad_seed_is_refused_and_says_where(world: SmallWorld) -> None:
    answer = HTTP.post(f"{world.url}/_demo/seed", content=b"repositories: {a/b: {isues: []}}")

    assert answer.status_code == 422
    assert "isues" in answer.json()["message"]
    assert world.person_http("").get(API).status_code == 200


def test_a_web_page_cannot_steer(world: SmallWorld) -> None:
    answer = HTTP.post(
        f"{world.url}/_demo/seed", content=b"{}", headers={"Origin": "http://example.org"}
    )

    assert answer.status_code == 403


def test_a_deleted_issue_is_gone(world: SmallWorld) -> None:
    order = {"repository": "os2display/api", "number": 1, "by": "ida"}
    assert HTTP.post(f"{world.url}/_demo/delete-issue", json=order).status_code == 204

    assert world.bot_http.get(f"{API}/issues/1").status_code == 410


def test_a_moved_issue_takes_along_what_the_new_repository_knows(world: SmallWorld) -> None:
    order = {"repository": "os2display/api", "number": 1, "by": "ida", "to": "os2display/secret"}
    answer = HTTP.post(f"{world.url}/_demo/transfer-issue", json=order)
    assert answer.json() == {"number": 2}

    there, bot = "/repos/os2display/secret/issues/2", world.bot_http
    moved = bot.get(there).json()
    assert (moved["title"], moved["created_at"]) == ("Kan ikke logge ind", "2026-03-02T08:15:00Z")
    assert moved["labels"] == [], "there is no label Bug"
    assert [one["body"] for one in bot.get(f"{there}/comments").json()] == ["Hvilken browser?"]
    events = [one["event"] for one in bot.get(f"{there}/events").json()]
    assert events == ["labeled", "transferred"]
    assert bot.get(f"{API}/issues/1").status_code == 301
    assert HTTP.post(f"{world.url}/_demo/transfer-issue", json=order).status_code == 422


def test_time_is_the_clock_that_was_given() -> None:
    now = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
    github = GitHub(now=lambda: now)
    plant(github, read_seed(SEED), PUBLIC_KEY)
    with running(github) as url:
        bo = httpx.Client(base_url=url, headers={"Authorization": "Bearer person-bo"})
        opened = bo.post(f"{API}/issues", json={"title": "Nyt"}).json()
        now += timedelta(hours=1)
        bo.post(f"{API}/issues/{opened['number']}/comments", json={"body": "Hej"})
        changed = bo.get(f"{API}/issues/{opened['number']}").json()

    assert opened["created_at"] == opened["updated_at"] == "2026-03-02T08:15:00Z"
    assert changed["updated_at"] == "2026-03-02T09:15:00Z"


def test_many_at_once_lose_nothing(world: SmallWorld) -> None:
    bot = world.bot_http
    with ThreadPoolExecutor(8) as pool:
        statuses = list(
            pool.map(
                lambda n: bot.post(f"{API}/issues/1/comments", json={"body": str(n)}).status_code,
                range(100),
            )
        )

    assert statuses == [201] * 100
    comments = world.github.repositories[101].issues[1].comments[1:]
    assert sorted(int(one.body) for one in comments) == list(range(100))
    assert len({one.id for one in comments}) == 100
