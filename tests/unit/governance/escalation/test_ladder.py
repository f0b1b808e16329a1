"""What is promised, when it is kept, and who is told when it is not."""

import pytest

from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.standing import Standing
from os2kb.policy.load import load_policy
from tests.unit.governance.escalation.faults import MODEL, POLICY, at, did, stands

OPENED = did("2026-02-02T09:00", "ida", "opened", "kritisk")  # a Monday
# respond: Monday 11:00; plan: Tuesday 09:00; fix: Thursday 09:00
ANSWERED = did("2026-02-02T10:00", "bo", "commented")
PLANNED = did("2026-02-02T10:30", "bo", "milestoned", "2.1")
TEAM, KIM, GROUP, BOARD = (
    "@os2demo/drift",
    "@kim",
    "@os2demo/koordination",
    "zulip:OS2demo/styregruppe",
)
PLANS = load_policy(MODEL.replace("blocked: blokeret", "blocked: blokeret, planned: Planlagt"))


def told(one: Standing) -> list[tuple[int, str]]:
    """The rungs that were told, and when, in UTC."""
    return [(each.rung, f"{each.at:%a %H:%M}") for each in one.told]


@pytest.mark.parametrize(
    ("happened", "moment", "expected"),
    [
        ((), "02T09:00", [(1, "Mon 08:00")]),
        ((), "02T10:59", [(1, "Mon 08:00")]),
        ((), "02T11:00", [(1, "Mon 08:00"), (2, "Mon 10:00")]),
        ((), "06T09:00", [(1, "Mon 08:00"), (2, "Mon 10:00"), (3, "Tue 08:00")]),
        # What is kept in time tells nobody; what is kept too late has told already.
        ((ANSWERED,), "06T09:00", [(1, "Mon 08:00"), (3, "Tue 08:00")]),
        ((ANSWERED, PLANNED), "06T09:00", [(1, "Mon 08:00")]),
        (
            (did("2026-02-02T11:00", "bo", "commented"), PLANNED),
            "06T09:00",
            [(1, "Mon 08:00")],  # just in time
        ),
        (
            (did("2026-02-02T11:01", "bo", "commented"), PLANNED),
            "06T09:00",
            [(1, "Mon 08:00"), (2, "Mon 10:00")],
        ),
        # Neither bots nor the reporter nor strangers answer or plan.
        (
            (
                did("2026-02-02T10:00", "os2kb[bot]", "commented"),
                did("2026-02-02T10:00", "ida", "commented"),
                did("2026-02-02T10:00", "anden", "commented"),
                did("2026-02-02T10:00", "bo", "edited"),
                did("2026-02-02T10:00", "bo", "assigned", "bo"),
                did("2026-02-02T10:00", "os2kb[bot]", "milestoned"),
            ),
            "03T09:00",
            [(1, "Mon 08:00"), (2, "Mon 10:00"), (3, "Tue 08:00")],
        ),
        # Closed, lowered or denied: what was pending is called off, what was told was told.
        ((did("2026-02-02T10:00", "ida", "closed"),), "06T09:00", [(1, "Mon 08:00")]),
        (
            (did("2026-02-02T12:00", "bo", "closed"), did("2026-02-04T12:00", "ida", "reopened")),
            "04T12:00",
            [(1, "Mon 08:00"), (2, "Mon 10:00")],
        ),
        (
            (did("2026-02-02T12:00", "bo", "closed"), did("2026-02-04T12:00", "ida", "reopened")),
            "05T09:00",  # three hours before it was closed, and five since
            [(1, "Mon 08:00"), (2, "Mon 10:00"), (3, "Thu 08:00")],
        ),
        (
            (did("2026-02-02T10:00", "kim", "severity", "mindre"),),
            "09T08:59",
            [(1, "Mon 08:00")],
        ),
        (
            (did("2026-02-02T10:00", "kim", "unlabeled", "fejl: kritisk"),),
            "09T08:59",
            [(1, "Mon 08:00")],
        ),
        # A suspected vulnerability is nobody's business here.
        (
            (did("2026-02-02T09:00", "os2kb[bot]", "labeled", "It-sikkerhed"),),
            "09T08:59",
            [],
        ),
    ],
)
def test_who_is_told_when(
    happened: tuple[Happening, ...], moment: str, expected: list[tuple[int, str]]
):
    assert told(stands(f"2026-02-{moment}", OPENED, *happened)) == expected


