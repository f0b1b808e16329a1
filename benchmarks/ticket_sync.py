"""Seconds, reads and writes of a look at 1,000 issues and their tickets when nothing changed.

    python -m benchmarks.ticket_sync [--pairs 1000] [--json]

A demo GitHub, a demo Jira and `os2kb jira sync --apply` are processes of their own, on the same
machine. Each pair has the same title, text, labels and status on both sides, all fields go both
ways, and a third of the issues have comments. The first run brings them into step; the second one,
when nothing has changed since, is what a night costs; the third asks only for what changed in a
span, in which nothing did. Seconds hold the start of the program.
GitHub and Jira themselves would answer more slowly than the demos do.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from benchmarks.backfill import NAME, demo, paragraphs
from os2kb.backlog.markup.convert import MARKDOWN, WIKI, converted
from os2kb.demo.jira import Jira, plant, read_seed, running
from os2kb.store import names
from os2kb.store.backlog.tickets import link_ticket
from os2kb.store.database import open_database, upgrade
from os2kb.subjects import Subject

FIELDS = ("title", "description", "status", "type", "labels", "assignee", "comments")
POLICY: dict[str, Any] = {
    "version": 1,
    "mode": "act",
    "labels": {"type": {"bug": "Bug", "feature": "Ønske"}},
    "jira": {
        "project": "DEMO",
        "comments_from": "all",
        "fields": dict.fromkeys(FIELDS, "both"),
        "public": list(FIELDS),
        "statuses": {"open": ["To Do", "In Progress"], "completed": ["Done"]},
        "types": {"bug": "Fejl", "feature": "Opgave"},
        "users": {"712020:bo": "bo"},
    },
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all pairs."""

    run: str
    pairs: int
    out_of_step: int
    seconds: float
    processor: float
    github_reads: int
    jira_reads: int
    writes: int

    @property
    def line(self) -> str:
        """As a row of the table."""
        return (
            f"{self.run:<24}{self.pairs:>7}{self.out_of_step:>13}{self.seconds:>9.1f}"
            f"{self.processor:>10.1f}{self.github_reads:>14}{self.jira_reads:>12}{self.writes:>8}"
        )


HEADING = (
    f"{'':<24}{'pairs':>7}{'out of step':>13}{'seconds':>9}{'cpu: bot':>10}"
    f"{'GitHub reads':>14}{'Jira reads':>12}{'writes':>8}"
)


def texts(pairs: int) -> list[tuple[str, str]]:
    """Title and text of each issue, always the same."""
    dice, every = random.Random(7), paragraphs()
    return [
        (
            f"{number} {dice.choice(every)[:60].strip()}".replace("\n", " "),
            "\n\n".join(dice.choices(every, k=dice.randint(1, 5))),
        )
        for number in range(1, pairs + 1)
    ]


def github_seed(written: list[tuple[str, str]]) -> dict[str, Any]:
    """A repository with those issues."""
    issues = [
        {"title": title, "by": "ida", "body": body, "labels": ["Bug"]}
        | {"comments": [{"by": "kim", "body": body[:200]}] * (place % 3 == 0)}
        for place, (title, body) in enumerate(written)
    ]
    repository = {
        "id": 101,
        "labels": {"Bug": "d73a4a", "Ønske": "a2eeef"},
        "collaborators": {"bo": "write", "kim": "maintain"},
        "files": {".github/os2kb.yml": yaml.safe_dump(POLICY, allow_unicode=True)},
        "issues": issues,
    }
    planted = {"app": {"id": 4242, "slug": "os2kb"}, "people": ["ida", "bo", "kim"]}
    return {**planted, "repositories": {NAME: repository}}


def jira_seed(written: list[tuple[str, str]]) -> str:
    """A project with a ticket for each."""
    tickets = [
        {"summary": title, "by": "ida", "type": "Fejl"}
        | {"description": converted(body, MARKDOWN, WIKI).text, "labels": ["Bug"]}
        for title, body in written
    ]
    may = {"os2kb": "all", "ida": "all", "bo": "all"}
    people: dict[str, dict[str, str]] = {name: {} for name in may}
    # JSON is YAML that is read fast enough.
    return json.dumps({"people": people, "projects": {"DEMO": {"may": may, "tickets": tickets}}})


