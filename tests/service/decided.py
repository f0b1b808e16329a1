"""A demo GitHub with a decision log, and an installation in this process that looks after it."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from os2kb.clock import now
from os2kb.governance.plan import Plan
from os2kb.installation import Installation, install
from os2kb.reconcile import Reconciler
from os2kb.subjects import Subject
from tests.service.people import comment, open_issue
from tests.service.running import World, settings_for, world

_AGAIN = ("decision:propose", "decision:withdraw")
API, LOG = "os2display/api", "os2display/log"
POLICY = """\
version: 1
mode: act
language: da
labels: {security: It-sikkerhed}
decisions:
  repository: os2display/log
  label: Beslutning
  statuses: {proposed: Foreslået, accepted: Besluttet, superseded: Erstattet}
  deciders: [Koordinationsgruppen]
commands: {decide: ["@kim", "@bo"]}
"""
PRODUCTS = """\
products:
  os2display: {repositories: [os2display/*]}
"""
OLD = """\
# [SDR] Drift hver for sig

- **Nr.**: 3
- **Dato**: 2025-03-17
- **Status**: Accepteret
- **Beslutningstagere**: Styregruppen

## Beskrivelse af beslutningen

Alle drifter selv.
"""
LABELS = (
    "{Beslutning: 0e8a16, Foreslået: fbca04, Besluttet: 0e8a16, Erstattet: d73a4a, "
    "It-sikkerhed: b60205}"
)
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
organisations: {{os2display: {{}}}}
repositories:
  os2display/api:
    id: 101
    labels: {LABELS}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(POLICY)}
  os2display/log:
    id: 201
    protected: [main]
    collaborators: {{bo: write, kim: maintain}}
    files:
      beslutninger/2025-03-17-drift.md: {json.dumps(OLD)}
"""
TEXT = """\
### Beslutning

Vi deler driften. @ida lukker #1, closes #2

### Kontekst

<!-- hvorfor? -->
Det er dyrt alene.

### Erstatter

3
"""


@dataclass
class Clock:
    """The time, and how far ahead of it this world is."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self.ahead


@dataclass
class Decided:
    """A world and an installation.

    Attributes:
        world: the demo GitHub.
        installation: ours.
    """

    world: World
    installation: Installation
    clock: Clock

    @property
    def reconciler(self) -> Reconciler:
        assert self.installation.reconciler is not None
        return self.installation.reconciler

    def subject(self, number: int, repository: str = API) -> Subject:
        return self.reconciler.observer.subject(repository, number)

    def look(self, number: int, repository: str = API) -> Plan:
        """Reconcile until nothing is to be looked at again at once; returns the last Plan."""
        for _ in range(6):
            plan = self.reconciler.apply(self.subject(number, repository))
            if not any(
                one.key in ("decision:propose", "decision:withdraw") for one in plan.writes()
            ):
                return plan
        raise AssertionError("it does not come to rest")

    def close(self, number: int, reason: str = "completed", repository: str = API) -> None:
        path = f"/repos/{repository}/issues/{number}"
        self.send("kim", "PATCH", path, state="closed", state_reason=reason)

    def reopen(self, number: int, by: str = "kim") -> None:
        self.send(by, "PATCH", f"/repos/{API}/issues/{number}", state="open")

    def decision(self, title: str = "Fælles drift", body: str = TEXT, repository: str = API) -> int:
        """An issue of ida's that kim closes as a decision; its number."""
        number = open_issue(self.world, "ida", {"title": title, "body": body}, repository)
        path = f"/repos/{repository}/issues/{number}/labels"
        self.send("kim", "POST", path, labels=["Beslutning"])
        self.close(number, repository=repository)
        return number

    def advance(self, by: timedelta) -> None:
        """What happens next, happens later."""
        self.clock.ahead += by

    def comment(self, who: str, number: int, text: str) -> None:
        comment(self.world, who, number, text)

    def pulls(self, repository: str = LOG) -> list[dict[str, Any]]:
        """The pull requests of the log, newest first."""
        return list(self.get(f"/repos/{repository}/pulls?state=all"))

    def review(self, number: int, by: str, event: str = "APPROVE") -> None:
        path = f"/repos/{LOG}/pulls/{number}/reviews"
        self.send(by, "POST", path, event=event, body="Set")

    def merge(self, number: int, by: str = "bo") -> None:
        self.send(by, "PUT", f"/repos/{LOG}/pulls/{number}/merge")

    def checks(self, number: int) -> dict[str, str]:
        return {one["name"]: one["conclusion"] for one in self.world.checks(LOG, number)}

    def labels(self, number: int) -> set[str]:
        return set(self.world.labels(API, number))

    def said(self, number: int, marker: str = "decision") -> str:
        """Our comment with that marker."""
        found = [
            one
            for one in self.world.bot_comments(API, number)
            if one.startswith(f"<!-- os2kb:{marker}")
        ]
        assert len(found) <= 1
        return found[0] if found else ""

    def file(self, path: str, branch: str = "main") -> str:
        repository = next(
            one for one in self.world.github.repositories.values() if one.full_name == LOG
        )
        tree = repository.commits[repository.branches[branch]].tree
        return tree[path].decode()

    def files(self, branch: str = "main") -> list[str]:
        repository = next(
            one for one in self.world.github.repositories.values() if one.full_name == LOG
        )
        return sorted(repository.commits[repository.branches[branch]].tree)

    def write(self, path: str, text: str, branch: str = "main", by: str = "bo") -> None:
        """Somebody edits a file of the log by hand; on a protected branch as its master may."""
        repository = next(
            one for one in self.world.github.repositories.values() if one.full_name == LOG
        )
        guarded, repository.protected = repository.protected, set()
        with self.world.person(by) as who:
            where = f"/repos/{LOG}/contents/{path}"
            known = who.get(where, params={"ref": branch})
            sha = {"sha": known.json()["sha"]} if known.is_success else {}
            content = b64encode(text.encode()).decode()
            answer = who.put(
                where, json={"message": "Ret", "content": content, "branch": branch} | sha
            )
            assert answer.is_success, answer.text
        repository.protected = guarded

    def merged_into(self, branch: str, by: str, changed: Mapping[str, str]) -> None:
        """Somebody merges main into a branch by hand, with other words in its files on the way."""
        git = f"/repos/{LOG}/git"
        tips = [self.get(f"{git}/ref/heads/{one}")["object"]["sha"] for one in (branch, "main")]
        tree = []
        for path in {*self.files(branch), *self.files()}:
            text = self.file(path, branch if path in self.files(branch) else "main")
            for old, new in changed.items():
                text = text.replace(old, new)
            tree.append({"path": path, "mode": "100644", "type": "blob", "content": text})
        made = self.send(by, "POST", f"{git}/trees", tree=tree)["sha"]
        merge = {"message": "Flet", "tree": made, "parents": tips}
        sha = self.send(by, "POST", f"{git}/commits", **merge)["sha"]
        self.send(by, "PATCH", f"{git}/refs/heads/{branch}", sha=sha)

    def remove(self, path: str) -> None:
        """Somebody removes a file of the log by hand."""
        repository = next(
            one for one in self.world.github.repositories.values() if one.full_name == LOG
        )
        guarded, repository.protected = repository.protected, set()
        where = f"/repos/{LOG}/contents/{path}"
        self.send("bo", "DELETE", where, message="Fjern", sha=self.get(where)["sha"])
        repository.protected = guarded

    def get(self, path: str) -> Any:
        with self.world.person("kim") as kim:
            answer = kim.get(path)
        assert answer.is_success, answer.text
        return answer.json()

    def send(self, by: str, verb: str, path: str, **body: Any) -> Any:
        with self.world.person(by) as who:
            answer = who.request(verb, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    @property
    def writes(self) -> int:
        return len(self.world.writes)


@contextmanager
def decided(
    folder: Path, seed: str = SEED, products: str = PRODUCTS, **more: Any
) -> Iterator[Decided]:
    """The world, and an installation beside it that is told of nothing: tests call it."""
    (folder / "products.yml").write_text(products, "utf-8")
    clock = Clock()
    with world(seed, clock) as made:
        settings = settings_for(made, folder, products=folder / "products.yml", **more)
        yield Decided(made, install(settings, clock), clock)
