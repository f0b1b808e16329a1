"""Seconds and reads for a backfill of 1,000 issues and pull requests, observing.

    python -m benchmarks.backfill [--subjects 1000] [--policy 'every rule on'] [--json]

The demo GitHub and `os2kb backfill` are processes of their own, on the same machine: on two cores
each has about one. Four of five subjects are issues; texts are paragraphs of the sample handbook.
Every run begins with an empty data folder, and its seconds hold the start of the program.
Processor seconds, of the bot and of the demo, tell the same on a busy machine. GitHub itself would
answer more slowly than the demo; four subjects are read at a time.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from os2kb.governance.rules import REGISTRY

HANDBOOK = Path(__file__).parents[1] / "samples" / "handbook"
NAME = "os2demo/os2demo"
POLICIES: dict[str, dict[str, Any]] = {
    "every rule on": {
        "labels": {"type": {"bug": "Bug", "feature": "Ønske"}},
        "guidelines": {
            "source": "docs/CONTRIBUTING.md",
            "rules": {rule.id: "advise" for rule in REGISTRY},
        },
    },
    "preset os2display": {"preset": "os2display", "guidelines": {"source": "docs/CONTRIBUTING.md"}},
    "no Policy file": {},
}


@dataclass(frozen=True, slots=True)
class Run:
    """One backfill."""

    policy: str
    subjects: int
    seconds: float
    processor: float
    demo: float
    reads: int
    failed: int
    found: int

    @property
    def line(self) -> str:
        """As a row of the table."""
        return (
            f"{self.policy:<20}{self.subjects:>9}{self.seconds:>10.1f}"
            f"{self.processor:>10.1f}{self.demo:>8.1f}{self.reads:>8}"
            f"{self.reads / self.subjects:>10.2f}{self.found:>10}{self.failed:>8}"
        )


HEADING = (
    f"{'':<20}{'subjects':>9}{'seconds':>10}{'cpu: bot':>10}{'demo':>8}{'reads':>8}{'each':>10}"
    f"{'findings':>10}{'unread':>8}"
)


def seed(policy: dict[str, Any], subjects: int) -> dict[str, Any]:
    """A repository with that many issues and pull requests, always the same."""
    dice = random.Random(7)
    texts = paragraphs()

    def body() -> str:
        return "\n\n".join(dice.choices(texts, k=dice.randint(1, 5)))

    def talk() -> list[dict[str, Any]]:
        return [{"by": "kim", "body": body()} for _ in range(dice.choice((0, 0, 1, 3)))]

    pulls = subjects // 5
    issues = [
        {"title": dice.choice(texts)[:70].strip() or "Sag", "by": "ida", "body": body()}
        | {"comments": talk()}
        for _ in range(subjects - pulls)
    ]
    branches = {f"feature/{n}-ret": _branch(n, body()) for n in range(1, pulls + 1)}
    asked = [
        {"title": f"[{n}]: Ret visning", "by": "bo", "body": f"Løser #{n}\n\n{body()}"}
        | {"head": f"feature/{n}-ret", "comments": talk(), "reviews": _reviews(n)}
        | {"checks": [{"name": "test", "conclusion": "success", "app": 15368}]}
        for n in range(1, pulls + 1)
    ]
    files = {
        "docs/CONTRIBUTING.md": (HANDBOOK / "guidelines" / "pull-requests.md").read_text("utf-8"),
        ".github/PULL_REQUEST_TEMPLATE.md": "## Hvad\n\n## Hvorfor\n\n- [ ] Testet\n",
        "CHANGELOG.md": "# Ændringslog\n\n## [Unreleased]\n",
    }
    if policy:
        text = yaml.safe_dump({"version": 1, **policy}, allow_unicode=True)
        files[".github/os2kb.yml"] = text
    repository = {
        "id": 101,
        "labels": {"Bug": "d73a4a", "Ønske": "a2eeef"},
        "collaborators": {"bo": "write", "kim": "maintain"},
        "files": files,
        "branches": branches,
        "issues": issues,
        "pulls": asked,
    }
    return {
        "app": {"id": 4242, "slug": "os2kb"},
        "people": ["ida", "bo", "kim"],
        "repositories": {NAME: repository},
    }


def paragraphs() -> list[str]:
    """Those of the sample handbook, always in the same order."""
    return [text for file in sorted(HANDBOOK.rglob("*.md")) for text in _paragraphs(file)]


def _paragraphs(file: Path) -> list[str]:
    blocks = re.split(r"\n{2,}", file.read_text("utf-8"))
    return [block for block in blocks if len(block) > 60 and not block.startswith(("#", "---"))]


def _branch(number: int, text: str) -> dict[str, Any]:
    log = f"# Ændringslog\n\n## [Unreleased]\n\n- [#{number}](#) Rettet\n"
    files = {f"src/side{number}.py": text, "CHANGELOG.md": log}
    return {"commits": [{"by": "bo", "message": f"[{number}]: Ret visning", "files": files}]}


def _reviews(number: int) -> list[dict[str, Any]]:
    remark = {"path": f"src/side{number}.py", "body": "Hvorfor?", "resolved": number % 2 == 0}
    return [{"by": "kim", "state": "APPROVED", "body": "Fint", "comments": [remark]}]


@contextmanager
def demo(folder: Path, planted: dict[str, Any]) -> Iterator[str]:
    """A demo GitHub as a process; yields where it is."""
    file = folder / "seed.json"
    file.write_text(json.dumps(planted))  # JSON is YAML that is read fast enough
    command = [sys.executable, "-m", "os2kb.demo.github", "--seed", str(file)]
    command += ["--private-key", str(folder / "app.pem")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            yield said.split()[2]
        finally:
            process.terminate()


def _processor() -> float:
    """Processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def backfill(name: str, policy: dict[str, Any], subjects: int) -> Run:
    """One run, from nothing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with demo(folder, seed(policy, subjects)) as url:
            clean = {k: v for k, v in os.environ.items() if not k.startswith("OS2KB_")}
            environment = clean | {
                "OS2KB_DATA_DIR": str(folder / "data"),
                "OS2KB_GITHUB_API_URL": f"{url}/api/v3",
                "OS2KB_GITHUB_APP_ID": "4242",
                "OS2KB_GITHUB_PRIVATE_KEY": str(folder / "app.pem"),
            }
            command = [sys.executable, "-m", "os2kb.cli", "backfill", NAME, "--json"]
            began, before = time.perf_counter(), _processor()
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=folder)
            seconds, used = time.perf_counter() - began, _processor()
            if done.returncode:
                raise SystemExit(f"os2kb backfill ended with {done.returncode}")
            rows = json.loads(done.stdout)["items"]
            reads = httpx.get(f"{url}/_demo/reads", trust_env=False).json()["os2kb[bot]"]
    return Run(
        policy=name,
        subjects=len(rows),
        seconds=round(seconds, 1),
        processor=round(used - before, 1),
        demo=round(_processor() - used, 1),
        reads=int(reads),
        failed=sum(bool(row["error"]) for row in rows),
        found=sum(len(row["findings"]) for row in rows),
    )


def main() -> None:
    """Print one line for each Policy."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--subjects", type=int, default=1000)
    parser.add_argument("--policy", choices=POLICIES, help="this one alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.json:
        print(HEADING)
    for name in [options.policy] if options.policy else POLICIES:
        run = backfill(name, POLICIES[name], options.subjects)
        print(json.dumps(asdict(run)) if options.json else run.line, flush=True)


if __name__ == "__main__":
    main()
