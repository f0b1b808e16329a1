"""The weekly overview, over real HTTP: a demo GitHub, a Zulip and a mail server, and one clock."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from os2kb.cli.commands import app
from os2kb.engine.engine import LEASE
from os2kb.escalation.digest.work import learning
from os2kb.installation import Installation, install
from os2kb.settings import Settings
from os2kb.store import wakes
from os2kb.store.database import open_database
from os2kb.subjects import BadSubject, Subject
from tests.fakes import mailbox, zulip
from tests.fakes.mailbox import Mailbox
from tests.fakes.zulip import FakeZulip
from tests.loopback import HTTP
from tests.service.running import World, service, settings_for, until, world

pytestmark = pytest.mark.slow

KEY = "digest:os2demo"
PUBLIC, PRIVATE = "os2demo/os2demo", "os2demo/privat"
POLICY = """
version: 1
mode: act
labels: {severity: {kritisk: "fejl: kritisk"}, security: It-sikkerhed}
people: {suppliers: [Leverandør A/S], organisations: {Leverandør A/S: [bo]}, coordinators: [kim]}
escalation:
  status: vedtaget
  severities: {kritisk: {criteria: Ingen kan arbejde, respond: 2h, plan: 1d, fix: 3d}}
  digest: {day: mon, to: ["zulip:OS2demo/drift", "mailto:kim@os2demo.example"]}
"""
WITH_ISSUE = POLICY.replace('.example"]', '.example", issue]')
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {PUBLIC}:
    id: 101
    labels: {{"fejl: kritisk": d73a4a, It-sikkerhed: b60205}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(WITH_ISSUE)}}}
    issues:
      - {{by: ida, title: "Alle skærme er sorte @kim", at: 2024-04-29T08:00:00Z,
         labels: ["fejl: kritisk"]}}
      - {{by: ida, title: Fundet en sårbarhed i login, at: 2024-04-29T09:00:00Z,
         body: Jeg har fundet en sårbarhed i login., labels: ["fejl: kritisk"]}}
      - {{by: ida, title: Uden klasse, at: 2024-04-29T09:00:00Z}}
  {PRIVATE}:
    id: 102
    private: true
    labels: {{"fejl: kritisk": d73a4a}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
    issues:
      - {{by: ida, title: Hemmelig titel, at: 2024-04-30T08:00:00Z, labels: ["fejl: kritisk"]}}
"""
PRODUCTS = f"""
products:
  os2demo:
    repositories: [{PUBLIC}, {PRIVATE}]
    chat: [OS2demo]
    mailboxes: [kim@os2demo.example]
"""
THURSDAY = datetime(2024, 5, 2, 10, tzinfo=UTC)
MONDAY = datetime(2024, 5, 6, 6, tzinfo=UTC)  # 8 o'clock in Denmark


@dataclass
class Stage:
    """An installation, whom it tells, and the time it is."""

    github: World
    chat: FakeZulip
    mail: Mailbox
    folder: Path
    at: datetime = THURSDAY
    changed: dict[str, object] = field(default_factory=dict)

    def given(self) -> dict[str, object]:
        products = self.folder / "products.yml"
        products.write_text(PRODUCTS, "utf-8")
        told: dict[str, object] = {
            "zulip_site": self.chat.site,
            "zulip_email": self.chat.email,
            "zulip_key": self.chat.key,
            "smtp_url": f"smtp://127.0.0.1:{self.mail.port}?from=os2kb@os2.example",
            "products": products,
        }
        return told | self.changed

    def settings(self) -> Settings:
        return settings_for(self.github, self.folder, **self.given())

    def start(self) -> Installation:
        return install(self.settings(), lambda: self.at)

    def look(self, number: int = 1) -> None:
        """The bot looks at an issue, as when something happens there."""
        installed = self.start()
        assert installed.reconciler is not None
        installed.reconciler.apply(Subject(101, number, PUBLIC))

    def work(self, at: datetime) -> None:
        """Whatever is due by a moment, done by a process that has just started."""
        self.at = at
        installed = self.start()
        assert installed.digester is not None
        for key in wakes.take_due(installed.database, at, timedelta(minutes=5)):
            if key == KEY:
                installed.digester.work(key)

    @property
    def told(self) -> tuple[int, int, int]:
        """How many messages, mails and issues there are."""
        return len(self.chat.contents), len(self.mail.received), len(self.issues)

    @property
    def issues(self) -> list[dict[str, str]]:
        with self.github.person("kim") as kim:
            found = kim.get(f"/repos/{PUBLIC}/issues", params={"state": "all"}).json()
        return [one for one in found if one["user"]["type"] == "Bot"]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        github = stack.enter_context(world(SEED))
        chat = stack.enter_context(zulip.running())
        mail = stack.enter_context(mailbox.running())
        yield Stage(github, chat, mail, tmp_path)


