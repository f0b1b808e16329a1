"""The rule that gives an issue its type."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Facts
from os2kb.governance.learned import Classified
from os2kb.governance.rules.issue.type_label import undecided
from tests.unit.governance.cases import (
    IDA,
    POLICY,
    SELF,
    event,
    finding,
    issue,
    policy,
    pull,
    receipt,
    verdict,
)


@pytest.mark.parametrize(
    ("title", "body", "concept"),
    [
        ("Kalenderen opdateres ikke", "Jeg har prøvet to gange.", "bug"),
        ("Kan ikke gemme en skærm med æøå i navnet", "", "bug"),
        ("Ønske om eksport til CSV", "", "feature"),
        ("Mulighed for at sortere indhold", "", "feature"),
        ("Vejledningen til installation mangler et trin", "", "documentation"),
        ("Fejl i dokumentationen", "", "documentation"),
        ("Hvordan sætter jeg en skærm op?", "", "question"),
        ("Screens crash on save", "", "bug"),
        ("How do I add a screen?", "", "question"),
        ("[Bug] Eksport", "", "bug"),
        ("Fejl: eksport", "", "bug"),
        ("feat(api): eksport", "", "feature"),
        ("Eksport", "### Type\n\nUdviklingsønske\n\n### Beskrivelse\n\nDer er fejl.", "feature"),
        ("Fejl: eksport", "### Type af henvendelse\n\nSpørgsmål", "question"),
    ],
)
def test_a_clear_text_has_a_type(title: str, body: str, concept: str) -> None:
    assert finding("type-label", issue(title, body)).label == f"type.{concept}"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Eksport", ""),
        ("Eksport", "Der kom en fejl, error, exception, virker ikke."),  # the title decides
        ("Fejl ved ønske om eksport", ""),
        ("", ""),
        ("🎉", "\ud800\0\u202e"),
        ("Eksport", "> Fejl: virker ikke"),
        ("Eksport", "### Type\n\n_No response_"),
    ],
)
def test_an_unclear_text_has_none(title: str, body: str) -> None:
    found = finding("type-label", issue(title, body))
    assert (found.verdict, found.label) == ("unknown", "")


def test_the_forges_own_type_goes_before_what_the_words_say() -> None:
    assert finding("type-label", issue("Fejl", issue_type="Feature")).label == "type.feature"


SURE = Classified("type.question", 0.957, "v1")


def test_what_was_learned_tells_the_type_of_an_issue_that_does_not() -> None:
    found = finding("type-label", issue("Eksport", classified=SURE))
    assert found.label == "type.question"
    assert "(95 % sikkert)" in found.evidence.da
    unsure = issue("Eksport", classified=Classified("", 0.6, "v1"))
    assert verdict("type-label", unsure) == "unknown"


@pytest.mark.parametrize(
    "facts",
    [
        issue("[Bug] Eksport"),
        issue("Eksport", issue_type="Bug"),
        issue("Eksport", "### Type\n\nFejl"),
        issue("Kan ikke gemme en skærm med æøå i navnet"),
    ],
)
def test_what_was_learned_goes_last(facts: Facts) -> None:
    assert not undecided(facts, POLICY)
    assert finding("type-label", replace(facts, classified=SURE)).label == "type.bug"


def test_nothing_learned_is_asked_for_in_vain() -> None:
    assert undecided(issue("Eksport"), POLICY)
    off = policy("labels: {type: {bug: Bug}}\nguidelines: {rules: {type-label: off}}")
    assert not undecided(issue("Eksport"), off)
    assert not undecided(issue("Eksport"), policy("labels: {type: {bug: Findes ikke}}"))
    assert not undecided(issue("XSS i søgefeltet"), POLICY)
    assert not undecided(pull(), POLICY)


def test_a_person_goes_before_what_was_learned() -> None:
    off = issue("Eksport", classified=SURE, history=(event("Bug", added=False, actor=IDA),))
    assert finding("type-label", off).label == ""


def test_a_person_who_chose_a_type_is_right() -> None:
    chosen = issue(
        "Fejl ved eksport",
        labels=("Spørgsmål",),
        history=(event("Spørgsmål", added=True, actor=IDA),),
    )
    found = finding("type-label", chosen)
    assert (found.verdict, found.label) == ("pass", "")


def test_a_person_who_took_a_type_off_is_right() -> None:
    off = issue("Fejl ved eksport", history=(event("Bug", added=False, actor=IDA),))
    assert verdict("type-label", off) == "n/a"


def test_a_type_that_a_person_put_on_and_took_off_again_leaves_ours_on() -> None:
    passing_by = issue(
        "Fejl ved eksport",
        labels=("Bug",),
        history=(
            event("Bug", added=True, actor=SELF),
            event("Spørgsmål", added=True, actor=IDA, minute=6),
            event("Spørgsmål", added=False, actor=IDA, minute=7),
        ),
        receipts=(receipt("label:add:Bug"),),
    )
    found = finding("type-label", passing_by)
    assert (found.verdict, found.label) == ("pass", "type.bug")


def test_our_own_label_is_no_persons_choice() -> None:
    ours = issue(
        "Ønske om eksport",
        labels=("Bug",),
        history=(event("Bug", added=True, actor=SELF),),
        receipts=(receipt("label:add:Bug"),),
    )
    assert finding("type-label", ours).label == "type.feature"


def test_security_goes_before_type() -> None:
    assert verdict("type-label", issue("Fejl: XSS i søgefeltet")) == "n/a"


def test_without_labels_that_exist_there_is_nothing_to_say() -> None:
    assert verdict("type-label", issue(), policy("labels: {type: {bug: Findes ikke}}")) == "n/a"
    assert verdict("type-label", issue(), policy("mode: act")) == "n/a"


def test_a_label_that_the_repository_does_not_have_is_named() -> None:
    by = policy("labels: {type: {bug: Bugg, feature: Udviklingsønsker}}")
    found = finding("type-label", issue("Fejl: eksport"), by)
    assert (found.verdict, found.label) == ("unknown", "")
    assert "Bugg" in found.evidence.da
