"""The extractive composer: the sentences that answer, word for word."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.passages import AskedWord, Passage
from os2kb.answers.composers.choice import MOST_PASSAGES
from os2kb.answers.composers.extractive import ExtractiveComposer
from os2kb.answers.draft import Found
from os2kb.answers.verify import verified
from tests.unit.answers.passages import found, hits, passage

ROLES = passage(
    """Leverandøren drifter løsningen. Leverandøren træffer ikke beslutninger om produktets retning.

Styregruppen mødes fire gange om året. Styregruppen godkender budgettet hvert år i november.
""",
    first_line=5,
)
COLOURS = passage(
    """På oversigten kan du se status:

- **Grøn**: Klienten modtager data.
- **Gul**: Klienten kører ikke sidste version af koden.
- **Rød**: Klienten har ikke modtaget data.
""",
    name="p2",
    path="docs/skærme.md",
    title="Skærme",
)
STATUSES = passage(
    """| Status | Betydning |
|---|---|
| Forslag | Beslutningen er foreslået. |
| Erstattet | Beslutningen gælder ikke længere. |
""",
    name="p3",
    path="docs/log.md",
    title="Beslutningslog",
)


def quotes(question: str, first: Passage = ROLES) -> list[str]:
    others = [each for each in (ROLES, COLOURS, STATUSES) if each is not first]
    draft = ExtractiveComposer().compose(question, found(first, *others), "da")
    return [claim.quotes[0].text for claim in draft.claims]


def test_the_sentence_that_answers_is_quoted() -> None:
    assert "Styregruppen godkender budgettet hvert år i november." in quotes(
        "Hvornår godkender styregruppen budgettet?"
    )


def test_a_list_item_is_one_quote() -> None:
    assert "- **Gul**: Klienten kører ikke sidste version af koden." in quotes(
        "hvad betyder det naar skaermen er gul", COLOURS
    )


def test_a_table_row_is_one_quote_and_its_head_is_none() -> None:
    found = quotes("Hvad betyder status erstattet?", STATUSES)
    assert "| Erstattet | Beslutningen gælder ikke længere. |" in found
    assert "| Status | Betydning |" not in found


def test_a_list_that_answers_is_quoted_whole_after_its_lead_in() -> None:
    criteria = passage(
        "Følgende skal være på plads for at komme på niveau 2:\n\n"
        "- licensen er godkendt\n- koden ligger på GitHub\n- der er en styregruppe\n\n"
        "## Andet\n\n- et punkt uden for listen\n",
    )
    draft = ExtractiveComposer().compose(
        "Hvad skal være på plads på niveau 2?", found(criteria), "da"
    )
    assert [claim.quotes[0].text for claim in draft.claims] == [
        "Følgende skal være på plads for at komme på niveau 2:\n\n"
        "- licensen er godkendt\n- koden ligger på GitHub\n- der er en styregruppe"
    ]


def test_an_answer_quotes_one_piece_each_of_at_most_two_passages() -> None:
    """Ten lines, seven of them from one list, are a search result and no answer."""
    rules = [
        passage(
            f"Review {at}: to skal godkende et review.\n\nEt review tager {at} dage.\n",
            name=str(at),
            path=f"{at}.md",
        )
        for at in range(1, 6)
    ]
    draft = ExtractiveComposer().compose("Hvem skal godkende et review?", found(*rules), "da")
    of = [claim.quotes[0].passage.id for claim in draft.claims]
    assert 0 < len(of) <= MOST_PASSAGES
    assert len(set(of)) == len(of)


def test_steps_are_quoted_together_to_who_asks_how() -> None:
    steps = passage(
        "1. Åbn siden Skærme\n2. Nulstil skærmen\n3. Vent i et minut\n", title="Nulstil en skærm"
    )
    draft = ExtractiveComposer().compose("Hvordan nulstiller jeg en skærm?", found(steps), "da")
    assert [claim.quotes[0].text for claim in draft.claims] == [steps.text.strip()]


def test_the_source_of_a_diagram_is_no_answer() -> None:
    assert (
        answer_of(
            "Hvor længe er et projekt i sandkassen?",
            "```mermaid\nA[Projekt] --> B[Sandkasse i 6 måneder]\n```",
        )
        == []
    )


def test_a_table_row_brings_the_head_of_its_table() -> None:
    draft = ExtractiveComposer().compose("Hvad betyder erstattet?", found(STATUSES), "da")
    head = draft.claims[0].head
    assert head is not None
    assert head.text == "| Status | Betydning |"


def test_a_compound_finds_its_parts_and_the_parts_the_compound() -> None:
    assert quotes("budget godkendelse")[0].startswith("Styregruppen godkender budgettet")
    assert any("produktets retning" in quote for quote in quotes("produktretning"))


def test_quotes_of_one_document_stand_together_in_its_own_order() -> None:
    draft = ExtractiveComposer().compose(
        "Hvad gør leverandøren og styregruppen?", found(COLOURS, ROLES, STATUSES), "da"
    )
    places = [(claim.quotes[0].passage.path, claim.quotes[0].start) for claim in draft.claims]
    paths = [path for path, _ in places]
    assert paths == sorted(paths, key=paths.index)
    assert all(
        earlier[1] < later[1] for earlier, later in pairwise(places) if earlier[0] == later[0]
    )


def test_the_same_words_in_two_places_are_quoted_once() -> None:
    twin = passage(ROLES.text, name="p9", path="docs/kopi.md")
    draft = ExtractiveComposer().compose("Hvem godkender budgettet?", found(ROLES, twin), "da")
    texts = [claim.quotes[0].text for claim in draft.claims]
    assert len(texts) == len(set(texts))


ONCE = passage(
    """- **Status**: Erstattet af to godkendelser