def test_it_is_sent_when_its_week_begins_once_and_the_issue_is_edited_in_place(stage: Stage):
    stage.look()
    stage.work(MONDAY - timedelta(seconds=1))
    assert stage.told == (0, 0, 0)
    stage.work(MONDAY)
    assert stage.told == (1, 1, 1)
    asked = [one.path for one in stage.github.github.traffic.exchanges]
    assert f"/repos/{PUBLIC}/issues/1/events" in asked
    assert f"/repos/{PUBLIC}/issues/3/events" not in asked, "nothing was promised of it"
    for later in (timedelta(minutes=1), timedelta(days=3)):
        stage.look()
        stage.work(MONDAY + later)
    assert stage.told == (1, 1, 1), "also where the bot looks at issues and is started again"
    stage.work(MONDAY + timedelta(days=7))
    assert stage.told == (2, 2, 1)

    message, mailed = stage.chat.contents[0], stage.mail.received[0].get_content()
    (issue,) = stage.issues
    assert "Overskredet (2)" in message
    assert "“Alle skærme er sorte &#64;kim”" in message
    assert "“Alle skærme er sorte @kim”" in mailed
    assert "Alle skærme er sorte @<!-- -->kim" in issue["body"]
    assert issue["title"] == "Ugens oversigt over fejl: os2demo"
    for place in (message, mailed, issue["body"]):
        assert "Hemmelig" not in place
        assert "sårbarhed" not in place
        assert f"{PUBLIC}&#35;2" not in place
        assert "Uden klasse" not in place
    assert f"{PRIVATE}#1" in mailed
    assert PRIVATE not in issue["body"], "an issue tells of its own repository"


def test_after_weeks_of_downtime_it_is_one(stage: Stage):
    stage.look()
    stage.work(MONDAY + timedelta(days=17))
    assert stage.told == (1, 1, 1)
    stage.work(MONDAY + timedelta(days=21))
    assert stage.told == (2, 2, 1)


def test_what_was_cut_off_is_found_again_and_what_did_not_arrive_is_sent_later(stage: Stage):
    stage.look()
    stage.chat.sending.append("lost answer")
    stage.mail.refuses.append("451 later")
    stage.work(MONDAY)
    assert stage.told == (1, 0, 1)
    stage.work(MONDAY + timedelta(minutes=10))
    assert stage.told == (1, 1, 1)


def test_what_is_not_set_up_is_left_out_and_the_rest_is_sent(stage: Stage):
    stage.changed = {"smtp_url": None}
    stage.look()
    stage.work(MONDAY)
    assert stage.told == (1, 0, 1)


def test_while_github_is_down_it_waits_and_a_product_that_is_gone_is_forgotten(stage: Stage):
    stage.look()
    order = {"match": {"method": "GET", "path": f"/repos/{PUBLIC}/issues"}, "times": 9}
    ordered = HTTP.post(f"{stage.github.github.web}/_demo/faults", json=order | {"then": "502"})
    assert ordered.is_success, ordered.text
    stage.work(MONDAY)
    HTTP.delete(f"{stage.github.github.web}/_demo/faults")
    assert stage.told == (0, 0, 0)
    stage.work(MONDAY + timedelta(minutes=10))
    assert stage.told == (1, 1, 1)
    database = stage.start().database
    wakes.set_wake(database, "digest:os2andet", MONDAY)
    assert "digest:os2andet" in wakes.take_due(database, MONDAY, timedelta(minutes=5))
    digester = stage.start().digester
    assert digester is not None
    digester.work("digest:os2andet")
    assert wakes.awaited(database, "digest:os2andet") == 0


def test_where_its_day_is_changed_nobody_gets_two_in_a_week(stage: Stage):
    stage.look()
    stage.work(MONDAY)
    for repository in (PUBLIC, PRIVATE):
        write_policy(stage, WITH_ISSUE.replace("day: mon", "day: wed"), repository)
    stage.look()
    stage.work(MONDAY + timedelta(days=2))
    assert stage.told == (1, 1, 1)
    stage.work(MONDAY + timedelta(days=9))
    assert stage.told == (2, 2, 1)


def write_policy(stage: Stage, policy: str, repository: str = PUBLIC) -> None:
    with stage.github.person("kim") as kim:
        path = f"/repos/{repository}/contents/.github/os2kb.yml"
        new = {"message": "Ret", "content": b64encode(policy.encode()).decode()}
        new["sha"] = kim.get(path).json()["sha"]
        assert kim.put(path, json=new).status_code == 200


