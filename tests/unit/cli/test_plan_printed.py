"""A Plan on a narrow terminal: whole words, the pause, and actions in words."""

import json
import re

import pytest

from os2kb.cli.subjects import show_plan
from os2kb.governance.actions import Action, PutComment, Remember, Undo
from os2kb.governance.ledger.holds import EVERY_RULE, choose, ignore, pause
from os2kb.governance.told_actions import told_action
from tests.unit.governance.cases import CITATION, comment, plan, policy, pull, receipt
from tests.unit.governance.escalation.at_work import Desk, fault

STRICT = policy("mode: act\npreset: os2display\nlabels: {status: {needs-issue: mangler issue}}")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a terminal of eighty columns shows of a pull request that lacks much, on pause."""
    monkeypatch.setenv("COLUMNS", "80")
    facts = pull(
        citations={"linked-issue": CITATION},
        receipts=(receipt("hold:pause", "/os2 pause", content="on"),),
        comments=(comment("/os2 help", 1),),
    )
    show_plan(plan(facts, STRICT), "da", as_json=False)
    return capsys.readouterr().out


def test_no_word_is_broken(printed: str) -> None:
    whole = plan(pull(citations={"linked-issue": CITATION}), STRICT)
    said = [one.evidence.da for one in whole.findings] + [one.remedy.da for one in whole.findings]
    words = {word for text in said for word in re.findall(r"\w{4,}", text)}
    assert len(words) > 50
    assert words <= set(re.findall(r"\w+", printed))
    assert all(one.rule in printed for one in whole.findings)
    assert max(map(len, printed.splitlines())) <= 80


def test_remedy_and_guideline_stand_below_the_evidence_and_a_pause_is_told(printed: str) -> None:
    text = " ".join(re.sub(r"[│┃]", " ", printed).split())
    assert "Det hjælper: Skriv issuets nummer" in text
    assert f"Retningslinje: {CITATION.title}" in text
    assert "På pause: nogen har skrevet /os2 pause" in text
    assert "svar på kommentar" in text


def test_how_a_fault_stands_is_told_also_where_nothing_is_to_be_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    again = desk.plan("2 10.06")
    show_plan(again, "da", as_json=False)
    said = capsys.readouterr().out
    assert "Eskalering: kritisk\n  Alvorsgraden er kritisk: det siger formularen" in said
    assert "  Svar: senest mandag den 2. marts kl. 12.00" in said
    assert "Der er intet at gøre." in said
    show_plan(again, "en", as_json=True)
    assert "Escalation: kritisk" in json.loads(capsys.readouterr().out)["escalation"]


def test_nothing_is_told_of_what_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(Desk(fault("")).plan("2 10.05"), "da", as_json=False)
    assert "Eskalering" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (PutComment("status", "", because="status"), "skriv statuskommentaren"),
        (PutComment("reply:7", "", because="/os2 why"), "svar på kommentar 7"),
        (
            Remember("command:7", "done", because="/os2"),
            "notér, at kommandoerne i kommentar 7 er udført",
        ),
        (
            Remember("command:7", "left alone", because="/os2"),
            "lad kommandoerne i kommentar 7 ligge",
        ),
        (pause(on=False, because="/os2 resume"), "slut pausen her"),
        (ignore("size", on=True, because="/os2 ignore"), "se bort fra reglen size her"),
        (ignore(EVERY_RULE, on=True, because="/os2 ignore"), "se bort fra alle regler her"),
        (choose("Bug", on=True, because="/os2 label"), "lad etiketten “bug” være"),
        (
            Undo(receipt("label:add:Bug", "type-label"), because="/os2 undo"),
            "tag tilbage: label:add:Bug",
        ),
    ],
)
def test_an_action_is_told_in_words(action: Action, told: str) -> None:
    assert told_action(action).da == told