@pytest.mark.parametrize(
    ("happened", "moment", "due"),
    [
        ((), "02T09:00", "02T11:00"),
        ((), "02T15:00", "02T11:00"),  # it is late
        ((ANSWERED,), "02T15:00", "03T09:00"),
        ((ANSWERED, PLANNED), "02T15:00", "05T09:00"),
        ((did("2026-02-02T10:00", "kim", "pause"),), "02T15:00", None),
        ((did("2026-02-02T12:00", "kim", "pause"),), "02T15:00", "02T11:00"),
        ((did("2026-02-02T12:00", "kim", "closed"),), "02T15:00", None),
    ],
)
def test_what_is_due_next(happened: tuple[Happening, ...], moment: str, due: str | None):
    expected = at(f"2026-02-{due}") if due else None
    assert stands(f"2026-02-{moment}", OPENED, *happened).due == expected


def broken(one: Standing, moment: str) -> list[str]:
    return [each.name for each in one.promises if each.is_broken(at(f"2026-02-{moment}"))]


@pytest.mark.parametrize(
    ("happened", "names"),
    [
        ((did("2026-02-02T10:30", "bo", "closed"),), []),
        ((did("2026-02-02T12:00", "bo", "closed"),), ["respond"]),
        # Closed twice, as where a reopening is not known: it was mended the first time.
        (
            (did("2026-02-02T12:00", "bo", "closed"), did("2026-02-19T12:00", "kim", "closed")),
            ["respond"],
        ),
        ((did("2026-02-19T12:00", "bo", "closed"),), ["respond", "plan", "fix"]),
        # Who confirms the class, or says no more than is known, moves nothing.
        ((did("2026-02-02T12:00", "kim", "labeled", "fejl: kritisk"),), ["respond", "plan", "fix"]),
        ((did("2026-02-02T12:00", "kim", "severity", "kritisk"),), ["respond", "plan", "fix"]),
    ],
)
def test_what_was_promised_and_not_kept_is_known_ever_after(
    happened: tuple[Happening, ...], names: list[str]
):
    one = stands("2026-02-20T12:00", OPENED, *happened)
    assert broken(one, "20T12:00") == names
    due = [each.due for each in one.promises if each.name in names]
    assert (
        due == [at(f"2026-02-{text}") for text in ("02T11:00", "03T09:00", "05T09:00")][: len(due)]
    )


def test_a_label_of_the_policy_says_that_it_is_planned():
    label = did("2026-02-02T10:30", "bo", "labeled", "planlagt")
    assert stands("2026-02-06T09:00", OPENED, ANSWERED, label, policy=PLANS).rung == 1
    assert stands("2026-02-06T09:00", OPENED, ANSWERED, label, policy=POLICY).rung == 3


def test_a_maintainer_who_reports_a_fault_does_not_answer_themselves():
    own = Happening(at("2026-02-02T10:00"), "commented", "bo", "reporter")
    assert stands("2026-02-02T12:00", OPENED, own).rung == 2


def test_a_rung_that_is_to_be_confirmed_waits_until_somebody_does():
    kept = (OPENED, ANSWERED, PLANNED)
    assert stands("2026-02-05T08:59", *kept).awaits == ()
    waiting = stands("2026-02-05T09:00", *kept)
    assert (waiting.awaits, waiting.notified, waiting.wake_at) == ((4,), (TEAM,), None)
    yes = did("2026-02-05T10:00", "kim", "escalate")
    confirmed = stands("2026-02-05T10:00", *kept, yes)
    assert (confirmed.awaits, confirmed.notified) == ((), (TEAM, BOARD))
    closed = did("2026-02-05T09:30", "bo", "closed")
    assert stands("2026-02-05T10:00", *kept, closed, yes).rung == 1


