"""A simulation as lines, JSON, spreadsheet and page."""

import json
import re

import pytest

from index.passages import Language
from os2kb.escalation.models import Model
from os2kb.escalation.simulation.files import page, sheet
from os2kb.escalation.simulation.lines import lines
from os2kb.escalation.simulation.simulated import Asked, Simulated, simulated, simulated_json
from os2kb.governance.facts import Facts
from os2kb.phrases import Phrase
from os2kb.policy.load import load_policy
from tests.unit.governance.cases import START, issue
from tests.unit.governance.escalation.faults import MODEL, POLICY, at
from tests.unit.reports.whole_page import Page

NASTY = "<script>alert(1)</script> =1+1 {{ 7*7 }}"
OTHER = load_policy(
    f"""
version: 1
escalation:
  severities:
    kritisk: {{criteria: x, respond: 1h}}
    "{NASTY}": {{criteria: y, respond: 1d}}
  ladder:
    - {{name: leverandør, notify: ["@bo"]}}
    - {{name: "{NASTY}", notify: ["@kim"], when: respond}}
"""
)
ASKED = Asked("os2demo/os2demo", START.replace(day=1), at("2026-12-01T00:00"), "", "")
CRITICAL = issue(body="### Severity\n\nkritisk")


def tried(*past: Facts, unread: int = 0, english: bool = False) -> Simulated:
    models = (Model(Phrase("ny.yml", "ny.yml"), POLICY), Model(Phrase(NASTY, NASTY), OTHER))
    return simulated(ASKED, past, unread, models)


def values(found: Simulated, section: str, name: str) -> tuple[int | None, ...]:
    (line,) = [one for one in lines(found) if (one.section.da, one.name.da) == (section, name)]
    return line.values


def test_each_model_has_its_column_and_a_dash_for_what_it_does_not_have():
    found = tried(CRITICAL, issue())
    assert values(found, "kritisk", "sager") == (1, 1)
    assert values(found, "kritisk", "ingen plan i tide") == (1, None)
    assert values(found, "I alt", "ikke svaret i tide") == (1, 1)
    assert values(found, "kritisk", "trin “styregruppe” venter på et ja") == (1, None)
    assert values(found, "Uden for alvorsgraderne", "uden alvorsgrad") == (1, 1)
    assert values(found, "Beskeder", "@kim, højst på en uge") == (1, 1)


def test_equal_models_have_equal_columns():
    model = Model(Phrase("a", "a"), POLICY)
    again = Model(Phrase("b", "b"), load_policy(MODEL))
    found = simulated(ASKED, (CRITICAL, issue()), 0, (model, again))
    assert all(first == second for first, second in (line.values for line in lines(found)))


def test_a_model_is_tried_as_if_it_had_held_from_the_beginning():
    later = load_policy(MODEL.replace("escalation:\n", 'escalation:\n  from: "2027-01-01"\n'))
    models = (Model(Phrase("a", "a"), POLICY), Model(Phrase("b", "b"), later))
    found = simulated(ASKED, (CRITICAL,), 0, models)
    assert values(found, "Beskeder", "@kim") == (1, 1)


def test_a_class_that_nothing_is_of_takes_one_line():
    assert [one.name.da for one in lines(tried(issue())) if one.section.da == "kritisk"] == [
        "sager"
    ]


def test_what_the_figures_do_not_say_is_said():
    notes = [one.da for one in tried(CRITICAL, issue(), unread=3).notes]
    for said in ("læses og ikke er med: 3", "Sager uden alvorsgrad: 1.", "GitHub husker ikke alt"):
        assert any(said in note for note in notes)


def test_json_has_an_item_for_each_model():
    told = simulated_json(tried(CRITICAL), "en")
    assert json.loads(json.dumps(told)) == told
    assert [one["status"] for one in told["items"]] == ["forslag", "forslag"]
    assert told["items"][0]["classes"]["kritisk"]["awaits"] == {"4": 1}


@pytest.mark.parametrize("past", [(), (issue(),), (CRITICAL, issue())])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_is_whole_and_text_of_others_does_nothing_in_it(
    past: tuple[Facts, ...], language: Language
):
    text = page(tried(*past), START, language)
    seen = Page(text)
    assert (seen.opened, seen.unbalanced) == ([], [])
    assert ("html", {"lang": language}) in seen.seen
    assert not {tag for tag, _ in seen.seen} & {"script", "img", "link", "iframe"}
    assert not re.search(r"@import|url\(|src=", text)
    assert "{{ 7*7 }}" in text
    ids = [attributes["id"] for _, attributes in seen.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in seen.seen:
        if tag == "svg":
            assert set(str(attributes["aria-labelledby"]).split()) <= set(ids)


def test_a_spreadsheet_has_the_same_figures_and_no_formula():
    rows = sheet(tried(CRITICAL), "da").splitlines()
    assert rows[0] == f"Afsnit;Tal;ny.yml;{NASTY}"
    assert "kritisk;ikke svaret i tide;1;1" in rows
    assert "Beskeder;'@kim;1;1" in rows
