"""Searches in a process of their own: which one it is, how it fares, and who keeps it busy."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import httpx


def search_processes(parent: int) -> dict[int, str]:
    """The processes that search for a process, with their command lines."""
    found = {}
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in children.read_text().split():
            line = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if "index.apart.search_process" in line:
                found[int(child)] = line
    return found


def the_process(parent: int) -> int:
    (process,) = search_processes(parent)
    return process


def is_gone(process: int) -> bool:
    """Whether it has ended; one that its parent has not yet asked after has."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return True


@contextmanager
def load(api: httpx.Client, searching: int = 6) -> Iterator[list[httpx.Response]]:
    """Others search, each time for something new, until the end of the block."""
    stop, numbers = Event(), count()
    answers: list[httpx.Response] = []

    def work() -> None:
        while not stop.is_set():
            query = {"q": f"godkendelse af en pull request {next(numbers)}"}
            answers.append(api.get("/api/v1/search", params=query))

    with ThreadPoolExecutor(searching) as pool:
        workers = [pool.submit(work) for _ in range(searching)]
        try:
            yield answers
        finally:
            stop.set()
            for worker in workers:
                worker.result()
