"""What becomes of each thing that people write, on the other side."""

import pytest

from os2kb.backlog.markup.convert import MARKDOWN, WIKI, comparable, converted, wiki
from os2kb.backlog.markup.losses import TOLD, report

ALIKE = {
    "headings": ("## Drift", "h2. Drift"),
    "marks": ("**fed** og *skrå*, ~~væk~~", "*fed* og _skrå_, -væk-"),
    "marks within a word": ("u<strong>be</strong>gribelig", "u{*}be{*}gribelig"),
    "marks within each other": ("**fed og *begge* dele**", "*fed og _begge_ dele*"),
    "signs with html only": ("<ins>nyt</ins> H<sub>2</sub>O", "+nyt+ H{~}2{~}O"),
    "lines": ("en\nto\n\ntre", "en\nto\n\ntre"),
    "code in a line": ("kør `make test`", "kør {{make test}}"),
    "names of macros in code": ("`info`, `code` og `quote`", "{{info}}, {{code}} og {{quote}}"),
    "code": ("```python\nif x:\n    y()\n```", "{code:python}\nif x:\n    y()\n{code}"),
    "code without a language": ("```\n*x* {quote}\n```", "{noformat}\n*x* {quote}\n{noformat}"),
    "code that holds its own sign": (
        "````\n```\n{noformat}\n````",
        "{code:none}\n```\n{noformat}\n{code}",
    ),
    "lists": ("- a\n  1. b\n  2. c\n- d", "* a\n*# b\n*# c\n* d"),
    "tasks": ("- [ ] prøv\n- [x] **klar**", "* \\[ \\] prøv\n* \\[x\\] *klar*"),
    "code in a list": ("1. kør\n\n   ```\n   x\n   ```", "# kør\n{noformat}\nx\n{noformat}"),
    "quotes": ("> en\n> to\n>\n> - a", "{quote}\nen\nto\n\n* a\n{quote}"),
    "tables": (
        "| A | B |\n| --- | --- |\n| 1 \\| 2 | x <br> y |\n|  | **f** |",
        "|| A || B ||\n| 1 \\| 2 | x \\\\ y |\n| | *f* |",
    ),
    "tables without heads": (
        "|  |  |\n| --- | --- |\n| a | b |",
        "| a | b |",
    ),
    "links": ("[håndbog](https://a.dk/x)", "[håndbog|https://a.dk/x]"),
    "links with parentheses": (
        "[bog](<https://a.dk/Bog_(værk)>)",
        "[bog|https://a.dk/Bog_(værk)]",
    ),
    "addresses": ("se https://a.dk/x og <https://a.dk/a_b>.", "se https://a.dk/x og [https://a.dk/a_b]."),
    "rules": ("en\n\n---\n\nto", "en\n\n----\n\nto"),
    "signs that are none": (
        "2 * 3, a_b, self-service, C:\\temp, \\*nej\\* \\[x\\] 1 < 2 🙂 æøå",
        "2 * 3, a_b, self-service, C:&#92;temp, \\*nej\\* \\[x\\] 1 < 2 🙂 æøå",
    ),
    "words that begin no block": (
        "\\# a\n1\\. b\n\\- c\nh1. d",
        "\\# a\n1. b\n\\- c\n&#104;1. d",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "text"), ALIKE.values(), ids=ALIKE)
def test_both_say_the_same(markdown: str, text: str) -> None:
    assert converted(markdown, MARKDOWN, WIKI).text == text
    assert converted(text, WIKI, MARKDOWN).text == markdown
    assert MARKDOWN.read(markdown).losses == WIKI.read(text).losses == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*a*\r\n", "_a_"),
        ("__a__  \nb", "**a**<br>b"),
        ("* a\n\n* b", "- a\n- b"),
        ("A\n=", "# A"),
        ("[a](https://a.dk/x)", '[a][1]\n\n[1]: https://a.dk/x "titel"'),
        ("**a** **b**", "**a b**"),
        ("a&nbsp;b", "a  b"),
        ("```py\nx\n```", "```python\n\nx\n```"),
        ("Hej @ida", "Hej @<!-- -->ida"),
        ("a", "a\n<!-- os2kb:status -->\n"),
        ("<b>a</b>", "**a**"),
    ],
)
def test_markdown_that_looks_alike_is_alike(one: str, other: str) -> None:
    assert comparable(one, MARKDOWN) == comparable(other, MARKDOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\\\\b", "a\nb"),
        ("bq. a", "{quote}a{quote}"),
        ("- a\n- b", "* a\n* b"),
        ("[https://a.dk]", "https://a.dk"),
        ("[x|https://a.dk|smart-link]", "[x|https://a.dk]"),
        ("{code}x{code}", "{noformat}\nx\n{noformat}"),
        ("{code:title=x.py|language=python}\nx\n{code}", "{code:python}\nx\n{code}"),
        ("|a\nb|c|", "|a\\\\b|c|"),
        ("a (/) b", "a ✅ b"),
        ("??a??", "_a_"),
        ("{{a*b*c}}", "{{a\\*b\\*c}}"),
    ],
)
def test_wiki_text_that_looks_alike_is_alike(one: str, other: str) -> None:
    assert comparable(one, WIKI) == comparable(other, WIKI)


