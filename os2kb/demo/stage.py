"""The stage: a demo GitHub, an index of the sample handbook, and the real service beside them."""

import errno
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import yaml

from index.build import BuildReport, build
from os2kb.demo.github import GitHub, make_key, plant, read_seed_file, running
from os2kb.demo.github.seed import RepositorySeed, Seed
from os2kb.installation import Installation, install
from os2kb.preview.work import awaited_previews
from os2kb.settings import PREFIX, Settings, load_settings
from os2kb.store.wakes import under_way

SECRET = "demo"  # noqa: S105 - it guards a stand-in on loopback
HANDBOOK = "os2demo/haandbog"
# What a shell reads to have the other commands work on the demo, too.
SHELL_FILE = "demo.env"
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.05
# What an earlier walk left. The index stays: it is what makes the next start quick.
_LEFT = "os2kb.db*"


class DemoFailed(Exception):
    """The demo cannot go on. The message names the cure."""


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
            if self.github.hooks.wait_until_sent(PATIENCE_SECONDS) and not self._open():
                return
            time.sleep(PAUSE_SECONDS)
        raise DemoFailed(f"Tjenesten svarede ikke i tide; se hvorfor i dens log: {self.log}")

    def _open(self) -> int:
        self.check_service()
        try:
            answer = httpx.get(f"{self.service}/readyz", trust_env=False)
        except httpx.TransportError:  # it may be about to end; the next look tells
            return 1
        counts = answer.json()["deliveries"]
        previews = awaited_previews(self.installation.database)
        looked_at = under_way(self.installation.database, self.installation.now())
        return int(counts["accepted"]) + int(counts["dispatched"]) + previews + looked_at


def samples() -> Path:
    """The sample handbook and scenario: in the installed package, or beside it in a checkout."""
    packaged = Path(str(files("os2kb.demo"))) / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "samples"


@contextmanager
def staged(
    folder: Path, port: int, github_port: int, now: Callable[[], datetime]
) -> Iterator[Stage]:
    """Set the stage, and clear it afterwards.

    Raises:
        DemoFailed: a port is taken, or the service does not start.
    """
    _require_free(port, github_port)
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(_LEFT):
        leftover.unlink()
    # A real installation's settings must not leak into the demo, nor its .env file.
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    github = GitHub()
    private_key, public_key = make_key()
    seed = _with_handbook(read_seed_file(samples() / "demo" / "seed.yml"))
    with running(github, github_port, public_key):
        plant(github, seed, public_key)
        products = _products(folder, github.web)
        settings = _settings(folder, products, port, github.api, seed.app.id, private_key)
        report = build(settings.sources(), settings.index_dir, now=now())
        service = f"http://{settings.host}:{settings.port}"
        github.hooks.configure(f"{service}/webhooks/github", SECRET)
        log = folder / "service.log"
        with _serving(settings, private_key, service, log) as process:
            yield Stage(github, service, log, report, install(settings, now), process)


def _require_free(port: int, github_port: int) -> None:
    """Look before anything is started: another program on the port could answer in our place."""
    cure = f"Vælg to andre, fx: .venv/bin/os2kb demo --port {port + 10} --github-port {port + 11}"
    if port == github_port:
        raise DemoFailed(f"Tjenesten og demo-GitHub kan ikke dele port {port}. {cure}")
    for wanted in (port, github_port):
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
        for source in product["sources"]:
            source["path"] = str(samples() / source["path"])
            source["url"] = f"{web}/{HANDBOOK}/blob/main/{{path}}#{{anchor}}"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return file


def _settings(
    folder: Path, products: Path, port: int, api: str, app_id: int, private_key: str
) -> Settings:
    given: dict[str, Any] = {
        "_env_file": None,
        "data_dir": folder,
        "port": port,
        "products": products,
        "github_api_url": api,
        "github_app_id": app_id,
        "github_private_key": private_key,
        "github_webhook_secret": SECRET,
        "github_write_pause": 0.0,
    }
    return load_settings(**given)


def _given(settings: Settings, key_file: Path) -> dict[str, str]:
    given = {
        "DATA_DIR": settings.data_dir,
        "PORT": settings.port,
        "PRODUCTS": settings.products,
        "GITHUB_API_URL": settings.github_api_url,
        "GITHUB_APP_ID": settings.github_app_id,
        "GITHUB_PRIVATE_KEY": key_file,
        "GITHUB_WEBHOOK_SECRET": SECRET,
        "GITHUB_WRITE_PAUSE": 0,
    }
    return {f"{PREFIX}{name}": str(value) for name, value in given.items()}


def _write_shell_file(file: Path, given: dict[str, str]) -> None:
    lines = (f"export {name}={shlex.quote(value)}\n" for name, value in given.items())
    file.write_text("".join(lines), "utf-8")


@contextmanager
def _serving(
    settings: Settings, private_key: str, service: str, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    key_file = settings.data_dir / "demo-app.pem"
    key_file.touch(mode=0o600)
    key_file.write_text(private_key, "ascii")
    given = _given(settings, key_file)
    _write_shell_file(settings.data_dir / SHELL_FILE, given)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "os2kb.cli", "serve"],
            env=os.environ | given,
            cwd=settings.data_dir,
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
            if httpx.get(f"{service}/readyz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(PAUSE_SECONDS)
    raise DemoFailed(f"Tjenesten kom ikke i gang; se hvorfor i dens log: {log}")
