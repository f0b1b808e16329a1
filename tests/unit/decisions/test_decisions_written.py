"""What a written decision looks like, and that nothing in its text does anything there."""

import datetime
import re

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from os2kb.decisions.decision import Decision, Section
from os2kb.decisions.guard import guarded, unguarded
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.tidy import tidy
from os2kb.decisions.writing.adr import written_adr
from os2kb.decisions.writing.files import written_file
from os2kb.decisions.writing.index_page import index_page
from os2kb.decisions.writing.log import written_log
from os2kb.decisions.writing.names import adr_file_name, file_name
from os2kb.decisions.writing.page import written_page
from tests.unit.decisions.drawn import TEXT

DRIFT = Decision(
    title="Fælles drift",
    id="42",
    type="SDR",
    date=datetime.date(2026, 5, 2),
    status_text="Godkendt på styregruppemødet den 4. juni 2026",
    deciders=("Styregruppen",),
    decision="Driften udbydes samlet.",
    context="To kommuner driver i dag hver sin.\n\n- A\n- B",
    issue="os2demo/os2demo#42",
    product="os2demo",
    extra=(Section("Budget", "100.000 kr."),),
)


def test_a_file_has_front_matter_keys_and_sections() -> None:
    assert (
        written_file(DRIFT)
        == """---
title: Fælles drift
parent: Beslutninger
nav_order: -20260502
status: accepted
---

# [SDR] Fælles drift

- **Nr.**: 42
- **Dato**: 2026-05-02
- **Status**: Godkendt på styregruppemødet den 4. juni 2026
- **Beslutningstagere**: Styregruppen
- **Beslutningstype**: Strategisk
- **Produkt**: os2demo
- **Issue**: os2demo/os2demo#<!-- -->42

## Beskrivelse af beslutningen

Driften udbydes samlet.

## Kontekst / årsag

To kommuner driver i dag hver sin.

- A
- B

## Budget

100.000 kr.
"""
    )


def test_an_architecture_record_is_english_and_numbered() -> None:
    lines = written_adr(Decision("API first", id="7", type="ADR", status_text="Accepteret"))
    assert lines.startswith(
        "# ADR 007 - API first\n\nDate:\n\n## Status\n\nAccepted\n\n## Context\n"
    )


def test_a_log_has_a_heading_for_each_decision() -> None:
    assert "\n## BDR-#42: Fælles drift (2026-05-02)\n\n- **Status**: Godkendt" in written_log(
        [DRIFT]
    )


def test_a_page_has_years_products_and_five_bullets() -> None:
    written = written_page([DRIFT])
    assert (
        "\n## 2026\n\n### os2demo\n\n#### Fælles drift\n\n- **Nr.**: 42\n- **Dato**: 2026-05-02"
        in (written)
    )
    keys = re.findall(r"^- \*\*(.+?)\*\*:", written, re.MULTILINE)
    assert [
        one for one in keys if one in ("Dato", "Beslutning", "Grundlag", "Truffet af", "Reference")
    ] == [
        "Dato",
        "Beslutning",
        "Grundlag",
        "Truffet af",
        "Reference",
    ]


def test_a_page_written_by_hand_is_read() -> None:
    page = (
        "# Beslutningslog\n\n## 2025\n\n### OS2demo\n\n* **Dato:** 4/6 2025\n"
        "* **Beslutning:** Driften udbydes samlet.\n* **Truffet af:** Styregruppen\n\n"
        "* Dato: 1. juli 2025\n* Beslutning: Der holdes fire møder\n  om året.\n"
    )
    first, second = (one.decision for one in read_file("log.md", page))
    assert (str(first.date), first.product, first.title) == (
        "2025-06-04",
        "OS2demo",
        "Driften udbydes samlet.",
    )
    assert second.decision == "Der holdes fire møder\nom året."


def test_a_log_written_by_hand_is_read_with_its_text_as_the_decision() -> None:
    log = (
        "# Log\n\n## BDR-#7: Fælles drift (2026-05-02)\n\nDriften udbydes samlet.\n\n"
        "Status: Accepteret\n\n## BDR-#8: Møder (2026-05-03)\n\nFire om året.\n"
    )
    first, second = read_file("DECISION_LOG.md", log)
    assert (first.decision.id, first.decision.status, first.lines) == ("7", "accepted", (3, 7))
    assert first.decision.decision == "Driften udbydes samlet."
    assert (second.decision.title, str(second.decision.date)) == ("Møder", "2026-05-03")


