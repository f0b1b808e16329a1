"""What is wrong with a decision log is told with its line, and mended where that can be known."""

import pytest

from os2kb.decisions.lint.duplicates import by_grams
from os2kb.decisions.lint.finding import Finding, Log
from os2kb.decisions.lint.issues import ClosedIssue, without_entry
from os2kb.decisions.lint.lint import lint
from tests.unit.decisions.files_read import read_files

GOOD = (
    "# [SDR] Fælles drift\n\n- **Nr.**: 1\n- **Dato**: 2026-05-02\n- **Status**: Accepteret\n"
    "- **Beslutningstagere**: Styregruppen\n\n## Beslutning\n\nDriften udbydes samlet.\n"
)
NAME = "2026-05-02-faelles-drift.md"


def linted(files: dict[str, str], *beside: str) -> tuple[Finding, ...]:
    lines = {path: text.split("\n") for path, text in files.items()}
    entries = read_files(dict(files.items()))
    assert len(entries) >= len(files)
    return lint(Log(entries, lines, {*files, *beside}, "beslutninger"))


def entry(number: int, more: str = "", status: str = "Accepteret") -> str:
    """An entry of its own, with more keys."""
    return (
        f"# [SDR] Sag nummer {'abcdefgh'[number] * 7}\n\n- **Nr.**: {number}\n"
        f"- **Dato**: 2026-05-02\n- **Status**: {status}\n- **Beslutningstagere**: Styregruppen\n"
        f"{more}\n## Beslutning\n\n{'ijklmnop'[number] * 9}.\n"
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Skriv til ida.holm@gmail.com.", "en privat e-mailadresse"),
        ("Ring til bo på 20 30 41 51.", "et telefonnummer"),
        ("Sagen om 070761-4285 er afsluttet.", "et CPR-nummer"),
    ],
)
def test_personal_data_is_told_with_its_line_and_never_repeated(said: str, kind: str) -> None:
    found = linted({NAME: GOOD.replace("Driften udbydes samlet.", said)})
    (told,) = [one for one in found if one.rule == "personal-data"]
    assert (told.level, told.line, told.suggestion) == ("error", 10, None)
    assert told.said.da.startswith(f"Her ser ud til at stå {kind} (")
    assert not {"ida.holm", "20 30", "4285"} & set(told.said.da.split())
    shown = " ".join(part for one in found for part in (one.said.da, one.said.en, one.cure.da))
    assert not any(secret in shown for secret in ("ida.holm", "20 30 41", "070761"))


@pytest.mark.parametrize(
    "said",
    [
        "Skriv til kontakt@os2.eu eller support@firma.dk.",
        "Hotline: 70 10 20 30. CVR 12345678. Version 10.0.19041.1234.",
        "Se https://example.org/sager/20304151 og sag 2026-1234-5678.",
    ],
)
def test_a_shared_mailbox_a_hotline_and_other_numbers_are_nobodys(said: str) -> None:
    assert linted({NAME: GOOD.replace("Driften udbydes samlet.", said)}) == ()


def test_what_a_finding_quotes_is_masked_and_a_line_with_it_not_suggested() -> None:
    bad = GOOD.replace("**Status**: Accepteret", "**Status**: Spørg bo@gmail.com")
    told = {one.rule: one for one in linted({NAME: bad})}
    assert "bo@gmail" not in told["status"].said.da
    for beside, suggested in (
        ("", "Se [os](2026-05-02-faelles-drift.md)."),
        (" bo@gmail.com", None),
    ):
        text = GOOD.replace("Driften udbydes samlet.", f"Se [os](faelles-drift.md).{beside}")
        (link,) = [one for one in linted({NAME: text}) if one.rule == "link"]
        assert link.suggestion == suggested


