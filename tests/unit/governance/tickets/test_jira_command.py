"""`/os2 jira link` and `create`: what is linked, what is said, and how it is taken back."""

from dataclasses import replace

import pytest

from os2kb.governance.actions import CreateTicket, LinkTicket, SetField
from os2kb.governance.commands.given.pending import accounts_to_look_up, tickets_named
from os2kb.governance.commands.jira import ticket_key
from os2kb.governance.facts import Account, Facts, Role
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.ticket import LinkedTicket, NamedTicket
from os2kb.phrases import Phrase
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import NOW, comment, issue, policy, pull
from tests.unit.governance.escalation.at_work import Desk, fault, reply
from tests.unit.governance.tickets.tickets import set_now, ticket, tracked

KIM = Account("kim")
POLICY = policy("mode: act\njira: {project: DEMO, type: Fejl}\n")
THERE = {"DEMO-7": NamedTicket(ticket())}


def asked(text: str, facts: Facts | None = None, **more: object) -> Desk:
    """An issue on which kim, who may, gives a command."""
    facts = facts or issue()
    said = comment(f"/os2 {text}", 900, KIM)
    roles = {"kim": Role.MAINTAIN}
    known = {"comments": (*facts.comments, said), "roles": roles, "named_tickets": THERE, **more}
    return Desk(replace(facts, **known), POLICY)  # type: ignore[arg-type]


def done(at_work: Desk) -> list[LinkTicket | CreateTicket]:
    plan = at_work.look(NOW)
    return [one for one in plan.writes() if isinstance(one, LinkTicket | CreateTicket)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("link DEMO-7", "DEMO-7"),
        ("link demo-7 fordi det er den", "DEMO-7"),
        ("knyt https://jira.example/browse/DEMO-7", "DEMO-7"),
        ("LINK DEMO-7.", "DEMO-7"),
        ("link", ""),
        ("link DEMO7", ""),
        ("link DEMO-0", ""),
        ("link DEMO-7/../../x", ""),
        ("link ../DEMO-7\0", ""),
        ("create DEMO-7", ""),
        ("", ""),
    ],
)
def test_the_key_is_read_as_people_write_it(text: str, key: str) -> None:
    assert ticket_key(text) == key


def test_a_ticket_is_linked_once_and_shown_in_reply_and_status() -> None:
    at_work = asked("jira link DEMO-7")
    assert done(at_work) == [LinkTicket("DEMO-7", because="/os2 jira")]
    said = "Issuet følges nu med [DEMO-7](https://jira.example/browse/DEMO-7) i Jira."
    assert said in reply(at_work)
    assert "Issuet følges med [DEMO-7]" in at_work.status
    assert done(at_work) == []


def test_only_whom_the_policy_names_may_and_only_their_tickets_are_read() -> None:
    at_work = asked("jira link DEMO-7", roles={"kim": Role.TRIAGE})
    assert accounts_to_look_up(at_work.facts, POLICY, NOW) == ("kim",)
    assert tickets_named(at_work.facts, POLICY, NOW) == ()
    assert done(at_work) == []
    assert "kan du ikke bruge her" in reply(at_work)
    allowed = asked("jira link DEMO-7")
    assert tickets_named(allowed.facts, POLICY, NOW) == ("DEMO-7",)


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({}, "Jira har ingen ticket `DEMO-7`"),
        ({"DEMO-7": NamedTicket()}, "Jira har ingen ticket `DEMO-7`"),
        (
            {"DEMO-7": NamedTicket(unread=Phrase("Jira svarede 503", "Jira answered 503"))},
            "Jeg kan ikke læse `DEMO-7` nu (Jira svarede 503). Skriv kommandoen igen om lidt.",
        ),
        (
            {"DEMO-7": NamedTicket(ticket(project="ANDET"))},
            "`DEMO-7` hører ikke til projektet `DEMO`",
        ),
        ({"DEMO-7": NamedTicket(ticket(), linked_to="github:7#1")}, "med et andet issue"),
    ],
)
def test_what_cannot_be_linked_is_said_with_the_reason(
    named: dict[str, NamedTicket], says: str
) -> None:
    at_work = asked("jira link DEMO-7", named_tickets=named)
    assert done(at_work) == []
    assert says in reply(at_work)


def test_whether_a_ticket_of_another_project_is_there_is_neither_asked_nor_told() -> None:
    for named in ({}, {"LOEN-7": NamedTicket(ticket(project="LOEN"))}):
        at_work = asked("jira link LOEN-7", named_tickets=named)
        assert tickets_named(at_work.facts, POLICY, NOW) == ()
        assert done(at_work) == []
        assert "`LOEN-7` hører ikke til projektet `DEMO`" in reply(at_work)


def test_an_issue_has_one_ticket() -> None:
    at_work = asked("jira link DEMO-7")
    done(at_work)
    for number, text in ((901, "jira link DEMO-8"), (902, "jira create")):
        at_work.facts = replace(
            at_work.facts,
            comments=(*at_work.facts.comments, comment(f"/os2 {text}", number, KIM)),
        )
        assert done(at_work) == []
        assert "allerede med [DEMO-7]" in reply(at_work, number)


