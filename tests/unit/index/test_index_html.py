"""HTML is read as its readers see it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Parsed, Source
from index.reading.contents import text_of
from index.reading.decoding import Unreadable
from index.reading.documents import parse, passages
from index.reading.formats.html import html_as_markdown

SOURCE = Source(name="os2", location="", url="https://a.dk/{stem}.html#{anchor}")


def read(page: str) -> str:
    return text_of(page.encode("utf-8", "replace"), "side.html")


def cut(page: str) -> list[Parsed]:
    return passages(read(page), "side.html", SOURCE)


def body(inside: str) -> str:
    return read(f"<body>{inside}</body>").strip()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<p>Ejeren <b>bestemmer</b> <a href='x'>alt</a>,\n  altid.</p>",
            "Ejeren bestemmer alt, altid.",
        ),
        ("<p>Første<br>anden</p>", "Første\nanden"),
        ("<p>R&amp;D og 1 &lt; 2</p>", "R&D og 1 < 2"),
        ("<p>&lt;b&gt; og &amp;amp;</p>", "&lt;b> og &amp;amp;"),
        ("<p># ikke</p><p>1. ikke</p><p>- ikke</p>", "\\# ikke\n\n1\\. ikke\n\n\\- ikke"),
        ("<ul><li>et<ul><li>under</li></ul><li>to</ul>", "- et\n\n  - under\n- to"),
        ("<ol><li>et</li><li><p>to</p><p>mere</p></li></ol>", "1. et\n2. to\n\n   mere"),
        ("<pre>a\n  ```\n</pre>", "````\na\n  ```\n````"),
        ("<blockquote><p>et</p></blockquote>", "> et"),
        (
            "<table><tr><th>Navn</th><th>A|B</th></tr><tr><td>Ida</td></tr></table>",
            "| Navn | A\\|B |\n|---|---|\n| Ida |  |",
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "|  |  |\n|---|---|\n| a | b |"),
        ("<table role=presentation><tr><td><p>et</p><td>to</table>", "et\n\nto"),
        ("<section id=rol><h2>Roller</h2></section>", "## Roller {#rol}"),
        ("<h3 id=x>Roller <a class=headerlink href=#x>¶</a></h3>", "### Roller {#x}"),
        ("<h2><a name=gl></a>Gammel</h2>", "## Gammel {#gl}"),
        ("<div>et<p>to</p>tre</div>", "et\n\nto\n\ntre"),
        ("<dl><dt>Ejer<dd>Bestemmer.</dl>", "**Ejer**\n\nBestemmer."),
        ("<p>æ<script>alert(1)</script><style>p{}</style>ø</p><!-- skjult -->", "æø"),
        ("<nav>a</nav><header>b</header><footer>c</footer><div hidden>d</div><p>e</p>", "e"),
        ("<header>a</header><main><header><p>b</p></header><p>c</p></main><p>d</p>", "b\n\nc"),
        ("<div role=navigation>a</div><form>b</form><p aria-hidden=true>c</p>", ""),
    ],
)
def test_a_page_becomes_markdown_with_the_readers_own_text(html: str, markdown: str) -> None:
    assert body(html) == markdown


def test_a_page_says_its_title_language_and_date() -> None:
    page = (
        '<html lang="da-DK"><head><title>Roller | OS2</title>'
        '<meta property="article:modified_time" content="2026-02-03T10:00">'
        "</head><body><h1>Roller</h1><p>Tekst.</p></body></html>"
    )
    document = parse(read(page), "side.html", SOURCE)
    assert (document.title, document.lang, document.date) == ("Roller", "da", "2026-02-03")


def test_passages_of_a_page_have_its_own_anchors_and_nothing_of_the_marks() -> None:
    page = "<h1 id=top>Roller</h1><p>Alle.</p><h2>Uden id</h2><p>Leder det.</p>"
    (only,) = cut(page)
    assert [section.url for section in only.passage.sections] == [
        "https://a.dk/side.html#top",
        "https://a.dk/side.html",
    ]
    assert only.plain == "Roller Alle. Uden id Leder det."
    assert "{#" not in only.passage.text


def test_liquid_in_a_page_is_text_and_so_is_what_looks_like_markup() -> None:
    (only,) = cut("<p>Skriv {{ navn }} og &lt;div&gt; og [a](b) i feltet.</p>")
    assert only.plain == "Skriv {{ navn }} og <div> og [a](b) i feltet."


def test_a_term_that_asks_is_a_question() -> None:
    page = "<h1>FAQ</h1><dl><dt>Hvem ejer?<dd>OS2.<dt>Hvem betaler?<dd>Alle.</dl>"
    assert [p.passage.heading[-1] for p in cut(page)] == ["Hvem ejer?", "Hvem betaler?"]


WORDS = st.text(alphabet="abc æøå.,!?;:()/", max_size=30)
MARKS = """
<p> </p> <b> </b> <ul> <li> </li> </ul> <table> <tr> <td> </table> <h2> </h2> <pre> </pre> <br>
<div> </div> <blockquote> </blockquote> <dl> <dt> <dd> <details> <summary> <a> <script> </script>
<main> &lt; &amp; < > & {{ }} | ``` # - 1. \\ <!--x-->
"""
TAGS = st.sampled_from(MARKS.split())


@given(st.lists(st.one_of(WORDS, TAGS), max_size=40))
def test_no_page_breaks_the_reader_and_what_is_quoted_stands_in_its_text(parts: list[str]) -> None:
    page = "".join(parts)
    text = read(page)
    assert text.isprintable() or "\n" in text or not text
    for parsed in passages(text, "side.html", SOURCE):
        first, last = parsed.passage.lines
        here = "\n".join(text.split("\n")[first - 1 : last])
        assert set(parsed.passage.text.split()) <= set(here.split())


@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=5))
def test_every_word_of_a_paragraph_is_kept(paragraphs: list[str]) -> None:
    page = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert re.findall(r"\w+", read(page)) == re.findall(r"\w+", " ".join(paragraphs))


@pytest.mark.parametrize("nested", ["<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<b>"])
def test_a_page_nested_beyond_reason_is_refused(nested: str) -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        read(nested * 100_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<p>a", "<", "<!--", "&amp;", "<a x=1 ", "<td>a", "<h1>a</h1>", "<br>"]
)
@pytest.mark.timeout(60)
def test_a_megabyte_of_markup_is_converted_in_little_time(piece: str) -> None:
    html_as_markdown(piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td>a" * 50_000 + "</tr>" + "<tr><td>b" * 50_000 + "</table>",
        "<ul><li>" * 100 + "a<br>" * 20_000,
        "<blockquote>" * 200 + "a<br>" * 20_000,
    ],
    ids=["wide and long", "lists in lists", "quotes in quotes"],
)
@pytest.mark.timeout(60)
def test_no_page_becomes_far_longer_than_it_is(page: str) -> None:
    assert len(html_as_markdown(page)) < 10 * len(page)


def test_lists_nested_beyond_reading_keep_their_words() -> None:
    assert "inderst" in read("<ul><li>a" * 40 + "inderst")


@pytest.mark.parametrize("page", ["", " ", "<", "<!-- -->", "<html>", "\ud800", "ingen mærker"])
def test_a_page_of_nothing_much_is_no_error(page: str) -> None:
    assert len(cut(page)) <= 1
