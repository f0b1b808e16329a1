"""The status comment: one, edited in place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.actions import PutComment
from os2kb.governance.facts import ChangedFile, Facts, Linked
from os2kb.governance.ledger.marks import carries, own_comment, same_text, stored_hash
from os2kb.governance.receipts import Receipt, State
from tests.unit.governance.cases import (
    CITATION,
    IDA,
    NOW,
    POLICY,
    SELF,
    body,
    comment,
    issue,
    keys,
    policy,
    pull,
    receipt,
)

CHANGELOG_OUT_OF_SIGHT = ChangedFile("CHANGELOG.md", "modified", None)


def test_what_is_missing_is_told_with_remedy_quote_and_link() -> None:
    said = body(pull(citations={"linked-issue": CITATION}), "comment:status")
    assert said.startswith("<!-- os2kb:status -->\n")
    assert "opret et issue først" in said
    assert "  > En pull request skal henvise til et issue." in said
    assert f"[Bidrag › Issues]({CITATION.url})" in said
    required, advised = said.split("Overvej også:")
    assert "Én ting skal rettes" in required
    assert "CHANGELOG" in advised  # the changelog is only advised
    assert "/os2 help" in said


def test_advice_alone_is_not_counted_as_something_to_mend() -> None:
    said = body(pull(linked=(Linked(12),)), "comment:status")
    assert "Det følger kravene i [retningslinjerne](" in said
    assert "skal rettes" not in said
    assert "anbefales rettet" in said


def test_an_alarm_comes_before_all_else() -> None:
    said = body(pull(body="Ring på 20 12 34 56."), "comment:status")
    alarm, rest = said.split("Det her skal også rettes:")
    assert "Se på det her først:\n\n- **Der ser ud til at stå et telefonnummer" in alarm
    assert "nævner et issue" in rest
    assert "20 12 34 56" not in said


def test_an_alarm_alone_is_not_told_as_a_piece_of_advice() -> None:
    said = body(issue("Login virker ikke", "Ring på 20 12 34 56."), "comment:status")
    assert "Se på det her først:" in said
    assert "Overvej også" not in said


def test_the_status_speaks_the_language_of_the_subject() -> None:
    assert "open an issue first" in body(pull(language="en"), "comment:status")


def test_quiet_says_nothing_where_everything_passes() -> None:
    fine = pull(ChangedFile("README.md", "modified", "+x"), linked=(Linked(12),))
    assert keys(fine) == []
    loud = POLICY.model_copy(update={"quiet": False})
    assert keys(fine, loud) == ["comment:status"]
    assert "henviser til et issue" in body(fine, "comment:status", loud)


def test_a_status_that_stands_is_edited_when_all_is_mended_also_in_quiet() -> None:
    before = comment(body(pull(), "comment:status"), 80, SELF)
    mended = pull(
        ChangedFile("README.md", "modified", "+x"), linked=(Linked(12),), comments=(before,)
    )
    assert "Alt er på plads" in body(mended, "comment:status")
    unsure = replace(mended, pull_request=pull(CHANGELOG_OUT_OF_SIGHT).pull_request)
    assert "Jeg har ikke fundet noget, der skal rettes." in body(unsure, "comment:status")


def test_a_status_that_says_the_same_is_left() -> None:
    stored = body(pull(), "comment:status").replace("\n", "\r\n").rstrip()
    assert "comment:status" not in keys(pull(comments=(comment(stored, 80, SELF),)))


def test_a_quote_that_still_stands_keeps_the_address_it_was_first_read_at() -> None:
    def status(commit: str, quote: str = CITATION.quote) -> Facts:
        url = f"https://github.example/os2demo/docs/blob/{commit}/a.md#issues"
        return pull(citations={"linked-issue": replace(CITATION, url=url, quote=quote)})

    stored = comment(body(status("a" * 40), "comment:status"), 80, SELF)
    again = replace(status("b" * 40), comments=(stored,))
    assert "comment:status" not in keys(again)
    edited = replace(status("b" * 40, "Et issue skal nævnes."), comments=(stored,))
    assert f"/blob/{'b' * 40}/" in body(edited, "comment:status")


def test_a_status_that_a_person_deleted_stays_deleted() -> None:
    assert "comment:status" not in keys(pull(receipts=(receipt("comment:status"),)))


def test_a_status_that_a_person_deleted_while_we_edited_it_stays_deleted() -> None:
    written = (receipt("comment:status"), receipt("comment:status", state="skipped"))
    assert "comment:status" not in keys(pull(receipts=written))
    refused = pull(receipts=written[1:])
    assert "comment:status" in keys(refused)


def test_a_status_whose_write_was_cut_off_is_written() -> None:
    cut_off = pull(receipts=(receipt("comment:status", state="planned"),))
    assert "comment:status" in keys(cut_off)


def test_a_marker_that_somebody_else_wrote_is_not_our_comment() -> None:
    forged = comment("<!-- os2kb:status -->\nAlt er i orden.", 80, IDA)
    assert own_comment(pull(comments=(forged,)), "status") is None
    assert "comment:status" in keys(pull(comments=(forged,)))


def test_a_subject_without_findings_gets_no_comment() -> None:
    loud = policy("mode: act\nquiet: false\nguidelines: {rules: {security-report: off}}")
    assert keys(issue(), loud) == []


def written(text: str, state: State = "applied") -> Receipt:
    """The ledger's row for a status comment with this text."""
    content = PutComment("status", text, because="guidelines").content
    return Receipt("comment:status", state, "guidelines", NOW, content)


