import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Parsed, Source
from index.reading.decoding import split_lines
from index.reading.documents import parse, passages

SOURCE = Source(name="os2", location="", url="https://example.org/{path}#{anchor}")


def cut(text: str, path: str = "a.md") -> list[Parsed]:
    return passages(text, path, SOURCE)


def prose(count: int) -> str:
    return " ".join(f"ord{number}" for number in range(count))


def test_a_passage_knows_its_heading_path_lines_and_address() -> None:
    text = (
        "---\ntitle: Håndbog\n---\n# Håndbog\n\n## Roller\n\n### Leder\n\nLederen bestemmer alt.\n"
    )
    (only,) = cut(text, "docs/min fil.md")
    passage = only.passage
    assert passage.title == "Håndbog"
    assert passage.heading == ("Roller", "Leder")
    assert passage.lines == (8, 10)
    assert passage.url == "https://example.org/docs/min%20fil.md#leder"
    assert passage.text == "### Leder\n\nLederen bestemmer alt."


def test_a_passage_of_several_short_sections_knows_which_one_a_line_is_in() -> None:
    text = "# Roller\n\nIndledning.\n\n## Ejer\n\nEjer det.\n\n## Leder\n\nLeder det.\n"
    (only,) = cut(text, "roller.md")
    found = [only.passage.section_at(line) for line in (1, 3, 5, 8, 9, 11)]
    assert [section.anchor for section in found] == [
        "roller", "roller", "ejer", "ejer", "leder", "leder"
    ]  # fmt: skip
    assert found[-1].heading == ("Leder",)
    assert found[-1].url == "https://example.org/roller.md#leder"


def test_each_line_of_a_passage_keeps_its_number_when_noise_between_them_is_gone() -> None:
    text = "# A\n\nFørste.\n{: .warning }\n\n<!-- skjult\n\nover flere -->\n\nSidste.\n"
    (only,) = cut(text)
    lines = only.passage.text.split("\n")
    assert only.passage.lines == (1, 10)
    assert [lines[0], lines[2], lines[9]] == ["# A", "Første.", "Sidste."]


def test_each_question_of_a_question_answer_page_is_a_passage() -> None:
    text = (
        "# FAQ\n\n## Hvem?\n\nIda gør det.\n\n## Hvornår?\n\nI morgen.\n\n**Hvorfor?**\n\nDerfor.\n"
    )
    assert [parsed.passage.heading[-1] for parsed in cut(text)] == ["Hvem?", "Hvornår?", "Hvorfor?"]


def headings(text: str) -> list[tuple[str, ...]]:
    return [parsed.passage.heading for parsed in cut(text)]


def test_questions_and_answers_marked_as_such_are_passages() -> None:
    text = (
        "# Hjælp\n\n**Spørgsmål:** Hvorfor er skærmen gul?\n\n**Svar:** Koden er gammel.\n\n"
        "Q: Who pays?\nA: The municipalities do.\n\n---\n\nTak for i dag alle sammen.\n"
    )
    assert headings(text) == [("Hvorfor er skærmen gul?",), ("Who pays?",), ()]


def test_list_items_that_ask_and_answer_are_passages_and_a_checklist_stays_one() -> None:
    asked = "# Hjælp\n\n1. Hvem betaler?\n\n   Kommunerne.\n2. **Hvem ejer?**\n   Foreningen OS2.\n"
    assert headings(asked) == [("Hvem betaler?",), ("Hvem ejer?",)]
    assert headings("# Tjek\n\n1. Er filen gemt?\n2. Er den sendt?\n") == [()]


def test_what_is_folded_away_is_a_passage_of_its_own_and_ends_where_it_is_folded() -> None:
    text = (
        "# Drift\n\n## Opsætning\n\n<details>\n<summary><b>Hvor ligger filen?</b></summary>\n"
        "Under etc.\n</details>\n\nGenstart bagefter maskinen.\n"
    )
    assert headings(text) == [("Opsætning", "Hvor ligger filen?"), ("Opsætning",)]
    inside, after = cut(text)
    assert "Under etc." in inside.plain
    assert after.passage.lines == (10, 10)
    assert after.passage.section_at(10).heading == ("Opsætning",)


