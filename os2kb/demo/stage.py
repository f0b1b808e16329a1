"""The stage: a demo GitHub, an index of the sample handbook, and the real service beside them."""

import errno
import os
import secrets
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import yaml

from index.build import BuildReport, build
from os2kb.demo.github import GitHub, make_key, plant, read_seed_file, running
from os2kb.demo.github.pages.sign_in import CLIENT_SECRET
from os2kb.demo.github.seed import RepositorySeed, Seed
from os2kb.demo.jira import Jira
from os2kb.demo.jira import plant as plant_jira
from os2kb.demo.jira import read_seed as read_jira_seed
from os2kb.demo.jira import running as jira_running
from os2kb.demo.wire.traffic import Write
from os2kb.installation import Installation, install
from os2kb.preview.work import awaited_previews
from os2kb.settings import PREFIX, load_settings
from os2kb.store.wakes import under_way

SECRET = "demo"  # noqa: S105 - it guards a stand-in on loopback
HANDBOOK = "os2demo/haandbog"
JIRA_ACCOUNT = "os2kb"
# What a shell reads to have the other commands work on the demo, too.
SHELL_FILE = "demo.env"
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.05
_SOON = timedelta(seconds=4)
# To this machine alone, by HTTP: the list of authorities to trust takes longer than to ask.
_HTTP = httpx.Client(trust_env=False, verify=False)  # noqa: S501
# What an earlier walk left. The index stays: it is what makes the next start quick.
_LEFT = "os2kb.db*"


class DemoFailed(Exception):
    """The demo cannot go on. The message names the cure."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the service and the two stand-ins listen."""

    service: int
    github: int
    jira: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the walk looks at.

    Attributes:
        service: the address of the service.
        log: where the service writes its log.
        process: the service.
        installation: the same settings as the service's, to plan with; never used to write.
    """

    github: GitHub
    jira: Jira
    service: str
    log: Path
    index: BuildReport
    installation: Installation
    process: subprocess.Popen[bytes]

    def check_service(self) -> None:
        """Make sure the service still runs.

        Raises:
            DemoFailed: it has ended.
        """
        if self.process.poll() is not None:
            raise DemoFailed(f"Tjenesten er gået ned; se hvorfor i dens log: {self.log}")

    def settle(self) -> None:
        """Wait until every delivery is sent and handled.

        Raises:
            DemoFailed: that takes too long, or the service has ended.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            sent = self.github.hooks.wait_until_sent(PATIENCE_SECONDS)
            self.jira.hooks.wait_until_sent()
            if sent and not self._open():
                return
            time.sleep(PAUSE_SECONDS)
        raise DemoFailed(f"Tjenesten svarede ikke i tide; se hvorfor i dens log: {self.log}")

    def own_jira_writes(self) -> list[Write]:
        """What the bot asked Jira to change."""
        return [one for one in list(self.jira.traffic.writes) if one.actor == JIRA_ACCOUNT]

    def _open(self) -> int:
        self.check_service()
        try:
            answer = _HTTP.get(f"{self.service}/readyz")
        except httpx.TransportError:  # it may be about to end; the next look tells
            return 1
        counts = answer.json()["deliveries"]
        previews = awaited_previews(self.installation.database)
        # A ticket that was made is looked at again in a moment, and then says what its issue says.
        looked_at = under_way(self.installation.database, self.installation.now() + _SOON)
        return int(counts["accepted"]) + int(counts["dispatched"]) + previews + looked_at


def samples() -> Path:
    """The sample handbook and scenario: in the installed package, or beside it in a checkout."""
    packaged = Path(str(files("os2kb.demo"))) / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "samples"


