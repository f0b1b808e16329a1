"""Signed deliveries out: one background sender, in order, with a log that can be redelivered.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

import hashlib
import hmac
import json
import queue
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from os2kb.demo.wire.outgoing import outgoing

EVENTS = (
    "issues",
    "issue_comment",
    "pull_request",
    "pull_request_review",
    "pull_request_review_thread",
    "push",
    "label",
    "check_run",
    "repository",
)
"""The events the demo sends."""

TIMEOUT_SECONDS = 10.0
"""As long as GitHub waits for an answer."""


@dataclass(slots=True)
class Delivery:
    """One delivery and what came of it. `status_code` 0: not sent yet, or nobody answered."""

    id: int
    guid: str
    event: str
    action: str | None
    installation: int | None
    repository: int | None
    body: bytes
    url: str
    headers: dict[str, str]
    redelivery: bool = False
    delivered_at: datetime | None = None
    duration: float = 0.0
    status: str = "pending"
    status_code: int = 0
    answer: str = ""


def sign(secret: str, body: bytes) -> str:
    """The value of `X-Hub-Signature-256` for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Hooks:
    """The app's webhook: where it goes, what was sent, and the thread that sends it."""

    def __init__(self) -> None:
        self.url = ""
        self.secret = ""
        self.hook_id = 1
        self.deliveries: list[Delivery] = []
        self._waiting: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._may_send = threading.Event()
        self._may_send.set()
        self._progress = threading.Condition()
        self._unsent = 0
        self._thread: threading.Thread | None = None

    def configure(self, url: str, secret: str) -> None:
        """Say where deliveries go. An empty URL means that none are made."""
        self.url, self.secret = url, secret

    def clear(self) -> None:
        """Forget the log; what waits is still sent."""
        self.deliveries.clear()

    def deliver(
        self,
        event: str,
        action: str | None,
        payload: dict[str, Any],
        installation: int | None,
        repository: int | None,
    ) -> None:
        """Queue a delivery, behind all that were queued before it."""
        if not self.url:
            return
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        self._send_later(
            self._delivery(str(uuid.uuid4()), event, action, installation, repository, body)
        )

    def redeliver(self, delivery: Delivery) -> None:
        """Queue the same body under the same GUID again."""
        again = self._delivery(
            delivery.guid,
            delivery.event,
            delivery.action,
            delivery.installation,
            delivery.repository,
            delivery.body,
        )
        again.redelivery = True
        self._send_later(again)

    def pause(self) -> None:
        """Keep deliveries back."""
        self._may_send.clear()

    def resume(self) -> None:
        """Send what was kept back, and go on."""
        self._may_send.set()

    def wait_until_sent(self, seconds: float = 30.0) -> bool:
        """Wait until nothing waits; False where that took too long."""
        with self._progress:
            return self._progress.wait_for(lambda: self._unsent == 0, seconds)

    def stop(self) -> None:
        """End the sender; what still waits is dropped."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._may_send.set()
            self._waiting.put(None)
            thread.join(TIMEOUT_SECONDS + 1)

    def _delivery(
        self,
        guid: str,
        event: str,
        action: str | None,
        installation: int | None,
        repository: int | None,
        body: bytes,
    ) -> Delivery:
        headers = {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/demo",
            "X-GitHub-Delivery": guid,
            "X-GitHub-Event": event,
            "X-GitHub-Hook-ID": str(self.hook_id),
            "X-GitHub-Hook-Installation-Target-ID": str(self.hook_id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
        }
        if self.secret:
            headers["X-Hub-Signature-256"] = sign(self.secret, body)
        number = len(self.deliveries) + 1
        return Delivery(
            number, guid, event, action, installation, repository, body, self.url, headers
        )

    def _send_later(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        with self._progress:
            self._unsent += 1
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._send_all, name="demo-github-hooks", daemon=True
            )
            self._thread.start()
        self._waiting.put(delivery)

    def _send_all(self) -> None:
        with outgoing(TIMEOUT_SECONDS) as client:
            while (delivery := self._waiting.get()) is not None:
                self._may_send.wait()
                if self._thread is not None:
                    self._send(client, delivery)
                with self._progress:
                    self._unsent -= 1
                    self._progress.notify_all()

    @staticmethod
    def _send(client: httpx.Client, delivery: Delivery) -> None:
        began = time.monotonic()
        delivery.delivered_at = datetime.now(UTC)
        try:
            answer = client.post(delivery.url, content=delivery.body, headers=delivery.headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            delivery.status = f"failed to connect: {type(error).__name__}"
        else:
            delivery.status_code = answer.status_code
            delivery.status = "OK" if answer.is_success else answer.reason_phrase or "failed"
            delivery.answer = answer.text[:10_000]
        delivery.duration = round(time.monotonic() - began, 3)
