"""The check on a pull request that edits the product's own texts."""

from dataclasses import replace

from os2kb.governance.wording.check import is_wording
from os2kb.governance.wording.wordings import FOLDER
from tests.unit.governance.cases import checks, pull, receipt

WELCOME = f"{FOLDER}/da/welcome.md"


def test_a_mistake_is_shown_at_its_line() -> None:
    (made,) = checks(pull(proposed_wordings={WELCOME: "Hej\n\n{{ navn }}"}), "texts")
    assert (made.conclusion, made.title) == ("failure", "Der er én fejl i teksterne.")
    assert [(one.path, one.line) for one in made.annotations] == [(WELCOME, 3)]
    assert "os2kb's egen står i stedet" in made.summary


def test_texts_that_can_be_used_are_a_success_told_once() -> None:
    facts = pull(proposed_wordings={WELCOME: "Hej {{ author }}"})
    (made,) = checks(facts, "texts")
    assert made.conclusion == "success"
    said = replace(receipt(made.key), content=made.content)
    assert not checks(replace(facts, receipts=(said,)), "texts")


def test_what_cannot_be_read_or_has_no_such_name_is_a_mistake() -> None:
    facts = pull(proposed_wordings={WELCOME: None, f"{FOLDER}/da/hej.md": "Hej"}, language="en")
    (made,) = checks(facts, "texts")
    assert made.title == "The texts have 2 mistakes."
    assert "make it a text file" in made.summary
    assert "There is no text of that name" in made.summary


def test_a_pull_request_without_texts_has_no_such_check_and_observing_sets_none() -> None:
    assert not checks(pull(), "texts")
    assert not checks(pull(proposed_wordings={WELCOME: "Hej"}), "texts", mode="observe")


def test_what_lies_beside_the_texts_is_none() -> None:
    assert is_wording(WELCOME)
    assert is_wording(f"{FOLDER}/sv/welcome.md")
    assert not is_wording(f"{FOLDER}/README.md")
    assert not is_wording(".github/os2kb.yml")
