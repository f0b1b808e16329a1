"""How answers and abstentions read."""

from index.passages import Passage
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.quotes import Quote
from os2kb.answers.written.render import Searched, abstention_text, answer_text, nearest_headings
from tests.unit.answers.passages import hits, passage

ONE = "Styregruppen godkender budgettet."
CURRENT = passage(ONE, name="a")
DRAFT = passage("Koordinationsgruppen godkender budgettet.", name="b", status="draft")
OLD = passage("Sekretariatet godkender budgettet.", name="c", status="superseded")


def whole(at: Passage) -> Quote:
    return Quote(at, 0, len(at.text))


def test_one_quote_is_a_paragraph_and_several_are_a_list() -> None:
    one, *_ = answer_text(Draft((Claim((whole(CURRENT),)),), "extractive"), "da")
    two, *_ = answer_text(
        Draft((Claim((whole(CURRENT),)), Claim((whole(DRAFT),))), "extractive"), "da"
    )
    assert one == f"{ONE} [1]"
    assert two == f"- {ONE} [1]\n- Koordinationsgruppen godkender budgettet. [2] _(udkast)_"


def test_a_list_reads_well_as_plain_text_too() -> None:
    duties = passage("Koordinatoren skal:\n\n1. Indkalde | samle grupper\n2. Skrive > referere\n")
    text, *_ = answer_text(Draft((Claim((whole(duties),)),), "extractive"), "da")
    assert text == "Koordinatoren skal:\n  - Indkalde | samle grupper\n  - Skrive > referere [1]"


def test_code_follows_the_number_of_its_quote() -> None:
    code = passage("```sh\nmake run\n```")
    led = passage("Kør:\n\n```sh\nmake run\n```", name="led")
    text, *_ = answer_text(Draft((Claim((whole(led),)), Claim((whole(code),))), "extractive"), "da")
    assert text == "- Kør: [1]\n  ```\n  make run\n  ```\n- [2]\n  ```\n  make run\n  ```"


def test_a_claim_names_all_its_quotes_and_whatever_is_not_in_force() -> None:
    claim = Claim((whole(CURRENT), whole(DRAFT), whole(OLD)), "Tre steder står der noget om det.")
    text, citations, _ = answer_text(Draft((claim,), "llm"), "en")
    assert text == ("Tre steder står der noget om det. [1][2][3] _(draft, not in force)_")
    assert [citation.status for citation in citations] == ["current", "draft", "superseded"]


def test_a_quote_that_two_claims_rest_on_has_one_number() -> None:
    draft = Draft((Claim((whole(CURRENT),), "Et."), Claim((whole(CURRENT),), "To.")), "llm")
    text, citations, _ = answer_text(draft, "da")
    assert text == "- Et. [1]\n- To. [1]"
    assert len(citations) == 1


def test_an_abstention_says_what_was_searched_and_where_to_go() -> None:
    text = abstention_text(
        "no-evidence",
        "da",
        searched=Searched(3, 12, shared=1),
        product="os2_display*",
        nearest=(("Roller › <b>", "https://example.org/a b"), ("Uden adresse", "")),
    )
    assert text == (
        "Det finder jeg ikke svar på. "
        "Jeg har søgt i 3 dokumenter (12 afsnit) om os2_display\\* og om OS2 i almindelighed.\n\n"
        "Måske står det her:\n"
        "- [Roller › &lt;b>](https://example.org/a%20b)\n"
        "- Uden adresse\n\n"
        "Spørg ellers produktets koordinator, for eksempel ved at oprette et issue."
    )


def test_an_abstention_names_no_documents_that_there_are_not() -> None:
    def said(searched: Searched) -> str:
        text = abstention_text("no-evidence", "da", searched=searched, product="os2demo")
        return text.partition("\n")[0]

    assert said(Searched(3, 12)).endswith("(12 afsnit) om os2demo.")
    assert said(Searched(0, 0)).endswith("ingen dokumenter om os2demo, som må vises her.")


def test_the_nearest_headings_are_offered_once_each() -> None:
    twice = hits(CURRENT, passage("Andet.", name="d"), passage("x", name="e", title="Drift"))
    assert [heading for heading, _ in nearest_headings(twice, "da")] == ["Roller", "Drift"]


def test_what_no_longer_applies_is_no_place_to_look_and_a_draft_says_what_it_is() -> None:
    """A reader of a bare heading cannot tell that the rule below it was replaced last year."""
    archived = passage("x", name="f", title="Bidrag (2023)", status="archived")
    found = hits(OLD, archived, passage("x", name="g", title="Årshjul", status="draft"))
    assert [heading for heading, _ in nearest_headings(found, "da")] == ["Årshjul (udkast)"]
    assert [heading for heading, _ in nearest_headings(found, "en")] == ["Årshjul (draft)"]


def test_an_abstention_names_whom_the_installation_says_to_ask() -> None:
    for contact, shown in (
        ("os2@os2.eu", "Otherwise ask os2@os2.eu, or"),
        ("https://os2.eu/hjælp", "ask [https://os2.eu/hjælp](https://os2.eu/hjælp), or"),
        ("<b>Kim</b>", "ask &lt;b>Kim&lt;/b>, or"),
    ):
        assert shown in abstention_text("no-evidence", "en", contact=contact)
