"""What people in Jira close, and what they make of copies, after it was copied to GitHub."""

import random
from collections.abc import Callable

from os2kb.demo.github.world.state import Comment as OnGitHub
from os2kb.demo.jira.world.state import Comment as InJira
from os2kb.demo.jira.world.state import Issue
from tests.service.in_step.office import Office, Pair
from tests.service.in_step.people import People
from tests.service.in_step.scene import FEW

SECRET = "fortielse"
NOBODY = "Direktionen"
"""A role that our account does not have."""
BOT = "os2kb"
Closing = Callable[[Office, People, Pair, random.Random], None]


def a_comment_for_few(at: Office, _: People, pair: Pair, rng: random.Random) -> None:
    """It says something else, too, from that moment on."""
    for one in _theirs(at, pair):
        one.role = rng.choice((FEW, NOBODY))
        one.body = f"Nu kun for os: {SECRET}"


def a_comment_for_agents(at: Office, _: People, pair: Pair, __: random.Random) -> None:
    for one in _theirs(at, pair):
        one.internal, one.body = True, f"h3. Internt\n{SECRET}"


def all_of_it(at: Office, _: People, pair: Pair, rng: random.Random) -> None:
    """The ticket gets a security level, which our account may or may not see."""
    ticket = at.linked(pair)
    ticket.level = rng.choice((FEW, NOBODY))
    held = f"Borgeren {SECRET} har CPR-nummer 0102031235."
    ticket.values["summary"] = rng.choice((f"Om {SECRET}", held))
    ticket.values["description"] = f"*{SECRET}*"
    for one in _theirs(at, pair):
        one.body = f"Om {SECRET}"


def a_comment_that_is_gone(at: Office, _: People, pair: Pair, __: random.Random) -> None:
    ticket = at.linked(pair)
    ticket.comments = [one for one in ticket.comments if one.by.name == BOT]


def our_copies_in_jira(at: Office, _: People, pair: Pair, rng: random.Random) -> None:
    """They edit what we copied there, for everybody or for few; its source may be edited, too."""
    for one in _ours(at.linked(pair)):
        one.role = rng.choice(("", FEW))
        one.body += f"\n\nOg {SECRET if one.role else 'noget til'}"


def a_title_that_is_held(at: Office, _: People, pair: Pair, __: random.Random) -> None:
    at.linked(pair).values["summary"] = f"Ring til {SECRET} på 010203-1235"


CLOSINGS: tuple[Closing, ...] = (
    a_comment_for_few,
    a_comment_for_agents,
    all_of_it,
    a_comment_that_is_gone,
    our_copies_in_jira,
    a_title_that_is_held,
)


def close(at: Office, people: People, pair: Pair, rng: random.Random) -> list[int]:
    """Two of these happen, perhaps after somebody edited copies on GitHub; the ids of those."""
    edited = _copies(at, pair) if rng.random() < 0.3 else []
    for one in edited:
        people.edit_comment(pair, "github", one.id, f"{one.body}\n\nRettet på GitHub")
    with at.jira.lock:
        for closing in rng.sample(CLOSINGS, 2):
            closing(at, people, pair, rng)
    for one in at.issue(pair).comments:
        if one.author.kind != "Bot" and not one.body.startswith("/os2") and rng.random() < 0.5:
            people.edit_comment(pair, "github", one.id, "Rettet på GitHub, hvor alle kan se det")
    return [one.id for one in edited]


def copies_of_closed(at: Office, pair: Pair) -> list[OnGitHub]:
    """Our copies on the issue of what is not for everybody in Jira by now."""
    ticket = at.linked(pair)
    for_all = {
        one.id
        for one in ticket.comments
        if not (one.role or one.group or one.internal or ticket.level)
    }
    return [one for one in _copies(at, pair) if int(_source(one)) not in for_all]


def _copies(at: Office, pair: Pair) -> list[OnGitHub]:
    return [one for one in at.issue(pair).comments if one.body.startswith("<!-- os2kb:copy:jira:")]


def _source(one: OnGitHub) -> str:
    return one.body.removeprefix("<!-- os2kb:copy:jira:").partition(" ")[0]


def _theirs(at: Office, pair: Pair) -> list[InJira]:
    copied = {_source(one) for one in _copies(at, pair)}
    return [one for one in at.linked(pair).comments if str(one.id) in copied]


def _ours(ticket: Issue) -> list[InJira]:
    return [one for one in ticket.comments if one.by.name == BOT]
