"""How promises were kept, as tables, JSON, spreadsheet and page."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from index.passages import Language
from os2kb.escalation.follow_up.files import page, sheet
from os2kb.escalation.follow_up.result import Result, result_json
from os2kb.escalation.follow_up.tables import Table, tables
from os2kb.governance.escalation.figures.follow_up import Followed, follow_up
from tests.unit.governance.escalation.test_follow_up import (
    ANSWERED,
    LATER,
    NEVER,
    NOW,
    OLD,
    SINCE,
    SOON,
    WAITING,
)
from tests.unit.reports.whole_page import Page

NASTY = "<script>alert(1)</script> =1+1 {{ 7*7 }}"
HIDDEN = Followed(
    replace(NEVER.outcome, private=True, name="os2demo/os2demo#48151623"), NEVER.model
)
EVIL = Followed(
    replace(
        SOON.outcome,
        url="javascript:alert(1)",
        stands=replace(SOON.outcome.stands, severity="mindre", party=NASTY),
    ),
    SOON.model,
)


def result(*followed: Followed) -> Result:
    figures = follow_up(followed, SINCE, NOW)
    return Result("os2demo", ("os2demo/os2demo",), SINCE, NOW, 0, ("os2demo/x",), followed, figures)


def table(name: str, *followed: Followed) -> Table:
    (found,) = [one for one in tables(result(*followed), "da") if one.id == name]
    return found


def test_times_are_shown_by_class_and_in_all():
    assert table("response", ANSWERED, NEVER, WAITING).rows == (
        ("kritisk", "2", "1", "1,0", "1,0", "1,0"),
        ("mindre", "1", "1", "1,0", "1,0", "1,0"),
        ("i alt", "3", "2", "1,0", "1,0", "1,0"),
    )


def test_broken_promises_are_shown_by_class_and_by_organisation():
    assert table("broken", ANSWERED, NEVER).rows[0] == ("kritisk", "2", "1", "1", "1", "1 (50 %)")
    assert table("parties", ANSWERED, NEVER).rows == (
        ("Leverandøren", "2", "35,5", "60,3", "1", "1", "1"),
        ("ingen bestemt", "2", "0,5", "0,5", "0", "0", "0"),
    )


def test_what_is_late_and_what_soon_may_be_is_shown_with_its_due_time():
    assert table("near", NEVER, SOON).rows == (
        ("#2", "kritisk", "svar – for sent", "3.2.2026 kl. 11.00", "Leverandøren"),
        ("#5", "mindre", "svar", "17.2.2026 kl. 15.00", "–"),
    )


def test_a_name_has_its_repository_where_there_are_several():
    both = replace(result(SOON), repositories=("os2demo/a", "os2demo/os2demo"))
    (near,) = [one for one in tables(both, "en") if one.id == "near"]
    assert near.rows[0][0] == "os2demo/os2demo#5"


def test_without_anything_there_is_no_empty_table():
    assert [one.id for one in tables(result(), "da")] == []


EVERYTHING = (ANSWERED, NEVER, WAITING, OLD, EVIL, LATER, HIDDEN)


@pytest.mark.parametrize("followed", [(), (OLD,), EVERYTHING])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_is_whole_and_text_of_others_does_nothing_in_it(
    followed: tuple[Followed, ...], language: Language
):
    text = page(result(*followed), language)
    seen = Page(text)
    assert (seen.opened, seen.unbalanced) == ([], [])
    assert not {tag for tag, _ in seen.seen} & {"script", "img", "link", "iframe"}
    assert not re.search(r"@import|url\(|src=|javascript:", text)
    ids = [attributes["id"] for _, attributes in seen.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in seen.seen:
        if tag in ("svg", "section"):
            assert set(str(attributes["aria-labelledby"]).split()) <= set(ids)
    drawn = sum(tag == "svg" for tag, _ in seen.seen)
    assert sum(tag == "table" for tag, _ in seen.seen) >= drawn
    assert bool(followed == EVERYTHING) == (NASTY.partition(">")[2].partition("<")[0] in text)


def test_what_may_be_a_vulnerability_is_counted_and_named_nowhere():
    found = result(*EVERYTHING)
    shown = [page(found), sheet(found, "da"), json.dumps(result_json(found, "da"))]
    shown += [cell for one in tables(found, "da") for row in one.rows for cell in row]
    assert not any("48151623" in text for text in shown)
    assert result_json(found, "da")["vulnerabilities"] == 1
    assert "Mulige sårbarheder: 1." in page(found)


def test_json_has_an_item_for_each_issue_and_totals():
    told = result_json(result(ANSWERED, NEVER), "en")
    assert json.loads(json.dumps(told)) == told
    assert told["totals"]["response_hours"] == {"n": 1, "median": 1.0, "p90": 1.0, "longest": 1.0}
    newest, oldest = told["items"]
    assert (newest["subject"], newest["broken"]) == (
        "os2demo/os2demo#2",
        ["respond", "plan", "fix"],
    )
    assert (oldest["open"], oldest["response_hours"], oldest["resolution_hours"]) == (False, 1, 5)
    assert newest["due"] == (NEVER.outcome.opened + timedelta(hours=2)).isoformat()
    assert "default proposal was used: os2demo/x" in told["notes"][0]


def test_a_spreadsheet_has_a_row_for_each_issue_and_no_formula():
    rows = sheet(result(ANSWERED, EVIL), "da").splitlines()
    assert rows[0].startswith("Sag;Adresse;Oprettet;Alvorsgrad;Åben;Svartid (arbejdstimer);")
    assert rows[1].startswith("os2demo/os2demo#5;javascript:alert(1);2026-02-10 15:00;mindre;ja;;;")
    assert rows[2].startswith("os2demo/os2demo#1;;2026-02-02 09:00;kritisk;nej;1,00;5,00;;")
