from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.demo.github.markdown import render

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


def test_nothing_is_nothing() -> None:
    assert str(render(None)) == ""
