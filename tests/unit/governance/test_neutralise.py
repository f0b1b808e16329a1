"""Text from outside does nothing in our comments but be read."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from os2kb.governance.harmless.neutralise import (
    code_span,
    link,
    neutralise,
    safe_address,
    scrub,
    shortened,
)
from os2kb.governance.harmless.safe_markdown import numbered, quoted, safe_markdown

GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
"""GitHub's Markdown, near enough: tables, strikethrough, HTML passed through."""

ATTACKS = (
    *("@ida", "Fixes #12", "GH-12", "os2mo/os2mo#3", "@os2demo/maintainers", "\\@ida", "&#64;ida"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- os2kb:status -->", "-->"),
    *("![x](https://evil.example/x.png)", "[x](javascript:alert(1))", "https://evil.example"),
    *("www.evil.example", "ida@evil.example", "`#12`", "``` \n#12\n```", "| a |\n|---|\n| b |"),
    *("# h", "- l", "1. l", "1) l", "> q", "***", "---", "===", "~~x~~", "$x$", "a\n===", "    c"),
    *("\u202eabc\u2066", "\0", "\ud800", "a\u2028# b", "[ref]: https://evil.example\n[ref]"),
    *("</details>", "&lt;b&gt;", "<b", "*a*b*", "__x__", "[^1]", ":tada:", "\\", "\\\\#12"),
    "http://evil.example",
)


def rendered_text(markdown: str) -> list[str]:
    """What GitHub looks for mentions in: the pieces of text between tags and comments."""
    html = GITHUB.render(markdown)
    without_code = re.sub(r"<(code|pre)>.*?</\1>", "<x>", html, flags=re.DOTALL)
    return re.split(r"<[^>]*>", without_code)


def reaches_out(pieces: list[str]) -> bool:
    return any(
        re.search(r"@\w|#\d|\bgh-\d|https?://\w|www\.\w", piece, re.IGNORECASE) for piece in pieces
    )


def visible(markdown: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", GITHUB.render(markdown))).strip()


outside = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=12), min_size=1, max_size=6).map(
    "".join
)


@given(outside)
@example("@@ida")
@example("##12")
@example("@<!-- -->ida")
def test_neutralised_text_is_one_plain_paragraph(text: str) -> None:
    shown = neutralise(text)
    assert "\n" not in shown
    tokens = [token.type for token in GITHUB.parse(f"a {shown}")]
    assert tokens == ["paragraph_open", "inline", "paragraph_close"]
    inline = {child.type for child in GITHUB.parse(f"a {shown}")[1].children or ()}
    assert inline <= {"text", "text_special", "html_inline"}
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<!-- -->"}
    assert not reaches_out(rendered_text(shown))


@given(outside)
def test_neutralised_text_opens_no_block_where_it_stands_first(text: str) -> None:
    opened = {token.type for token in GITHUB.parse(neutralise(text))}
    assert opened <= {"paragraph_open", "inline", "paragraph_close"}
    below = {token.type for token in GITHUB.parse("tekst\n" + neutralise(text))}
    assert below <= {"paragraph_open", "inline", "paragraph_close"}


@given(st.text(max_size=200))
def test_neutralised_text_reads_as_the_original(text: str) -> None:
    assert visible(neutralise(text)) == " ".join(scrub(text).split())


@given(outside)
@example("`@ida``@ida`<i>`@ida`")  # without the HTML, the code spans would touch
@example("`a`<i>`@ida`")
def test_outside_markdown_keeps_its_structure_and_nothing_else(text: str) -> None:
    shown = safe_markdown(text)
    children = [child for token in GITHUB.parse(shown) for child in token.children or ()]
    assert {child.type for child in children}.isdisjoint({"link_open", "image"})
    inline_html = {child.content for child in children if child.type == "html_inline"}
    assert inline_html <= {"<!-- -->"}
    assert not any(token.type == "html_block" for token in GITHUB.parse(shown))
    assert not reaches_out(rendered_text(shown))


@given(outside)
def test_a_code_span_is_a_code_span(text: str) -> None:
    shown = code_span(text)
    children = GITHUB.parseInline(f"a {shown} b")[0].children or []
    kinds = [child.type for child in children]
    assert kinds in (["text", "code_inline", "text"], ["text"])
    assert (kinds == ["text"]) == (not "".join(scrub(text).split()))


@given(outside, outside)
def test_a_link_leads_where_it_says_or_nowhere(text: str, address: str) -> None:
    children = GITHUB.parseInline(f"a {link(text, 'https://a.example/' + address)}")[0].children
    hrefs = [child.attrGet("href") for child in children or () if child.type == "link_open"]
    assert all(str(href).startswith("https://a.example/") for href in hrefs)
    assert len(hrefs) <= 1


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://os2.eu/a b", "https://os2.eu/a%20b"),
        ("https://os2.eu/a%20b#c", "https://os2.eu/a%20b#c"),
        ("https://os2.eu/æ?q=ø#å", "https://os2.eu/%C3%A6?q=%C3%B8#%C3%A5"),
        ("https://os2.eu/a)(b<c>\"'", "https://os2.eu/a%29%28b%3Cc%3E%22%27"),
        ("https://bo:kode@os2.eu/", "https://os2.eu/"),
        (
            "https://github.com/os2mo/os2mo/issues/3",
            "https://redirect.github.com/os2mo/os2mo/issues/3",
        ),
        (
            "https://github.com/os2mo/os2mo/blob/a/b.md#L3",
            "https://github.com/os2mo/os2mo/blob/a/b.md#L3",
        ),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//os2.eu", ""),
        ("https://", ""),
        ("https://[x", ""),
        ("https://os2.eu>x/", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(address: str, safe: str) -> None:
    assert safe_address(address) == safe


def test_control_and_bidirectional_characters_are_taken_out() -> None:
    assert scrub("a\0b\u202ec\u2066d\u200be\x1bf") == "abcdef"
    assert scrub("a\r\nb\tc\u2028d") == "a\nb c\nd"
    assert scrub("\ud800") == "\ufffd"
    assert scrub("æøå 🎉") == "æøå 🎉"


def test_long_text_is_cut_at_a_word() -> None:
    assert shortened("ord " * 100, 100) == ("ord " * 24).strip() + "…"
    assert shortened("x" * 300, 100) == "x" * 99 + "…"
    assert len(neutralise("x" * 300_000, 100)) == 100


def test_citation_numbers_lead_to_their_sources() -> None:
    shown = numbered(safe_markdown("Ja. [1] Nej. [3]"), ["https://a.example/1"])
    assert shown == "Ja. [\\[1\\]](https://a.example/1) Nej. \\[3\\]"


def test_lists_code_and_emphasis_survive() -> None:
    text = "Før **alt**:\n\n- et\n- to\n  - under\n\n```\n#12 @ida\n```\n\n1. a\n2. b"
    html = GITHUB.render(safe_markdown(text))
    assert html.count("<ul>") == 2
    assert html.count("<ol>") == 1
    assert "<strong>alt</strong>" in html
    assert "<code>#12 @ida\n</code>" in html


@given(outside)
def test_a_quote_is_nothing_but_a_quote(text: str) -> None:
    assert all(line.startswith(">") for line in quoted(text, 500).split("\n"))
