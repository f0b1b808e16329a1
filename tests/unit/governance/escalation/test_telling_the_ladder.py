"""Who is told of a fault: each once, at the right rung, and nobody in vain."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.facts import Role
from os2kb.governance.ledger.marks import own_comment
from os2kb.governance.plan import Plan, Tell
from os2kb.governance.receipts import Receipt
from os2kb.governance.telling import STALE
from os2kb.policy.policy import Policy
from tests.examples import examples
from tests.unit.governance.cases import NOW, OTHER_BOT, SELF, START, comment, pull
from tests.unit.governance.escalation.at_work import (
    ADOPTED,
    BO,
    KIM,
    Desk,
    fault,
    form,
    minutes,
    model,
    moment,
)

DRIFT, BOARD = "@os2demo/drift", "zulip:OS2demo/styregruppe"
EVERYBODY = ("@os2demo/drift", "@kim", "@os2demo/koordination", BOARD)
MAY_ESCALATE = ("mode: act", "mode: act\ncommands: {escalate: [triage]}")


def whom(plan: Plan) -> list[tuple[str, ...]]:
    """Who is told now, a message each."""
    return [one.to for one in plan.writes() if isinstance(one, Tell)]


def messages(plan: Plan) -> list[Tell]:
    return [one for one in plan.writes() if isinstance(one, Tell)]


def test_each_rung_is_told_when_its_turn_comes_and_once() -> None:
    desk = Desk(fault("kritisk"))
    assert whom(desk.look("2 10.05")) == [(DRIFT,)]
    assert whom(desk.look("2 11.59")) == []
    assert whom(desk.look("2 12.00")) == [("@kim",)]
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination",)]
    assert whom(desk.look("5 10.00")) == []  # the steering group waits for /os2 escalate
    assert "Trin 4, styregruppe, venter på, at nogen skriver /os2 escalate" in desk.status


def test_a_mention_says_why_and_by_when_and_repeats_nothing_of_the_issue() -> None:
    desk = Desk(replace(fault("kritisk"), title="@os2demo/alle **SE HER**"))
    desk.look("2 10.05")
    (told,) = messages(desk.look("2 12.00"))
    assert told.body.split("\n")[:7] == [
        "<!-- os2kb:tell:mention:2 -->",
        "@kim",
        "",
        "Fejlen er kritisk, og der er ikke svaret i tide. Trin 2 af 4 er nået: produktkoordinator.",
        "",
        "- Svar: overskredet mandag den 2. marts kl. 12.00",
        "- Plan: senest tirsdag den 3. marts kl. 10.00",
    ]
    assert "SE HER" not in told.body
    assert told.because == "severity"  # the rule that explains it


def test_after_a_week_of_downtime_everybody_is_told_once_in_one_comment() -> None:
    desk = Desk(fault("kritisk"))
    plan = desk.look("9 10.00")
    assert whom(plan) == [("@os2demo/drift", "@kim", "@os2demo/koordination")]
    assert "ingen plan i tide. Trin 3 af 4" in messages(plan)[0].body
    assert whom(desk.look("9 11.00")) == []


def test_nobody_is_told_by_a_proposal_while_observing_silently_or_of_a_pull_request() -> None:
    assert whom(Desk(fault(), model(status="forslag")).plan("2 12.00")) == []
    watched = Desk(fault(), model(("mode: act", "mode: observe")))
    assert whom(watched.plan("2 12.00")) == []
    assert [one for one in watched.plan("2 12.00").actions if isinstance(one, Tell)]
    assert whom(Desk(fault()).plan("2 12.00", silent=True)) == []
    assert whom(Desk(pull(body=form("kritisk"))).plan("2 12.00")) == []
    assert whom(Desk(fault("")).plan("2 12.00")) == []


@pytest.mark.parametrize("change", [{"open": False}, {"locked": True}])
def test_what_is_closed_or_locked_cancels_what_was_pending(change: dict[str, bool]) -> None:
    plan = Desk(fault("kritisk", **change)).plan("9 10.00")
    assert (whom(plan), plan.wake_at) == ([], None)


def test_who_was_to_be_told_of_a_missing_answer_is_not_once_there_is_one() -> None:
    desk = Desk(fault("kritisk"))
    desk.comment("Vi er på den", BO, "2 12.30")
    assert whom(desk.look("2 12.31")) == []
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination", "@kim")]  # on that rung, too


def test_nobody_is_nagged_while_the_ball_is_elsewhere() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.comment("Hvilken browser?", BO, "2 11.00")
    desk.label("afventer svar", BO, "2 11.01")
    assert whom(desk.look("5 10.00")) == []
    assert desk.plan("5 10.00").wake_at is None
    desk.label("blokeret", BO, "5 10.01")
    assert whom(desk.look("9 10.00")) == []


def test_a_class_that_is_taken_back_cancels_what_waits() -> None:
    desk = Desk(fault("kritisk"))
    desk.label("fejl: mindre", KIM, "2 10.01")
    assert whom(desk.look("2 12.00")) == [(DRIFT,)]
    gone = Desk(fault("kritisk"))
    gone.label("fejl: kritisk", SELF, "2 10.01")
    gone.label("fejl: kritisk", BO, "2 10.02", on=False)
    assert whom(gone.look("9 12.00")) == []


def test_the_ledger_knows_who_was_told_also_where_the_comment_is_deleted() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 12.00")
    desk.facts = replace(desk.facts, comments=())
    assert whom(desk.plan("2 12.01")) == []


def test_one_who_stands_on_two_rungs_is_told_once() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.look("2 12.00")
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination",)]  # kim is on it, too


def test_streams_and_mailboxes_get_a_message_of_their_own_in_plain_text() -> None:
    ways = '["@bo", "zulip:OS2demo/drift", "mailto:drift@os2.example", "jira:priority=Highest"]'
    desk = Desk(fault("kritisk"), model(('["@os2demo/drift"]', ways), ("people:", _JIRA)))
    plan = desk.look("2 10.05")
    assert whom(plan) == [
        ("@bo",),
        ("zulip:OS2demo/drift",),
        ("mailto:drift@os2.example",),
        ("jira:priority=Highest",),
    ]
    mail = messages(plan)[2]
    assert mail.subject == "os2demo/os2demo#42: fejl, kritisk"
    assert mail.body.split("\n")[0] == "Fejlen er kritisk. Trin 1 af 4 er nået: leverandør."
    assert mail.body.split("\n")[-1] == desk.facts.url
    assert whom(desk.look("2 10.06")) == []


_JIRA = "jira: {project: DEMO}\npeople:"


@pytest.mark.parametrize(
    ("severity", "opened", "told_at", "wakes_at"),
    [
        ("mindre", "6 17.00", None, "9 8.00"),  # a Friday after work
        ("mindre", "7 12.00", None, "9 8.00"),
        ("mindre", "9 7.59", None, "9 8.00"),
        ("mindre", "9 8.00", "9 8.00", None),
        ("kritisk", "7 3.00", "7 3.00", None),  # the worst class waits for nobody's sleep
    ],
)
def test_outside_the_working_hours_only_the_worst_class_is_told_of(
    severity: str, opened: str, told_at: str | None, wakes_at: str | None
) -> None:
    at = moment(opened)
    desk = Desk(fault(severity, created_at=at, updated_at=at))
    plan = desk.look(at)
    assert bool(whom(plan)) == bool(told_at)
    if wakes_at:
        assert plan.wake_at == moment(wakes_at)
        assert whom(desk.look(wakes_at)) == [(DRIFT,)]


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("16.59", False), ("17.00", True), ("23.59", True), ("7.29", True), ("7.30", False)],
)
def test_quiet_hours_of_its_own_hold_each_day_over_midnight(clock: str, quiet: bool) -> None:
    own = model(("  hours:", '  quiet_hours: {from: "17:00", to: "07:30"}\n  hours:'))
    at = moment(f"2 {clock}")
    opened = at - timedelta(minutes=1)
    plan = Desk(fault("mindre", created_at=opened, updated_at=opened), own).plan(at)
    # Before work we hold the ball already; whoever is told is told at once.
    assert bool(whom(plan)) is not quiet
    if quiet:
        assert plan.wake_at is not None
        assert plan.wake_at.astimezone(at.tzinfo).strftime("%H:%M") == "07:30"


def test_beyond_the_budget_of_a_day_it_waits_for_the_next_day() -> None:
    full = {"@os2demo/Drift": 10, "@kim": 9}
    desk = Desk(replace(fault("kritisk"), messages=full))
    plan = desk.look("2 12.00")
    assert whom(plan) == [("@kim",)]
    assert plan.wake_at == moment("3 0.00")
    desk.facts = replace(desk.facts, messages={})
    assert whom(desk.look("3 0.00")) == [(DRIFT,)]


def test_nobody_is_told_of_what_was_due_before_the_model_held() -> None:
    held = model(("  hours:", '  from: "2026-03-03"\n  hours:'))
    desk = Desk(fault("kritisk"), held)
    assert whom(desk.look("3 9.00")) == []
    assert "Trin" not in desk.status
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination", "@kim")]


def test_nobody_is_told_of_what_was_reached_long_ago() -> None:
    assert whom(Desk(fault("kritisk")).plan(moment("3 10.00") + STALE)) == []
    assert whom(Desk(fault("kritisk")).plan(moment("2 12.00") + STALE)) == [
        ("@os2demo/koordination", "@kim")
    ]


def test_a_command_tells_the_next_rung_and_says_whom() -> None:
    desk = Desk(replace(fault("kritisk"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate Det haster", KIM, "2 10.10", number=900)
    plan = desk.look("2 10.11")
    assert whom(plan) == [("@kim",)]
    assert "nogen har bedt om denne besked med /os2 escalate" in messages(plan)[0].body
    said = reply(desk, 900)
    assert "Trin 2 af 4, produktkoordinator, får besked: `@kim`." in said
    assert "Det haster" not in said
    assert desk.plan("2 10.12").writes() == ()


def reply(desk: Desk, number: int) -> str:
    found = own_comment(desk.facts, f"reply:{number}")
    assert found is not None
    return found.body


def test_a_command_confirms_the_rung_that_waits() -> None:
    desk = Desk(replace(fault("kritisk"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("5 10.00")
    desk.comment("/os2 escalate", KIM, "5 10.10", number=900)
    plan = desk.look("5 10.11")
    assert whom(plan) == [(BOARD,)]
    assert messages(plan)[0].once == BOARD
    desk.comment("/os2 escalate", KIM, "5 10.20", number=901)
    assert whom(desk.look("5 10.21")) == []
    assert "ikke flere trin" in reply(desk, 901)


def test_asked_for_at_night_it_is_told_in_the_morning_and_the_reply_says_so() -> None:
    desk = Desk(replace(fault("mindre"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate", KIM, "2 20.00", number=900)
    plan = desk.look("2 20.01")
    assert whom(plan) == []
    assert plan.wake_at == moment("3 8.00")
    assert "kommer tirsdag den 3. marts kl. 8.00" in reply(desk, 900)
    assert whom(desk.look("3 8.00")) == [("@kim",)]


@pytest.mark.parametrize(
    ("policy", "change", "says"),
    [
        (model(MAY_ESCALATE, status="forslag"), {}, "er et forslag"),
        (model(MAY_ESCALATE), {"open": False}, "Kun et åbent issue"),
        (model(MAY_ESCALATE), {"labels": ("It-sikkerhed",)}, "går ikke op ad stigen"),
        (model(), {}, "må ingen give her"),
    ],
)
def test_a_command_that_leads_nowhere_is_refused(
    policy: Policy, change: dict[str, object], says: str
) -> None:
    desk = Desk(fault("kritisk", roles={"kim": Role.TRIAGE}, **change), policy)
    desk.comment("/os2 escalate", KIM, "2 10.10", number=900)
    plan = desk.look("2 10.11")
    assert says in reply(desk, 900)
    assert not any(one.key == "hold:escalate" for one in plan.writes())


def test_an_undo_says_that_a_message_cannot_be_taken_back() -> None:
    roles = {"kim": Role.MAINTAIN}
    desk = Desk(replace(fault("kritisk"), roles=roles), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate", KIM, "2 10.10", number=900)
    desk.look("2 10.11")
    desk.comment("/os2 undo", KIM, "2 10.20", number=901)
    desk.look("2 10.21")
    said = reply(desk, 901)
    assert "eskaleringen: en besked kan ikke tages tilbage" in said
    assert "beskeden til `@kim`: en besked kan ikke tages tilbage" in said
    assert own_comment(desk.facts, "tell:mention:2") is not None


def test_a_mention_we_were_cut_off_in_mentions_whom_it_was_to_and_nobody_else() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    desk.facts = replace(desk.facts, receipts=(planned(told),))
    plan = desk.look("2 12.00")
    assert [(one.once, one.to) for one in messages(plan)] == [
        ("mention:1", (DRIFT,)),
        ("mention:2", ("@kim",)),
    ]


def test_a_mention_that_is_there_was_made_whatever_we_heard_of_it() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    made = comment(told.body, 500, SELF)
    desk.facts = replace(desk.facts, receipts=(planned(told),), comments=(made,))
    assert whom(desk.plan("2 10.06")) == []


def planned(told: Tell) -> Receipt:
    return Receipt(told.key, "planned", told.because, NOW, told.content, plan=1)


def test_a_mention_the_forge_refused_is_tried_again_and_a_chat_that_is_not_there_is_not() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    refused = replace(planned(told), state="skipped", note="we lack a permission")
    desk.facts = replace(desk.facts, receipts=(refused,))
    assert whom(desk.plan("2 10.06")) == [(DRIFT,)]
    chat = replace(refused, action=f"tell:{BOARD}", content=DRIFT, note="OS2KB_ZULIP_SITE")
    desk.facts = replace(desk.facts, receipts=(chat,))
    assert whom(desk.plan("2 10.06")) == []


def test_a_subject_that_was_moved_here_never_edits_another_products_mention() -> None:
    """The comments came along, their receipts did not."""
    theirs = comment("<!-- os2kb:tell:mention:1 -->\n@anden\n", 500, SELF)
    desk = Desk(fault("kritisk", comments=(theirs,)))
    (told,) = messages(desk.look("2 10.05"))
    assert told.once == "mention:2"
    assert theirs in desk.facts.comments


def test_somebody_elses_comment_with_our_marker_tells_nothing() -> None:
    forged = comment("<!-- os2kb:tell:mention:1 -->\n@os2demo/drift\n", 500, OTHER_BOT)
    desk = Desk(fault("kritisk", comments=(forged,)))
    assert [(one.once, one.to) for one in messages(desk.plan("2 10.05"))] == [
        ("mention:1", (DRIFT,))
    ]


PRIVATE = model(
    ("  severities:", '  security: {notify: ["mailto:sikkerhed@os2.example"]}\n  severities:')
)


def test_of_a_possible_vulnerability_only_the_mailbox_is_told_and_only_where_it_is() -> None:
    desk = Desk(replace(fault("kritisk"), title="XSS i søgefeltet"), PRIVATE)
    plan = desk.look("7 3.00")  # at night on a Saturday
    (told,) = messages(plan)
    assert told.to == ("mailto:sikkerhed@os2.example",)
    assert told.subject == "os2demo/os2demo#42: mulig sårbarhed"
    assert told.body == (
        "Det ligner en sårbarhed, og alle kan læse det:\nhttps://github.example/os2demo/os2demo/issues/42"
    )
    assert not any(one.to[0].startswith("@") for one in messages(plan))


def test_its_mailbox_is_told_again_when_something_is_late_and_once_after_downtime() -> None:
    desk = Desk(replace(fault(""), title="XSS i søgefeltet"), PRIVATE)
    desk.look("2 10.05")
    plan = desk.look("2 11.30")  # now the label is on, and the clock is its own
    assert whom(plan) == []
    assert plan.wake_at == moment("2 12.00")
    (late,) = messages(desk.look("2 12.00"))
    assert "Svar: overskredet mandag den 2. marts kl. 12.00" in late.body
    assert whom(desk.look("2 12.01")) == []
    (later,) = messages(desk.look("9 12.00"))  # plan and mending are late by now
    assert later.once == "private:fix:mailto:sikkerhed@os2.example"
    assert whom(desk.look("9 12.01")) == []


def test_a_vulnerability_is_told_by_no_proposal_and_to_nobody_where_there_is_no_mailbox() -> None:
    desk = Desk(replace(fault("kritisk"), title="XSS i søgefeltet"))
    assert whom(desk.look("2 12.00")) == []
    assert whom(desk.look("9 12.00")) == []


# What may happen between two looks.
steps = st.lists(
    st.tuples(
        st.integers(1, 900),
        st.sampled_from(
            (
                *("look", "look", "look", "cut off before", "cut off after", "deleted"),
                *("answer", "asked", "label", "unlabel", "escalate", "full", "room"),
            )
        ),
    ),
    max_size=14,
)


@examples(60)
@given(st.sampled_from(("kritisk", "mindre")), steps)
def test_nobody_is_told_twice_whatever_happens_and_however_often_we_are_cut_off(
    severity: str, happens: list[tuple[int, str]]
) -> None:
    desk = Desk(fault(severity, roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    heard: Counter[str] = Counter()
    at = START
    for number, (after, step) in enumerate(happens):
        at += timedelta(minutes=after)
        happened(desk, heard, step, at, number)
    look(desk, heard, at)
    assert all(count == 1 for count in heard.values())
    assert set(heard) <= set(EVERYBODY)
    assert whom(desk.plan(at)) == []  # and a second look tells nobody
    assert desk.plan(at).writes() == ()


def look(desk: Desk, heard: Counter[str], at: datetime) -> None:
    for one in messages(desk.look(at)):
        heard.update(one.to)


def happened(desk: Desk, heard: Counter[str], step: str, at: datetime, number: int) -> None:
    match step:
        case "look":
            look(desk, heard, at)
        case "cut off before" | "cut off after":
            cut_off(desk, heard, at, written=step == "cut off after")
        case "deleted":
            delete_ours(desk)
        case "answer":
            desk.comment("Vi er på den", BO, at, number=1_000 + number)
        case "asked":
            desk.label("afventer svar", BO, at)
        case "label":
            desk.label("fejl: alvorlig", KIM, at)
        case "unlabel" if "afventer svar" in desk.facts.labels:
            desk.label("afventer svar", BO, at, on=False)
        case "escalate":
            desk.comment("/os2 escalate", KIM, at, number=1_000 + number)
        case "full":
            desk.facts = replace(desk.facts, messages=dict.fromkeys(EVERYBODY, 99))
        case "room":
            desk.facts = replace(desk.facts, messages={})


def delete_ours(desk: Desk) -> None:
    """A person deletes what we wrote and know that we wrote."""
    known = [r.action for r in desk.facts.receipts if r.state == "applied"]
    ours = [own_comment(desk.facts, action) for action in known if action.startswith("tell:")]
    left = tuple(one for one in desk.facts.comments if one not in ours)
    desk.facts = replace(desk.facts, comments=left)


def cut_off(desk: Desk, heard: Counter[str], at: datetime, *, written: bool) -> None:
    """A look that is killed at its first message: planned, and perhaps it got through.

    A chat hears a message once for each name that it is sent under; a comment shows.
    """
    writes = desk.plan(at).writes()
    first = next((n for n, one in enumerate(writes) if isinstance(one, Tell)), None)
    if first is None:
        desk.write(writes)
        return
    desk.write(writes[:first])
    told = writes[first]
    assert isinstance(told, Tell)
    same = replace(planned(told), plan=max((r.plan for r in desk.facts.receipts), default=0) + 1)
    held = [r for r in desk.facts.receipts if (r.action, r.state) != (same.action, "planned")]
    comments = desk.facts.comments
    if written and told.to[0].startswith("@"):
        heard.update(told.to)
        comments = (*comments, comment(told.body, 5_000 + len(comments), SELF))
    desk.facts = replace(desk.facts, receipts=(*held, same), comments=comments)


def test_the_names_in_these_tests_are_those_of_the_model() -> None:
    assert ADOPTED.escalation is not None
    named = {one for rung in ADOPTED.escalation.ladder for one in rung.notify}
    assert named == set(EVERYBODY)
    assert minutes(0) == START