def test_nobody_is_mentioned_on_either_side() -> None:
    assert converted("[~bo] og @ida, #12, GH-7", WIKI, MARKDOWN).text == (
        "@… og @<!-- -->ida, #<!-- -->12, GH<!-- -->-7"
    )
    assert converted("@ida [~bo]", MARKDOWN, WIKI).text == "@ida \\[\\~bo\\]"


def test_whom_the_table_of_users_knows_is_named() -> None:
    known = wiki({"bo": "bo-hansen", "5b10:x": "kim"})
    text = "[~bo] [~accountid:5b10:x] [Ida Jensen|~accountid:9]"
    assert comparable(text, known) == "@<!-- -->bo-hansen @<!-- -->kim @…"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{color:red}a{color}", "a"),
        ("{panel:title=Bemærk}\na\n{panel}", "a"),
        ("a{anchor:x} {toc}", "a"),
        ('{adf}{"type": "doc"}{adf}a', "a"),
        ("{mitfelt} og {navn}", "{mitfelt} og {navn}"),
    ],
)
def test_macros_leave_their_text(text: str, left: str) -> None:
    assert comparable(text, WIKI) == left


@pytest.mark.parametrize("text", ["!skærm.png|thumbnail!", "[^navn.docx]", "[billede|^navn.png]"])
def test_an_attached_file_is_not_even_named(text: str) -> None:
    there = converted(text, WIKI, MARKDOWN)
    assert (there.text, there.losses) == ("\\[…\\]", {"attachment"})


LOST = {
    "alignment": "| a |\n| --: |\n| b |",
    "code-language": "```typescript\nx\n```",
    "code-text": "```\n{code} {noformat}\n```",
    "footnote": "a[^1]\n\n[^1]: b",
    "html": "<details>a</details>",
    "image": "![a](https://a.dk/b.png)",
    "in-list": "- a\n\n  b",
    "link": "[a](docs/a.md)",
    "nesting": "> > a",
    "numbering": "4. a",
}


@pytest.mark.parametrize(("loss", "text"), LOST.items(), ids=LOST)
def test_what_cannot_be_carried_is_told(loss: str, text: str) -> None:
    assert converted(text, MARKDOWN, WIKI).losses == {loss}


def test_an_image_is_a_link_and_a_footnote_is_text() -> None:
    text = "![skærm](https://a.dk/b.png) sker[^x].\n\n[^x]: Altid."
    assert converted(text, MARKDOWN, WIKI).text == (
        "[skærm|https://a.dk/b.png] sker\\[1\\].\n\n\\[1\\] Altid."
    )


def test_each_loss_is_told_in_both_languages() -> None:
    said = report(["image", "footnote"])
    assert [one.en for one in said] == [TOLD["footnote"].en, TOLD["image"].en]
    assert all(one.da and one.en for one in TOLD.values())


@pytest.mark.parametrize(
    "piece",
    ["[a|", "*a _b", "`a", "> ", "- ", "|a\n", "{{", "{quote}", "<!--", "https://a)", "\0🙂\ud800"],
)
@pytest.mark.parametrize("language", [MARKDOWN, WIKI], ids=["markdown", "wiki"])
def test_a_hostile_text_is_read_in_time_that_grows_with_it(language, piece: str) -> None:
    text = piece * (12_000 // len(piece))
    there = converted(text, language, MARKDOWN).text
    assert comparable(there, MARKDOWN) == there
