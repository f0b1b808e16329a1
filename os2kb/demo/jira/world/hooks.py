"""Signed deliveries out, in order.

https://developer.atlassian.com/cloud/jira/platform/webhooks/
"""

import hashlib
import hmac
import json
import queue
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from os2kb.demo.wire.outgoing import outgoing

TIMEOUT_SECONDS = 10.0


@dataclass(slots=True)
class Delivery:
    """One delivery, and what came of it. `status` 0: not sent yet, or nobody answered."""

    event: str
    body: bytes
    identifier: str
    status: int = 0


@dataclass
class Hooks:
    """The webhook: where it goes, what was sent, and the thread that sends it."""

    url: str = ""
    secret: str = ""
    deliveries: list[Delivery] = field(default_factory=list)
    _waiting: "queue.Queue[Delivery | None]" = field(default_factory=queue.Queue)
    _thread: threading.Thread | None = None

    def configure(self, url: str, secret: str) -> None:
        """Say where deliveries go. An empty URL means that none are made."""
        self.url, self.secret = url, secret

    def deliver(self, event: str, payload: dict[str, Any]) -> None:
        """Queue a delivery, behind all that were queued before it."""
        if not self.url:
            return
        body = json.dumps({"webhookEvent": event, **payload}, ensure_ascii=False).encode()
        self.send(Delivery(event, body, str(uuid.uuid4())))

    def send(self, delivery: Delivery) -> None:
        """Queue a delivery, also one that was sent before."""
        self.deliveries.append(delivery)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="demo-jira-hooks", daemon=True)
            self._thread.start()
        self._waiting.put(delivery)

    def wait_until_sent(self) -> None:
        """Return once nothing waits."""
        self._waiting.join()

    def stop(self) -> None:
        """End the sender, once what waits is sent."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            thread.join(TIMEOUT_SECONDS + 1)

    def _run(self) -> None:
        with outgoing(TIMEOUT_SECONDS) as client:
            while (delivery := self._waiting.get()) is not None:
                self._send(client, delivery)
                self._waiting.task_done()
        self._waiting.task_done()

    def _send(self, client: httpx.Client, delivery: Delivery) -> None:
        headers = {
            "Content-Type": "application/json; charset=UTF-8",
            "X-Atlassian-Webhook-Identifier": delivery.identifier,
        }
        if self.secret:
            digest = hmac.new(self.secret.encode(), delivery.body, hashlib.sha256).hexdigest()
            headers["X-Hub-Signature"] = f"sha256={digest}"
        try:
            answer = client.post(self.url, content=delivery.body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            return
        delivery.status = answer.status_code