def test_a_push_that_changes_a_policy_tells_when_the_first_one_is_due(stage: Stage):
    """Nobody has written in an issue since; and what was due before is not sent at once."""
    installed = stage.start()
    learn = learning("os2demo")
    wakes.set_wake(installed.database, learn, THURSDAY)
    assert learn in wakes.take_due(installed.database, THURSDAY, timedelta(minutes=5))
    assert installed.digester is not None
    installed.digester.work(learn)
    assert stage.told == (0, 0, 0)
    assert not wakes.take_due(installed.database, MONDAY - timedelta(minutes=1), LEASE)
    stage.work(MONDAY)
    assert stage.told == (1, 1, 1)


def test_before_the_day_from_which_the_model_holds_nothing_is_sent(stage: Stage):
    later = WITH_ISSUE.replace("  status: vedtaget\n", '  status: vedtaget\n  from: "2024-05-07"\n')
    write_policy(stage, later)
    stage.look()
    stage.work(MONDAY)
    assert stage.told == (1, 1, 0), "of the other repository alone"
    assert PUBLIC not in stage.chat.contents[0]


def test_a_running_service_learns_of_it_by_a_push_and_sends_what_is_due(stage: Stage):
    told = {name: str(value) for name, value in stage.given().items() if name != "smtp_url"}
    with service(stage.folder, stage.github, **told) as running:
        database = open_database(stage.settings().store_url)
        write_policy(stage, f"{WITH_ISSUE}# Fra i dag\n")
        until(lambda: wakes.awaited(database, KEY), what=f"the learning ({running.log[-800:]})")
        assert stage.told == (0, 0, 0)
        wakes.set_wake(database, KEY, THURSDAY)
        until(lambda: stage.told == (1, 0, 1), what=f"the digest ({running.log[-800:]})")
        until(lambda: not wakes.is_taken(database, KEY), what="the end of the work")
    assert stage.told == (1, 0, 1)


def test_whoever_observes_is_told_nothing_and_can_see_it_all_the_same(stage: Stage):
    stage.look()
    stage.changed = {"mode": "observe"}
    stage.work(MONDAY)
    assert stage.told == (0, 0, 0)
    environment = {
        f"OS2KB_{name.upper()}": str(value)
        for name, value in {
            "data_dir": stage.folder,
            "products": stage.folder / "products.yml",
            "github_api_url": stage.github.github.api,
            "github_token": "person-kim",
            "mode": "observe",
        }.items()
    }
    shown = CliRunner().invoke(app, ["escalation", "digest", "os2demo"], env=environment)
    assert shown.exit_code == 0, shown.output
    assert "Til: zulip:OS2demo/drift\nBliver ikke sendt: OS2KB_ZULIP_SITE er ikke" in shown.output
    assert f"Til: issue:{PUBLIC}\nBliver ikke sendt: modellen er et forslag" in shown.output
    assert "Overskredet (2)" in shown.output
    as_json = CliRunner().invoke(
        app, ["escalation", "digest", "os2demo", "--json"], env=environment
    )
    found = {one["to"]: one for one in json.loads(as_json.stdout)["items"]}
    assert {to: (one["faults"], one["sent"]) for to, one in found.items()} == {
        "zulip:OS2demo/drift": (2, False),
        "mailto:kim@os2demo.example": (2, False),
        f"issue:{PUBLIC}": (1, False),
    }
    assert stage.told == (0, 0, 0)
    unknown = CliRunner().invoke(app, ["escalation", "digest", "os2andet"], env=environment)
    assert isinstance(unknown.exception, BadSubject)
    assert "der er os2demo" in unknown.exception.phrase.da


def test_an_issue_that_somebody_closed_is_let_be(stage: Stage):
    stage.look()
    stage.work(MONDAY)
    (issue,) = stage.issues
    with stage.github.person("kim") as kim:
        path = f"/repos/{PUBLIC}/issues/{issue['number']}"
        assert kim.patch(path, json={"state": "closed"}).status_code == 200
    stage.work(MONDAY + timedelta(days=7))
    assert stage.told == (2, 2, 1)
    (left,) = stage.issues
    assert (left["state"], left["body"]) == ("closed", issue["body"])


def test_a_second_replica_that_is_given_the_same_work_sends_nothing(stage: Stage):
    stage.look()
    stage.at = MONDAY
    database = open_database(stage.settings().store_url)
    assert KEY in wakes.take_due(database, MONDAY, timedelta(minutes=5))
    stage.look()  # in the same moment; it must not take the work for the next week's
    for replica in (stage.start(), stage.start()):
        assert replica.digester is not None
        replica.digester.work(KEY)
    assert stage.told == (1, 1, 1)