def test_a_heading_in_html_is_a_heading() -> None:
    text = '<h1 align="center">OS2demo</h1>\n\nTekst.\n\n<h2 id="rol">Roller</h2>\n\nEjeren ejer.\n'
    (only,) = cut(text)
    assert (only.passage.title, only.passage.anchor) == ("OS2demo", "os2demo")
    assert [(s.heading, s.anchor) for s in only.passage.sections[1:]] == [(("Roller",), "rol")]


@pytest.mark.parametrize(
    "line",
    [
        "[Forside](/) › [Drift](/drift/) › [Backup](backup.md)",
        "[Components](#components) | [Data Flow](#data-flow)",
        "[↑ Tilbage til toppen](#top)",
        "[![Build](https://a.dk/b.svg)](https://a.dk) [![Licens](l.svg)](LICENSE)",
        "![License](https://img.shields.io/badge/license-MPL--2.0-blue)",
    ],
)
def test_paragraphs_that_only_lead_elsewhere_are_left_out(line: str) -> None:
    assert [p.plain for p in cut(f"# A\n\n{line}\n\nTekst her.\n")] == ["A Tekst her."]


def test_links_to_other_sites_are_text() -> None:
    assert "OS2" in cut("# A\n\n[OS2](https://os2.eu) | [KL](https://kl.dk)\n")[0].plain


def test_tags_beside_a_heading_are_no_part_of_its_name() -> None:
    text = '# Drift <span class="label label-purple">Overblik</span>\n\nSådan drives det.\n'
    assert cut(text)[0].passage.title == "Drift"


def test_a_page_that_only_repeats_its_title_is_no_passage() -> None:
    assert cut("---\ntitle: System\n---\n\nSystem\n") == []


def test_a_label_whose_value_the_site_would_fill_in_goes_with_it() -> None:
    assert "opdateret" not in cut("# A\n\n_Opdateret: {{ site.time }}_\n\nTekst her.\n")[0].plain


def test_a_diagram_is_quoted_as_written_and_found_by_what_it_says() -> None:
    (only,) = cut("# Vej\n\n```mermaid\nflowchart TD\n  A[Idé] --> B[Dialog]\n```\n")
    assert "A[Idé] --> B[Dialog]" in only.passage.text
    assert only.plain == "Vej Idé → Dialog"


def test_code_is_never_cut() -> None:
    code = "```sh\n" + "\n".join(f"kommando {number} --flag" for number in range(300)) + "\n```"
    held = [p.passage.text for p in cut(f"# A\n\n{prose(150)}\n\n{code}\n\n{prose(150)}\n")]
    assert sum(code in text for text in held) == 1


def test_a_table_row_is_never_cut_and_carries_its_header_for_analysis() -> None:
    rows = [f"| Rolle{n} | {prose(20)} |" for n in range(40)]
    found = cut("# T\n\n| Navn | Ansvar |\n|---|---|\n" + "\n".join(rows) + "\n")
    assert len(found) > 2
    assert all(any(row in p.passage.text for p in found) for row in rows)
    assert all("Navn" in p.plain or "Navn" in p.context for p in found)
    assert "Navn" not in found[-1].passage.text


def test_a_list_keeps_its_lead_in() -> None:
    items = "\n".join(f"- punkt {n} {prose(30)}" for n in range(12))
    found = cut(f"# L\n\n{prose(120)}\n\nLøsningen skal opfylde:\n\n{items}\n")
    with_items = [p for p in found if "punkt" in p.plain]
    assert len(with_items) > 1
    assert all("Løsningen skal opfylde" in p.plain + p.context for p in with_items)


def test_lists_that_only_lead_to_other_pages_are_left_out() -> None:
    text = "# Forside\n\nVelkommen til.\n\n- [A](a.md)\n- [B](b/)\n- [C](#c)\n"
    assert [p.plain for p in cut(text)] == ["Forside Velkommen til."]


