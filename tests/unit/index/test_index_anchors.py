"""Anchors are those of the place that shows the document: GitHub, Jekyll's kramdown, docutils."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import AnchorStyle, Source
from index.reading.anchors import Anchors, RstAnchors
from index.reading.documents import passages

# A heading's Markdown, and its id on github.com, from kramdown's GFM parser and from kramdown's
# own. The last two were printed by kramdown 2.4.0 with kramdown-parser-gfm 1.1.0.
HEADINGS = [
    ("Roller og ansvar", "roller-og-ansvar", "roller-og-ansvar", "roller-og-ansvar"),
    ("Må vi få hjælp?", "må-vi-få-hjælp", "må-vi-få-hjælp", "m-vi-f-hjlp"),
    ("2.1 Krav & kriterier", "21-krav--kriterier", "21-krav--kriterier", "krav--kriterier"),
    ("123", "123", "123", "section"),
    ("ÆØÅ", "æøå", "æøå", "section"),
    ("a  b", "a--b", "a--b", "a--b"),
    ("snake_case _kursiv_", "snake_case-kursiv", "snake_case-kursiv", "snakecase-kursiv"),
    ("~~gammel~~ ny", "gammel-ny", "gammel-ny", "gammel-ny"),
    (
        "[Roller](roller.md) og `make test`",
        "roller-og-make-test",
        "roller-og-make-test",
        "rollerrollermd-og-make-test",
    ),
    ("![alt](x.png) Titel", "-titel", "-titel", "altxpng-titel"),
    ("R&amp;D & co", "rd--co", "rd--co", "rampd--co"),
    (
        '<a name="x"></a>Titel <b>fed</b>',
        "titel-fed",
        "titel-fed",
        "a-namexatitel-bfedb",
    ),
    (r"\*stjerne\*", "stjerne", "stjerne", "stjerne"),
    (":rocket: Start", "rocket-start", "rocket-start", "rocket-start"),
    ("⚙️ Opsætning", "\ufe0f-opsætning", "\ufe0f-opsætning", "opstning"),
    ("Se <https://os2.eu>", "se-httpsos2eu", "se-httpsos2eu", "se-httpsos2eu"),
    ("A -- B --- C", "a----b-----c", "a--b--c", "a----b-----c"),
    ("Krav {#de-krav}", "krav-de-krav", "de-krav", "de-krav"),
    ("Krav{: #de-krav}", "krav-de-krav", "de-krav", "de-krav"),
    ("Roller {: .no_toc }", "roller--no_toc-", "roller--no_toc-", "roller--notoc-"),
    ("Ⅳ ½ ²", "ⅳ--", "ⅳ--", "section"),
]


@pytest.mark.parametrize(("written", "github", "kramdown", "basic"), HEADINGS)
def test_a_heading_gets_the_id_that_its_page_gives_it(
    written: str, github: str, kramdown: str, basic: str
) -> None:
    assert Anchors("github").anchor(written) == github
    assert Anchors("kramdown").anchor(written) == kramdown
    assert Anchors("kramdown-basic").anchor(written) == basic


@pytest.mark.parametrize(
    ("style", "ids"),
    [
        # As github.com shows them: https://github.com/Flet/github-slugger, test/fixtures.json.
        ("github", ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]),
        # kramdown counts each text by itself, and so can give two headings one id.
        ("kramdown", ["echo", "echo-1", "echo-1", "echo-1-1", "echo-2"]),
    ],
)
def test_repeated_headings_are_numbered(style: AnchorStyle, ids: list[str]) -> None:
    anchors = Anchors(style)
    written = ["echo", "echo", "echo 1", "echo-1", "echo"]
    assert [anchors.anchor(heading) for heading in written] == ids


def anchors_of(text: str, style: AnchorStyle) -> list[str]:
    source = Source(name="os2", location="", anchors=style)
    return [
        section.anchor for p in passages(text, "a.md", source) for section in p.passage.sections
    ]


def test_attributes_beside_a_heading_give_its_id_where_kramdown_shows_it() -> None:
    text = (
        "## Roller\n{: #rollerne .no_toc }\n\nTekst her.\n\n{: #drift}\n## Drift\n\nMere tekst.\n"
    )
    assert anchors_of(text, "kramdown") == ["rollerne", "drift"]
    assert anchors_of(text, "github") == ["roller", "drift"]


def test_headings_in_quotes_and_lists_count_among_the_repeats() -> None:
    text = "> ## Citat\n\n## Citat\n\nTekst her.\n\n- ## Punkt\n\n## Punkt\n\nMere tekst.\n"
    assert anchors_of(text, "github") == ["citat-1", "punkt-1"]


@given(st.lists(st.text(max_size=30), max_size=20))
def test_on_github_no_two_headings_share_an_anchor(headings: list[str]) -> None:
    anchors = Anchors("github")
    given_out = [anchors.anchor(heading) for heading in headings]
    assert len(set(given_out)) == len(given_out)


def test_rst_anchors_are_those_of_docutils() -> None:
    anchors = RstAnchors()
    assert [anchors.anchor("Exit strategy!"), anchors.anchor("Exit strategy")] == [
        "exit-strategy",
        "id1",
    ]