def mended_since(text: str, *receipts: Receipt, edited: bool = True) -> Facts:
    """A pull request in order, under which our comment says something else."""
    return pull(
        ChangedFile("README.md", "modified", "+x"),
        linked=(Linked(12),),
        comments=(comment(text, 80, SELF, edited=edited),),
        receipts=receipts,
    )


OURS = body(pull(), "comment:status")
THEIRS = OURS.rstrip() + "\n\nVi har aftalt en undtagelse på mødet i dag."


@pytest.mark.parametrize("stored", [OURS, OURS.rstrip(), OURS.replace("\n", "\r\n")])
@pytest.mark.parametrize("state", ["applied", "planned"])
def test_a_status_that_we_wrote_is_edited(stored: str, state: State) -> None:
    assert keys(mended_since(stored, written(OURS, state))) == ["comment:status"]


def test_a_status_that_a_person_edited_stays() -> None:
    assert keys(mended_since(THEIRS, written(OURS))) == []
    assert keys(mended_since(THEIRS, written(OURS), written("en anden", "planned"))) == []
    assert keys(mended_since(THEIRS, written(THEIRS, "skipped"), written(OURS))) == []


def test_without_a_ledger_only_a_status_that_was_never_edited_is_ours() -> None:
    assert keys(mended_since(OURS, edited=False)) == ["comment:status"]
    assert keys(mended_since(THEIRS, edited=True)) == []


def test_why_tells_that_a_status_was_edited() -> None:
    facts = mended_since(THEIRS, written(OURS))
    asked = replace(facts, comments=(*facts.comments, comment("/os2 why", 81)))
    assert "lader jeg stå" in body(asked, "comment:reply:81")
    untouched = mended_since(OURS, written(OURS))
    asked = replace(untouched, comments=(*untouched.comments, comment("/os2 why", 81)))
    assert "lader jeg stå" not in body(asked, "comment:reply:81")


@given(st.text(max_size=40), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", " ", "\n\n"]))
def test_what_a_forge_changes_when_it_stores_a_text_is_no_edit(
    text: str, ending: str, after: str
) -> None:
    action = PutComment("status", text, because="x")
    stored = (text + after).replace("\r", "").replace("\n", ending)
    assert stored_hash(stored) == action.content
    assert same_text(stored, text)


def test_a_marker_counts_at_the_start_only() -> None:
    assert carries("status", "\n <!-- os2kb:status -->\nAlt")
    assert not carries("status", "Alt <!-- os2kb:status -->")
    assert not carries("status", "<!-- os2kb:reply:7 -->")
