"""Questions of what something is, and what answers them."""

import pytest

from index.passages import Passage
from os2kb.answers.composers.definitions import asked_definition
from os2kb.answers.composers.extractive import ExtractiveComposer
from tests.unit.answers.passages import found, passage


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hvad er OS2demo?", ("os2demo",)),
        ("hvad er et engagement", ("engagement",)),
        ("Hvad betyder SLA?", ("sla",)),
        ("Hvad laver en produktkoordinator?", ("produktkoordinator",)),
        ("Hvad går OS2demo ud på?", ("os2demo",)),
        ("Hvad er OS2demo for noget?", ("os2demo",)),
    ],
)
def test_a_question_of_what_something_is_names_it(question: str, words: tuple[str, ...]) -> None:
    definition = asked_definition(question, "da")
    assert definition is not None
    assert definition.words == words


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er forskellen på et projekt og et produkt?",
        "Hvad er OS2s vision?",
        "Hvad er fristen for svar?",
        "Hvad sker der, når en leder fratræder?",
        "Hvem godkender budgettet?",
        "Hvad skal der til, før OS2demo kan udgives?",
    ],
)
def test_a_question_of_something_else_about_it_asks_for_no_definition(question: str) -> None:
    assert asked_definition(question, "da") is None


@pytest.mark.parametrize(
    "text",
    [
        "OS2demo er et bookingsystem.",
        "Det åbne OS2demo er et bookingsystem.",
        "OS2demo gør det let at booke lokaler.",
        "**OS2demo**: et bookingsystem",
        "OS2demo | et bookingsystem",
    ],
)
def test_what_says_what_it_is_answers(text: str) -> None:
    definition = asked_definition("Hvad er OS2demo?", "da")
    assert definition is not None
    assert definition.given_by(text, "Drift", opens=False)


@pytest.mark.parametrize(
    "text",
    [
        "- OS2demo sync (os2demo_sync)",
        "OS2demo's nøgler er:",
        "Når en bruger logger ind i OS2demo, vises en besked.",
        "XG-1 | Foreningen OS2demo",
    ],
)
def test_what_only_names_it_does_not(text: str) -> None:
    definition = asked_definition("Hvad er OS2demo?", "da")
    assert definition is not None
    assert not definition.given_by(text, "Drift", opens=False)


def test_what_a_thing_means_is_told_by_what_it_does() -> None:
    definition = asked_definition("Hvad betyder en gul skærm?", "da")
    assert definition is not None
    assert definition.given_by("En gul skærm kører en gammel version.", "Skærme", opens=False)


def test_what_opens_the_section_of_that_name_answers_and_says_it_best_when_it_names_it() -> None:
    definition = asked_definition("Hvad er OS2demo?", "da")
    assert definition is not None
    heading = "Velkommen til OS2demo"
    assert definition.given_by("Et bookingsystem til kommuner.", heading, opens=True) == 1
    assert definition.given_by("OS2demo er et bookingsystem.", heading, opens=True) == 2
    assert definition.given_by("Et bookingsystem.", "Drift af OS2demo", opens=True) == 0


def test_a_definition_is_quoted_and_never_a_list_of_names() -> None:
    modules = passage("Moduler i OS2demo:\n\n- os2demo_sync\n- OS2demo booking (os2demo_booking)\n")
    says = passage("OS2demo er et bookingsystem.", name="p2", path="docs/om.md", title="Om")

    def quoted(*passages: Passage) -> list[str]:
        draft = ExtractiveComposer().compose("Hvad er OS2demo?", found(*passages), "da")
        return [claim.quotes[0].text for claim in draft.claims]

    assert quoted(modules, says) == ["OS2demo er et bookingsystem."]
    assert quoted(modules) == []


def test_duties_that_a_line_introduces_are_quoted_with_it() -> None:
    role = passage(
        "Koordinatoren har ansvar for at:\n\n### 1. Møder\n\n- indkalde grupperne\n"
        "- skrive referat\n",
        title="Roller",
    )
    draft = ExtractiveComposer().compose("Hvad laver koordinatoren?", found(role), "da")
    assert [claim.quotes[0].text for claim in draft.claims] == [role.text.strip()]
