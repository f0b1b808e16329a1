"""Many faults held against a model, and against two."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.figures.outcome import Outcome, outcome
from os2kb.governance.escalation.figures.simulation import Messages, Simulation, simulation
from os2kb.governance.escalation.happenings import Happening
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation
from tests.examples import examples
from tests.unit.governance.escalation.faults import MODEL, POLICY, at, did

END = at("2026-03-02T12:00")
DAY = timedelta(days=1)


def model_of(policy: Policy) -> Escalation:
    assert policy.escalation is not None
    return policy.escalation


def became(*happened: Happening, policy: Policy = POLICY) -> Outcome:
    return outcome("os2demo/os2demo#1", "", happened, policy, END)


def fault(severity: str, moment: str, *more: Happening) -> Outcome:
    return became(did(moment, "ida", "opened", severity), *more)


def simulated(*outcomes: Outcome, policy: Policy = POLICY) -> Simulation:
    return simulation(outcomes, model_of(policy))


def test_each_class_has_its_subjects_the_promises_it_broke_and_the_rungs_that_were_told():
    found = simulated(
        fault("kritisk", "2026-02-02T09:00"),  # nobody ever answered
        fault(
            "kritisk",
            "2026-02-09T09:00",
            did("2026-02-09T10:00", "bo", "commented"),
            did("2026-02-09T15:00", "bo", "closed"),
        ),
        fault("mindre", "2026-02-02T09:00", did("2026-02-03T09:00", "bo", "commented")),
        fault("", "2026-02-02T09:00"),
    )
    critical = found.classes["kritisk"]
    assert (critical.subjects, critical.late) == (2, 1)
    # The second one had neither plan by Tuesday at 9 nor needed one: it was closed by then.
    assert dict(critical.broken) == {"respond": 1, "plan": 1, "fix": 1}
    assert dict(critical.told) == {1: 2, 2: 1, 3: 1}
    assert dict(critical.awaits) == {4: 1}  # nobody confirmed the steering group's
    assert dict(found.classes["mindre"].broken) == {"respond": 0}
    assert found.classes["alvorlig"].subjects == 0
    assert (found.total.subjects, found.total.late, found.unclassed) == (4, 1, 1)
    assert list(found.classes) == ["kritisk", "alvorlig", "mindre"]
    assert found.rungs[1] == "produktkoordinator"


def test_everybody_is_told_once_of_each_subject_and_the_busiest_week_is_named():
    found = simulated(
        fault("kritisk", "2026-02-02T09:00"),  # @kim on Monday 2, and on a rung above on Tuesday
        fault("alvorlig", "2026-02-16T09:00"),
        fault("alvorlig", "2026-02-17T09:00"),
    )
    assert found.messages["@kim"] == Messages(3, 2, date(2026, 2, 16))
    assert found.messages["@os2demo/koordination"] == Messages(3, 2, date(2026, 2, 16))
    assert "zulip:OS2demo/styregruppe" not in found.messages  # nobody confirmed that rung
    assert list(found.messages)[1] == "@os2demo/drift"


def test_a_field_in_jira_is_nobody_who_is_told():
    field = load_policy(
        MODEL.replace('notify: ["@os2demo/drift"]', 'notify: ["jira:priority=Highest"]')
        + "jira: {project: DEMO}\n"
    )
    one = became(did("2026-02-02T09:00", "ida", "opened", "kritisk"), policy=field)
    assert set(simulated(one, policy=field).messages) == {"@kim", "@os2demo/koordination"}


def test_a_week_is_a_week_of_the_model_s_own_clock():
    # Sunday evening in UTC is Monday in Denmark.
    late = model_of(POLICY).model_copy(
        update={"hours": model_of(POLICY).hours.model_copy(update={"start": "00:00"})}
    )
    policy = POLICY.model_copy(update={"escalation": late})
    one = became(did("2026-02-09T00:30", "ida", "opened", "kritisk"), policy=policy)
    assert simulated(one, policy=policy).messages["@os2demo/drift"].week == date(2026, 2, 9)


def test_a_possible_vulnerability_is_counted_and_is_in_no_other_figure():
    hidden = fault(
        "kritisk",
        "2026-02-02T09:00",
        did("2026-02-02T09:00", "os2kb[bot]", "labeled", "It-sikkerhed"),
    )
    found = simulated(replace(hidden, private=True))
    assert (found.private, found.total.subjects, found.messages) == (1, 0, {})


def drawn(seed: int) -> list[tuple[Happening, ...]]:
    dice = Random(seed)
    found = []
    for _ in range(dice.randrange(12)):
        opened = at("2026-01-05T08:00") + dice.random() * 40 * DAY
        severity = dice.choice(("kritisk", "alvorlig", "mindre", ""))
        happened = [Happening(opened, "opened", "ida", "reporter", severity)]
        if dice.random() < 0.7:
            happened.append(Happening(opened + dice.random() * 5 * DAY, "commented", "bo", "us"))
        if dice.random() < 0.5:
            happened.append(Happening(opened + dice.random() * 20 * DAY, "closed", "bo", "us"))
        found.append(tuple(happened))
    return found


STRICTER = load_policy(
    MODEL.replace("respond: 2h, plan: 1d, fix: 3d", "respond: 1h, plan: 4h, fix: 1d")
    .replace("respond: 4h, plan: 3d, fix: 10d", "respond: 1h, plan: 1d, fix: 5d")
    .replace("respond: 5d}", "respond: 1d}")
)


@examples(30)
@given(st.integers(0, 10**6))
def test_equal_models_give_equal_figures_and_a_stricter_one_no_fewer_of_each(seed: int):
    past = drawn(seed)

    def of(policy: Policy) -> Simulation:
        outcomes = [became(*happened, policy=policy) for happened in past]
        return simulation(outcomes, model_of(policy))

    mild, again, strict = of(POLICY), of(load_policy(MODEL)), of(STRICTER)
    assert mild == again
    assert mild.total.subjects == strict.total.subjects == len(past)
    assert sum(one.subjects for one in mild.classes.values()) + mild.unclassed == len(past)
    for name, tally in mild.classes.items():
        harder = strict.classes[name]
        assert tally.subjects == harder.subjects
        assert all(count <= harder.broken[promise] for promise, count in tally.broken.items())
        assert all(count <= harder.told.get(rung, 0) for rung, count in tally.told.items())
    for to, messages in mild.messages.items():
        assert messages.most <= messages.times <= strict.messages[to].times
