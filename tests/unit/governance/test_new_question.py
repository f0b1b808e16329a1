"""A new issue that asks something is answered, shown links, or left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.facts import Account, Comment, Facts
from os2kb.governance.new_question import NEW, new_question, question_in
from tests.unit.governance.cases import (
    ANSWER,
    BO,
    IDA,
    NOW,
    OTHER_BOT,
    POLICY,
    SELF,
    START,
    body,
    comment,
    issue,
    keys,
    plan,
    policy,
    pull,
    receipt,
)

NEAREST = (("Bidrag › Review", "https://a.example/review"), ("Roller", "https://a.example/roller"))
SURE = replace(ANSWER, confidence=0.9, support=2.0, nearest=NEAREST)
LESS_SURE = replace(SURE, support=0.2)
UNSURE = replace(SURE, confidence=0.3)
ASKS = "Hvem skal godkende vores ændring?"


def asking(**changes: object) -> Facts:
    facts = issue(ASKS, "Vi er i tvivl. Hvordan plejer I at gøre?", offered=SURE)
    return replace(facts, **changes)  # type: ignore[arg-type]


def replied(facts: Facts) -> bool:
    return "comment:question" in keys(facts)


def early(text: str, author: Account) -> Comment:
    return comment(text, 5, author)


def test_a_sure_answer_is_given_with_its_sources() -> None:
    said = body(asking(), "comment:question")
    assert said.startswith("<!-- os2kb:question -->\n")
    assert "Koordinationsgruppen godkender." in said
    assert f"[Bidrag › Issues]({ANSWER.citations[0].url})" in said
    assert "**Løste det dit spørgsmål?**" in said
    assert "**Did this solve it?**" in body(
        asking(language="en", offered=replace(SURE, lang="en")), "comment:question"
    )


def test_one_less_sure_gives_the_best_links_alone() -> None:
    said = body(asking(offered=LESS_SURE), "comment:question")
    assert "- [Bidrag › Review](https://a.example/review)" in said
    assert "- [Roller](https://a.example/roller)" in said
    assert "Koordinationsgruppen" not in said


def test_at_most_three_links_are_shown() -> None:
    many = replace(LESS_SURE, nearest=NEAREST * 4)
    assert body(asking(offered=many), "comment:question").count("\n- [") == 3


def test_a_place_without_an_address_is_no_link() -> None:
    some = replace(LESS_SURE, nearest=(("Roller", ""), *NEAREST[:1]))
    said = body(asking(offered=some), "comment:question")
    assert "Roller" not in said
    assert NEAREST[0][1] in said
    assert not replied(asking(offered=replace(LESS_SURE, nearest=(("Roller", ""),))))


def test_unsure_says_nothing() -> None:
    assert not replied(asking(offered=UNSURE))
    assert not replied(asking(offered=replace(LESS_SURE, nearest=())))
    assert not replied(asking(offered=None))


def test_a_policy_can_ask_for_links_only_or_for_silence() -> None:
    links = policy("mode: act\nquestions: links")
    assert "Koordinationsgruppen" not in body(asking(), "comment:question", links)
    off = policy("mode: act\nquestions: off")
    assert new_question(asking(), off, NOW) == ""
    assert keys(asking(), off) == []


def test_observing_offers_nothing() -> None:
    assert keys(asking(), mode="observe") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": START - NEW},
        {"open": False},
        {"locked": True},
        {"author": OTHER_BOT},
        {"comments": (early("Det gør kim.", BO),)},
        {"comments": (early("/os2 ask Hvem godkender?", IDA),)},
        {"comments": (early("<!-- os2kb:question -->\nSvar", SELF),)},
        {"receipts": (receipt("comment:question"),)},
        {"receipts": (receipt("comment:question", state="undone"),)},
        {"title": "Fejl: kalenderen virker ikke", "body": "Hvorfor virker den ikke?"},
        {"labels": ("Bug",)},
        {"title": "Hvordan melder jeg XSS i søgefeltet?"},
        {"body": "Min adgangskode er password: hunter2hunter2"},
        {"title": "Spørgsmål: 070761-4285"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_old_answered_settled_no_question_or_private_is_left_alone(
    changes: dict[str, object],
) -> None:
    facts = asking(**changes)
    assert new_question(facts, POLICY, NOW) == ""
    assert not replied(facts)


def test_what_its_author_or_a_bot_adds_does_not_silence_the_reply() -> None:
    assert replied(asking(comments=(early("Det haster lidt.", IDA), early("Tak!", OTHER_BOT))))


def test_a_pull_request_asks_nothing() -> None:
    assert new_question(replace(pull(), title=ASKS), POLICY, NOW) == ""


def test_a_persons_label_says_whether_it_is_a_question() -> None:
    unclear = asking(title="Godkendelse", body="Hvem ser på en ændring?")
    assert new_question(unclear, POLICY, NOW) == ""
    asked = replace(unclear, labels=("Spørgsmål",))
    assert new_question(asked, POLICY, NOW) == "Hvem ser på en ændring?"


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("Hvor mange godkendelser skal en pull request have?", True),
        ("Where do I find the handbook?", True),
        ("Kan I tilføje mørkt tema?", False),
        ("Hvorfor virker login ikke?", False),
        ("Hvor mange godkendelser skal en pull request have", False),
    ],
)
def test_without_a_type_the_title_must_be_nothing_but_a_question(title: str, asks: bool) -> None:
    assert bool(new_question(asking(title=title, body=""), POLICY, NOW)) == asks


def test_nothing_is_offered_long_after_although_it_was_found() -> None:
    facts = asking()
    late = [one.key for one in plan(facts).actions]
    assert "comment:question" in late
    old = replace(facts, created_at=NOW - NEW - timedelta(seconds=1))
    assert "comment:question" not in [one.key for one in plan(old).actions]


@given(st.text(max_size=60), st.text(max_size=200), st.integers(1, 2_000))
def test_whatever_is_written_what_asks_is_one_short_line(title: str, text: str, times: int) -> None:
    asked = question_in(f"{title}?", text * times)
    assert len(asked) <= 300
    assert "\n" not in asked


@pytest.mark.parametrize(
    ("title", "text", "asked"),
    [
        (ASKS, "", ASKS),
        (f"[Spørgsmål] {ASKS}", "", ASKS),
        (f"Spørgsmål: {ASKS}", "", ASKS),
        ("Hvordan tilmelder vi os", "", "Hvordan tilmelder vi os"),
        (
            "Spørgsmål om godkendelse",
            "Hej. Hvem godkender en ændring? Mvh",
            "Hvem godkender en ændring?",
        ),
        ("How do we join OS2", "", "How do we join OS2"),
        ("Kan ikke logge ind", "", ""),
        ("How do I fix it?", "What do you think?\n\n### How to reproduce the fault?", ""),
        ("Hjælp?", "Hvordan melder vi os ind i OS2?", "Hvordan melder vi os ind i OS2?"),
        ("Godkendelse", "`Hvem er det?`\n\n> Hvem godkender en ændring?", ""),
        ("Godkendelse", "Ingen ved det.", ""),
        ("Hvem " + "x " * 300 + "?", "", ""),
        ("", "", ""),
    ],
)
def test_the_sentence_that_asks_is_found(title: str, text: str, asked: str) -> None:
    assert question_in(title, text) == asked
