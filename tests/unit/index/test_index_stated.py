"""What documents state of themselves: kind, status, date, and not to be searched."""

import pytest

from index.reading.documents import parse
from tests.unit.index.cutting import SOURCE, cut


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("beslutninger/2026-01-01-x.md", "# X", "decision"),
        ("docs/adr/001.md", "# X", "decision"),
        ("CONTRIBUTING.md", "# X", "guideline"),
        ("møder/referat.md", "# X", "minutes"),
        ("docs/faq.md", "# X", "faq"),
        ("docs/role_descriptions/po.md", "# X", "governance"),
        ("docs/install.md", "# X", "documentation"),
        ("docs/install.md", "---\nkind: faq\n---\n# X", "faq"),
        ("SECURITY.md", "# X", "guideline"),
        ("docs/api/security.md", "# X", "documentation"),
        ("docs/processes/faktura.md", "# X", "governance"),
        ("docs/byggeprocess.md", "# X", "documentation"),
    ],
)
def test_the_kind_is_stated_or_told_by_the_path(path: str, text: str, kind: str) -> None:
    assert parse(text, path, SOURCE).kind == kind


@pytest.mark.parametrize(
    ("path", "text", "status"),
    [
        ("a.md", "# A\n\nTekst.", "current"),
        ("a.md", "DRAFT VERSION - NOT APPROVED\n\n# A", "draft"),
        ("a.md", "# UDKAST: Krav", "draft"),
        ("a.md", "# A\n\n- **Status:** Forslag", "proposal"),
        ("a.md", "# A\n\n- **Status**: Accepteret", "current"),
        ("a.md", "# A\n\nStatus: Erstattet af 7", "superseded"),
        ("a.md", "# A\n\n## Status\n\nSuperseded", "superseded"),
        ("a.md", "# A\n\n- Status: [Forslag / Accepteret / Afvist]", "current"),
        ("a.md", "# A\n\n## Status\n\n- [x] Udkast\n- [ ] Godkendt", "draft"),
        ("a.md", "# A\n\n**Status**\n- [x] Udkast\n- [x] Godkendt\n- [ ] Arkiveret", "current"),
        ("a.md", "---\npublished: false\n---\n# A", "draft"),
        ("a.md", "---\nstatus: superseded\n---\n# A", "superseded"),
        ("repo__history/a.md", "# A", "archived"),
        ("docs/version-control-and-history.md", "# A", "current"),
    ],
)
def test_the_status_is_read_where_documents_state_it(path: str, text: str, status: str) -> None:
    assert parse(text, path, SOURCE).status == status


@pytest.mark.parametrize(
    ("path", "text", "date"),
    [
        ("a.md", "---\ndate: 2026-01-12\n---\n# A", "2026-01-12"),
        ("a.md", '---\ndate: "01-02-2025"\n---\n# A', "2025-02-01"),
        ("a.md", "# A\n\n- **Dato**: 2026-06-25", "2026-06-25"),
        ("a.md", "# A\n\nDate: 26-11-2024", "2024-11-26"),
        ("2025-02-10-a.md", "# A", "2025-02-10"),
        ("a.md", "---\nlast_modified_date: 2026-02-03\n---\n# A", "2026-02-03"),
        ("a.md", "# A\n\n_Sidst opdateret: 3. februar 2026_", "2026-02-03"),
        ("a.md", "# Release 2026r1 (23/1-2026)", "2026-01-23"),
        ("a.md", "# Referat 12 May 2025", "2025-05-12"),
        ("a.md", "# A\n\nDato: 99-99-2024", ""),
        ("a.md", "# A", ""),
    ],
)
def test_the_date_is_read_where_documents_state_it(path: str, text: str, date: str) -> None:
    assert parse(text, path, SOURCE).date == date


def test_front_matter_that_is_no_yaml_still_gives_its_title() -> None:
    assert parse("---\ntitle: A: B {{ x }}\n---\n\nTekst.", "a.md", SOURCE).title == "A: B {{ x }}"


def test_a_page_that_asks_not_to_be_searched_is_not() -> None:
    assert cut("---\nsearch_exclude: true\n---\n# A\n\nTekst her.\n") == []


BOMB = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))


@pytest.mark.parametrize(
    "front",
    [
        f"a0: &a0 [x]\n{BOMB}\nlang: *a11\nkind: *a11\nquestions: *a11\ntitle: *a11",
        "lang: " + "[" * 5000,
        "title: 0x" + "f" * 9000,
        "questions: {" + "a: {" * 400,
        "date: 2026-99-99",
        "? [a]\n: b",
        "x: " + "y" * 200_000,
    ],
)
@pytest.mark.timeout(60)
def test_hostile_front_matter_costs_the_document_nothing_but_itself(front: str) -> None:
    (only,) = cut(f"---\n{front}\n---\n# Roller\n\nEjeren bestemmer.\n")
    assert only.plain == "Roller Ejeren bestemmer."


def test_a_document_without_heading_or_front_matter_is_named_after_its_file() -> None:
    assert parse("Bare tekst.", "docs/min_fil.md", SOURCE).title == "min fil"
