"""Whatever people do on either side, and in whatever order: people win, and it comes to rest."""

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.unit.governance.carried_out import field_set
from tests.unit.governance.escalation.at_work import KIM, Desk, minutes
from tests.unit.governance.tickets.tickets import desk, set_now, tracked

POLICY = tracked(('["@kim"]', '["@kim", "jira:priority=Blocker"]'))
THEIRS = ("Low", "Lowest")

happenings = st.lists(
    st.one_of(
        st.tuples(st.just("label"), st.sampled_from(["kritisk", "alvorlig", "mindre"])),
        st.tuples(st.just("jira"), st.sampled_from(THEIRS)),
        st.tuples(st.just("look"), st.just("")),
    ),
    max_size=8,
)


def priority(at_work: Desk) -> str:
    assert at_work.facts.ticket is not None
    assert at_work.facts.ticket.ticket is not None
    return at_work.facts.ticket.ticket.value("priority")


@given(happenings)
@examples(60)
def test_what_a_person_set_in_the_tracker_is_never_overwritten(
    happened: list[tuple[str, str]],
) -> None:
    at_work, theirs = desk(policy=POLICY), ""
    for place, (what, value) in enumerate(happened, 10):
        if what == "label":
            at_work.label(f"fejl: {value}", KIM, minutes(place))
        elif what == "jira":
            at_work.facts = field_set(at_work.facts, "priority", value, ours=False)
            theirs = value
        else:
            at_work.look(minutes(place))
        if theirs:
            assert priority(at_work) == theirs


@given(happenings)
@examples(60)
def test_once_nothing_happens_any_more_a_second_look_sets_nothing(
    happened: list[tuple[str, str]],
) -> None:
    at_work = desk(policy=POLICY)
    for place, (what, value) in enumerate(happened, 10):
        if what == "label":
            at_work.label(f"fejl: {value}", KIM, minutes(place))
        elif what == "jira":
            at_work.facts = field_set(at_work.facts, "priority", value, ours=False)
        else:
            at_work.look(minutes(place))
    at_work.look(minutes(30))
    assert set_now(at_work.plan(minutes(30))) == []
    at_work.look(minutes(180))  # a rung is told meanwhile
    assert set_now(at_work.plan(minutes(180))) == []
