"""What holds whatever people, bots, clocks and lags do meanwhile."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.governance.facts import Facts, Linked, Role
from tests.examples import examples
from tests.unit.governance.cases import (
    BO,
    IDA,
    OTHER_BOT,
    POLICY,
    issue,
    pull,
)
from tests.unit.governance.drawn_subjects import TITLES
from tests.unit.governance.world import World

# Few labels, so that what happens often happens to the same one.
TOUCHED = ("Bug", "Fejl", "Udviklingsønsker", "mangler issue", "It-sikkerhed")


others = st.sampled_from((IDA, BO, OTHER_BOT))


people = st.sampled_from((IDA, BO))


COMMANDS = (
    *("/os2 label Bug", "/os2 label Udviklingsønsker", "/os2 label mangler issue"),
    *("/os2 undo", "/os2 ignore", "/os2 ignore type-label", "/os2 pause", "/os2 resume"),
)


touched = st.sampled_from(TOUCHED)


steps = st.one_of(
    st.tuples(st.just("put on"), touched, others),
    st.tuples(st.just("take off"), touched, others),
    st.tuples(st.just("rename"), st.just("Bug"), st.just("Fejl")),
    st.tuples(st.just("retitle"), st.sampled_from(TITLES)),
    st.tuples(st.just("link"), st.sampled_from(((), (Linked(12),)))),
    st.tuples(st.just("list"), st.integers(0, 4)),
    st.tuples(st.just("clock"), st.integers(-7_200, 7_200)),
    st.tuples(st.just("edit our comments")),
    st.tuples(st.just("write"), st.sampled_from(COMMANDS), people),
    st.tuples(st.just("reconcile while"), touched, others),
    st.tuples(st.just("reconcile as before while"), touched, others),
)


def taken(world: World, step: tuple[Any, ...]) -> None:
    match step:
        case ("put on", label, who):
            world.put_on(label, who)
        case ("take off", label, who):
            world.take_off(label, who)
        case ("rename", old, new):
            world.rename(old, new)
        case ("retitle", title):
            world.facts = replace(world.facts, title=title)
        case ("link", issues):
            world.facts = replace(world.facts, linked=issues)
        case ("list", more):
            world.listed = min(world.listed + more, len(world.events))
        case ("clock", seconds):
            world.clock += timedelta(seconds=seconds)
        case ("write", text, who):
            world.write(text, who)
        case ("edit our comments",):
            world.edit_our_comments()
        case ("reconcile while", label, who):
            world.reconcile(lambda: world.put_on(label, who) and None)
        case ("reconcile as before while", label, who):
            world.listed = len(world.events)
            world.reconcile(lambda: world.put_on(label, who) and None, old=True)
            world.listed = len(world.events)  # it was long ago


@examples(300)
@given(st.sampled_from((issue(), pull())), st.lists(st.tuples(steps, st.booleans()), max_size=20))
def test_whatever_people_bots_clocks_and_lags_do_nothing_of_theirs_is_undone(
    facts: Facts, happens: list[tuple[tuple[Any, ...], bool]]
) -> None:
    world = World(replace(facts, roles={"bo": Role.MAINTAIN, "ida": Role.READ}), POLICY)
    world.reconcile()
    for step, seen in happens:
        taken(world, step)
        if seen:
            world.reconcile()
        assert world.faults == []
    world.reconcile()
    assert world.faults == []
    assert world.plan() == ()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), steps), min_size=1, max_size=8),
    st.lists(st.integers(0, 7), max_size=8),
    st.randoms(use_true_random=False),
)
def test_deliveries_in_any_order_and_number_end_in_the_same(
    happens: list[tuple[int, tuple[Any, ...]]], again: list[int], dice: Random
) -> None:
    """A delivery only says which subject to look at; two subjects, whose deliveries are mixed."""
    roles = {"bo": Role.MAINTAIN, "ida": Role.READ}

    def both() -> tuple[World, World]:
        made = tuple(World(replace(facts, roles=roles), POLICY) for facts in (issue(), pull()))
        for subject, step in happens:
            taken(made[subject], step)
        for one in made:
            one.listed = len(one.events)
        return made[0], made[1]

    deliveries = [subject for subject, _ in happens]
    in_order, mixed = both(), both()
    for subject in deliveries:
        in_order[subject].reconcile()
    shuffled = [*deliveries, *(deliveries[one % len(deliveries)] for one in again)]
    dice.shuffle(shuffled)
    for subject in shuffled:
        mixed[subject].reconcile()
        mixed[subject].listed = len(mixed[subject].events)
    for one, other in zip(in_order, mixed, strict=True):
        assert set(one.on) == set(other.on)
        assert {key: said.body for key, said in one.said.items()} == {
            key: said.body for key, said in other.said.items()
        }
        assert one.faults == other.faults == []
