"""What a request counts as, for the client that sends it."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from webhooks.manners.pace import Pace


def taken(address: str, a_minute: int, times: int) -> int:
    """How many of the same request are taken, of so many in a row."""
    app = Starlette(routes=[Route("/{_:path}", lambda _: Response())])
    client = httpx.ASGITransport(Pace(app, a_minute), client=("192.0.2.1", 1))

    async def ask() -> int:
        async with httpx.AsyncClient(transport=client, base_url="http://x") as browser:
            answers = [await browser.get(address) for _ in range(times)]
        return sum(one.is_success for one in answers)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/?q=drift", 20),
        ("/api/v1/suggest?q=drift", 20),
        ("/answer?q=drift", 2),
        ("/?q=drift&answer=1", 2),
        ("/?q=drift&%61nswer=1", 2),  # the page reads it as `answer`
        ("/?q=answer%3D1", 20),
        ("/passages/0123456789abcdef?lines=1-2", 4),
        ("/api/v1/search?q=" + "drift+" * 150, 2),
    ],
)
def test_what_takes_long_counts_for_more(address: str, count: int):
    assert taken(address, a_minute=20, times=21) == count


@pytest.mark.parametrize("address", ["/healthz", "/static/os2.css", "/webhooks/github"])
def test_what_costs_next_to_nothing_does_not_count(address: str):
    assert taken(address, a_minute=1, times=3) == 3


def test_what_counts_for_more_than_all_is_taken_once():
    assert taken("/answer?q=drift", a_minute=3, times=2) == 1
