"""Nothing leaves Jira but what is allowed by name, seen by everybody, and harmless."""

import dataclasses
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.backlog.comments import merge_comments
from os2kb.backlog.leaving import (
    Door,
    FullTicket,
    Leaving,
    TicketComment,
    flagged,
    leaving,
    mark_of,
)
from os2kb.backlog.markup.convert import WIKI, comparable
from os2kb.backlog.merge import Rules, merge, writes
from os2kb.backlog.sides import Said, Value, Values, nothing
from os2kb.backlog.stays import WHY, Reason
from os2kb.policy.sections.jira import FieldName

NAMES: tuple[FieldName, ...] = get_args(FieldName)
FIELDS = tuple(name for name in NAMES if name != "comments")
EVERYTHING = Door(frozenset(NAMES))


def stays(found: Leaving) -> dict[str, Reason]:
    return {one.what: one.why for one in found.stays}


def seen(found: Leaving) -> list[str]:
    return [one.text for one in found.comments if one.open and not one.held]


def test_without_a_name_in_the_policy_nothing_leaves() -> None:
    ticket = FullTicket({"title": "a", "status": "open"}, (TicketComment("1", "b"),))
    found = leaving(ticket, Door())
    assert (found.shown, seen(found)) == ({}, [])
    assert set(stays(found).values()) == {"not-named"}


def test_what_is_named_leaves() -> None:
    values = {"description": "**fed**", "labels": frozenset({"Bug"})}
    found = leaving(FullTicket(values, (TicketComment("1", "b"),)), EVERYTHING)
    assert (found.shown, seen(found), found.stays) == (values, ["b"], ())


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        (TicketComment("1", "x", restricted_to="Administrators"), "restricted"),
        (TicketComment("1", "x", internal=True), "internal"),
        (TicketComment("1", "x", restricted_to="Alle", internal=True), "internal"),
        (TicketComment("1", "ring 20 30 40 50"), "personal"),
    ],
)
def test_a_comment_that_not_everybody_sees_stays(comment: TicketComment, why: Reason) -> None:
    door = dataclasses.replace(EVERYTHING, audience=frozenset({"Alle"}))
    found = leaving(FullTicket({}, (comment,)), door)
    assert (seen(found), stays(found)) == ([], {"1": why})
    assert [one.text for one in found.comments] == [""]


def test_a_ticket_with_a_security_level_stays_whole_but_for_levels_that_keep_nobody_out() -> None:
    ticket = FullTicket({"status": "open"}, (TicketComment("1", "x"),), security_level="Intern")
    assert set(stays(leaving(ticket, EVERYTHING)).values()) == {"restricted"}
    door = dataclasses.replace(EVERYTHING, audience=frozenset({"Intern"}))
    assert stays(leaving(ticket, door)) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Borger 010190-1234", "personal"),
        ("Borger 0101**90**-1234", "personal"),
        ("skriv til ida.jensen@gmail.com", "personal"),
        ("tlf. 20304050", "personal"),
        ("kodeord: hemmelig123", "personal"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "personal"),
        ("Der er et **sikkerhedshul** i login: man kan omgå login", "security"),
    ],
)
def test_what_would_do_harm_is_held_without_being_repeated(text: str, why: Reason) -> None:
    found = leaving(FullTicket({"description": text}), EVERYTHING)
    assert stays(found) == {"description": why}
    assert found.held == {"description"}
    assert found.shown == {}


def test_of_a_text_that_may_not_leave_at_all_nobody_is_told_that_it_would_be_held() -> None:
    ticket = FullTicket({"description": "tlf. 20304050"})
    unnamed = leaving(ticket, Door())
    assert (unnamed.held, stays(unnamed)) == (set(), {"description": "not-named"})
    closed = leaving(dataclasses.replace(ticket, security_level="Intern"), EVERYTHING)
    assert (closed.held, stays(closed)) == (set(), {"description": "restricted"})


def test_a_person_releases_exactly_one_text() -> None:
    text = "tlf. 20304050"
    door = dataclasses.replace(EVERYTHING, released=frozenset({mark_of(text)}))
    assert leaving(FullTicket({"description": text}), door).shown == {"description": text}
    more = FullTicket({"description": f"{text} og 20304051"})
    assert leaving(more, door).held == {"description"}


def test_a_release_lets_no_name_of_a_person_out_of_a_field_of_words() -> None:
    ticket = FullTicket({"assignee": "ida.jensen@gmail.com"})
    door = dataclasses.replace(EVERYTHING, released=frozenset({mark_of("ida.jensen@gmail.com")}))
    assert stays(leaving(ticket, door)) == {"assignee": "personal"}


def test_a_harmless_text_is_not_flagged() -> None:
    assert flagged("Ret visning", "Vi skal rette visningen i kalenderen. Se kontakt@os2.eu") is None
    assert all(said.da and said.en for said in WHY.values())


SECRET = st.integers(0, 10**6).map("hemmelig-{}-slut".format)
HARMFUL = SECRET.map("Ring til {} på tlf. 20304050".format)
# Wiki text with a secret where nobody may see it, or that must not be repeated.
WIKI_TEXT = st.one_of(
    HARMFUL,
    SECRET.map("[^{}.docx]".format),
    SECRET.map("[~{}] så her".format),
    SECRET.map("!{}.png|thumbnail!".format),
    SECRET.map("kodeord: {}1".format),
    SECRET.map("{}@gmail.com".format),
    SECRET.map("{{anchor:{}}} x".format),
)
TEXT = WIKI_TEXT.map(lambda text: comparable(text, WIKI))
COMMENT = st.one_of(
    st.builds(TicketComment, st.just("1"), SECRET, st.sampled_from(("Drift", "jira-users"))),
    st.builds(TicketComment, st.just("2"), SECRET, st.just(""), st.just(True)),
    st.builds(TicketComment, st.just("3"), TEXT),
)


@st.composite
def tickets(draw: st.DrawFn) -> tuple[FullTicket, frozenset[FieldName]]:
    """A ticket with a secret in every private place, and the fields that a Policy lets out."""
    public = draw(st.frozensets(st.sampled_from(("status", "comments", "description", "title"))))
    values: dict[FieldName, Value] = {"status": "open", "title": draw(HARMFUL)}
    values["description"] = draw(TEXT)
    values |= {name: draw(SECRET) for name in FIELDS if name not in values}
    values["labels"] = frozenset({draw(SECRET)})
    private = {name: draw(SECRET) for name in ("reporter", "attachment", "customfield_1")}
    level = draw(st.sampled_from(("", "", "Kun leverandør")))
    comments = draw(st.lists(COMMENT, max_size=4, unique_by=lambda one: one.id))
    return FullTicket(values, tuple(comments), level, private), public


@given(tickets(), st.booleans())
def test_no_secret_of_a_private_place_comes_to_github(drawn, issue_is_empty: bool) -> None:
    ticket, public = drawn
    found = leaving(ticket, Door(public))
    assert "hemmelig" not in repr(found)
    issue: Values = {
        name: nothing(name) if issue_is_empty else value for name, value in ticket.values.items()
    }
    rules = Rules(dict.fromkeys(FIELDS, "both"), frozenset(found.shown))
    merged = merge({}, Said(issue), Said(ticket.values, held=found.held), rules)
    copied = merge_comments(found.comments, {}, "both", public="comments" in public)
    to_github = [one for one in writes(merged) if one.side == "github"]
    assert "hemmelig" not in repr((to_github, copied))
