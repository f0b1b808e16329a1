"""What comes from outside shows as words, whatever it holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from os2kb.answers.written.markdown import escaped, link, shown

# GitHub and our own pages know tables and strike-through beyond CommonMark, and pass HTML on.
READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def rendered(markdown: str) -> str:
    return READER.render(f"- {markdown} [1]").strip()


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("- **Gul**: Klienten kører.", "Gul: Klienten kører."),
        ("| Erstattet | Gælder ikke. |", "Erstattet · Gælder ikke."),
        ("Se [siden](../a.md) i `release.json`", "Se siden i `release.json`"),
        ("> # Ikke en *overskrift*", "Ikke en overskrift"),
        ("<script>alert(1)</script> tekst", "alert(1) tekst"),
        ("a < b og c > d", "a &lt; b og c > d"),
        ("1. Opret", "Opret"),
        ("1. marts", "1\\. marts"),
        ("Kør:\n\n- a\n- b", "Kør:\n  - a\n  - b"),
        ("1. Åbn siden\n2. Log ind", "Åbn siden\n- Log ind"),
        ("| a | 1 |\n| b | 2 |", "a · 1\n- b · 2"),
        ("snake_case_name", "snake_case_name"),
        ("Brug `hotfix/*` eller `release/*`.", "Brug `hotfix/*` eller `release/*`."),
        ("Skriv `<b>` her", "Skriv &lt;b> her"),
        ("To\\\nlinjer<br>her", "To linjer her"),
        ("Se :ref:`siden` og ``kode``", "Se `siden` og `kode`"),
        ("```sh\nmake run\n```", "\n  ```\n  make run\n  ```\n  "),
        ("| `a \\| b` | c |", "`a \\| b` · c"),
        ("![](https://x/y.png) billede", "billede"),
        ("Rap\x1b[2Jport\u202e", "Rap\\[2Jport"),
        ("```\n\x1b]0;titel\x07\n```", "\n  ```\n  ]0;titel\n  ```\n  "),
    ],
)
def test_a_quote_is_shown_without_its_markup(quote: str, expected: str) -> None:
    assert shown(quote) == expected


def test_the_cells_of_a_row_are_named_by_the_head_of_its_table() -> None:
    head = "| Status | **Betydning** | Note |"
    assert shown("| Erstattet | Gælder ikke. |", head) == (
        "Status: Erstattet · Betydning: Gælder ikke."
    )
    assert shown("| a | | c | d |", head) == "Status: a · Note: c · d"


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "# Overskrift",
    "- punkt",
    "1) punkt",
    "> citat",
    "```\nkode",
    "~~~",
    "**fed** _kursiv_ ~~streg~~ `kode`",
    "| a | b |\n|---|---|",
    "Setext\n===",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "[1]: https://evil.example",
    "<https://evil.example>",
    "\\<b>",
    "a\\",
    "***",
    "___",
    "+ plus",
    "[^1]: fodnote",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_renders_as_nothing_but_itself(text: str) -> None:
    html = rendered(escaped(text))
    words = html.removeprefix("<ul>\n<li>").removesuffix(" [1]</li>\n</ul>")
    assert "<" not in words.replace("\n", "")


@given(st.text(alphabet=st.sampled_from("<>&;#*_[]()!`~|\\-+=.1a æ:/x\n\"'")))
def test_no_text_renders_as_html(text: str) -> None:
    html = rendered(escaped(text) or "tomt")
    assert html.startswith("<ul>\n<li>")
    assert "<" not in html.removeprefix("<ul>\n<li>").removesuffix("</li>\n</ul>")


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert link("Roller [x]", url) == "Roller \\[x\\]"


def test_an_address_cannot_leave_its_link() -> None:
    assert link("a", "https://x/) <b> [y](z") == "[a](https://x/%29%20%3Cb%3E%20%5By%5D%28z)"


@given(st.text(alphabet=st.sampled_from("<>&;#*_[]()!`~|\\-+=.1a æ:/x\n\"'")))
def test_no_quote_renders_as_anything_but_words_and_code(text: str) -> None:
    assert "<" not in shown(text)
    html = rendered(shown(text))
    tags = set(re.findall(r"</?([a-z]+)", html))
    assert tags <= {"ul", "li", "p", "code", "pre"}
