"""A small world for the tests of the demo Jira, on the Cloud or in a data center."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
from pydantic import SecretStr

from os2kb.clock import now
from os2kb.demo.jira import Jira as DemoJira
from os2kb.demo.jira import plant, read_seed, running
from os2kb.demo.jira.world.state import Issue
from os2kb.demo.jira.world.world import Mode
from os2kb.trackers.jira import Jira
from os2kb.trackers.jira.transport import Transport

SEED = """
people:
  os2kb: {shown: OS2 knowledge base}
  ida: {shown: Ida, shows_email: true}
  kim: {shown: Kim, roles: [Administrators], groups: [drift]}
fields:
  Alvor: {kind: option, options: [Stor, Lille]}
  Antal brugere: {kind: number}
  Ansvarlig: {kind: user}
projects:
  DEMO:
    may: {os2kb: all, ida: all, kim: all}
    versions: ["1.0", "2.0"]
    tickets:
      - {summary: Loginsiden er nede, by: ida, type: Fejl}
      - {summary: "Hemmelig: Æblegrød 🙂", by: kim, level: Administrators}
  LUKKET:
    may: {os2kb: [BROWSE_PROJECTS], kim: all}
    off_screen: [duedate]
    tickets: [{summary: Kan kun ses, by: kim}]
"""


@dataclass
class SmallJira:
    """The demo Jira and ways to talk to it."""

    jira: DemoJira

    def adapter(
        self, name: str = "os2kb", token: str = "", clock: Callable[[], datetime] = now
    ) -> Jira:
        """Our adapter, as one of the people."""
        email = f"{name}@example.test" if self.jira.is_cloud else ""
        secret = SecretStr(token or f"token-{name}")
        return Jira(Transport(self.jira.web, email, secret, clock, sleep=lambda _: None))

    def http(self, name: str) -> httpx.Client:
        """Plain HTTP as one of the people."""
        cloud = self.jira.is_cloud
        return httpx.Client(
            base_url=f"{self.jira.web}/rest/api/2",
            auth=(f"{name}@example.test", f"token-{name}") if cloud else None,
            headers={} if cloud else {"Authorization": f"Bearer token-{name}"},
            trust_env=False,
            verify=False,
        )

    def issue(self, key: str) -> Issue:
        found = self.jira.find(key)
        assert found is not None
        return found

    @property
    def writes(self) -> list[tuple[str, str, int]]:
        """What our account asked to be changed: method, path and status."""
        return [
            (one.method, one.path.removeprefix("/rest/api/3"), one.status)
            for one in self.jira.traffic.writes
            if one.actor == "os2kb"
        ]


@contextmanager
def small_jira(mode: Mode, seed: str = SEED) -> Iterator[SmallJira]:
    """A fresh small world, served while the block runs."""
    jira = DemoJira(mode)
    plant(jira, read_seed(seed))
    with running(jira):
        yield SmallJira(jira)
