"""How documents are cut into passages."""

import pytest

from tests.unit.index.cutting import cut, headings, prose


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
