"""What both sides changed is asked about in one comment, edited in place."""

from dataclasses import replace
from typing import Any

import pytest

from os2kb.backlog.comments import Copy
from os2kb.governance.actions import PutComment, ShowSync
from os2kb.governance.comments.conflict import conflict_note
from os2kb.governance.facts import Account
from os2kb.governance.ledger.marks import ALREADY_SO
from os2kb.governance.tickets.sync import sync_actions
from tests.unit.governance.cases import SELF, comment
from tests.unit.governance.tickets.in_step import Both, agreeing, rules, said_in_jira


def notes(it: Both) -> list[str]:
    return [one.body for one in conflict_note(it.facts, it.look())]


def torn() -> Both:
    return agreeing().issue(title="Login er *nede* @ida").ticket(summary="Alt er <b>nede</b>")


def test_both_values_and_two_commands_are_shown_and_none_of_it_does_anything():
    (body,) = notes(torn())
    assert body.startswith("<!-- os2kb:conflict -->\n")
    assert "- GitHub: Login er \\*nede\\* @<!-- -->ida" in body
    assert "- Jira: Alt er &lt;b&gt;nede&lt;/b&gt;" in body
    assert "`/os2 jira sync title github` eller `/os2 jira sync title jira`" in body


def test_what_must_not_leave_jira_is_not_shown_and_cannot_be_chosen():
    it = agreeing(rules(("public: [title, ", "public: [")))
    (body,) = notes(it.issue(title="Her").ticket(summary="Hemmeligt"))
    assert "Hemmeligt" not in body
    assert "sync title jira" not in body
    assert "`jira.public` ikke tillader det" in body


def test_it_is_written_once_and_says_when_it_is_settled():
    it = torn()
    (body,) = notes(it)
    it.note(PutComment("conflict", body, because="jira")).issue(comments=(comment(body, 80, SELF),))
    assert notes(it) == []
    it.ticket(summary=it.facts.title)
    (settled,) = notes(it)
    assert "er afklaret" in settled
    it.note(PutComment("conflict", settled, because="jira")).issue(
        comments=(comment(settled, 80, SELF),)
    )
    assert notes(it) == []


def test_one_that_a_person_deleted_comes_again_only_for_other_values():
    it = torn()
    (body,) = notes(it)
    it.note(PutComment("conflict", body, because="jira"))
    assert notes(it) == []
    assert len(notes(it.ticket(summary="Noget tredje"))) == 1


def test_one_that_a_person_edited_stays_as_it_is():
    it = torn()
    (body,) = notes(it)
    edited = replace(comment(body + "Se her", 80, SELF), id=80)
    it.note(PutComment("conflict", body, because="jira")).issue(comments=(edited,))
    assert notes(it.ticket(summary="Noget tredje")) == []


def test_a_comment_and_its_copy_are_asked_about_as_well():
    here = comment("<!-- os2kb:copy:jira:5 -->\n[Fra Jira](<https://x.dk>):\n\nRettet", 80, SELF)
    it = agreeing().issue(comments=(here,)).ticket(comments=(said_in_jira(5, "Nyt"),))
    assert it.facts.ticket is not None
    known = {"jira": (Copy("5", "80", "Før"),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, copies=known))  # type: ignore[arg-type]
    (body,) = notes(it)
    assert "kommentaren 5 og dens kopi" in body
    assert "`/os2 jira sync 5 jira` eller `/os2 jira sync 5 github`" in body


@pytest.mark.parametrize(
    ("public", "comment_says", "ticket_says"),
    [
        ([("severity, comments]", "severity]")], {}, {}),
        ([], {"restricted_to": "Administrators"}, {}),
        ([], {"internal": True}, {}),
        ([], {"body": "*kim* [x|https://x.dk]:\n\nHemmeligt om 010190-1234"}, {}),
        ([], {}, {"security_level": "Kun os"}),
    ],
)
def test_what_people_in_jira_made_of_a_copy_is_not_shown_where_it_must_not_leave(
    public: list[tuple[str, str]], comment_says: dict[str, Any], ticket_says: dict[str, Any]
):
    there = said_in_jira(9, "*kim* [x|https://x.dk]:\n\nHemmeligt", ours=True)
    there = replace(there, copy_of="copy:github:77", **comment_says)
    it = agreeing(rules(*public)).issue(comments=(comment("Nyt", 77, Account("kim")),))
    it.ticket(comments=(there,), **ticket_says)
    assert it.facts.ticket is not None
    known = {"github": (Copy("77", "9", "Før"),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, copies=known))  # type: ignore[arg-type]
    (body,) = notes(it)
    assert "- GitHub: Nyt" in body
    assert "Hemmeligt" not in body
    assert "`/os2 jira sync 77 github`" in body


def test_the_ticket_shows_what_does_not_go_along_and_later_that_all_of_it_does():
    def shown(it: Both) -> list[ShowSync]:
        return [
            one for one in sync_actions(it.facts, it.policy, it.look()) if isinstance(one, ShowSync)
        ]

    assert shown(agreeing()) == []
    it = torn()
    (show,) = shown(it)
    assert show.said == "Følger ikke med: titlen (ændret på begge sider)."
    assert shown(it.note(show)) == []
    assert shown(torn().note(show, "skipped", ALREADY_SO)) == [], "a person took the link off"
    (again,) = shown(it.ticket(summary=it.facts.title))
    assert again.said == "Følges med GitHub."
