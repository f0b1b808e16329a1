"""The service without GitHub, and what it writes down of questions, answers and votes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.loopback import HTTP
from tests.service.running import Service

QUESTION = "Hvor mange godkendelser skal en pull request have?"


UNANSWERED = "Hvad koster en pizza med ananas på havnen?"


@contextmanager
def asking(folder: Path, **settings: str) -> Iterator[Service]:
    """The service without GitHub, started."""
    environment = {f"OS2KB_{name.upper()}": value for name, value in settings.items()}
    started = Service(folder, environment)
    started.start()
    try:
        yield started
    finally:
        if started.process and started.process.poll() is None:
            started.kill()


def post(running: Service, path: str, body: Any, client: str = "") -> httpx.Response:
    headers = {"X-Forwarded-For": client} if client else {}
    url = f"{running.url}/api/v1/{path}"
    content = body if isinstance(body, bytes) else json.dumps(body)
    return HTTP.post(url, content=content, headers=headers)


def ask(running: Service, question: str = QUESTION, client: str = "") -> dict[str, Any]:
    response = post(running, "ask", {"question": question}, client)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def judge(running: Service, answer: str, helpful: bool, client: str = "", comment: str = "") -> int:
    body = {"answer_id": answer, "helpful": helpful, "comment": comment}
    return post(running, "feedback", body, client).status_code


def listed(running: Service, *arguments: str) -> list[dict[str, Any]]:
    done = running.run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return items


def logged(running: Service) -> list[tuple[str, int]]:
    """Question and count of every answer that is written down now."""
    with sqlite3.connect(running.folder / "os2kb.db") as database:
        return list(database.execute("SELECT question, asked FROM answers ORDER BY question"))


def metric(running: Service, line: str) -> float:
    text = HTTP.get(f"{running.url}/metrics").text
    found = [each.split()[-1] for each in text.splitlines() if each.startswith(line)]
    return sum(map(float, found))
