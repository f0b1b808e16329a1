"""PDF, DOCX and PPTX, read by the extra `office` in a process of its own."""

import io
from importlib.util import find_spec
from pathlib import Path

import pytest
from corpora import built, index_of
from office_files import docx, heading, paragraph, pdf

from index.passages import Parsed, Source
from index.reading.contents import text_of
from index.reading.decoding import Unreadable
from index.reading.documents import passages
from index.reading.formats import office

pytestmark = pytest.mark.slow  # each file starts a process that imports much

SOURCE = Source(name="os2", location="", url="https://a.dk/{path}#{anchor}")

with_the_extra = pytest.mark.skipif(
    find_spec("markitdown") is None, reason="needs the extra `office` (pip install -e '.[office]')"
)


def cut(raw: bytes, path: str) -> list[Parsed]:
    return passages(text_of(raw, path), path, SOURCE)


@with_the_extra
def test_a_pdf_is_cited_by_its_pages() -> None:
    found = cut(
        pdf(
            [
                ["Vedtægter for OS2", "", "Styregruppen mødes fire gange om året."],
                ["Økonomi", "", "Kommunerne deler udgiften efter indbyggertal."],
            ]
        ),
        "vedtægter.pdf",
    )
    assert [p.passage.title for p in found] == ["Vedtægter for OS2"] * 2
    assert [p.passage.heading for p in found] == [("Side 1",), ("Side 2",)]
    assert found[1].passage.url == "https://a.dk/vedt%C3%A6gter.pdf#page=2"
    assert "Kommunerne deler udgiften efter indbyggertal." in found[1].passage.text


@with_the_extra
def test_a_docx_keeps_its_headings() -> None:
    body = heading("Vedtægter") + paragraph("Alle kan deltage.") + heading("Økonomi")
    (only,) = cut(docx(body + paragraph("Kommunerne deler.")), "a.docx")
    assert only.passage.title == "Vedtægter"
    assert only.plain == "Vedtægter Alle kan deltage. Økonomi Kommunerne deler."
    assert [section.heading for section in only.passage.sections] == [(), ("Økonomi",)]


@with_the_extra
def test_a_single_paragraph_is_a_passage_as_it_would_be_in_a_text_file() -> None:
    from pptx import Presentation

    said = "Styregruppen godkender budgettet."
    shown = Presentation()
    box = shown.slides.add_slide(shown.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)
    box.text_frame.text = said
    out = io.BytesIO()
    shown.save(out)
    files = {"pptx": out.getvalue(), "docx": docx(paragraph(said)), "pdf": pdf([[said]])}
    for suffix, raw in {**files, "txt": said.encode(), "md": said.encode()}.items():
        (only,) = cut(raw, f"budget-2026.{suffix}")
        assert said in only.plain, suffix
        of_pages = suffix in ("pdf", "pptx")  # each is headed by its number
        assert only.passage.title == (said if of_pages else "budget 2026"), suffix


@with_the_extra
def test_a_pptx_is_cited_by_its_slides() -> None:
    from pptx import Presentation

    shown = Presentation()
    for title in ("Mål", "Plan"):
        slide = shown.slides.add_slide(shown.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "Mødes fire gange om året"
    out = io.BytesIO()
    shown.save(out)
    found = cut(out.getvalue(), "a.pptx")
    assert found[-1].passage.heading == ("Slide 2", "Plan")
    assert "Mødes fire gange om året" in found[-1].passage.text


@with_the_extra
@pytest.mark.parametrize(
    ("raw", "path", "reason"),
    [
        (b"%PDF-1.4\nnoget", "a.pdf", "cannot be read as PDF"),
        (pdf([[""]]), "a.pdf", "holds no text"),
        (b"noget", "a.docx", "no DOCX file, or one that is encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1krypteret", "a.docx", "one that is encrypted"),
        (docx("<w:p>" * 10), "a.docx", "holds no text"),
        (
            pdf(
                [["Hemmeligt"]],
                trailer="/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
                f" /O <{'41' * 32}> /U <{'41' * 32}> >>",
            ),
            "a.pdf",
            "encrypted",
        ),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_its_reason(
    raw: bytes, path: str, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        text_of(raw, path)


@with_the_extra
def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "_UNPACKED", 2 * 1024 * 1024)
    with pytest.raises(Unreadable, match="unpacks to 9 MB"):
        text_of(docx(paragraph("x" * 10_000_000)), "a.docx")


@with_the_extra
def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(Unreadable, match="took more than 1 seconds"):
        text_of(docx(paragraph("ord " * 20) * 20_000), "a.docx")


def test_without_the_extra_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_spec", lambda _name: None)
    with pytest.raises(Unreadable, match=r"PDF needs the extra `office` \(pip install"):
        text_of(b"%PDF-1.4", "a.pdf")


@with_the_extra
def test_a_file_that_cannot_be_read_costs_none_of_the_others(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.pdf").write_bytes(pdf([["Styregruppen godkender budgettet hvert år."]]))
    (docs / "b.pdf").write_bytes(b"%PDF-1.4\nnoget")
    (docs / "c.html").write_text("<div>" * 9000, "utf-8")
    (docs / "d.md").write_bytes(b"\x89PNG\x00\x01")
    (docs / "tom.md").write_bytes(b"")
    report = built(tmp_path / "index", Source("docs", str(docs)))
    assert [path for path, _ in report.skipped] == ["b.pdf", "c.html", "d.md", "tom.md"]
    (hit,) = index_of(tmp_path / "index").search("hvem godkender budgettet").hits
    assert hit.passage.heading == ("Side 1",)
