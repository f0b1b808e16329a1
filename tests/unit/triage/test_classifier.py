"""The classifier learns what people meant by their labels, and says so when it does not know."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.triage.evaluate import evaluate, levels
from os2kb.triage.issues import BadIssues, LabelledIssue
from os2kb.triage.model import TRUSTED, Model, train
from tests.examples import examples
from tests.unit.triage.labelled import API, FORMS, issues

HOSTILE = (
    "",
    "\x00",
    "\ud800 fejl",
    "\u202efejl\u202c",
    "👩‍👩‍👧",
    "æøå",
    "<b>" * 9,
    "```" * 9,
    "<!--",
)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(issues(40))


def test_it_tells_types_apart_in_issues_it_has_not_seen(model: Model) -> None:
    measured, _ = evaluate(model, issues(20, seed=2))
    assert measured.f1 > 0.95


def test_a_text_that_says_nothing_it_learned_is_unknown(model: Model) -> None:
    guess = model.guess(API, "", "")
    assert guess.label is None
    assert guess.confidence < guess.floor


def test_a_repository_it_learned_little_or_nothing_from_is_unknown() -> None:
    model = train([*issues(40), *issues(TRUSTED // 3, FORMS, seed=2)])
    assert model.guess(API, "Fejl i kalender", "").label == "bug"
    for other in (FORMS, "os2borgerpc/client"):
        guess = model.guess(other, "Fejl i kalender", "")
        assert (guess.label, guess.likeliest) == (None, "bug")


def test_one_word_may_mean_another_type_in_another_repository() -> None:
    ours = issues(30)
    theirs = [
        replace(one, label={"feature": "bug", "bug": "feature"}.get(one.label, one.label))
        for one in issues(30, FORMS)
    ]
    both = train([*ours, *theirs])
    assert both.guess(API, "Tilføj kalender", "").likeliest == "feature"
    assert both.guess(FORMS, "Tilføj kalender", "").likeliest == "bug"


def test_labels_that_follow_nothing_leave_everything_unknown() -> None:
    draw = Random(3)
    labels = [one.label for one in issues(40)]
    draw.shuffle(labels)
    noise = [replace(one, label=label) for one, label in zip(issues(40), labels, strict=True)]
    assert {guess.label for guess in train(noise).guesses(issues(20, seed=2))} == {None}


def test_what_is_known_is_as_often_right_as_was_asked_for() -> None:
    learned, judged = noisy(issues(100), 5), noisy(issues(100, seed=2), 6)
    measured, _ = evaluate(train(learned, precision=0.8), judged)
    assert measured.coverage > 0.3
    assert measured.precision > 0.75


def test_the_surest_guesses_are_the_best_ones() -> None:
    judged = noisy(issues(100, seed=2), 6)
    _, guesses = evaluate(train(noisy(issues(100), 5)), judged)
    curve = levels(judged, guesses)
    assert curve[-1].coverage == 1
    assert [level.confidence for level in curve] == sorted(
        (level.confidence for level in curve), reverse=True
    )


def test_the_same_issues_in_another_order_are_the_same_data() -> None:
    assert train(issues(20)).data == train(issues(20)[::-1]).data


@pytest.mark.parametrize(
    ("labelled", "cure"),
    [
        ([], "two types"),
        ([one for one in issues(9) if one.label == "bug"], "two types"),
        ([*issues(9), LabelledIssue(API, "docs", "Ret README", "")], "label at least 5"),
    ],
)
def test_too_little_to_learn_from_is_refused(labelled: list[LabelledIssue], cure: str) -> None:
    with pytest.raises(BadIssues, match=cure):
        train(labelled)


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("body", [*HOSTILE, "fejl " * 60_000], ids=range(len(HOSTILE) + 1))
def test_any_text_gets_a_guess(model: Model, title: str, body: str) -> None:
    assert 0 <= model.guess(API, title, body).confidence <= 1


@examples(30)
@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=300))
def test_no_text_weighs_more_than_another(model: Model, title: str, body: str) -> None:
    row = model.space.features([(title, body)])
    assert float(row.multiply(row).sum()) <= 1.001


def noisy(labelled: list[LabelledIssue], seed: int) -> list[LabelledIssue]:
    """One in four labelled at random, as hurried people do."""
    draw = Random(seed)
    return [
        replace(one, label=draw.choice(("bug", "feature", "question")))
        if draw.random() < 1 / 4
        else one
        for one in labelled
    ]