def test_a_ticket_is_created_with_the_title_and_nothing_else_of_the_text() -> None:
    at_work = asked("jira create", issue("Alle *skærme* er sorte", "Se billedet"))
    (made,) = done(at_work)
    assert made == CreateTicket("DEMO", "Fejl", "Alle *skærme* er sorte", because="/os2 jira")
    assert CreateTicket.read("DEMO", made.content, "/os2 jira") == made
    filled = replace(made, given=(("Årsag", 'Fejl "i" drift'), ("Fase", "1")))
    assert CreateTicket.read("DEMO", filled.content, "/os2 jira") == filled
    assert "Jeg opretter en ticket i `DEMO`" in reply(at_work)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (issue("CPR 010190-1234 virker ikke"), "personoplysninger eller en hemmelighed"),
        (
            issue("Sårbarhed: SQL-injection i login", "Man kan læse alle brugeres kodeord."),
            "ligner en anmeldelse af en sårbarhed",
        ),
        (pull(), "Kun et issue kan følges med en ticket"),
    ],
)
def test_what_must_not_leave_is_not_sent_to_jira(facts: Facts, says: str) -> None:
    at_work = asked("jira create", facts)
    assert done(at_work) == []
    assert says in reply(at_work)


def test_without_a_section_and_without_a_word_it_says_what_to_write() -> None:
    at_work = asked("jira create")
    at_work.policy = policy("mode: act\n")
    assert done(at_work) == []
    assert "intet afsnit `jira`" in reply(at_work)
    usage = asked("jira slet DEMO-7")
    assert done(usage) == []
    assert "`/os2 jira link DEMO-7`" in reply(usage)


def test_linked_and_set_are_taken_back_together() -> None:
    at_work = asked("jira link DEMO-7", fault("kritisk"))
    at_work.policy = tracked(("mode: act", "mode: act\ncommands: {undo: [maintain]}"))
    plan = at_work.look(NOW)
    assert [type(one) for one in plan.writes() if isinstance(one, LinkTicket | SetField)] == [
        LinkTicket,
        SetField,
        SetField,
    ]
    undo = replace(
        at_work.facts, comments=(*at_work.facts.comments, comment("/os2 undo", 901, KIM))
    )
    at_work.facts = undo
    at_work.look(NOW)
    assert at_work.facts.ticket is None
    said = reply(at_work, 901)
    assert "`DEMO-7` følger ikke issuet mere" in said
    assert "feltet `priority` i Jira er, som det var før" in said


def test_a_field_that_was_taken_back_is_not_set_to_the_same_again() -> None:
    at_work = asked("undo", fault("kritisk"), ticket=None)
    at_work.policy = tracked()
    quiet = replace(at_work.facts, comments=())
    linked = applied(quiet, (LinkTicket("DEMO-7", because="/os2 jira"),))
    before = Desk(linked, at_work.policy)
    assert [name for name, _ in set_now(before.look(NOW))] == ["priority", "due"]
    before.facts = replace(before.facts, comments=(*before.facts.comments, *at_work.facts.comments))
    assert set_now(before.look(NOW)) == []
    assert before.facts.ticket is not None
    assert before.facts.ticket.ticket is not None
    assert before.facts.ticket.ticket.value("priority") == "Medium"
    assert set_now(before.look(NOW)) == []


def test_why_tells_of_the_ticket_and_repeats_nothing_that_stands_in_it() -> None:
    there = NamedTicket(replace(ticket(due="2026-04-01"), chosen=frozenset({"due"})))
    at_work = asked("jira link DEMO-7", fault("kritisk"), named_tickets={"DEMO-7": there})
    at_work.policy = tracked()
    at_work.look(NOW)
    at_work.facts = replace(
        at_work.facts, comments=(*at_work.facts.comments, comment("/os2 why", 901, KIM))
    )
    at_work.look(NOW)
    said = reply(at_work, 901)
    assert "Feltet `priority` er `Highest`, som det skal være." in said
    assert "Feltet `due` skulle være `2026-03-05`, men nogen har valgt noget andet" in said
    assert "2026-04-01" not in said


def test_a_ticket_that_is_gone_makes_room_for_another() -> None:
    lost = LinkedTicket("10003", "DEMO-3", "", unread=Phrase("væk", "gone"), is_gone=True)
    assert done(asked("jira link DEMO-7", ticket=lost)) == [
        LinkTicket("DEMO-7", because="/os2 jira")
    ]
    assert done(asked("jira link DEMO-3", ticket=lost)) == []
    silent = replace(lost, is_gone=False, may_come=True)
    assert done(asked("jira link DEMO-7", ticket=silent)) == []


def test_why_says_that_a_ticket_was_refused_and_not_in_whose_words() -> None:
    at_work = asked("why")
    no = Receipt(
        "ticket:create:DEMO", "skipped", "/os2 jira", NOW, "Fejl\nx", note="Kundenr. er påkrævet"
    )
    at_work.facts = replace(at_work.facts, receipts=(no,))
    at_work.look(NOW)
    assert "Jira afviste at oprette eller knytte en ticket" in reply(at_work)
    assert "Kundenr" not in reply(at_work)
