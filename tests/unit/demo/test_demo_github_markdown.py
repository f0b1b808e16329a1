from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.demo.github.pages.markdown import render, render_page

PIECES = (
    "<script>", "</script>", "<!--", "-->", "<img src=x onerror=y>", "<details>", "</details>",
    "<details open onclick=x>", "<svg/onload=x>", "javascript:", "[a](", ")", "![b](", "&#x6a;",
    "<a href='javascript:x'>", "<", ">", '"', "'", "`", "```\n", "\n\n", "\n", " ", "<br>", "\0",
    "data:text/html,x", "<mark>", "æøå", "[c]: <javascript:x>\n", "<http://x>", "<style>",
)  # fmt: skip
ALLOWED = {
    "a", "blockquote", "br", "code", "details", "em", "h1", "h2", "h3", "hr", "kbd", "li", "mark",
    "ol", "p", "pre", "s", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_text_becomes_anything_that_acts(text: str) -> None:
    html = str(render(text))

    for tag, attributes in Tags(html).found:
        assert tag in ALLOWED
        assert attributes.keys() <= {"href", "rel", "title", "class", "start", "style"}
        scheme = str(attributes.get("href") or "").strip().lower()
        assert not scheme.startswith(("javascript", "vbscript", "data"))
    assert "<!--" not in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- os2kb:status -->\nHej", "<p>Hej</p>\n"),
        ("a <!-- x --> b", "<p>a  b</p>\n"),
        ("a <mark>b</mark>", "<p>a <mark>b</mark></p>\n"),
        ("a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n"),
        (
            "![kat](http://x/k.png)",
            '<p><a href="http://x/k.png" rel="nofollow noopener">kat</a></p>\n',
        ),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
    ],
)
def test_raw_html_is_shown_or_dropped(text: str, shown: str) -> None:
    assert str(render(text)).lstrip("\n") == shown


@given(st.lists(st.sampled_from((*PIECES, "---\n", "a: ", "# ", "{#x}")), max_size=12).map("".join))
def test_no_file_becomes_anything_that_acts(text: str) -> None:
    for tag, attributes in Tags(str(render_page(text))).found:
        assert tag in ALLOWED | {"h4", "h5", "h6"}
        assert attributes.keys() <= {"href", "rel", "title", "class", "start", "style", "id"}
        scheme = str(attributes.get("href") or "").strip().lower()
        assert not scheme.startswith(("javascript", "vbscript", "data"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("# Hvad gør vi?", ["hvad-gør-vi"]),
        ("# A\n\n# A\n\n# A", ["a", "a-1", "a-2"]),
        ("## 2.1 Henvisning til et issue", ["21-henvisning-til-et-issue"]),
        ("## *Kursiv* og `kode`", ["kursiv-og-kode"]),
        ("## [Et link](http://x) her", ["et-link-her"]),
        ("# Med id {#eget}", ["med-id-eget"]),
        ("Understreget\n===", ["understreget"]),
        ("# ?!", [None]),
    ],
)
def test_a_heading_has_the_id_that_github_gives_it(text: str, ids: list[str | None]) -> None:
    found = Tags(str(render_page(text))).found

    assert [attributes.get("id") for tag, attributes in found if tag[0] == "h"] == ids


def test_an_explicit_id_is_text_to_github() -> None:
    assert ">Med id {#eget}</h1>" in str(render_page("# Med id {#eget}"))


def test_front_matter_is_folded_into_a_table() -> None:
    shown = str(render_page("---\ntitle: A <b>\ntags:\n  - x\n---\n\nHej\n"))

    assert "<tr><th>title</th><td>A &lt;b&gt;</td></tr>" in shown
    assert "<tr><th>tags</th><td>- x</td></tr>" in shown
    assert shown.startswith("<details>")
    assert shown.endswith("<p>Hej</p>\n")


def test_a_rule_between_paragraphs_is_not_front_matter() -> None:
    assert "<details>" not in str(render_page("Hej\n\n---\n\na: b\n\n---\n"))


def test_nothing_is_nothing() -> None:
    assert str(render(None)) == ""