@pytest.mark.parametrize(
    ("happened", "rung"),
    [
        ((did("2026-02-02T09:30", "kim", "escalate"),), 2),  # before anything was due
        (
            (
                did("2026-02-02T09:30", "kim", "escalate"),
                did("2026-02-02T09:40", "kim", "escalate"),
            ),
            3,
        ),
        (
            tuple(did(f"2026-02-02T09:3{n}", "kim", "escalate") for n in range(9)),
            4,  # there is no rung above
        ),
        ((did("2026-02-02T09:30", "os2kb[bot]", "escalate"),), 1),
    ],
)
def test_a_person_can_go_up_the_ladder_at_any_time(happened: tuple[Happening, ...], rung: int):
    assert stands("2026-02-02T10:00", OPENED, *happened).rung == rung


def test_a_person_can_go_up_the_ladder_without_a_class():
    bare = did("2026-02-02T09:00", "ida", "opened")
    asked = did("2026-02-02T09:30", "kim", "escalate")
    assert stands("2026-02-02T10:00", bare).notified == ()
    assert stands("2026-02-02T10:00", bare, asked).notified == (TEAM,)


def test_who_was_down_for_a_week_tells_everybody_in_one_message():
    late = stands("2026-02-09T08:00", OPENED)
    assert late.notified == (TEAM, KIM, GROUP)
    assert late.untold([]) == (TEAM, KIM, GROUP)
    assert late.untold([TEAM.upper()]) == (KIM, GROUP)
    assert late.untold(late.notified) == ()


def test_whoever_is_away_when_a_rung_is_told_has_a_substitute():
    away = load_policy(
        MODEL.replace(
            "escalation:\n", "escalation:\n  substitutes: {kim: {to: bo, days: [02-02]}}\n"
        )
    )
    assert stands("2026-02-02T12:00", OPENED, policy=away).notified == (TEAM, "@bo")
    # Of the group's rung, told on Tuesday, kim was not away.
    assert stands("2026-02-06T12:00", OPENED, policy=away).notified == (TEAM, "@bo", GROUP, KIM)


def test_it_wakes_when_the_next_promise_is_due():
    assert stands("2026-02-02T09:00", OPENED).wake_at == at("2026-02-02T11:00")
    assert stands("2026-02-02T11:00", OPENED).wake_at == at("2026-02-03T09:00")
    assert stands("2026-02-09T09:00", OPENED).wake_at is None
    asked = (ANSWERED, did("2026-02-02T10:00", "bo", "labeled", "afventer svar"))
    assert stands("2026-02-02T12:00", OPENED, *asked).wake_at is None


def test_a_vulnerability_has_times_of_its_own():
    private = load_policy(
        MODEL.replace(
            "escalation:\n",
            'escalation:\n  security: {notify: ["mailto:a@os2demo.example"], respond: 1h}\n',
        )
    )
    on = did("2026-02-02T09:00", "os2kb[bot]", "labeled", "It-sikkerhed")
    one = stands("2026-02-02T09:30", OPENED, on, policy=private)
    assert [promise.due for promise in one.promises] == [
        at(f"2026-02-{due}") for due in ("02T10:00", "03T09:00", "05T09:00")
    ]
    assert (one.private, one.notified) == (True, ())


def test_whose_turn_came_before_the_model_held_is_passed_over_until_somebody_asks() -> None:
    held = load_policy(MODEL.replace("  hours:", '  from: "2026-02-03"\n  hours:'))
    opened = did("2026-02-02T09:00", "ida", "opened", "kritisk")
    before = stands("2026-02-03T08:59", opened, policy=held)
    assert (before.rung, before.notified, before.awaits) == (0, (), ())
    after = stands("2026-02-03T09:00", opened, policy=held)
    assert [one.rung for one in after.told] == [3]
    asked = did("2026-02-02T15:00", "kim", "escalate")
    climbed = stands("2026-02-02T15:00", opened, asked, policy=held)
    assert [(one.rung, one.asked) for one in climbed.told] == [(1, True)]  # the lowest first