def test_a_heading_with_nothing_but_noise_under_it_is_no_passage() -> None:
    assert cut('## Table of contents\n\n- TOC\n{:toc}\n\n<a name="x"></a>\n') == []


def test_short_paragraphs_under_one_heading_stay_together_and_long_sections_are_divided() -> None:
    paragraphs = "\n\n".join(prose(50) for _ in range(9))
    counts = [len(p.plain.split()) for p in cut(f"# A\n\n{paragraphs}\n")]
    assert all(count <= 210 for count in counts)
    assert len(counts) == 3


def test_an_overlong_line_is_cut_between_words() -> None:
    found = cut("# A\n\n" + prose(2000) + "\n")
    assert len(found) > 5
    assert {p.passage.lines for p in found if p.passage.lines != (1, 3)} == {(3, 3)}


def test_rst_sections_tables_and_directives_are_read() -> None:
    text = (
        "Guide\n=====\n\n.. toctree::\n   a\n   b\n\nKrav\n----\n\n.. note::\n\n   Husk kablet.\n\n"
        "+------+-------+\n| Navn | Værdi |\n+======+=======+\n"
        "| Port | 8080  |\n+------+-------+\n\n"
        ".. code-block:: bash\n\n   make run\n\n.. kommentar\n"
    )
    found = cut(text, "guide.rst")
    whole = " ".join(p.plain for p in found)
    assert found[0].passage.title == "Guide"
    assert found[0].passage.heading == ("Krav",)
    assert found[0].passage.anchor == "krav"
    assert "Husk kablet." in whole
    assert "Navn · Værdi" in whole
    assert "make run" in whole
    assert "kommentar" not in whole
    assert "toctree" not in whole


def test_personal_numbers_never_become_passages() -> None:
    (only,) = cut("# Sag 010190-1234\n\nBorger 0101901234 har klaget.\n")
    assert "1234" not in repr(only)


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


MARKDOWN = st.text(
    alphabet=st.sampled_from(list("ab æø#-*|`~>=:?!\n\t[](){}<%1.\\_\"'😀\u202e\r")), max_size=400
)


@given(MARKDOWN, st.sampled_from(["a.md", "a.rst"]))
def test_a_passage_stands_in_the_lines_it_names(text: str, path: str) -> None:
    lines = [" ".join(line.split()) for line in split_lines(text)]
    for parsed in cut(text, path):
        first, last = parsed.passage.lines
        assert 1 <= first <= last <= len(lines)
        document = parse(text, path, SOURCE)
        here = " ".join(" ".join(line.split()) for line in document.lines[first - 1 : last]).split()
        rest = iter(here)
        assert all(word in rest for word in parsed.passage.text.split())


@given(st.text(max_size=300), st.sampled_from(["a.md", "a.rst"]))
def test_no_text_breaks_the_parsers(text: str, path: str) -> None:
    cut(text, path)


@pytest.mark.parametrize(
    "piece", ["[", "> ", "- ", "# a\n", "| ", "* _", "<!--", "```\n", "1. ", "  ", "\\", "=\n"]
)
@pytest.mark.parametrize("path", ["a.md", "a.rst"])
def test_large_hostile_documents_are_parsed(piece: str, path: str) -> None:
    cut(piece * (60_000 // len(piece)) + "\n\nslut", path)


@pytest.mark.timeout(30)
def test_a_heading_of_three_hundred_kilobytes_costs_each_passage_little() -> None:
    long = "ord " * 75_000
    found = passages(f"---\ntitle: {long}\n---\n\n# {long}\n\n{long}\n", "a.md", SOURCE)
    assert len(found) > 300
    assert max(len(p.passage.title) for p in found) <= 300
    assert max(len(" ".join(p.passage.heading)) for p in found) <= 300


def test_a_lead_in_of_three_hundred_kilobytes_is_not_carried_by_every_passage_of_its_list() -> None:
    items = "- et punkt med ord og flere ord og mere\n" * 2_000
    found = passages(f"{'ord ' * 75_000}:\n\n{items}", "a.md", SOURCE)
    assert len(found) > 50
    assert max(len(parsed.context) for parsed in found) <= 2_000