@contextmanager
def staged(folder: Path, ports: Ports, now: Callable[[], datetime]) -> Iterator[Stage]:
    """Set the stage, and clear it afterwards.

    Raises:
        DemoFailed: a port is taken, or the service does not start.
    """
    _require_free(ports)
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(_LEFT):
        leftover.unlink()
    # A real installation's settings must not leak into the demo, nor its .env file.
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    github, jira = GitHub(), Jira()
    plant_jira(jira, read_jira_seed((samples() / "demo" / "jira.yml").read_text("utf-8")))
    private_key, public_key = make_key()
    seed = _with_handbook(read_seed_file(samples() / "demo" / "seed.yml"))
    with running(github, ports.github, public_key), jira_running(jira, ports.jira):
        plant(github, seed, public_key)
        products = _products(folder, github.web)
        given = _given(folder, products, ports.service, github.api, seed.app.id, jira.web)
        settings = load_settings(**given, github_private_key=private_key, _env_file=None)
        report = build(settings.sources(), settings.index_dir, now=now())
        service = f"http://{settings.host}:{settings.port}"
        github.hooks.configure(f"{service}/webhooks/github", SECRET)
        jira.hooks.configure(f"{service}/webhooks/jira", SECRET)
        log = folder / "service.log"
        with _serving(given, private_key, service, log) as process:
            yield Stage(github, jira, service, log, report, install(settings, now), process)


def _require_free(ports: Ports) -> None:
    """Look before anything is started: another program on the port could answer in our place."""
    others = (ports.service + 10, ports.service + 11, ports.service + 12)
    cure = (
        "Vælg andre, fx: .venv/bin/os2kb demo --port {} --github-port {} --jira-port {}"
    ).format(*others)
    every = (ports.service, ports.github, ports.jira)
    if len(set(every)) < len(every):
        raise DemoFailed(f"Tjenesten, demo-GitHub og demo-Jira skal have hver sin port. {cure}")
    for wanted in every:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", wanted))
            except (OSError, OverflowError) as error:
                taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
                why = "er optaget af et andet program" if taken else "kan ikke bruges"
                raise DemoFailed(f"Port {wanted} {why}. {cure}") from error


def _with_handbook(seed: Seed) -> Seed:
    """Put the handbook into a repository of the demo GitHub, so that its citations have links."""
    handbook = samples() / "handbook"
    documents: dict[str, Any] = {
        path.relative_to(handbook).as_posix(): path.read_text("utf-8")
        for path in sorted(handbook.rglob("*.md"))
    }
    repository = RepositorySeed(description="Håndbogen, som svarene kommer fra.", files=documents)
    return seed.model_copy(update={"repositories": {**seed.repositories, HANDBOOK: repository}})


def _products(folder: Path, web: str) -> Path:
    """The sample products file, with the addresses that only this demo has."""
    file = folder / "products.yml"
    content = yaml.safe_load((samples() / "products.yml").read_text("utf-8"))
    for product in content["products"].values():
        product["jira"] = ["DEMO"]
        for source in product["sources"]:
            source["path"] = str(samples() / source["path"])
            source["url"] = f"{web}/{HANDBOOK}/blob/main/{{path}}#{{anchor}}"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return file


def _given(
    folder: Path, products: Path, port: int, api: str, app_id: int, jira: str
) -> dict[str, Any]:
    """The settings of the demo, but for the key of its App."""
    return {
        "data_dir": folder,
        "port": port,
        "products": products,
        "github_api_url": api,
        "github_app_id": app_id,
        "github_webhook_secret": SECRET,
        "github_write_pause": 0.0,
        "jira_url": jira,
        "jira_email": f"{JIRA_ACCOUNT}@example.test",
        "jira_token": f"token-{JIRA_ACCOUNT}",
        "jira_webhook_secret": SECRET,
        "public_url": f"http://127.0.0.1:{port}",
        "session_key": secrets.token_hex(32),
        "oauth_client_id": f"Iv1.demo{app_id}",
        "oauth_client_secret": CLIENT_SECRET,
    }


def _write_shell_file(file: Path, given: dict[str, str]) -> None:
    lines = (f"export {name}={shlex.quote(value)}\n" for name, value in given.items())
    file.write_text("".join(lines), "utf-8")


@contextmanager
def _serving(
    settings: dict[str, Any], private_key: str, service: str, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    folder: Path = settings["data_dir"]
    key_file = folder / "demo-app.pem"
    key_file.touch(mode=0o600)
    key_file.write_text(private_key, "ascii")
    named = {**settings, "github_private_key": key_file}
    given = {f"{PREFIX}{name.upper()}": str(value) for name, value in named.items()}
    _write_shell_file(folder / SHELL_FILE, given)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "os2kb.cli", "serve"],
            env=os.environ | given,
            cwd=folder,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_ready(process, service, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], service: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if _HTTP.get(f"{service}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(PAUSE_SECONDS)
    raise DemoFailed(f"Tjenesten kom ikke i gang; se hvorfor i dens log: {log}")
