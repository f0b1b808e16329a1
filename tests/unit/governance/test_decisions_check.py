"""The check on a pull request that touches the decision log, and the lines it suggests."""

from dataclasses import replace

import pytest

from os2kb.decisions.lint.change import LogChange
from os2kb.governance.actions import PutReview
from os2kb.governance.facts import ChangedFile, Facts
from tests.unit.governance.cases import SELF, checks, plan, pull, receipt

PATH = "beslutninger/2026-05-02-faelles-drift.md"
GOOD = (
    "# [SDR] Fælles drift\n\n- **Nr.**: 42\n- **Dato**: 2026-05-02\n- **Status**: Accepteret\n"
    "- **Beslutningstagere**: Styregruppen\n\n## Beskrivelse af beslutningen\n\nDriften udbydes.\n"
)
NO_DATE = GOOD.replace("- **Dato**: 2026-05-02", "- **Dato**:")


def added(text: str, path: str = PATH) -> ChangedFile:
    lines = text.split("\n")[:-1]
    patch = f"@@ -0,0 +1,{len(lines)} @@\n" + "\n".join(f"+{line}" for line in lines)
    return ChangedFile(path, "added", patch)


def changed(after: str, before: dict[str, str] | None = None, **more: object) -> Facts:
    change = LogChange("beslutninger", before or {}, {PATH: after})
    return pull(added(after), log_change=change, **more)


def reviews(facts: Facts) -> list[PutReview]:
    return [one for one in plan(facts).writes() if isinstance(one, PutReview)]


def test_an_entry_in_order_is_a_success() -> None:
    (check,) = checks(changed(GOOD), "decisions")
    assert (check.conclusion, check.title, check.annotations) == (
        "success", "Beslutningsloggen er i orden.", (),
    )  # fmt: skip
    assert reviews(changed(GOOD)) == []


def test_a_mistake_is_told_at_its_line_and_the_right_line_is_suggested() -> None:
    facts = changed(NO_DATE)
    (check,) = checks(facts, "decisions")
    assert (check.conclusion, check.title) == ("failure", "1 ting skal rettes")
    assert [(one.path, one.line, one.level) for one in check.annotations] == [(PATH, 4, "failure")]
    (review,) = reviews(facts)
    (suggestion,) = review.suggestions
    assert (suggestion.path, suggestion.line, review.head_sha) == (PATH, 4, "abc123")
    assert suggestion.body.endswith("```suggestion\n- **Dato**: 2026-05-02\n```")
    assert suggestion.body.startswith(f"<!-- os2kb:{suggestion.marker} -->\nDer står ingen dato.")


def test_what_is_only_worth_a_look_holds_nothing_up() -> None:
    (check,) = checks(changed(GOOD.replace("Driften udbydes.\n", "")), "decisions")
    assert (check.conclusion, check.title) == ("neutral", "Intet skal rettes; 1 bør ses efter")
    assert [one.level for one in check.annotations] == ["warning"]


def test_it_is_held_against_the_whole_log_and_tells_of_no_other_file() -> None:
    other = NO_DATE.replace("Fælles drift", "Møder").replace("Driften udbydes", "Vi mødes i marts")
    (check,) = checks(changed(GOOD, {"beslutninger/a.md": other}), "decisions")
    assert [one.message.split(".")[0] for one in check.annotations] == ["Nr"]
    assert "bruges allerede i beslutninger/a.md" in check.annotations[0].message


def test_a_file_that_moves_is_not_there_twice() -> None:
    change = LogChange("beslutninger", {"beslutninger/gammel.md": GOOD},
                       {PATH: GOOD, "beslutninger/gammel.md": None})  # fmt: skip
    (check,) = checks(pull(added(GOOD), log_change=change), "decisions")
    assert check.conclusion == "success"


