"""The real service as a process, beside a demo GitHub; for the tests that need both."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx

from os2kb.clock import now
from os2kb.demo.github import GitHub, make_key, plant, read_seed, running
from os2kb.forges.github import GitHub as Adapter
from os2kb.forges.github import connect
from os2kb.settings import Settings
from tests.loopback import HTTP
from tests.service.forked import Forked, fork
from webhooks.deliveries.signatures import sign

SECRET = "shared by both"
# Long, for it costs only who waits in vain, and a machine may have ten other things to do.
PATIENCE = 120.0


def until(happened: Any, seconds: float = PATIENCE, what: str = "it") -> None:
    """Wait until `happened()` is true; fail the test where it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.03)  # between two looks; never instead of one
    raise AssertionError(f"{what} did not happen within {seconds} s")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class World:
    """A demo GitHub with a seed planted, and the key of its App."""

    github: GitHub
    private_key: str
    app_id: int = 4242

    def person(self, login: str) -> httpx.Client:
        """GitHub's API as one of the people."""
        return httpx.Client(
            base_url=self.github.api,
            headers={"Authorization": f"Bearer person-{login}"},
            timeout=30,
            trust_env=False,
            verify=False,
        )

    def labels(self, repository: str, number: int) -> list[str]:
        with self.person("kim") as kim:
            found = kim.get(f"/repos/{repository}/issues/{number}").json()["labels"]
        return [label["name"] for label in found]

    def bot_comments(self, repository: str, number: int) -> list[str]:
        with self.person("kim") as kim:
            found = kim.get(
                f"/repos/{repository}/issues/{number}/comments", params={"per_page": 100}
            ).json()
        return [one["body"] for one in found if one["user"]["type"] == "Bot"]

    def checks(self, repository: str, number: int) -> list[dict[str, Any]]:
        """The check runs on a pull request's head commit."""
        with self.person("kim") as kim:
            head = kim.get(f"/repos/{repository}/pulls/{number}").json()["head"]["sha"]
            found = kim.get(f"/repos/{repository}/commits/{head}/check-runs").json()
        return list(found["check_runs"])

    @property
    def writes(self) -> list[tuple[str, str]]:
        """Method and path of everything the App changed."""
        return [
            (write.method, write.path)
            for write in self.github.traffic.writes
            if not write.path.startswith("/app/")
        ]


@cache
def app_key() -> tuple[str, str]:
    """The App's key, private and public; one for all worlds, since to make one takes a while."""
    return make_key()


@contextmanager
def world(seed: str, clock: Callable[[], datetime] = now) -> Iterator[World]:
    """A demo GitHub on a port of its own, and the time that it is there."""
    private_key, public_key = app_key()
    github = GitHub(clock)
    with running(github, 0, public_key):
        plant(github, read_seed(seed), public_key)
        yield World(github, private_key)


@dataclass
class Service:
    """`os2kb serve` as a process that can be killed and started again.

    Attributes:
        from_nothing: whether it is started as people start it, and imports for itself.
    """

    folder: Path
    environment: dict[str, str]
    from_nothing: bool = False
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "service.log").read_text("utf-8", "replace")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another os2kb command on the same installation."""
        with TemporaryDirectory() as folder:
            said, errors = Path(folder, "said"), Path(folder, "errors")
            process = fork(arguments, self._environment(), self.folder, said, errors)
            try:
                code = process.wait(120)
            finally:
                process.kill()
            return subprocess.CompletedProcess(
                arguments, code, said.read_text("utf-8"), errors.read_text("utf-8")
            )

    def begin(self, *arguments: str) -> Forked:
        """Another os2kb command on the same installation, which can be killed."""
        said, errors = self.folder / "said", self.folder / "errors"
        return fork(arguments, self._environment(), self.folder, said, errors)

    def start(self) -> None:
        log = self.folder / "service.log"
        log.touch()
        if self.from_nothing:
            with log.open("ab") as said:
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "os2kb.cli", "serve"],
                    env=self._environment(),
                    cwd=self.folder,
                    stdout=said,
                    stderr=said,
                )
        else:
            self.process = fork(["serve"], self._environment(), self.folder, log, log)
        try:
            until(self._ready, what="the start")
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}: {self.log[-2000:]}") from None

    def kill(self) -> None:
        """`kill -9`: no warning, no goodbye."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(30)

    def deliver(
        self, event: str, body: bytes, identifier: str | None = None, **headers: str
    ) -> httpx.Response:
        """Post a signed delivery."""
        sent = {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": identifier or str(uuid4()),
            "X-Hub-Signature-256": sign(body, SECRET),
        }
        return HTTP.post(
            f"{self.url}/webhooks/github",
            content=body,
            headers={k: v for k, v in (sent | headers).items() if v},
        )

    def counts(self) -> dict[str, int]:
        found = HTTP.get(f"{self.url}/readyz").json()["deliveries"]
        return {str(state): int(count) for state, count in found.items()}

    def settle(self, world: World | None = None) -> None:
        """Wait until everything sent is stored, and everything stored is settled."""
        if world:
            assert world.github.hooks.wait_until_sent(PATIENCE)
        until(self._idle, what=f"settling ({self.log[-800:]})")

    def _idle(self) -> bool:
        counts = self.counts()
        return not counts["accepted"] and not counts["dispatched"]

    def _ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError("the service ended")
        try:
            return HTTP.get(f"{self.url}/readyz").is_success
        except httpx.TransportError:
            return False

    def _environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OS2KB_")}
        # Without compiled files, each of the many starts would compile everything anew.
        clean.pop("PYTHONDONTWRITEBYTECODE", None)
        own = {
            "OS2KB_DATA_DIR": str(self.folder),
            "OS2KB_PORT": str(self.port),
            "OS2KB_REQUESTS_A_MINUTE": "0",  # all tests come from one address
        }
        return clean | own | self.environment


def installed_beside(folder: Path, world: World, **settings: str) -> Service:
    """An installation that looks after that world; its service is not started."""
    key = folder / "app.pem"
    key.write_text(world.private_key)
    environment = {
        "OS2KB_GITHUB_API_URL": world.github.api,
        "OS2KB_GITHUB_APP_ID": str(world.app_id),
        "OS2KB_GITHUB_PRIVATE_KEY": str(key),
        "OS2KB_GITHUB_WEBHOOK_SECRET": SECRET,
        "OS2KB_GITHUB_WRITE_PAUSE": "0",
        "OS2KB_RETRY_SECONDS": "0.2,0.4,0.8",
        "OS2KB_TAKE_OVER_SECONDS": "0.5",
        **{f"OS2KB_{name.upper()}": value for name, value in settings.items()},
    }
    return Service(folder, environment)


def settings_for(world: World, data_dir: Path, **more: Any) -> Settings:
    """How an installation in this process runs that looks after that world."""
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        github_api_url=world.github.api,
        github_app_id=world.app_id,
        github_private_key=world.private_key,
        github_write_pause=0,
        **more,
    )


def connected(world: World, data_dir: Path) -> Adapter:
    """The App's own access to a world's GitHub, in this process."""
    return connect(settings_for(world, data_dir), now)


@contextmanager
def service(folder: Path, world: World, **settings: str) -> Iterator[Service]:
    """The service, started, with its deliveries coming from that world."""
    started = installed_beside(folder, world, **settings)
    world.github.hooks.configure(f"{started.url}/webhooks/github", SECRET)
    started.start()
    try:
        yield started
    finally:
        world.github.hooks.stop()
        if started.process and started.process.poll() is None:
            started.kill()
