"""Five hundred tickets with secrets in every private place: not one byte of them reaches GitHub.

Whatever is secret in a ticket holds the same word, and every request that GitHub gets is looked
through for it: addresses, headers and bodies. Beside them stands what may leave, in the same
tickets, and that does.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest

from os2kb.demo.github.changes import issues as on_github
from os2kb.demo.jira import changes as in_jira
from os2kb.demo.jira.world.state import Change, Field, Issue, Item, Person, RemoteLink
from os2kb.demo.jira.world.world import Jira
from os2kb.demo.wire.asked import Asked
from os2kb.store.backlog.tickets import link_ticket
from os2kb.subjects import Subject
from tests.service.in_step.closing import SECRET, close, copies_of_closed
from tests.service.in_step.office import Office, Pair, office
from tests.service.in_step.people import People
from tests.service.in_step.scene import FEW, Scene, policy

LIGHT = "offentlig"
TICKETS = 500
REPOSITORY = "os2demo/aabent"
SCENE = Scene(
    {
        REPOSITORY: policy(
            "HEM",
            """
  fields: {title: both, description: both, status: both, labels: both, assignee: both,
           type: both, fixVersion: both, severity: both, comments: both}
  public: [title, description, labels, comments]
  audience: [Alle]
""",
        )
    },
    people={
        "os2kb": {"roles": [FEW, "Alle"], "groups": ["faa"]},
        "kim": {"roles": [FEW, "Alle"], "groups": ["faa"]},
        SECRET: {"shown": f"{SECRET.title()} Jensen", "roles": [FEW, "Alle"], "shows_email": True},
    },
    projects={"kind": "service_desk", "versions": ["1.0", f"{SECRET}-udgave"]},
)
CUSTOM = Field("customfield_10900", f"Felt om {SECRET}", "text")
ASKED = ("/os2 why", "/os2 jira sync", "/os2 help")
PLAIN = ("environment", "attachment", "worklog", "issuelinks", "parent", "subtasks", "votes")
"""Fields that Jira has, as it has them, and that nobody ever names in a Policy."""
HELD = (
    "Ring til {} på 010203-1235",
    "Borgeren {} har CPR-nummer 0102031235.",
    "Skriv til {} på hans.jensen@gmail.com",
    "Der er et **sikkerhedshul** i login: man kan omgå login ved {}",
)
MENTIONS = ("[~accountid:712020:{}]", "[~{}]", "[^{}.pdf]", "!{}.png|thumbnail!")

Place = Callable[[Jira, Issue, random.Random], None]


def restricted_comment(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    made = in_jira.add_comment(jira, jira.people["kim"], ticket, f"Kun for os: {SECRET}", FEW)
    if rng.random() < 0.3:
        made.role, made.group = "", "faa"


def internal_comment(jira: Jira, ticket: Issue, _: random.Random) -> None:
    in_jira.add_comment(
        jira, jira.people["kim"], ticket, f"h2. Internt\n||{SECRET}||\n|{SECRET}|", internal=True
    )


def held_comment(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    text = rng.choice(HELD).format(SECRET)
    in_jira.add_comment(jira, jira.people["kim"], ticket, f"{LIGHT} indtil her. {text}")


def by_somebody_unknown(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    text = f"{LIGHT}, hvem der så siger det. {rng.choice(MENTIONS).format(SECRET)}"
    in_jira.add_comment(jira, jira.people[SECRET], ticket, text)


def attached(_: Jira, ticket: Issue, rng: random.Random) -> None:
    ticket.values["description"] += f"\n\nSe {rng.choice(MENTIONS).format(SECRET)} for mere."


def held_description(_: Jira, ticket: Issue, rng: random.Random) -> None:
    ticket.values["description"] += "\n\n" + rng.choice(HELD).format(SECRET)


def fields_nobody_named(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    name = rng.choice((CUSTOM.id, *PLAIN))
    said = {"comment": SECRET, "filename": f"{SECRET}.pdf", "author": {"displayName": SECRET}}
    ticket.values[name] = SECRET if name == CUSTOM.id else [said]
    ticket.values["duedate"] = None


def fields_that_are_not_public(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    match rng.randrange(5):
        case 0:
            ticket.values["assignee"] = SECRET
        case 1:
            ticket.values["priority"] = f"{SECRET} prioritet"
        case 2:
            ticket.values["fixVersions"] = [f"{SECRET}-udgave"]
        case 3:
            ticket.status = f"I {SECRET}"
        case _:
            ticket.type = f"Type {SECRET}"


def a_label_that_github_has_not(_: Jira, ticket: Issue, __: random.Random) -> None:
    ticket.values["labels"] = ["drift", f"kunde-{SECRET}"]


def history(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    field = jira.fields[rng.choice(("summary", "description", "labels"))]
    item = Item(field, f"Før hed det {SECRET}", "Nu ikke mere")
    ticket.changes.append(Change(jira.new_id(), jira.people[SECRET], jira.now(), (item,)))


def beside_it(jira: Jira, ticket: Issue, _: random.Random) -> None:
    ticket.properties["andres"] = {"note": SECRET}
    link = RemoteLink(jira.new_id(), f"x:{SECRET}", f"https://{SECRET}.example.org", SECRET)
    ticket.links[link.mark] = link


def a_security_level(jira: Jira, ticket: Issue, rng: random.Random) -> None:
    """All of it is secret then, whatever the Policy names."""
    ticket.level = FEW
    ticket.values["summary"] = f"Om {SECRET}"
    ticket.values["description"] = f"*{SECRET}*"
    ticket.values["labels"] = ["ui"]
    ticket.comments.clear()
    in_jira.add_comment(jira, jira.people["kim"], ticket, f"Om {SECRET}")


PLACES: tuple[Place, ...] = (
    restricted_comment,
    internal_comment,
    held_comment,
    by_somebody_unknown,
    attached,
    held_description,
    fields_nobody_named,
    fields_that_are_not_public,
    a_label_that_github_has_not,
    history,
    beside_it,
)


def a_ticket(jira: Jira, number: int, rng: random.Random) -> Issue:
    """A ticket that may be told of in part; a tenth of them, not at all."""
    fields: dict[str, Any] = {
        "project": {"key": "HEM"},
        "issuetype": {"name": "Opgave"},
        "summary": f"Sag {number}, {LIGHT}",
        "description": f"Teksten er {LIGHT}.",
    }
    by: Person = jira.people[rng.choice((SECRET, "kim"))]
    ticket = in_jira.create(jira, by, fields, ())
    in_jira.add_comment(jira, jira.people["ida"], ticket, f"Jeg er {LIGHT}")
    for place in rng.sample(PLACES, rng.randint(1, 6)):
        place(jira, ticket, rng)
    if rng.random() < 0.1:
        a_security_level(jira, ticket, rng)
    return ticket


def a_pair(at: Office, people: People, number: int, rng: random.Random) -> Pair:
    """A ticket that goes with an issue, which says the same, nothing or something else."""
    with at.jira.lock:
        ticket = a_ticket(at.jira, number, rng)
    repository = at.github.repositories[101]
    ida = at.github.account("ida")
    assert ida is not None
    title = rng.choice((f"Sag {number}, {LIGHT}", f"Et andet navn {number}"))
    body = rng.choice(("", f"Teksten er {LIGHT}.", "En anden tekst"))
    made = on_github.open_issue(at.github, repository, ida, title, body)
    pair = Pair(Subject(101, made.number, REPOSITORY))
    link_ticket(at.here.database, pair.subject.key, str(ticket.id), ticket.key, at.at)
    if rng.random() < 0.3:
        people.comment(pair, "github", "Her på GitHub ser alle med")
    if rng.random() < 0.3:
        people.comment(pair, "github", rng.choice(ASKED))
    return pair


def asked_for(ticket: Issue, rng: random.Random) -> str:
    """What a person asks for who thinks that a secret would do no harm."""
    if ticket.level and rng.random() < 0.5:
        field = rng.choice(("title", "description", "status", "labels"))
        return rng.choice((f"/os2 jira sync {field} jira", f"/os2 jira release {field}"))
    kept = [one.id for one in ticket.comments if one.role or one.group or one.internal]
    if kept:
        return f"/os2 jira release {rng.choice(kept)}"
    return rng.choice(("/os2 jira sync status jira", "/os2 jira sync assignee jira", "/os2 why"))


@pytest.mark.slow
def test_of_five_hundred_tickets_no_secret_reaches_github(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    rng = random.Random(1707)
    with office(tmp_path, SCENE) as at:
        jira, people = at.jira, People(at)
        at.github.limits.per_hour = 100_000  # or GitHub, asked so much, asks us to wait
        jira.priorities += (f"{SECRET} prioritet",)
        jira.statuses[f"I {SECRET}"] = "indeterminate"
        for one in (CUSTOM, *(Field(name, name, "text") for name in PLAIN)):
            jira.fields[one.id] = one
        project = jira.projects["HEM"]
        project.types += (f"Type {SECRET}",)
        leaked: list[Asked] = []
        at.wire.listener = lambda host, asked: (
            leaked.append(asked) if host == "github.test" and _holds(asked) else None
        )
        pairs = [a_pair(at, people, number, rng) for number in range(TICKETS)]
        for pair in pairs:
            at.sweep(pair)
        for pair in rng.sample(pairs, TICKETS // 10):
            at.at += timedelta(seconds=1)
            people.comment(pair, "github", asked_for(at.linked(pair), rng))
            people.write(pair, "github", "title", "w1")
            at.sweep(pair)
        assert leaked == []
        told = [at.issue(pair) for pair in pairs]
        copies = [c for one in told for c in one.comments if f"Jeg er {LIGHT}" in c.body]
        assert len(copies) == sum(not at.linked(pair).level for pair in pairs)
        assert sum(LIGHT in (one.body or "") for one in told) > TICKETS / 3

        edited: list[int] = []
        closed = rng.sample(pairs, TICKETS // 10)
        for pair in closed:
            at.at += timedelta(seconds=1)
            edited += close(at, people, pair, rng)
            people.comment(pair, "github", rng.choice(ASKED))
            at.sweep(pair)
        assert leaked == []
        left = [one.id for pair in closed for one in copies_of_closed(at, pair)]
        assert left
        assert set(left) <= set(edited), "only what a person edited is still there"
        for pair in closed[:15]:
            at.sweep(pair)
            before = len(at.wire.writes)
            at.sweep(pair)
            assert at.wire.writes[before:] == []
        assert SECRET not in caplog.text.lower()
        assert SECRET not in generate_latest().decode().lower()


def _holds(asked: Asked) -> bool:
    said = repr(replace(asked, body=b"")).lower()
    return SECRET in said or SECRET.encode() in asked.body.lower()
