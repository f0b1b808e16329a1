"""The rule that a text is in the repository's language."""

import pytest

from os2kb.governance.facts import Facts
from os2kb.governance.rules.text.language import surely
from tests.unit.governance.cases import OTHER_BOT, finding, issue, policy, pull, strict, verdict

DANISH = (
    "Når jeg gemmer en skærm, som andre også har åben, forsvinder det, jeg har skrevet. "
    "Det sker hver gang, og vi kan ikke få det igen."
)
ENGLISH = (
    "When I save a screen that others have open as well, what I wrote is gone. "
    "This happens every time and we can not get it back."
)
ON = strict("language")  # in the Policy's language, Danish


def test_the_repositorys_language_passes_in_issues_and_pull_requests() -> None:
    assert verdict("language", issue(body=DANISH), ON) == "pass"
    assert verdict("language", pull(body=DANISH), ON) == "pass"


def test_another_language_is_told_in_both() -> None:
    found = finding("language", issue("Screen", ENGLISH), ON)
    assert found.verdict == "fail"
    assert found.evidence.da == "Teksten er på engelsk; her skrives på dansk."
    assert found.evidence.en == "The text is in English; here people write in Danish."


def test_a_product_says_which_languages_it_takes() -> None:
    both, english = (strict("language", f", allowed: [{one}]") for one in ("da, en", "en"))
    for text in (DANISH, ENGLISH):
        assert verdict("language", issue(body=text), both) == "pass"
    assert verdict("language", issue("Skærm", DANISH), english) == "fail"
    own = policy("language: en\nguidelines: {rules: {language: advise}}")
    assert verdict("language", issue("Screen", ENGLISH), own) == "pass"


@pytest.mark.parametrize(
    "facts",
    [
        issue("Screens crash on save"),
        issue("Export", f"{DANISH}\n\n{ENGLISH}"),
        issue("Eksport", "Typo in `config/services.yaml`"),
        issue("Fejl", "TypeError: cannot read properties of undefined reading map " * 20),
        issue("", "\ud800\0\u202e🎉"),
    ],
)
def test_a_short_or_mixed_text_is_left_alone(facts: Facts) -> None:
    assert verdict("language", facts, ON) == "unknown"


@pytest.mark.parametrize(
    "other",
    [
        f"```\n{ENGLISH}\n```",
        f"> {ENGLISH}",
        f"<!-- {ENGLISH} -->",
        f"### {ENGLISH}",
        f"`{ENGLISH}`",
        f"2026-03-02 ERROR {ENGLISH}",
    ],
)
def test_code_quotes_logs_and_a_forms_headings_are_not_read(other: str) -> None:
    assert surely("", f"{DANISH}\n\n{other}") == "da"
    assert surely("", other) is None


def test_bots_write_as_they_were_made() -> None:
    assert verdict("language", issue(body=ENGLISH, author=OTHER_BOT), ON) == "n/a"
