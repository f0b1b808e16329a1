"""A page is told that something changed, once for each change, and never what."""

from collections.abc import Iterator

import anyio
import pytest
from starlette.responses import StreamingResponse

from webhooks.console.live import Live


def told(since: str, *marks: str) -> list[str]:
    """What a stream says while the marks are seen one after the other."""
    seen: Iterator[str] = iter(marks)
    live = Live(lambda: next(seen), seconds=0, turns=len(marks))

    async def read() -> list[str]:
        stream = live.stream(since, "@ida")
        assert isinstance(stream, StreamingResponse)
        return [str(part) async for part in stream.body_iterator]

    return anyio.run(read)


def test_each_change_is_told_once():
    changes = [part for part in told("a", "a", "b", "b", "c") if "changed" in part]
    assert changes == ["event: changed\ndata: 1\n\n"] * 2


def test_what_changed_before_the_stream_began_is_told_at_once():
    assert told("a", "b") == ["retry: 10000\n\n", "event: changed\ndata: 1\n\n"]


def test_where_nothing_changes_there_is_only_a_sign_of_life():
    assert told(*["a"] * 21) == ["retry: 10000\n\n", ": \n\n", ": \n\n"]


@pytest.mark.parametrize(
    ("most", "each", "who", "status"), [(1, 9, "@bo", 204), (9, 1, "@ida", 204), (9, 1, "@bo", 200)]
)
def test_too_many_are_sent_away_for_good_and_an_ended_stream_makes_room(
    most: int, each: int, who: str, status: int
):
    """Nobody takes the room of all the others."""
    live = Live(lambda: "a", seconds=0, turns=0, most=most, each=each)

    async def two() -> tuple[int, int, int]:
        first = live.stream("a", "@ida")
        assert isinstance(first, StreamingResponse)
        parts = aiter(first.body_iterator)
        await anext(parts)
        second = live.stream("a", who)
        rest = [part async for part in parts]
        return second.status_code, len(rest), live.stream("a", who).status_code

    assert anyio.run(two) == (status, 0, 200)