def test_an_accepted_decision_that_says_something_else_is_told_with_both_versions() -> None:
    after = GOOD.replace("Driften udbydes.", "Driften bliver hos os.")
    (check,) = checks(changed(after, {PATH: GOOD}), "decisions")
    assert check.conclusion == "neutral"
    assert "Før: “Driften udbydes.”. Nu: “Driften bliver hos os.”." in check.annotations[0].message
    proposal = GOOD.replace("Accepteret", "Forslag")
    (fine,) = checks(changed(after, {PATH: proposal}), "decisions")
    assert fine.conclusion == "success"


def test_the_check_and_the_suggestions_are_made_once() -> None:
    facts = changed(NO_DATE)
    (check,), (review,) = checks(facts, "decisions"), reviews(facts)
    said = (
        receipt(check.key, "decisions", content=check.content),
        receipt(review.key, "decisions", content=review.content),
    )
    again = replace(facts, receipts=said)
    assert (checks(again, "decisions"), reviews(again)) == ([], [])


def test_lines_that_moved_get_no_second_suggestion() -> None:
    (review,) = reviews(changed(NO_DATE))
    said = receipt(review.key, "decisions", content=review.content)
    moved = NO_DATE.replace("\n\n", "\n\nEn linje mere.\n\n", 1)
    assert reviews(changed(moved, receipts=(said,))) == []


def test_a_suggestion_that_says_something_else_now_is_edited() -> None:
    (first,) = reviews(changed(NO_DATE))
    said = receipt(first.key, "decisions", content=first.content.replace("=", "=x"))
    (review,) = reviews(changed(NO_DATE, receipts=(said,)))
    assert [(one.marker, one.known) for one in review.suggestions] == [
        (first.suggestions[0].marker, True)
    ]


def test_what_was_refused_is_not_tried_again() -> None:
    (review,) = reviews(changed(NO_DATE))
    refused = receipt(review.key, "decisions", "skipped", content=review.content)
    assert reviews(changed(NO_DATE, receipts=(refused,))) == []


def test_only_lines_of_the_difference_are_suggested() -> None:
    change = LogChange("beslutninger", {PATH: NO_DATE}, {PATH: NO_DATE})
    far = ChangedFile(
        PATH, "modified", "@@ -8,3 +8,3 @@\n ## Beskrivelse\n \n-x\n+Driften udbydes."
    )
    facts = pull(far, log_change=change)
    assert reviews(facts) == []
    assert [one.line for one in checks(facts, "decisions")[0].annotations] == [4]


def test_a_stray_carriage_return_moves_no_suggestion_to_another_line() -> None:
    assert reviews(changed(NO_DATE.replace("\n", "\r\n")))
    assert reviews(changed(NO_DATE.replace("drift\n", "dr\rift\n"))) == []


def test_a_suggestion_breaks_out_of_nothing_and_mentions_nobody() -> None:
    line = "Beslutningen fremlægges til godkendelse 06.06.2025 ```` @bo <img src=x>"
    (review,) = reviews(changed(GOOD.replace("Driften udbydes.", line)))
    (one,) = review.suggestions
    told, fence, suggestion = one.body.partition("`````suggestion\n")
    assert fence
    assert suggestion == line.replace("2025", "2026") + "\n`````"
    assert "@bo" not in told
    assert "<img" not in told


@pytest.mark.parametrize("secret", ["010190-1234", "ida@privat.example"])
def test_a_line_with_something_private_is_not_shown_again(secret: str) -> None:
    text = GOOD.replace("Driften udbydes.", f"Beslutningen fremlægges til møde 02.02.2025 {secret}")
    (check,) = checks(changed(text), "decisions")
    assert check.annotations
    assert secret not in repr(check)
    assert reviews(changed(text)) == []


def test_observing_writes_neither_and_a_draft_has_none() -> None:
    facts = changed(NO_DATE)
    written = plan(facts, mode="observe").writes()
    assert not [one for one in written if one.because == "decisions"]
    assert not checks(pull(), "decisions")


def test_nothing_is_suggested_to_ourselves() -> None:
    assert reviews(changed(NO_DATE, author=SELF)) == []
