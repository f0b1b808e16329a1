"""The rule that gives an issue the label of the area its form names."""

from dataclasses import replace

import pytest

from tests.unit.governance.cases import (
    IDA,
    REPOSITORY,
    SELF,
    event,
    finding,
    issue,
    keys,
    policy,
    receipt,
    verdict,
)

ON = policy("""
mode: act
labels: {area: {Kalender: "område: kalender", Kalender API: api, Skærme: screens, Andet: findes ej}}
guidelines: {rules: {area-label: advise}}
""")
HERE = replace(REPOSITORY, labels=("område: kalender", "api", "screens"))


def asked(answer: str, **changes: object):  # type: ignore[no-untyped-def]
    return issue(body=f"### Område\n\n{answer}", **{"repository": HERE, **changes})


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("Kalender", "område: kalender"),
        ("skaerme", "screens"),
        ("📅 Kalender, Skærme", "område: kalender"),
        ("Skærme, Kalender", "screens"),
        ("Kalender API", "api"),
    ],
)
def test_the_first_area_that_the_form_names_is_labelled(answer: str, label: str) -> None:
    assert keys(asked(answer), ON) == [f"label:add:{label}"]


def test_an_area_without_a_label_is_unknown() -> None:
    assert verdict("area-label", asked("Andet"), ON) == "unknown"
    assert verdict("area-label", asked("Skærmene"), ON) == "unknown"


def test_a_form_without_the_question_is_left_alone() -> None:
    assert verdict("area-label", asked("_No response_"), ON) == "n/a"
    assert verdict("area-label", issue("Kalender", repository=HERE), ON) == "n/a"


def test_a_repository_without_such_labels_is_left_alone() -> None:
    assert verdict("area-label", asked("Kalender", repository=REPOSITORY), ON) == "n/a"


def test_a_persons_choice_stands() -> None:
    theirs = asked(
        "Kalender", labels=("screens",), history=(event("screens", added=True, actor=IDA),)
    )
    taken = asked("Kalender", history=(event("screens", added=False, actor=IDA),))
    assert finding("area-label", theirs, ON).label == ""
    assert keys(taken, ON) == []


def test_our_label_follows_the_form() -> None:
    ours = asked(
        "Skærme",
        labels=("api",),
        history=(event("api", added=True, actor=SELF),),
        receipts=(receipt("label:add:api", "area-label"),),
    )
    assert keys(ours, ON) == ["label:add:screens", "label:remove:api"]
