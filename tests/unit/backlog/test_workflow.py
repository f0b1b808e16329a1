"""A way through a workflow is found, or what stands in it is named."""

from hypothesis import given
from hypothesis import strategies as st

from os2kb.backlog.workflow import Transition, Way, met_by, unseen, way


def step(name: str, to: str, *required: str, allowed: bool = True) -> Transition:
    return Transition(name, name, to, required, allowed)


WORKFLOW = {
    "To Do": [step("Start", "In Progress"), step("Afvis", "Won't Do", "Resolution")],
    "In Progress": [step("Gennemse", "Review"), step("Stop", "To Do")],
    "Review": [step("Luk", "Done", "Resolution"), step("Hast", "Released", allowed=False)],
    "Done": [step("Genåbn", "To Do")],
}
GIVEN = {"resolution": "Done"}


def steps(found: Way) -> list[str]:
    return [one.transition.name for one in found.steps]


def test_the_shortest_way_is_taken_and_its_screens_are_filled() -> None:
    found = way(WORKFLOW, "to do", ["Done"], GIVEN)
    assert (steps(found), found.to, found.obstacles) == (["Start", "Gennemse", "Luk"], "Done", ())
    assert found.steps[-1].fields == {"Resolution": "Done"}


def test_a_ticket_that_is_there_stays() -> None:
    assert way(WORKFLOW, "Done", ["done"], {}) == Way((), "Done")


def test_a_ticket_that_is_to_come_back_goes_away_first() -> None:
    found = way(WORKFLOW, "Done", ["Done"], GIVEN, leaving=True)
    assert (steps(found), found.to) == (["Genåbn", "Start", "Gennemse", "Luk"], "Done")


def test_a_resolution_is_given_wherever_the_screen_has_it() -> None:
    known = {"A": [Transition("1", "Luk", "Done", resolves=True)]}
    assert way(known, "A", ["Done"], {"resolution": "Done"}).steps[0].fields == {
        "Resolution": "Done"
    }
    assert way(known, "A", ["Done"], {}).steps[0].fields == {}


def test_of_several_statuses_the_nearest_is_taken_and_then_the_first() -> None:
    assert way(WORKFLOW, "To Do", ["Done", "Won't Do"], GIVEN).to == "Won't Do"
    level = {"A": [step("b", "B"), step("c", "C")]}
    assert way(level, "A", ["C", "B"], {}).to == "C"


def test_a_way_around_an_obstacle_is_taken() -> None:
    round_about = {"A": [step("kort", "C", "Løsning"), step("b", "B")], "B": [step("c", "C")]}
    assert steps(way(round_about, "A", ["C"], {})) == ["b", "c"]
    assert steps(way(round_about, "A", ["C"], {"løsning": "x"})) == ["kort"]


def test_a_missing_field_and_a_missing_permission_are_named_with_their_cure() -> None:
    (field,) = way(WORKFLOW, "Review", ["Done"], {}).obstacles
    assert "Resolution" in field.whole.en
    assert "jira.required" in field.whole.en
    (right,) = way(WORKFLOW, "Review", ["Released"], {}).obstacles
    assert "Hast" in right.whole.da
    assert "Released" in right.whole.da


def test_a_workflow_without_a_way_says_so() -> None:
    found = way(WORKFLOW, "Done", ["Arkiveret"], {})
    assert (found.steps, found.to) == ((), "")
    assert "from Done to Arkiveret" in found.obstacles[0].whole.en
    assert "jira.statuses" in way(WORKFLOW, "Done", [], {}).obstacles[0].whole.en


STATUS = st.sampled_from("ABCDE")
STEP = st.builds(
    Transition, st.just("1"), STATUS, STATUS, st.sampled_from(((), ("F",))), st.booleans()
)


@given(st.dictionaries(STATUS, st.lists(STEP, max_size=3)), STATUS, st.lists(STATUS, max_size=2))
def test_a_way_goes_from_the_start_to_a_goal_by_steps_that_are_there(
    workflow, start, goals
) -> None:
    found = way(workflow, start, goals, {"f": "x"})
    at = start
    for one in found.steps:
        assert one.transition in workflow[at]
        assert set(one.fields) == set(one.transition.required)
        at = one.transition.to
    assert at in goals or found.obstacles
    assert bool(found.obstacles) == (
        not found.to or any(not one.transition.allowed for one in found.steps)
    )


def test_a_ticket_meets_a_workflow_with_what_it_has_and_is_offered_itself() -> None:
    offered = (step("Gennemse", "Review"),)
    met = met_by(WORKFLOW, "in progress", offered, {"Resolution": "Done"}.get)
    assert met["in progress"] == (*offered, step("Stop", "To Do", allowed=False))
    assert met["Review"][0] == step("Luk", "Done"), "it has a resolution already"
    assert "In Progress" not in met
    assert way(met, "In Progress", ["To Do"], {}).obstacles == ()
    (stop,) = way({"In Progress": met["in progress"]}, "In Progress", ["To Do"], {}).obstacles
    assert "Stop" in stop.whole.en


def test_the_nearest_status_that_nobody_looked_at_is_the_one_to_look_at() -> None:
    assert unseen(WORKFLOW, "To Do", ()) == "To Do"
    assert unseen(WORKFLOW, "To Do", ["to do"]) == "In Progress"
    assert unseen(WORKFLOW, "To Do", ["To Do", "In Progress", "Review"]) == "Won't Do"
    assert unseen(WORKFLOW, "Done", [*WORKFLOW, "Won't Do", "Released"]) is None
    assert unseen({}, "Ny", ["Ny"]) is None
