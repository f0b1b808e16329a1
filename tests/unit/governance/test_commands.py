"""Where a command counts, and who may give it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.governance.commands.given.command import MOST_PER_COMMENT, commands_in
from os2kb.governance.commands.given.pending import (
    accounts_to_look_up,
    memberships_to_look_up,
    pending_questions,
)
from os2kb.governance.commands.given.permission import permitted
from os2kb.governance.commands.given.unanswered import TOO_OLD
from os2kb.governance.decide import decide
from os2kb.governance.facts import Account, Role
from tests.unit.governance.cases import (
    BO,
    IDA,
    NOW,
    OTHER_BOT,
    POLICY,
    SELF,
    comment,
    issue,
    plan,
    policy,
    receipt,
)


def words(body: str) -> list[tuple[str, str]]:
    return [(command.word, command.text) for command in commands_in(comment(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("/os2 help", [("help", "")]),
        ("  /os2 help", [("help", "")]),
        ("/OS2 Help", [("help", "")]),
        ("/os2", [("help", "")]),
        ("/os2 Hjælp", [("help", "")]),
        ("Hej\n/os2 why\nTak", [("why", "")]),
        ("/os2 ask Hvem godkender?", [("ask", "Hvem godkender?")]),
        ("/os2 ask\nHvem godkender\nnye ønsker?", [("ask", "Hvem godkender nye ønsker?")]),
        ("/os2 ask\n/os2 why", [("ask", ""), ("why", "")]),
        ("/os2 ask Hvad gør `docker compose`?", [("ask", "Hvad gør `docker compose`?")]),
        ("/os2 ask Hvad er **sikker** [drift](https://a.dk)?", [("ask", "Hvad er sikker drift?")]),
        ("/os2 launch now", [("launch", "now")]),
        ("/os2 help\r\n\r\n/os2 why", [("help", ""), ("why", "")]),
        ("<details>\n\n/os2 help\n\n</details>", [("help", "")]),
    ],
)
def test_a_command_stands_first_on_a_line(body: str, expected: list[tuple[str, str]]) -> None:
    assert words(body) == expected


@pytest.mark.parametrize(
    "body", ["\\/os2 undo", "**/os2 undo**", "_/os2 undo_", "[/os2](x) undo", "<b>/os2 undo</b>"]
)
def test_who_marks_a_command_up_only_tells_of_it(body: str) -> None:
    assert words(f"Skriv bare\n{body}") == []
    assert words(f"{body}\n\n/os2 why") == [("why", "")]


@pytest.mark.parametrize(
    "body",
    [
        "Skriv /os2 help",
        "/os2help",
        "os2 help",
        "`/os2 help`",
        "`begynd her\n/os2 help\nog slut`",
        "```\n/os2 help\n```",
        "~~~\n/os2 help",
        "    /os2 help",
        "> /os2 help",
        "> citat\n/os2 help",  # a lazy continuation is part of the quote
        "- /os2 help",
        "1. /os2 help",
        "# /os2 help",
        "<!-- \n/os2 help\n-->",
        "<div>\n/os2 help\n</div>",
        "| a |\n|---|\n| /os2 help |",
        "\\/os2 help"[1:].replace("/", "\u2044"),
        "",
    ],
)
def test_a_command_elsewhere_is_talk(body: str) -> None:
    assert words(body) == []


def test_bots_and_we_ourselves_give_no_commands() -> None:
    assert commands_in(comment("/os2 help", author=OTHER_BOT)) == ()
    assert commands_in(comment("/os2 help", author=SELF)) == ()


def test_an_edited_comment_gives_no_command() -> None:
    assert commands_in(comment("/os2 help", edited=True)) == ()


def test_a_comment_gives_a_few_commands_at_most() -> None:
    assert len(words("/os2 help\n" * 50)) == MOST_PER_COMMENT


@given(st.text(max_size=200))
@example("/os2 ask \ud800\0\u202e🎉")
@example("/os2 ask " + "*" * 500)
def test_any_comment_can_be_read(body: str) -> None:
    for command in commands_in(comment(body)):
        assert "\n" not in command.text


@pytest.mark.parametrize("body", ["[" * 65_000, "*a " * 20_000, "> " * 30_000, "a`" * 30_000])
@pytest.mark.timeout(60)
def test_hostile_comments_do_not_hang(body: str) -> None:
    commands_in(comment(body + "\n\n/os2 help"))


@pytest.mark.parametrize(
    ("who", "login", "role", "allowed"),
    [
        ("anyone", "ida", Role.NONE, True),
        ("author", "ida", Role.NONE, True),
        ("author", "IDA", Role.NONE, True),
        ("author", "bo", Role.ADMIN, False),
        ("triage", "bo", Role.TRIAGE, True),
        ("triage", "bo", Role.ADMIN, True),
        ("triage", "bo", Role.READ, False),
        ("maintain", "bo", Role.WRITE, False),
        ("'@bo'", "Bo", Role.NONE, True),
        ("'@bo'", "ida", Role.ADMIN, False),
        ("[author, maintain]", "ida", Role.NONE, True),
        ("[author, maintain]", "bo", Role.MAINTAIN, True),
        ("'@os2demo/koordination'", "koordination", Role.ADMIN, False),
        ("'@os2demo/koordination'", "bo", Role.ADMIN, False),
        ("'@os2demo/Koordination'", "Kim", Role.NONE, True),
        ("coordinator", "Ida", Role.NONE, True),
        ("coordinator", "bo", Role.ADMIN, False),
    ],
)
def test_the_policy_says_who_may(who: str, login: str, role: Role, allowed: bool) -> None:
    asked = comment("/os2 why", author=Account(login))
    teams = {"kim": frozenset({"os2demo/koordination"})}
    facts = issue(comments=(asked,), roles={login.lower(): role}, teams=teams)
    (command,) = commands_in(asked)
    by = policy(f"people: {{coordinators: [ida]}}\ncommands: {{why: {who}}}")
    assert permitted(command, facts, by) is allowed


def test_roles_are_looked_up_only_where_they_decide() -> None:
    facts = issue(
        comments=(
            comment("/os2 help", 1, IDA),
            comment("/os2 why", 2, BO),
            comment("/os2 why", 3, BO),
            comment("/os2 launch", 4, Account("kim")),
            comment("Tak", 5, Account("kim")),
        )
    )
    assert accounts_to_look_up(facts, POLICY, NOW) == ("ida",)  # what help lists
    observing = policy("commands: {why: triage}")
    assert accounts_to_look_up(facts, observing, NOW) == ("ida", "bo")
    assert accounts_to_look_up(facts, policy("commands: {ask: triage}"), NOW) == ("ida",)
    assert accounts_to_look_up(facts, policy("commands: {why: author}"), NOW) == ()


def test_teams_are_looked_up_only_where_they_decide() -> None:
    by = policy("commands: {why: ['@os2demo/Koordination', maintain]}")
    facts = issue(comments=(comment("/os2 why", 2, BO), comment("/os2 help", 3, IDA)))
    team = "os2demo/koordination"
    assert memberships_to_look_up(facts, by, NOW) == (("bo", team), ("ida", team))
    maintains = replace(facts, roles={"bo": Role.MAINTAIN, "ida": Role.ADMIN})
    assert memberships_to_look_up(maintains, by, NOW) == ()


def test_a_question_is_pending_until_it_is_answered() -> None:
    asked = comment("/os2 ask Hvem godkender?", 5)
    assert pending_questions(issue(comments=(asked,)), POLICY, NOW) == ((5, "Hvem godkender?"),)
    ours = comment("<!-- os2kb:reply:5 -->\nBo.", 6, SELF)
    assert pending_questions(issue(comments=(asked, ours)), POLICY, NOW) == ()
    written = issue(comments=(asked,), receipts=(receipt("comment:reply:5"),))
    assert pending_questions(written, POLICY, NOW) == ()
    planned = issue(comments=(asked,), receipts=(receipt("comment:reply:5", state="planned"),))
    assert pending_questions(planned, POLICY, NOW) == ((5, "Hvem godkender?"),)


def test_a_marker_in_anybody_elses_comment_settles_nothing() -> None:
    asked = comment("/os2 ask Hvem godkender?", 5)
    forged = comment("<!-- os2kb:reply:5 -->", 6, IDA)
    bot = comment("<!-- os2kb:reply:5 -->", 7, OTHER_BOT)
    assert pending_questions(issue(comments=(asked, forged, bot)), POLICY, NOW) != ()


def test_only_the_first_question_of_a_comment_is_asked() -> None:
    asked = comment("/os2 ask\n\n/os2 ask Et?\n/os2 ask To?", 5)
    assert pending_questions(issue(comments=(asked,)), POLICY, NOW) == ((5, "Et?"),)


def test_nobody_asks_where_the_policy_says_no() -> None:
    facts = issue(comments=(comment("/os2 ask Hvem?", author=BO),))
    assert pending_questions(facts, policy("commands: {ask: author}"), NOW) == ()


def test_nothing_is_asked_from_a_text_that_reports_a_vulnerability() -> None:
    asked = comment("/os2 ask Hvem retter det?")
    assert pending_questions(issue("XSS i søgefeltet", comments=(asked,)), POLICY, NOW) == ()


def test_a_command_that_has_grown_old_is_left_alone() -> None:
    asked = comment("/os2 ask Hvem godkender?", number=5)
    facts = issue(comments=(asked,))
    assert pending_questions(facts, POLICY, asked.created_at + TOO_OLD) == ()
    before = asked.created_at + TOO_OLD - timedelta(seconds=1)
    assert pending_questions(facts, POLICY, before) == ((5, "Hvem godkender?"),)

    helped = comment("/os2 help")
    answered = issue(comments=(helped,))
    assert "comment:reply:77" in {action.key for action in plan(answered).actions}
    later = decide(answered, POLICY, "act", helped.created_at + TOO_OLD)
    assert "comment:reply:77" not in {action.key for action in later.actions}