def test_a_log_in_order_has_no_findings() -> None:
    assert linted({NAME: GOOD}) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "suggestion"),
    [
        ("Accepteret", "Grøn", "status", 5, None),
        ("- **Status**: Accepteret\n", "", "status", 1, None),
        ("- **Beslutningstagere**: Styregruppen\n", "", "deciders", 1, None),
        ("2026-05-02", "0206-05-02", "date", 4, "- **Dato**: 2026-05-02"),
        ("2026-05-02", "i foråret", "date", 4, "- **Dato**: 2026-05-02"),
        (": 2026-05-02", ":", "date", 4, "- **Dato**: 2026-05-02"),
        ("2026-05-02", "2025-05-02", "date-file", 4, None),
        ("# [SDR] Fælles drift", "# [SDR] Nye møder", "file-title", 1, None),
        ("Driften udbydes samlet.", "", "decision", 8, None),
        ("samlet.", "samlet.\n\nDet blev besluttet 1. maj 2026.", "date-text", 12, None),
        (
            "samlet.",
            "samlet.\n\nBeslutningen ønskes ratificeret af styregruppen.",
            "ratification",
            12,
            None,
        ),
        (
            "samlet.",
            "samlet.\n\n- Fremlægges til orientering på mødet 04.06.2025",
            "ratification-date",
            12,
            "- Fremlægges til orientering på mødet 04.06.2026",
        ),
        ("samlet.", "samlet, se [krav](../krav/krav.md).", None, 0, None),
        ("samlet.", "samlet, se [krav](krav.md#to).", "link", 10, None),
        (
            "samlet.",
            "samlet, se [møder](moeder.md).",
            "link",
            10,
            "Driften udbydes samlet, se [møder](2026-01-02-moeder.md).",
        ),
        (
            "samlet.",
            "samlet, se [x](https://github.com/os2demo/log/blob/main/beslutninger/x.md).",
            "link",
            10,
            None,
        ),
        ("Accepteret", "Erstattet", "chain", 5, None),
        ("Accepteret", "Erstattet af SDR-9", "chain", 5, None),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    old: str, new: str, rule: str | None, line: int, suggestion: str | None
) -> None:
    assert old in GOOD
    found = linted({NAME: GOOD.replace(old, new)}, "2026-01-02-moeder.md")
    told = [(one.rule, one.line) for one in found]
    assert told == ([] if rule is None else [(rule, line)])
    assert [one.suggestion for one in found] == ([] if rule is None else [suggestion])


def test_a_status_that_names_the_meeting_is_a_ratification() -> None:
    text = GOOD.replace("samlet.", "samlet.\n\nSkal ratificeres på næste møde.")
    assert [one.rule for one in linted({NAME: text})] == ["ratification"]
    done = text.replace("Accepteret", "Godkendt på styregruppemødet den 4. juni 2026")
    assert linted({NAME: done}) == ()


def test_a_heading_that_says_another_day_or_year_is_told() -> None:
    log = (
        "# Log\n\n## BDR-#1: Drift (2026-05-02)\n\n- **Dato**: 2026-05-03\n- **Status**: Forslag\n"
    )
    assert "date-heading" in {one.rule for one in linted({"DECISION_LOG.md": log})}
    page = (
        "# Log\n\n## 2025\n\n- **Dato**: 2026-05-02\n- **Status**: Forslag\n"
        "- **Beslutning**: Ja.\n- **Truffet af**: Styregruppen\n"
    )
    assert [(one.rule, one.line) for one in linted({"log.md": page})] == [("date-heading", 5)]


def test_no_two_entries_have_one_number() -> None:
    found = linted({"a.md": entry(1), "b.md": entry(1).replace("Sag nummer", "Andet om")})
    assert [(one.rule, one.path, one.line) for one in found if one.level == "error"] == [
        ("number", "b.md", 3)
    ]


def test_what_is_replaced_says_so_and_what_replaces_is_there() -> None:
    files = {"1.md": entry(1), "2.md": entry(2, "- **Erstatter**: 1\n")}
    (found,) = (one for one in linted(files) if one.level == "error")
    assert (found.rule, found.path, found.line) == ("chain", "1.md", 5)
    assert found.suggestion == "- **Status**: Erstattet af 2"
    files["1.md"] = files["1.md"].replace("- **Status**: Accepteret", found.suggestion)
    assert [one for one in linted(files) if one.level == "error"] == []


def test_a_decision_that_replaces_itself_by_way_of_others_is_told_with_all_of_the_ring() -> None:
    files = {
        f"{n}.md": entry(n, status=f"Erstattet af SDR-{after}")
        for n, after in ((1, 2), (2, 3), (3, 1), (4, 1))
    }
    rings = [one.path for one in linted(files) if one.rule == "cycle"]
    assert rings == ["1.md", "2.md", "3.md"]


