"""Decisions in minutes of meetings: what is one, what is none, and what is told of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.decisions.minutes.extract import Found, extract
from os2kb.decisions.minutes.propose import proposed
from tests.unit.decisions.minutes_read import MINUTES, quotes


def test_each_is_told_with_quote_lines_item_and_confidence() -> None:
    found = extract("styregruppe/referat.md", MINUTES).found
    assert [(one.kind, one.lines, one.item, one.confidence, one.quote) for one in found] == [
        ("decision", (12, 13), "Drift", 0.95,
         "Det blev besluttet, at driften udbydes samlet, som [navn] foreslog."),
        ("decision", (17, 17), "Budget 2027", 0.75,
         "Beslutning: Godkendt med de ændringer, [navn] kom med."),
        ("decision", (21, 21), "Ny version", 0.95, "Styregruppen afviste forslaget om en app."),
        ("decision", (25, 25), "Ny version", 0.9, "Version 3 udskydes til marts."),
        ("action", (36, 36), "Opfølgning", 0.5, "Skriv udbudsmateriale"),
        ("decision", (41, 41), "Opfølgning", 0.85, "Møder holdes hver anden måned"),
    ]  # fmt: skip
    assert [one.outcome for one in found] == ["accepted"] * 2 + ["rejected"] + ["accepted"] * 3


def test_the_meeting_is_told_by_name_date_and_group() -> None:
    meeting = extract("referat.md", MINUTES).meeting
    assert meeting.name == "Referat: OS2display styregruppemøde den 4. juni 2026"
    assert (str(meeting.date), meeting.group) == ("2026-06-04", "Styregruppen")


def test_what_is_struck_out_is_no_decision_and_the_lines_keep_their_numbers() -> None:
    text = (
        "# Referat 4. juni 2026\n\n~~Det blev besluttet at dele driften, og\nat flytte.~~\n\n"
        "Det blev besluttet at ~~dele~~ samle driften.\n\n<del>Styregruppen godkendte budgettet."
        "</del>\n\n| Punkt | Beslutning |\n|---|---|\n| A | ~Flyttes~ |\n| B | ca. ~20 bliver |\n"
    )
    assert [(one.lines, one.quote) for one in extract("a.md", text).found] == [
        ((6, 6), "Det blev besluttet at samle driften."),
        ((13, 13), "ca. ~20 bliver"),
    ]


def test_a_tilde_before_a_number_says_about_and_strikes_nothing_out() -> None:
    text = "# Referat\n\nDe koster ~5 kr. Det blev besluttet at købe flere (~10 stk.).\n"
    (found,) = extract("a.md", text).found
    assert found.quote.endswith("Det blev besluttet at købe flere (~10 stk.).")


@pytest.mark.parametrize(
    "template",
    [
        "## Metadata:\n- Dato: [ÅÅÅÅ-MM-DD]\n- Status: [Forslag / Accepteret / Afvist]\n\n{}",
        "---\ntitle: x\n---\n# SDR\n\n- **Status**: Forslag / Accepteret / Erstattet\n\n{}",
    ],
)
def test_a_template_for_decisions_holds_none(template: str) -> None:
    said = "## Kontekst\nHvorfor?\nBeslutning\nHer beskrives den beslutning, der er taget."
    assert extract("skabelon.md", template.format(said)).found == ()
    assert extract("referat.md", f"# Møde\n\n{said}").found != ()


@pytest.mark.parametrize(
    ("path", "text", "date", "group"),
    [
        ("a.md", "---\ndate: 2026-05-02\n---\n# Møde i koordinationsgruppen", "2026-05-02",
         "Koordinationsgruppen"),
        ("a.txt", "Referat\n\nMødenavn: Bestyrelsesmøde\nTid: 3. maj 2026 kl. 10", "2026-05-03",
         "Bestyrelsen"),
        ("styregruppe/2026-06-04-referat.txt", "Vi mødtes.", "2026-06-04", "Styregruppen"),
        ("notat.txt", "Vi mødtes.", "None", ""),
    ],
)  # fmt: skip
def test_the_meeting_is_told_by_what_there_is(path: str, text: str, date: str, group: str) -> None:
    meeting = extract(path, text).meeting
    assert (str(meeting.date), meeting.group) == (date, group)


@pytest.mark.parametrize(
    "sentence",
    [
        "Det blev besluttet at udbyde driften.",
        "Efter drøftelsen blev det besluttet ikke at forlænge aftalen.",
        "Det besluttedes, at mødet flyttes.",
        "Styregruppen godkendte budgettet for 2027.",
        "Koordinationsgruppen vedtog enstemmigt forslaget.",
        "OS2-bestyrelsen har besluttet at igangsætte en proces.",
        "Indstillingen blev tiltrådt med en tilføjelse.",
        "Budgettet blev gennemgået og godkendt.",
        "Der var enighed om at vente til marts.",
        "Vi blev enige om, at Aarhus tester først.",
        "Dette er for dyrt, og gruppen har derfor besluttet at vente.",
        "Der blev truffet beslutning om, at version 2 udgår.",
        "Estimatet på 72 timer er godkendt.",
        "**Beslutning:** Driften udbydes.",
        "Konklusion: Vi venter.",
        "bo blev valgt som formand.",
        "Efter en kort debat blev strategien vedtaget.",
        "Enighed om at vente.",
        "Det aftales, at fejl meldes på GitHub.",
        "Driften udbydes samlet. (Vedtaget)",
        "Styregruppen gav mandat til at skifte licens.",
        "Udvalget besluttede den 9. december 2026 at vente.",
    ],
)
def test_this_is_a_decision(sentence: str) -> None:
    assert len(quotes(f"# Referat\n\n## 2. Drift\n\n{sentence}\n")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Dagsordenen blev godkendt.",
        "Referatet fra sidste møde er godkendt.",
        "Styregruppen skal godkende budgettet på næste møde.",
        "Det endelige regnskab kan først godkendes i 2027.",
        "Hvis budgettet er godkendt, kan vi begynde.",
        "Den kommer i loggen, så snart den er ratificeret af styregruppen.",
        "Budgettet sendes til godkendelse i styregruppen.",
        "Styregruppen har ikke besluttet noget endnu.",
        "Skal det besluttes nu, eller har styregruppen besluttet det?",
        "Som tidligere besluttet holdes mødet i Aarhus.",
        "Sekretariatet foreslår, at styregruppen vedtager en plan.",
        "Licensen skal være en OSI-godkendt licens.",
        "Vi talte om drift.",
        "Punktet blev udsat til næste møde.",
        "Styregruppen tog orienteringen til efterretning.",
        "Orienteringen blev taget til efterretning.",
        "ida blev valgt som referent.",
        "På sidste møde aftalte vi at skrive en vejledning.",
        "Vi besluttede på sidste møde at skrive en vejledning.",
        "Det blev besluttet sidste år at flytte.",
        "Hvis styregruppen beslutter at flytte, sker det i maj.",
        "På mødet i januar blev det besluttet at vente.",
        "Der var ikke enighed om at vente.",
        "Vi går videre med næste punkt.",
    ],
)
def test_this_is_none(sentence: str) -> None:
    assert quotes(f"# Referat\n\n## 2. Drift\n\n{sentence}\n") == []


def test_minutes_of_plain_text_have_their_agenda_on_lines_of_its_own() -> None:
    text = "Referat af bestyrelsesmøde\n\n1. Godkendelse af referat\n\nGodkendt.\n\n"
    text += "2. Ny aftale om drift\n\nBeslutning\n\nGodkendt.\n\nTo medlemmer var fraværende.\n"
    (found,) = extract("referat.txt", text).found
    assert (found.item, found.quote, found.group) == (
        "Ny aftale om drift", "Godkendt.", "Bestyrelsen",
    )  # fmt: skip
    (made,) = proposed([extract("referat.txt", text)], 0.6)
    assert made.title == "Ny aftale om drift"


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Udvalget besluttede den 4. februar 2025, at brugen kortlægges.", 0),
        ("Den 4. februar 2025 besluttede udvalget, at brugen kortlægges.", 0),
        ("Udvalget besluttede den 4. juni 2026, at brugen kortlægges.", 1),
        ("Det blev besluttet i 2024 at kortlægge brugen.", 0),
        ("I 2024 besluttede udvalget at kortlægge brugen.", 0),
        ("Det blev besluttet i 2026-budgettet at kortlægge brugen.", 1),
        ("Det blev besluttet i 2027 at kortlægge brugen.", 1),
        ("Udvalget besluttede at følge aftalen af den 4. februar 2025.", 1),
    ],
)
def test_what_was_decided_on_an_earlier_day_is_not_of_this_meeting(
    sentence: str, count: int
) -> None:
    assert len(quotes(f"# Møde den 4. juni 2026\n\n{sentence}\n")) == count


@pytest.mark.parametrize("label", ["Sagsfremstilling", "Indstilling", "Direktionen indstiller"])
def test_what_led_to_a_decision_is_none(label: str) -> None:
    text = f"# Møde\n\n## 2. Drift\n\n**{label}**\n\nUdvalget godkendte planen.\n\n"
    text += "**Beslutning**\n\nDriften udbydes samlet.\n"
    (found,) = extract("a.md", text).found
    assert (found.item, found.quote) == ("Drift", "Driften udbydes samlet.")


def test_numbered_lines_under_the_word_are_decisions_and_no_items() -> None:
    text = "# Møde\n\n## Drift\n\n### Beslutning\n\n1. Driften udbydes samlet\n2. Version 2 udgår\n"
    assert quotes(text) == ["Driften udbydes samlet", "Version 2 udgår"]


@pytest.mark.parametrize("answer", ["Godkendt", "Vedtaget", "Besluttet", "Tiltrådt"])
def test_a_word_alone_is_an_answer_and_above_something_it_is_a_label(answer: str) -> None:
    alone = f"# Møde\n\n## 2. Drift\n\n{answer}\n\n## 3. Logo\n\nVi talte om farver.\n"
    assert quotes(alone) == [answer]
    text = "# Møde\n\n## 2. Drift\n\nBesluttet\n\n- Vi venter\n\n## 3. Logo\n"
    assert quotes(text) == ["Vi venter"]


def test_a_word_after_a_sentence_says_that_the_sentence_was_decided() -> None:
    text = "# Møde\n\n## 4. Forslag\n\na) Gebyret stiger. Vedtaget.\nb) Kontoret flyttes.\n"
    assert quotes(text) == ["a) Gebyret stiger. Vedtaget."]


def test_what_another_group_decided_is_told_and_no_entry_of_this_meeting() -> None:
    text = "# Møde\n\n## 2. Nyt fra styregruppen\n\nStyregruppen har godkendt budgettet.\n"
    assert [one.confidence for one in extract("a.md", text).found] == [0.5]


def test_a_table_tells_of_each_item_what_came_of_it() -> None:
    text = "# Møde\n\n| Punkt | Beslutning |\n|---|---|\n| 1. Referat | Godkendt |\n"
    text += "| 2. Drift | Udsat til marts |\n| 3. Logo | Godkendt |\n| 4. Pris | Drøftet |\n"
    assert [(one.item, one.quote) for one in extract("a.md", text).found] == [("Logo", "Godkendt")]


def test_of_what_was_turned_down_without_a_name_a_person_decides_whether_it_is_an_entry() -> None:
    (found,) = extract("a.md", "# Møde\n\nForslaget blev forkastet.\n").found
    assert (found.outcome, found.confidence) == ("rejected", 0.5)


def test_who_decided_is_told_by_the_sentence_before_the_meeting() -> None:
    text = "# Styregruppemøde\n\nDet blev besluttet i koordinationsgruppen at vente.\n"
    assert [one.group for one in extract("a.md", text).found] == ["Koordinationsgruppen"]


@given(st.text(max_size=300), st.sampled_from([MINUTES, "Det blev besluttet at {}.", "| {} |"]))
def test_a_quote_stands_in_its_lines(text: str, around: str) -> None:
    written = around.replace("{}", text) + "\n" + text
    for one in extract("a.md", written, names=True).found:
        assert 1 <= one.lines[0] <= one.lines[1] <= written.count("\n") + written.count("\r") + 1
        assert 0 <= one.confidence <= 1


@pytest.mark.parametrize(
    "piece",
    ["Det blev besluttet ", "at ", "| a ", "Deltagere: Ida, ", "- Beslutning:\n", "((", "er "],
)
def test_a_hostile_text_does_not_hang(piece: str) -> None:
    found = extract("a.md", piece * (60_000 // len(piece))).found
    assert all(isinstance(one, Found) for one in found)
