"""Plain text stays what it says and does nothing, in Zulip's Markdown and in a mail."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.chats.plain import in_mail, in_zulip, one_line, reference, topic, zulip_line

# What Zulip looks for in a line (https://zulip.com/help/format-your-message-using-markdown).
ACTIVE = re.compile(
    r"@_?\*|#\*\*|\*|`|~|\[|:[\w+-]+:|\w://|\w\.[a-z]|<time:|\$\$|!\w|@\w|&\w|&#(?!\d+;)"
)


@pytest.mark.parametrize(
    "attack",
    [
        "@**all** @**everyone** @**Kim** @_**Kim** @*gruppe*",
        "#**OS2demo>styregruppe** #**OS2demo**",
        "[klik](https://evil.dk) https://evil.dk www.evil.dk evil.dk kim@evil.dk",
        "**fed** *kursiv* ~~streget~~ `kode` ```python",
        "$$\\sum$$ <time:2026-01-01T00:00:00Z> :smile: !avatar(kim)",
        "&#64;**all** &commat;**all** &lt;b&gt; <b>fed</b> <script>",
        "| a | b |",
    ],
)
def test_nothing_from_outside_is_more_than_text_in_zulip(attack: str):
    shown = in_zulip(f"Sag: {attack}", 1_000)
    assert unescape(shown) == f"Sag: {attack}", "it reads as it did"
    assert ACTIVE.search(re.sub(r"&#\d+;", " ", shown)) is None


@pytest.mark.parametrize("first", ["/me er væk", "/poll Hvem?", "> citat", "# Stor", "```", "+ a"])
def test_a_line_begins_nothing_but_a_list_of_ours(first: str):
    assert in_zulip(first, 1_000).startswith("&#")
    assert in_zulip("- et\n- to", 100) == "- et\n- to"


@given(st.text())
def test_any_text_reads_the_same_and_reaches_nobody(text: str):
    shown = zulip_line(text, 500)
    assert unescape(shown).replace("\xa0", " ").split() == unescape_once(one_line(text, 500))
    assert ACTIVE.search(re.sub(r"&#\d+;", " ", shown)) is None


def unescape_once(line: str) -> list[str]:
    """The words as a browser shows them: what was no entity before is none."""
    return line.replace("\xa0", " ").split()


def test_an_address_alone_on_its_line_is_a_link_and_no_other_is():
    address = "https://github.com/os2demo/os2demo/issues/7#issuecomment-1234567890"
    text = f"Se her:\n{address}\nhttps://evil.dk er farlig"
    shown = in_zulip(text, 1_000).split("\n")
    assert shown[1] == address
    assert "https://" not in shown[2]
    mailed = in_mail(text, 1_000).split("\n")
    assert mailed[1] == shown[1]
    assert mailed[2] == "https:// evil.dk er farlig"


@pytest.mark.parametrize("show", [in_zulip, in_mail])
def test_what_cannot_be_seen_and_what_may_not_be_told_is_left_out(show):
    shown = show("a\0b\u202ec\ud800d\nCPR 010203-1234\tog mere", 1_000)
    assert shown == "abc\N{REPLACEMENT CHARACTER}d\nCPR ██████-████ og mere"


@pytest.mark.parametrize("show", [in_zulip, in_mail])
@pytest.mark.parametrize("text", ["x" * 300_000, "@all\n" * 60_000, "# " * 150_000])
def test_it_is_never_longer_than_it_may_be(show, text: str):
    assert len(show(text, 9_000)) <= 9_000


def test_what_is_cut_is_cut_between_lines():
    assert in_zulip("første\nanden\ntredje", 15) == "første\nanden\n…"


def test_a_topic_is_one_short_line_that_leads_nowhere():
    assert topic("Fejl\r\n@**all**: https://evil.dk", 60) == "Fejl @**all**: https:// evil.dk"
    assert len(topic("ø" * 100, 60)) == 60


def test_a_reference_tells_messages_apart_and_tells_nothing_of_them():
    assert reference("digest:os2demo:2026-11-23") != reference("digest:os2demo:2026-11-30")
    assert re.fullmatch("[0-9a-f]{16}", reference("\ud800"))
