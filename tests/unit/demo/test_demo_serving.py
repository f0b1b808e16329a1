"""How a demo server ends: at once, but not in the middle of an answer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from os2kb.demo.wire.serving import address, listen, server_of
from tests.loopback import HTTP


def test_what_is_being_answered_at_the_end_is_answered() -> None:
    asked, may_answer = Event(), Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        asked.set()
        await asyncio.to_thread(may_answer.wait)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"Ja"})

    with listen() as listener, ThreadPoolExecutor(1) as pool:
        url, server = address(listener), server_of(slow)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        answer = pool.submit(HTTP.get, url)
        asked.wait()
        server.end()
        may_answer.set()
        assert answer.result().text == "Ja"
        thread.join()
        with pytest.raises(httpx.ConnectError):
            HTTP.get(url)


def test_a_server_may_be_ended_before_it_began_and_after_it_ended() -> None:
    with listen() as listener:
        server = server_of(_nothing)
        server.end()
        server.run(sockets=[listener])
        server.end()


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Never asked."""
