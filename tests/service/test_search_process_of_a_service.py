"""The service and the process that searches for it: they end together, and stay small."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.service.running import Service, until
from tests.service.searching import is_gone, load, the_process

READY = "os2kb_search_process_ready 1.0"
MOST_MEMORY = 400  # MB, of the service and its process together


def megabytes(process: int) -> int:
    (line,) = (
        line
        for line in Path(f"/proc/{process}/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    )
    return int(line.split()[1]) // 1024


@pytest.fixture
def service(installed: Callable[[], Path]) -> Iterator[Service]:
    """The service as a process of its own, whose own process for searches answers."""
    started = Service(installed(), {}, from_nothing=True)
    started.start()
    assert started.process
    with httpx.Client(base_url=started.url, trust_env=False) as client:
        client.get("/api/v1/search", params={"q": "den første"})
    until(lambda: READY in httpx.get(f"{started.url}/metrics", trust_env=False).text)
    yield started
    if started.process.poll() is None:
        started.kill()


@pytest.mark.slow
def test_stopped_under_load_the_service_takes_it_along(service: Service) -> None:
    assert service.process
    process = the_process(service.process.pid)
    refused = Event()

    def work(number: int) -> None:
        with httpx.Client(base_url=service.url, trust_env=False) as api:
            for again in count():
                try:
                    found = api.get("/api/v1/search", params={"q": f"regel {number} {again}"})
                except httpx.TransportError:
                    refused.set()
                    return
                assert found.status_code == 200

    with ThreadPoolExecutor(6) as pool:
        workers = [pool.submit(work, number) for number in range(6)]
        service.stop()
        for worker in workers:
            worker.result()
    assert refused.is_set()
    assert is_gone(process)
    assert "Traceback" not in service.log


@pytest.mark.slow
def test_it_ends_with_a_service_that_is_killed(service: Service) -> None:
    assert service.process
    process = the_process(service.process.pid)
    service.kill()
    until(lambda: is_gone(process), what="the end of the process for searches")
    assert "Traceback" not in service.log


@pytest.mark.slow
def test_both_together_take_no_more_memory_than_promised(service: Service) -> None:
    assert service.process
    with httpx.Client(base_url=service.url, trust_env=False) as api, load(api) as answers:
        until(lambda: len(answers) > 500)
        api.post("/api/v1/ask", json={"question": "Hvor mange medlemmer har styregruppen?"})
    both = [service.process.pid, the_process(service.process.pid)]
    assert sum(map(megabytes, both)) <= MOST_MEMORY