@contextmanager
def demo_jira(written: list[tuple[str, str]]) -> Iterator[Jira]:
    """A demo Jira with those tickets, served beside."""
    jira = Jira("cloud")
    plant(jira, read_seed(jira_seed(written)))
    with running(jira):
        yield jira


def link(folder: Path, jira: Jira) -> None:
    """Each issue goes with the ticket of its number."""
    store = open_database(f"sqlite:///{folder / 'os2kb.db'}")
    upgrade(store)
    with store.begin() as connection:
        names.remember_repository(connection, "github", 101, NAME)
    for one in jira.issues.values():
        subject = Subject(101, one.number, NAME)
        link_ticket(store, subject.key, str(one.id), one.key, datetime.now(UTC))
    store.dispose()


def measured(name: str, environment: dict[str, str], github: str, jira: Jira, *bounds: str) -> Run:
    """One run, within some bounds, and what it asked of both."""
    reads = _reads(github, jira)
    command = [sys.executable, "-m", "os2kb.cli", "jira", "sync", "--apply", "--json", *bounds]
    began, before = time.perf_counter(), _processor()
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, cwd=environment["OS2KB_DATA_DIR"]
    )
    seconds, used = time.perf_counter() - began, _processor()
    if done.returncode:
        raise SystemExit(f"os2kb jira sync ended with {done.returncode}")
    told, now = json.loads(done.stdout), _reads(github, jira)
    return Run(
        name,
        told["pairs"],
        told["out_of_step"],
        round(seconds, 1),
        round(used - before, 1),
        *(after - was for was, after in zip(reads, now, strict=True)),
    )


def _reads(github: str, jira: Jira) -> tuple[int, int, int]:
    """Reads of GitHub, reads of Jira, and writes to both."""
    counted = httpx.get(f"{github}/_demo/reads", trust_env=False).json()
    asked = httpx.get(f"{github}/_demo/writes", trust_env=False).json()["items"]
    written = [one for one in asked if not one["path"].startswith("/app/")]
    reads = int(counted.get("os2kb[bot]", 0)), jira.traffic.reads["os2kb"]
    return *reads, len(written) + len(jira.traffic.writes)


def _processor() -> float:
    """Processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def runs(pairs: int) -> Iterator[Run]:
    """The first run, and one when nothing has changed since."""
    written = texts(pairs)
    with tempfile.TemporaryDirectory() as place, demo_jira(written) as jira:
        folder = Path(place)
        link(folder, jira)
        products = folder / "products.yml"
        products.write_text(f"products: {{os2demo: {{repositories: [{NAME}], jira: [DEMO]}}}}")
        with demo(folder, github_seed(written)) as github:
            clean = {k: v for k, v in os.environ.items() if not k.startswith("OS2KB_")}
            environment = clean | {
                "OS2KB_DATA_DIR": str(folder),
                "OS2KB_PRODUCTS": str(products),
                "OS2KB_GITHUB_API_URL": f"{github}/api/v3",
                "OS2KB_GITHUB_APP_ID": "4242",
                "OS2KB_GITHUB_PRIVATE_KEY": str(folder / "app.pem"),
                "OS2KB_GITHUB_WRITE_PAUSE": "0",
                "OS2KB_JIRA_URL": jira.web,
                "OS2KB_JIRA_EMAIL": "os2kb@example.test",
                "OS2KB_JIRA_TOKEN": "token-os2kb",
            }
            yield measured("the first run", environment, github, jira)
            yield measured("nothing changed since", environment, github, jira)
            time.sleep(60)  # Jira knows whole minutes
            one_day = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"  # no later than now
            yield measured("--since", environment, github, jira, "--since", one_day)


def main() -> None:
    """Print one line for each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.json:
        print(HEADING)
    for one in runs(options.pairs):
        print(json.dumps(asdict(one)) if options.json else one.line, flush=True)


if __name__ == "__main__":
    main()
