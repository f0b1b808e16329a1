"""Replies to commands: one for each comment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from index.passages import Language
from os2kb.governance.actions import Action
from os2kb.governance.decide import decide
from os2kb.governance.facts import Account, Facts, Role
from tests.unit.governance.cases import (
    ANSWER,
    BO,
    CITATION,
    NOW,
    POLICY,
    SELF,
    body,
    comment,
    event,
    issue,
    keys,
    plan,
    policy,
    pull,
    receipt,
)


def test_a_question_is_answered_with_its_sources() -> None:
    asked = issue(comments=(comment("/os2 ask Hvem godkender?"),), answers={77: ANSWER})
    said = body(asked, "comment:reply:77")
    assert said.startswith("<!-- os2kb:reply:77 -->\n> Hvem godkender?\n")
    assert f"Koordinationsgruppen godkender. [\\[1\\]]({CITATION.url})" in said
    assert said.count("Koordinationsgruppen godkender.") == 1  # the answer is the quote
    assert plan(asked).wake_at is None


def test_what_a_language_model_worded_stands_beside_its_quotes() -> None:
    worded = replace(ANSWER, text="Det gør gruppen. [1]", composer="llm")
    asked = issue(comments=(comment("/os2 ask Hvem godkender?"),), answers={77: worded})
    said = body(asked, "comment:reply:77")
    assert "   > Koordinationsgruppen godkender." in said
    assert "formuleret af en sprogmodel" in said


def test_an_answer_speaks_the_language_of_its_question() -> None:
    english = replace(ANSWER, lang="en")
    asked = issue(comments=(comment("/os2 ask Who?"),), answers={77: english})
    assert "**Sources**" in body(asked, "comment:reply:77")


def test_a_draft_is_called_a_draft() -> None:
    draft = replace(ANSWER, citations=(replace(CITATION, status="draft", date="2026-01-02"),))
    asked = issue(comments=(comment("/os2 ask Hvem godkender?"),), answers={77: draft})
    assert ", 2026-01-02, *Udkast*" in body(asked, "comment:reply:77")


def test_an_abstention_shows_what_is_nearest() -> None:
    nothing = replace(
        ANSWER,
        text="Det står ikke i kilderne.",
        abstained=True,
        citations=(),
        reason="no-evidence",
        nearest=(("Roller", "https://os2.eu/roller"),),
    )
    asked = issue(comments=(comment("/os2 ask Hvem godkender?"),), answers={77: nothing})
    said = body(asked, "comment:reply:77")
    assert "Det står ikke i kilderne." in said
    assert "- [Roller](https://os2.eu/roller)" in said


def test_what_is_nearest_is_linked_also_where_the_answer_lists_it() -> None:
    listed = (
        "Det finder jeg ikke svar på.\n\nMåske står det her:\n- Roller\n\nSpørg en koordinator."
    )
    abstained = replace(
        ANSWER,
        text=listed,
        abstained=True,
        citations=(),
        reason="no-evidence",
        nearest=(("Roller", "https://os2.eu/roller"),),
    )
    asked = issue(comments=(comment("/os2 ask Hvem?"),), answers={77: abstained})
    said = body(asked, "comment:reply:77")
    assert said.count("Roller") == 1
    assert "[Roller](https://os2.eu/roller)" in said
    assert "Spørg en koordinator." in said


def test_a_question_on_a_private_topic_is_not_repeated() -> None:
    private = replace(
        ANSWER,
        question="Hvad er der med 010203-1234?",
        text="Det kan jeg ikke hjælpe med her.",
        abstained=True,
        citations=(),
        reason="private-topic",
    )
    asked = issue(
        comments=(comment("/os2 ask Hvad er der med 010203-1234?"),), answers={77: private}
    )
    said = body(asked, "comment:reply:77")
    assert "0102" not in said
    assert "Det kan jeg ikke hjælpe med her." in said


def test_a_question_without_an_answer_yet_waits_and_is_looked_at_again() -> None:
    asked = issue(comments=(comment("/os2 ask Hvem godkender?", 30),), labels=("Bug",))
    assert keys(asked) == []
    assert plan(asked).wake_at == NOW + timedelta(minutes=10)
    much_later = decide(asked, POLICY, "act", NOW + timedelta(days=2))
    assert much_later.wake_at is None


def test_commands_of_one_comment_share_one_reply() -> None:
    asked = issue(comments=(comment("/os2 help\n/os2 why\n/os2 help"),))
    said = body(asked, "comment:reply:77")
    assert said.count("`/os2 ask <spørgsmål>`") == 1
    assert "`type-label` **i orden**" in said


def test_a_command_that_does_not_exist_is_told_what_does() -> None:
    said = body(issue(comments=(comment("/os2 launch @bo"),)), "comment:reply:77")
    assert "`/os2 launch` findes ikke her. `/os2 help` viser dem, du kan bruge." in said


def test_a_command_that_is_misspelt_is_told_the_nearest() -> None:
    said = body(issue(comments=(comment("/os2 recheq"),)), "comment:reply:77")
    assert "`/os2 recheq` findes ikke her. Mente du `/os2 recheck`?" in said


def helped(
    *, language: Language = "da", by: str = "ida", role: Role = Role.READ, **more: object
) -> str:
    asked = comment("/os2 help", author=Account(by))
    facts = issue(comments=(asked,), roles={by: role}, language=language, **more)
    return body(facts, "comment:reply:77")


def test_help_lists_what_whoever_asks_may_give_and_folds_whose_the_rest_is() -> None:
    theirs, _, others = helped().partition("<details>")
    assert "`/os2 recheck`" in theirs  # the author may
    assert "`/os2 label" not in theirs
    assert (
        "`/os2 label`, `/os2 severity`, `/os2 pause`, `/os2 resume`, `/os2 ignore`: dem med rollen "
        "`triage` eller en højere; `/os2 undo`: dem med rollen `maintain` eller en højere."
    ) in others
    assert "those with the role `maintain`" in helped(language="en")


def test_help_folds_nothing_where_nothing_is_left() -> None:
    said = helped(by="bo", role=Role.MAINTAIN)
    assert "`/os2 undo`" in said
    assert "<details>" not in said


def test_help_where_the_bot_observes_lists_what_it_answers() -> None:
    asked = issue(comments=(comment("/os2 help"),))
    said = body(asked, "comment:reply:77", policy("mode: observe"))
    assert all(f"`/os2 {word}" in said for word in ("help", "ask", "why"))
    assert "label" not in said
    assert "<details>" not in said


@pytest.mark.parametrize("word", ["hunter2", "010203-1234", "x" * 21, "løs", "ghp_abc", "@bo"])
def test_a_word_that_is_no_command_is_not_repeated(word: str) -> None:
    said = body(issue(comments=(comment(f"/os2 {word}"),)), "comment:reply:77")
    assert word not in said
    assert "Den kommando findes ikke her" in said
    assert "`/os2 help` viser dem, du kan bruge" in said


def test_a_command_that_is_not_theirs_gets_one_line() -> None:
    by = policy("mode: act\ncommands: {why: maintain}")
    said = body(issue(comments=(comment("/os2 why"),)), "comment:reply:77", by)
    assert said.count("\n") == 2
    assert "kan du ikke bruge her" in said


def test_a_command_that_is_nobodys_yet_is_told_where_the_policy_gives_it() -> None:
    told = body(issue(comments=(comment("/os2 escalate alt er nede"),)), "comment:reply:77")
    assert "må ingen give her, før policyen siger hvem, under `commands.escalate`" in told
    assert "nede" not in told


def test_a_reply_is_given_once_for_each_comment() -> None:
    asked = issue(comments=(comment("/os2 help"),), labels=("Bug",))
    assert keys(asked) == ["comment:reply:77"]
    assert keys(replace(asked, receipts=(receipt("comment:reply:77"),))) == []
    replied = (*asked.comments, comment(body(asked, "comment:reply:77"), 78, SELF))
    assert keys(replace(asked, comments=replied)) == []


def test_why_shows_rule_verdict_evidence_citation_and_remedy() -> None:
    asked = pull(citations={"linked-issue": CITATION}, comments=(comment("/os2 why"),))
    said = body(asked, "comment:reply:77")
    assert "`linked-issue` **skal rettes** (krav): Hverken titel" in said
    assert "opret et issue først" in said
    assert CITATION.quote in said
    assert CITATION.url in said


def test_why_shows_what_a_finding_looks_at_and_what_can_change_it() -> None:
    said = body(pull(comments=(comment("/os2 why"),)), "comment:reply:77")
    assert (
        "Reglen ser på titel, tekst, ændrede filer og ændringsloggen. Det kan ændre sig, når pu"
        in said
    )
    assert "issuets titel" not in said  # it is no issue


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (issue(), "Etiketten `Bug` sætter jeg på."),
        (issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),)), "har jeg sat på"),
    ],
)
def test_why_says_how_it_stands_with_the_label(facts: Facts, stands: str) -> None:
    assert stands in body(replace(facts, comments=(comment("/os2 why"),)), "comment:reply:77")


def test_why_says_that_a_label_was_taken_off() -> None:
    asked = pull(
        comments=(comment("/os2 why"),), history=(event("mangler issue", added=False, actor=BO),)
    )
    said = body(asked, "comment:reply:77")
    assert "Etiketten `mangler issue` er taget af, så den lader jeg være af." in said
    assert "Etiketten `mangler changelog` sætter jeg på." in said


def test_huge_texts_still_make_a_comment_that_github_takes() -> None:
    huge = replace(
        ANSWER,
        question="@" * 300_000,
        text="- @ida #12 <b> [1]\n" * 15_000,
        citations=tuple(replace(CITATION, quote="#" * 300_000) for _ in range(50)),
    )
    asked = issue(
        comments=(comment("/os2 ask x\n/os2 why"),),
        answers={77: huge},
        author=Account("ida" * 1000),
    )
    assert len(body(asked, "comment:reply:77")) <= 60_000


def test_every_action_names_its_cause() -> None:
    actions: tuple[Action, ...] = plan(
        pull(comments=(comment("/os2 help"),), proposed_policy_problems=())
    ).actions
    assert all(action.because for action in actions)
