"""What pages share: Markdown that can do nothing, and languages."""

import re

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.decisions.drawn import TEXT
from webhooks.pages.language import Reader, reader_of, wants_json
from webhooks.pages.markdown import html_of, safe_address


def asking(**headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": named})


def anywhere(target: str) -> str:
    return target


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ja, **helt**.", "<p>Ja, <strong>helt</strong>.</p>\n"),
        ("# Højt", "<h3>Højt</h3>\n"),
        ("###### Lavt", "<h6>Lavt</h6>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>\n"),
        ("[x](vscode://y)", "<p>x</p>\n"),
        ("[x](//example.org)", "<p>x</p>\n"),
        (
            "[x](https://example.org)",
            '<p><a href="https://example.org" rel="nofollow noopener">x</a></p>\n',
        ),
        (
            "![skærm](https://example.org/a.png)",
            '<p><a href="https://example.org/a.png" rel="nofollow noopener">skærm</a></p>\n',
        ),
        (
            "[![a](https://example.org/a.png)](https://example.org)",
            '<p><a href="https://example.org" rel="nofollow noopener">a</a></p>\n',
        ),
    ],
)
def test_markdown_is_shown_and_does_nothing(text: str, shown: str):
    assert html_of(text, anywhere) == shown


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z]+=\"[^\"<>]*\")*) ?/?>")
_TAGS = {
    "p", "a", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@given(TEXT | st.text())
def test_whatever_a_text_holds_only_plain_tags_come_of_it(text: str):
    shown = str(html_of(text, anywhere))
    left = _TAG.sub("", shown)
    assert "<" not in left
    assert ">" not in left
    for _, tag, attributes in _TAG.findall(shown):
        assert tag in _TAGS
        for name, value in re.findall(r" ([a-z]+)=\"([^\"]*)\"", attributes):
            assert name in ("href", "rel", "class", "start", "style")
            assert name != "href" or safe_address(value)
            assert name != "style" or re.fullmatch(r"text-align:(left|right|center)", value)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "da"),
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE", "da"),
        ("nb,en;q=0.5", "en"),
        ("en;q=0.5,da;q=0.5", "da"),
        ("en;q=x,;;,\x00", "da"),
        ("en;q=0", "da"),
    ],
)
def test_a_page_speaks_danish_but_to_who_prefers_english(header: str, language: str):
    assert reader_of(asking(accept_language=header), "") == Reader(language)  # type: ignore[arg-type]


def test_what_the_address_says_goes_first_and_stays_in_links():
    reader = reader_of(asking(accept_language="en"), "da")
    assert reader == Reader("da", "da")
    assert reader.ending("/decisions") == "/decisions?lang=da"


@pytest.mark.parametrize(
    ("header", "is_wanted"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", True),
        ("application/json, text/plain, */*", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("application/json;q=0.2, text/html", False),
    ],
)
def test_json_is_for_who_asks_for_it(header: str, is_wanted: bool):
    assert wants_json(asking(accept=header)) is is_wanted
