"""Plain text, and bytes that may be text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Parsed, Source
from index.reading.contents import text_of
from index.reading.decoding import Unreadable, decode
from index.reading.documents import parse, passages

SOURCE = Source(name="os2", location="", url="https://a.dk/{path}#{anchor}")


def cut(text: str) -> list[Parsed]:
    return passages(text, "a.txt", SOURCE)


def test_underlined_lines_and_lines_in_capitals_are_headings() -> None:
    text = "VEDTÆGTER\n\nAlle kan deltage.\n\nØkonomi\n-------\nKommunerne deler udgiften.\n"
    (only,) = cut(text)
    assert [section.heading for section in only.passage.sections] == [(), ("Økonomi",)]
    assert only.passage.title == "VEDTÆGTER"
    assert only.passage.url == "https://a.dk/a.txt"


@pytest.mark.parametrize("line", ["OS2.", "KL", "PO", "Ejeren", "DET GÆLDER, AT ALLE SKAL,"])
def test_lines_that_only_shout_a_little_are_text(line: str) -> None:
    (only,) = cut(f"{line}\n\nTekst her nedenunder.\n")
    assert only.passage.sections == ()


def test_a_list_keeps_its_lead_in_and_its_lines() -> None:
    items = "\n".join(f"{n}. " + " ".join(f"ord{n}x{m}" for m in range(60)) for n in range(9))
    found = cut(f"Ejeren skal sørge for:\n{items}\n")
    assert len(found) > 1
    assert all("skal sørge for" in p.plain + p.context for p in found)


def test_markdown_under_another_name_is_read_as_markdown() -> None:
    assert parse("# Roller\n\n**Ejer** bestemmer.\n", "llms.txt", SOURCE).title == "Roller"


@given(st.text(alphabet="aÆ -=*.:\n\t1)#", max_size=200))
def test_a_passage_of_plain_text_stands_in_its_lines(text: str) -> None:
    lines = text.split("\n")
    for parsed in cut(text):
        first, last = parsed.passage.lines
        assert set(parsed.passage.text.split()) <= set(" ".join(lines[first - 1 : last]).split())


@pytest.mark.parametrize(
    "raw",
    [
        "Blåbærgrød".encode(),
        codecs.BOM_UTF8 + "Blåbærgrød".encode(),
        codecs.BOM_UTF16_LE + "Blåbærgrød".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Blåbærgrød".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "Blåbærgrød".encode("utf-32-le"),
        "Blåbærgrød".encode("cp1252"),
    ],
)
def test_text_is_read_in_the_encodings_that_danish_files_have(raw: bytes) -> None:
    assert decode(raw) == "Blåbærgrød"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\x00\x01",
        b"\x7fELF\x02\x01\x01\x00",
        bytes(range(1, 32)) * 50,
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        b"\x81\x8d\x8f\x90\x9d" * 50,
    ],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(raw)


def test_what_has_more_lines_than_a_document_is_refused() -> None:
    with pytest.raises(Unreadable, match="data rather than a document"):
        text_of(b"a\n" * 50_001, "a.md")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw)
    except Unreadable:
        return
    assert "\0" not in text