HARMFUL = (
    ("@ida og @os2demo/drift", r"@(?=[A-Za-z0-9])"),
    ("Lukker: closes #12, fixes os2demo/os2demo#3, GH-7", r"#\d|GH-\d"),
    ("Closes https://github.com/os2demo/os2demo/issues/1", r"(?i)closes\s"),
    ("<script>alert(1)</script> <img src=x onerror=y> <!-- x", r"<(?=[A-Za-z/!?])(?!!-- -->)"),
    ("{{ site.time }} {% include x.html %}", r"\{[{%]"),
    ("{: onclick='x'} {::nomarkdown}", r"\{:"),
    ("[x](javascript:alert(1)) [x](java&#115;cript:y) [x]( <data:y> )", r"\]\("),
    ("[x]: javascript:alert(1)", r"\]:"),
)


MARKED_UP = (
    ("_@ida_ http://,@bo xhttps://os2.eu/@kim ](/@ida) \\[x](/@ida)", r"@(?=[A-Za-z0-9])"),
    ("[@ida](https://os2.eu)", r"@(?=[A-Za-z0-9])"),
    ("_fixes_: https://github.com/os2demo/os2demo/issues/1 og _GH-7_", r"fixes|GH-\d"),
)


@pytest.mark.parametrize(("text", "acts"), [*HARMFUL, *MARKED_UP])
def test_what_would_act_is_split_and_comes_back_whole(text: str, acts: str) -> None:
    assert re.search(acts, text)
    assert not re.search(acts, guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", [text for text, _ in HARMFUL])
def test_what_would_act_is_shown_as_it_was_written(text: str) -> None:
    parser = MarkdownIt("commonmark")
    (inline,) = (one for one in parser.parse(guarded(text)) if one.type == "inline")
    shown = [one.content for one in inline.children or () if one.type != "html_inline"]
    tags = [one.content for one in inline.children or () if one.type == "html_inline"]
    assert set(tags) <= {"<!-- -->"}
    assert "".join(shown) == text


@settings(max_examples=60)
@given(TEXT)
def test_no_text_holds_a_tag_a_mention_or_a_reference_once_it_is_rendered(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(guarded(tidy(text)))
    for token in tokens:
        assert token.type != "html_block" or token.content.strip() == "<!-- -->"
        depth = 0
        for one in token.children or ():
            depth += {"link_open": 1, "link_close": -1}.get(one.type, 0)
            assert one.type != "html_inline" or one.content == "<!-- -->"
            if one.type == "text" and not depth:
                shown = re.sub(r"https?://\S+", "", one.content)
                assert not re.search(r"(?<![A-Za-z0-9])@[A-Za-z0-9]|#\d|\{[{%:]", shown)


@pytest.mark.parametrize(
    "text",
    [
        "Se [siden](https://example.org/a_(b)#c), [her](../krav.md) og <https://example.org/@ida>.",
        "https://example.org/@ida/issues#12 og ida@example.org",
        "[Mål](plan.md#1-formaal), ![Kort](kort/@2x.png) og [to](https://example.org/#2)",
        "Kontekst & årsag: 5 < 7, C# og #hashtag, {a}, [ ] åben",
        "```html\n<script>@ida closes #12</script>\n```",
        "![Billede](https://example.org/b.png)",
        "- punkt\n  - under\n\n1. et\n\n> citat\n\n### Overskrift\n\n| a |\n|---|\n| 1 |",
    ],
)
def test_what_does_no_harm_stands_as_it_was_written(text: str) -> None:
    assert guarded(text) == text


def test_liquid_is_split_in_code_too_since_it_looks_there() -> None:
    assert guarded("```\n{{ x }} <b>\n```") == "```\n{<!-- -->{ x }} <b>\n```"


def test_two_proposals_touch_no_line_in_common() -> None:
    other = Decision("Møder", id="43", date=datetime.date(2026, 5, 2), status_text="Forslag")
    files = {file_name(one): one for one in (DRIFT, other)}
    assert list(files) == ["2026-05-02-faelles-drift.md", "2026-05-02-moeder.md"]
    page = index_page(files)
    assert page.index("## Forslag (1)") < page.index("## Gældende (1)")
    assert "| 2026-05-02 | 42 | [Fælles drift](2026-05-02-faelles-drift.md) | Strategisk |" in page
    assert index_page(dict(reversed(files.items()))) == page


def test_names_and_numbers_are_free_ones() -> None:
    assert file_name(DRIFT, {"2026-05-02-faelles-drift.md"}) == "2026-05-02-faelles-drift-42.md"
    taken = {"2026-05-02-faelles-drift.md", "2026-05-02-faelles-drift-42.md"}
    assert file_name(DRIFT, taken) == "2026-05-02-faelles-drift-42-2.md"
    assert adr_file_name(DRIFT) == "042-faelles-drift.md"
    assert len(file_name(Decision("meget " * 90))) < 80