def test_entries_name_their_issue_where_others_do() -> None:
    issue = "- **Issue**: os2demo/os2demo#42\n"
    found = linted({"1.md": entry(1, issue), "2.md": entry(2)})
    assert [(one.rule, one.path) for one in found if one.rule == "issue"] == [("issue", "2.md")]
    assert "issue" not in {one.rule for one in linted({"1.md": entry(1), "2.md": entry(2)})}


def test_what_says_the_same_is_a_likely_duplicate_unless_one_replaces_the_other() -> None:
    again = GOOD.replace("**Nr.**: 1", "**Nr.**: 2").replace("2026-05-02", "2026-06-02")
    files = {NAME: GOOD, "2026-06-02-faelles-drift.md": again}
    (found,) = linted(files)
    assert (found.rule, found.path) == ("duplicate", "2026-06-02-faelles-drift.md")
    linked = again.replace("\n\n## Bes", "\n- **Erstatter**: 1\n\n## Bes")
    marked = GOOD.replace("Accepteret", "Erstattet af SDR-2")
    assert linted({NAME: marked, "2026-06-02-faelles-drift.md": linked}) == ()


def test_likeness_can_be_judged_by_meaning() -> None:
    lines = {"1.md": entry(1).split("\n"), "2.md": entry(2).split("\n")}
    log = Log(read_files({path: "\n".join(text) for path, text in lines.items()}), lines)
    assert "duplicate" not in {one.rule for one in lint(log)}
    assert "duplicate" in {one.rule for one in lint(log, lambda texts: [(0, 1, 0.9)])}


def test_what_differs_in_a_word_that_matters_is_no_duplicate() -> None:
    def told(*titles: str) -> bool:
        files = {f"{n}.md": GOOD.replace("Fælles drift", t) for n, t in enumerate(titles)}
        return "duplicate" in {one.rule for one in linted(files)}

    assert told("Aftale om drift", "Aftaler om driften")
    assert told("Aftale om drift 2026", "Driftsaftale for 2026")
    assert not told("Aftale om drift 2026", "Aftale om drift 2027")


def test_the_same_in_other_words_is_a_likely_duplicate_and_much_about_the_same_is_none() -> None:
    texts = [
        "Driften udbydes samlet fra 2027\nStyregruppen har besluttet at udbyde den samlede drift. "
        "Udbuddet gennemføres i foråret, og kontrakten gælder fra 1. januar 2027.",
        "Samlet udbud af drift\nDet er besluttet, at driften sendes i et samlet udbud i foråret, "
        "så en ny driftskontrakt kan træde i kraft 1. januar 2027.",
        "Møder i koordinationsgruppen\nKoordinationsgruppen mødes hver anden måned fra marts.",
        "Møder i styregruppen\nStyregruppen mødes fire gange om året, første gang i februar.",
        "Licens\nNy kode får licensen MPL-2.0.",
    ]
    assert [(one, other) for one, other, _ in by_grams(texts)] == [(0, 1)]


def test_an_issue_is_in_the_log_where_an_entry_names_it_or_refers_to_it() -> None:
    log = read_files(
        {
            "1.md": entry(1, "- **Issue**: OS2demo/Api#1\n"),
            "2.md": entry(2, "- **Reference**: https://example.org/os2demo/api/issues/2\n"),
            "3.md": entry(3, "- **Reference**: se #3 og other/api#4\n"),
        }
    )
    issues = [ClosedIssue("os2demo/api", number, "Sag\u202e") for number in range(1, 6)]
    found = list(without_entry(log, issues, "os2demo/api"))
    assert [(one.rule, one.path, one.level) for one in found] == [
        ("entry", "os2demo/api#4", "warning"),
        ("entry", "os2demo/api#5", "warning"),
    ]
    assert found[0].said.da.startswith("Issuet “Sag” er lukket som en beslutning")


def test_each_entry_has_an_issue_where_decisions_are_made_in_issues() -> None:
    entries = read_files({"2026-05-02-sag-nummer-bbbbbbb.md": entry(1)})
    found = [lint(Log(entries, {}, from_issues=one)) for one in (False, True)]
    assert [[one.rule for one in each] for each in found] == [[], ["issue"]]