En pull request skal have én godkendelse, før den flettes.
""",
    name="old",
    path="beslutninger/2025.md",
    title="Én godkendelse",
    status="superseded",
)
NOW = passage(
    "Hver pull request skal have to godkendelser.\n",
    name="new",
    path="guidelines/review.md",
    title="Review",
)
APPROVALS = "Hvor mange godkendelser skal en pull request have?"


def test_what_is_in_force_goes_first_however_well_the_old_rule_fits() -> None:
    draft = ExtractiveComposer().compose(APPROVALS, found(ONCE, NOW), "da")
    statuses = [claim.quotes[0].passage.status for claim in draft.claims]
    assert statuses[0] == "current"
    assert statuses == sorted(statuses, key=lambda status: status != "current")


def test_what_is_not_in_force_answers_where_nothing_else_does() -> None:
    draft = ExtractiveComposer().compose(APPROVALS, found(ONCE), "da")
    assert [claim.quotes[0].text for claim in draft.claims] == [
        "En pull request skal have én godkendelse, før den flettes."
    ]


def test_a_status_line_is_quoted_only_to_who_asks_for_it() -> None:
    asked = ExtractiveComposer().compose("Hvad er status på én godkendelse?", found(ONCE), "da")
    assert asked.claims[0].quotes[0].text == "- **Status**: Erstattet af to godkendelser"
    beside = ExtractiveComposer().compose("Er to godkendelser erstattet?", found(ONCE), "da")
    assert not [c for c in beside.claims if "Status" in c.quotes[0].text]


def answer_of(question: str, *texts: str) -> list[str]:
    """What is quoted of documents with these texts."""
    all_of = (passage(text, name=str(at), path=f"{at}.md") for at, text in enumerate(texts))
    draft = ExtractiveComposer().compose(question, found(*all_of), "da")
    return [claim.quotes[0].text for claim in draft.claims]


def test_a_line_that_only_announces_a_list_is_no_answer() -> None:
    assert answer_of("Hvem godkender budgettet?", "Budgettet godkendes af:\n\n## Andet\n") == []


def test_the_rest_of_a_headings_sentence_answers_only_who_asks_for_the_heading() -> None:
    """“opgaver, der koster mere” is no price, but it is one of the things the group decides."""
    decides = passage(
        "- opgaver, der koster mere end 50.000 kr.\n- budget og regnskab for hele året\n",
        title="Styregruppen beslutter",
    )

    def quoted(question: str) -> int:
        return len(ExtractiveComposer().compose(question, found(decides), "da").claims)

    assert quoted("Hvad koster det?") == 0
    assert quoted("Hvad beslutter styregruppen om budgettet?") > 0


def test_what_a_sentence_says_goes_before_what_its_relative_clause_describes() -> None:
    assert answer_of(
        "Hvem driver løsningen?",
        "Ingen, der driver løsningen, skal vækkes om natten.",
        "Leverandøren driver løsningen for alle kommuner.",
    ) == ["Leverandøren driver løsningen for alle kommuner."]


def test_a_sentence_that_shares_but_one_common_word_is_no_answer() -> None:
    shares_a_word = passage("Gruppens budget offentliggøres hvert år i marts måned.")
    asked = [
        AskedWord(word, rarity, is_name=False)
        for word, rarity in (
            ("farve", 0.9),
            ("budget", 0.4),
            ("mappen", 0.9),
            ("skrivebordet", 1.0),
        )
    ]
    draft = ExtractiveComposer().compose(
        "Hvilken farve har budget mappen på skrivebordet?", Found(hits(shares_a_word), asked), "da"
    )
    assert draft.claims == ()


def test_a_rule_of_another_document_corroborates_and_a_neighbour_only_pads() -> None:
    one = "En pull request skal have to godkendelser. En pull request begynder i dag med en titel."
    two = "Hver pull request skal have to godkendelser, før den flettes."
    assert answer_of(APPROVALS, one, two) == [
        "En pull request skal have to godkendelser.",
        two,
    ]


def test_the_row_of_a_case_that_nobody_asked_about_yields_to_a_sentence() -> None:
    levels = "| Niveau | Krav |\n|---|---|\n| 3 | Bestyrelsen sidder i styregruppen |\n"
    assert answer_of("Hvem sidder i styregruppen?", levels, "Styregruppen har fem medlemmer.") == [
        "Styregruppen har fem medlemmer."
    ]


TEXTS = st.text(alphabet=st.sampled_from("aåb 1.|-#>`*:\n?!\u202eæ🌳<&"), max_size=300) | st.text()


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4), st.text())
def test_whatever_the_documents_and_question_hold_each_quote_is_verbatim(
    texts: list[str], question: str
) -> None:
    all_of = [passage(text, name=str(at), path=f"{at}.md") for at, text in enumerate(texts)]
    draft = ExtractiveComposer().compose(question, found(*all_of), "da")
    assert len(draft.claims) <= MOST_PASSAGES
    for claim in draft.claims:
        (quote,) = claim.quotes
        text = quote.passage.text
        first, last = quote.lines
        assert quote.text in text
        assert quote.text in "\n".join(text.split("\n")[first - 1 : last])
    assert verified(draft, hits(*all_of)) == draft
