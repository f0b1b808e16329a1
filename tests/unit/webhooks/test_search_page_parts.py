"""What the search page is made of: addresses, lines of documents, answers as HTML."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Citation, Passage
from os2kb.answers.written.markdown import shown
from tests.unit.decisions.drawn import TEXT
from webhooks.pages.language import Reader
from webhooks.pages.markdown import answer_html
from webhooks.search_page.document import Line, lines_of
from webhooks.search_page.places import opened_at
from webhooks.search_page.wanted import Wanted
from webhooks.search_page.wording import Wording

PASSAGE = Passage(
    "ab", "handbook", "regler.md", (3, 5), "Regler", (), "", "en\nto\ntre\n", "", None,
    "guideline", "da", "current", "public",
)  # fmt: skip


class OneDocument:
    """An index, as far as places are looked up in it."""

    passages = (PASSAGE, replace(PASSAGE, id="cd", path="loen.md", visibility="internal"))


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        (
            "https://github.com/os2demo/os2demo/blob/main/docs/regler.md#review",
            "https://github.com/os2demo/os2demo/blob/main/docs/regler.md?plain=1#L4-L5",
        ),
        (
            "https://git.example.org/regler.md#L1-L90",
            "https://git.example.org/regler.md?plain=1#L4-L5",
        ),
        (
            "https://docs.example.org/regler#review",
            "https://docs.example.org/regler#review:~:text=To%2Dtrins%20godkendelse%2C%20af%20alt",
        ),
        (
            "https://docs.example.org/regler",
            "https://docs.example.org/regler#:~:text=To%2Dtrins%20godkendelse%2C%20af%20alt",
        ),
        ("https://docs.example.org/regler.pdf", "https://docs.example.org/regler.pdf"),
        ("javascript:alert(1)", "/passages/ab?lines=4-5#L4"),
        ("", "/passages/ab?lines=4-5#L4"),
    ],
)
def test_a_citation_is_opened_at_its_very_lines(url: str, opened: str):
    citation = Citation(
        "- **To-trins** godkendelse, af alt\n- mere", "Regler", url, "regler.md", (4, 5)
    )
    assert opened_at(OneDocument, citation) == opened  # type: ignore[arg-type]


def test_what_is_internal_or_gone_is_opened_nowhere():
    for path in ("loen.md", "væk.md"):
        citation = Citation("x", "Regler", "", path, (4, 5))
        assert opened_at(OneDocument, citation) == ""  # type: ignore[arg-type]


def test_lines_stand_once_with_the_numbers_that_they_have_in_the_file():
    overlapping = replace(PASSAGE, lines=(5, 6), text="tre\nfire\n")
    after = replace(PASSAGE, lines=(9, 12), text="uden sine billeder\nog mere")
    assert list(lines_of([PASSAGE, overlapping, after])) == [
        Line(3, "en", gap=False),
        Line(4, "to", gap=False),
        Line(5, "tre", gap=False),
        Line(6, "fire", gap=False),
        Line(9, "uden sine billeder", gap=True),
        Line(0, "og mere", gap=False),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("To. [1]", '<p>To. <a class="cited" href="#source-1">[1]</a></p>\n'),
        (
            "To. [1][2]",
            '<p>To. <a class="cited" href="#source-1">[1]</a>'
            '<a class="cited" href="#source-2">[2]</a></p>\n',
        ),
        (r"Som \[1\] siger", "<p>Som [1] siger</p>\n"),
        ("`liste[1]`", "<p><code>liste[1]</code></p>\n"),
        ("[1](/x)", '<p><a href="/x" rel="nofollow noopener">1</a></p>\n'),
        ("[1](javascript:alert)", "<p>[1](javascript:alert)</p>\n"),
        ("<b>x</b> [1]", '<p>&lt;b&gt;x&lt;/b&gt; <a class="cited" href="#source-1">[1]</a></p>\n'),
    ],
)  # fmt: skip
def test_the_number_of_a_citation_leads_to_its_source(text: str, html: str):
    assert answer_html(text) == html


@given(TEXT | st.text())
def test_whatever_a_quote_holds_only_the_answer_itself_cites(quote: str):
    assert str(answer_html(f"{shown(quote)} [7]")).count('class="cited"') <= 1


@pytest.mark.parametrize(
    ("q", "asks"),
    [("styregruppe", False), ("to godkendelser", False), ("styregruppe?", True),
     ("hvem godkender en release", True), ("", False)],
)  # fmt: skip
def test_whole_questions_are_answered_and_words_are_looked_for(q: str, asks: bool):
    assert Wanted(q).is_question is asks


def test_an_address_says_only_what_is_wanted():
    wanted = Wanted("æ & ø", product="os2demo", offset=10)
    assert wanted.address(Reader("da")) == "/?q=%C3%A6+%26+%C3%B8&product=os2demo&offset=10"
    assert (
        wanted.address(Reader("en", "en"), offset=0, product="") == "/?q=%C3%A6+%26+%C3%B8&lang=en"
    )
    assert Wanted().address(Reader("da")) == "/"


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        (["Review", "To godkendelser"], ["Review", "To godkendelser"]),
        (["To godkendelser", "[ODR] To godkendelser", "Baggrund"], ["To godkendelser", "Baggrund"]),
        (["Roller", "roller"], ["Roller"]),
        (["Nyt", "[2.0] Nyt"], ["Nyt", "[2.0] Nyt"]),
        (["[ODR]", ""], ["[ODR]", ""]),
    ],
)
def test_a_trail_says_nothing_twice(steps: list[str], left: list[str]):
    assert Wording.trail(steps) == left
