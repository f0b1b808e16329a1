"""Messages that are under way, spelled twice, or found late: each is one, and holds up no other."""

from dataclasses import replace

from os2kb.governance.facts import Role
from os2kb.governance.ledger.marks import NOT_CALLED_FOR
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.cases import NOW, SELF, comment
from tests.unit.governance.escalation.at_work import (
    KIM,
    MAY_ESCALATE,
    THERE,
    Desk,
    fault,
    messages,
    model,
    reply,
)


def test_a_mailbox_that_is_spelled_in_two_ways_gets_one_mail() -> None:
    twice = ('["@os2demo/drift"]', '["mailto:Drift@os2.example", "mailto:drift@OS2.example"]')
    (told,) = messages(Desk(fault("kritisk"), model(twice)).plan("2 10.05"))
    assert told.to == ("mailto:Drift@os2.example",)


def test_a_mention_that_shows_late_was_made_also_where_it_was_no_longer_called_for() -> None:
    """The forge did not list it yet when we looked again, and the quiet hours had begun."""
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    given_up = Receipt(told.key, "skipped", told.because, NOW, told.content, note=NOT_CALLED_FOR)
    made = comment(told.body, 500, SELF)
    desk.facts = replace(desk.facts, receipts=(given_up,), comments=(made,))
    assert messages(desk.plan("2 10.06")) == []


def test_what_is_done_while_a_message_waits_is_a_plan_of_its_own() -> None:
    """So that `/os2 undo` takes back what was done last, and nothing from before."""
    waits = Receipt("tell:zulip:a/b", "planned", "severity", NOW, "zulip:a/b", plan=3)
    assert next_plan([waits]) == 4
    assert next_plan([waits, replace(waits, action="label:add:Bug")]) == 3


def test_a_command_says_so_where_everybody_on_the_rung_knows() -> None:
    kim_alone = ('["@os2demo/koordination", "@kim"]', '["@kim"]')
    desk = Desk(fault("kritisk", roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE, kim_alone))
    desk.look("2 12.00")  # nobody answered, so kim was told
    desk.comment("/os2 escalate", KIM, "2 12.10", number=900)
    assert messages(desk.look("2 12.11")) == []
    assert "Trin 3 af 4, koordinationsgruppe, er nået, og alle på det har fået" in reply(desk)
    assert "@kim" not in reply(desk)


def test_a_command_names_whoever_is_still_to_be_told_and_says_who_hears_it_tomorrow() -> None:
    desk = Desk(fault("kritisk", roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("2 12.00")
    desk.comment("/os2 escalate", KIM, "2 12.10", number=900)
    desk.facts = replace(desk.facts, messages={"@os2demo/koordination": 10})
    assert messages(desk.look("2 12.11")) == []
    assert "får besked: `@os2demo/koordination`." in reply(desk)
    assert "`@os2demo/koordination` har fået dagens beskeder og hører det i morgen." in reply(desk)


def test_of_a_private_repository_no_mailbox_is_told_that_everybody_can_read_it() -> None:
    mailbox = 'security: {notify: ["mailto:sikkerhed@os2.example", "mailto:Sikkerhed@os2.example"]}'
    policy = model(("  severities:", f"  {mailbox}\n  severities:"))
    private = replace(THERE, private=True)
    desk = Desk(fault("kritisk", repository=private, labels=("It-sikkerhed",)), policy)
    (told,) = messages(desk.look("2 10.05"))
    assert told.body.startswith("Det er mærket som en mulig sårbarhed:\n")
    assert messages(desk.plan("2 10.06")) == []
