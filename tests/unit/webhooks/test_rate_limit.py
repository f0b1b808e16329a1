"""How many requests of a client are taken."""

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from webhooks.clients import Clients, RateLimit
from webhooks.problems import Problem


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def wait_for(limit: RateLimit, client: bytes) -> int:
    """0 where the request is taken, else the seconds to wait."""
    try:
        limit.take(client)
    except Problem as problem:
        return int(problem.headers["Retry-After"])
    return 0


def test_a_period_may_be_used_up_at_once_and_comes_back_evenly():
    clock = Clock()
    limit = RateLimit(3, 60, clock)
    assert [wait_for(limit, b"a") for _ in range(4)] == [0, 0, 0, 20]
    clock.seconds += 20
    assert [wait_for(limit, b"a") for _ in range(2)] == [0, 20]


@given(
    st.lists(st.tuples(st.sampled_from([b"a", b"b"]), st.floats(0, 40)), max_size=60),
    st.integers(1, 5),
)
def test_no_client_gets_more_than_two_periods_worth_in_one_and_who_waits_as_told_gets_in(
    requests: list[tuple[bytes, float]], times: int
):
    clock = Clock()
    limit = RateLimit(times, 60, clock)
    taken: dict[bytes, list[float]] = {b"a": [], b"b": []}
    for client, pause in requests:
        clock.seconds += pause
        seconds = wait_for(limit, client)
        if seconds:
            clock.seconds += seconds
            assert wait_for(limit, client) == 0
        taken[client].append(clock.seconds)
    for moments in taken.values():
        for start in moments:
            within = sum(start <= moment < start + 60 for moment in moments)
            # What a full period holds, and what comes back while it lasts.
            assert within <= 2 * times


def request_from(host: str | None) -> Request:
    return Request({"type": "http", "client": (host, 1) if host else None, "headers": []})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        # As a server tells of IPv4 that listens to both: not one household of the whole world.
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("not an address", "nor this", False),
        (None, None, True),
    ],
)
def test_a_household_is_one_client(one: str | None, other: str | None, same: bool):
    clients = Clients()
    marks = [clients.mark(request_from(host)) for host in (one, other)]
    assert (marks[0] == marks[1]) is same


def test_a_mark_means_nothing_to_another_process():
    request = request_from("192.0.2.1")
    assert Clients().mark(request) != Clients().mark(request)
