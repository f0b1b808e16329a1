"""What one language writes, it reads as the same; and so does the other what it is given."""

import pytest
from hypothesis import given

from os2kb.backlog.markup.convert import MARKDOWN, WIKI, Markup, comparable, converted
from os2kb.backlog.markup.document import Document
from os2kb.backlog.markup.normal import normal
from tests.unit.backlog.drawn_texts import DOCUMENTS, RAW

BOTH = pytest.mark.parametrize("language", [MARKDOWN, WIKI], ids=["markdown", "wiki"])


@given(DOCUMENTS)
def test_the_normal_form_of_a_normal_form_is_itself(document: Document) -> None:
    assert normal(normal(document)) == normal(document)


@BOTH
@given(DOCUMENTS)
def test_what_is_written_is_read_as_the_same(language: Markup, document: Document) -> None:
    assert language.read(language.write(document)) == normal(document)


@given(DOCUMENTS)
def test_what_went_to_the_other_side_and_back_is_the_same(document: Document) -> None:
    there = WIKI.write(MARKDOWN.read(MARKDOWN.write(document)))
    assert MARKDOWN.read(MARKDOWN.write(WIKI.read(there))) == normal(document)


@BOTH
@given(RAW)
def test_any_text_is_the_same_on_the_other_side(language: Markup, text: str) -> None:
    other = WIKI if language is MARKDOWN else MARKDOWN
    there = converted(text, language, other)
    assert comparable(there.text, other) == comparable(text, language)
    assert converted(there.text, other, language).losses == frozenset()


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "## \\#",
        "[\\^\\[x\\]: a](https://a.dk)",
        "**[a](<https://a.dk):1>**",
        "\\(**)https://a.dk/b_c**",
        "- a\n  |```\n  | - |",
        "- | a |\n  | - |\n\n  \\[x\\] y",
        "<ins>**\\***</ins><ins>*\\* *</ins>*\\**",
        "**se https://a.dk**",
        "~~https://a.dk/b_c*d~~",
        "[https://a.dk)&amp;](https://a.dk/?a=1&amp;amp;b)",
        "!<https://a.dk>![a](https://a.dk)\\![a](https://a.dk)",
    ],
)
def test_what_once_was_read_as_something_else_is_the_same(language: Markup, text: str) -> None:
    document = MARKDOWN.read(text)
    assert language.read(language.write(document)) == document
