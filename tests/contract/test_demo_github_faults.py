"""Quotas, and faults that a test orders: what a client must live with."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime

import httpx
import pytest

from tests.contract.small_world import SmallWorld
from tests.loopback import HTTP

API = "/repos/os2display/api"


def fault(world: SmallWorld, then: str, times: int = 1, **match: str) -> None:
    order = {"then": then, "times": times, "match": match}
    assert HTTP.post(f"{world.url}/_demo/faults", json=order).status_code == 204


def test_the_quota_counts_down_and_ends(world: SmallWorld) -> None:
    world.github.limits.per_hour = 3
    bo = world.person_http("bo")
    left = [bo.get(API).headers["x-ratelimit-remaining"] for _ in range(3)]
    refused = bo.get(API)

    assert left == ["2", "1", "0"]
    assert (refused.status_code, refused.headers["x-ratelimit-remaining"]) == (403, "0")
    assert "rate limit exceeded" in refused.json()["message"]
    assert world.person_http("ida").get(API).status_code == 200


def test_nothing_new_is_304_and_free(world: SmallWorld) -> None:
    bo = world.person_http("bo")
    first = bo.get(f"{API}/issues/1")
    again = bo.get(f"{API}/issues/1", headers={"If-None-Match": first.headers["etag"]})
    bo.patch(f"{API}/issues/1", json={"body": "Nyt"})
    changed = bo.get(f"{API}/issues/1", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["x-ratelimit-remaining"] == first.headers["x-ratelimit-remaining"]
    assert changed.status_code == 200


def test_an_ordered_fault_meets_what_it_matches_and_goes(world: SmallWorld) -> None:
    fault(world, "502", times=2, method="GET", path=r"/issues/\d+$")
    bo = world.person_http("bo")

    assert bo.get(API).status_code == 200
    assert [bo.get(f"{API}/issues/1").status_code for _ in range(3)] == [502, 502, 200]


def test_a_secondary_limit_says_when_to_come_back(world: SmallWorld) -> None:
    bot = world.bot_http
    fault(world, "secondary-rate-limit:2", method="POST")
    answer = bot.post(f"{API}/issues/1/comments", json={"body": "Hej"})

    assert (answer.status_code, answer.headers["retry-after"]) == (403, "2")
    assert len(world.github.repositories[101].issues[1].comments) == 1


def test_a_spent_quota_says_when_it_is_full_again(world: SmallWorld) -> None:
    bot = world.bot_http
    fault(world, "rate-limit:30")
    answer = bot.get(API)
    wait = int(answer.headers["x-ratelimit-reset"]) - datetime.now(UTC).timestamp()

    assert (answer.status_code, answer.headers["x-ratelimit-remaining"]) == (403, "0")
    assert 25 < wait <= 31


def test_a_reset_after_the_write_leaves_the_write(world: SmallWorld) -> None:
    fault(world, "reset-after-write", method="POST", path="/comments$")
    with pytest.raises(httpx.ReadError):
        world.bot_http.post(f"{API}/issues/1/comments", json={"body": "Fremme"})

    comments = world.bot_http.get(f"{API}/issues/1/comments").json()
    assert [one["body"] for one in comments] == ["Hvilken browser?", "Fremme"]


def test_a_reset_before_the_write_leaves_nothing(world: SmallWorld) -> None:
    fault(world, "reset", method="POST", path="/comments$")
    with pytest.raises(httpx.ReadError):
        world.bot_http.post(f"{API}/issues/1/comments", json={"body": "Fremme"})

    assert len(world.bot_http.get(f"{API}/issues/1/comments").json()) == 1


def test_an_error_after_the_write_leaves_the_write(world: SmallWorld) -> None:
    fault(world, "502-after-write", method="POST", path="/comments$")
    answer = world.bot_http.post(f"{API}/issues/1/comments", json={"body": "Fremme"})

    assert answer.status_code == 502
    assert len(world.bot_http.get(f"{API}/issues/1/comments").json()) == 2


def test_a_stale_read_is_from_before_the_last_change_once(world: SmallWorld) -> None:
    fault(world, "stale-read", path="/issues/1$")
    bo = world.person_http("bo")
    before = bo.get(f"{API}/issues/1").json()["title"]
    bo.patch(f"{API}/issues/1", json={"title": "Ny titel"})

    assert [bo.get(f"{API}/issues/1").json()["title"] for _ in range(2)] == [before, "Ny titel"]


def test_a_slow_answer_holds_no_other_up(world: SmallWorld) -> None:
    fault(world, "slow:2", path="/issues/1$")
    bo = world.person_http("bo")
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(bo.get, f"{API}/issues/1") for _ in range(2)]
        first, last = as_completed(answers)

    assert [first.result().status_code, last.result().status_code] == [200, 200]
    assert last.result().elapsed.total_seconds() >= 2 > first.result().elapsed.total_seconds()


@pytest.mark.parametrize("then", ["", "299", "slow-after-write", "nonsense", "502:x"])
def test_a_fault_nobody_knows_is_refused(world: SmallWorld, then: str) -> None:
    answer = HTTP.post(f"{world.url}/_demo/faults", json={"then": then})

    assert answer.status_code == 422
    assert then in answer.json()["message"]
