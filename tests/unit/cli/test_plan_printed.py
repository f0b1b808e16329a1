"""A Plan on a narrow terminal: whole words, the pause, and actions in words."""

import re

import pytest

from os2kb.cli.actions import told_action
from os2kb.cli.subjects import show_plan
from os2kb.governance.ledger.holds import EVERY_RULE, choose, ignore, pause
from os2kb.governance.plan import Action, PutComment, Remember, Undo
from tests.unit.governance.cases import CITATION, comment, plan, policy, pull, receipt

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


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (PutComment("status", "", "status"), "skriv statuskommentaren"),
        (PutComment("reply:7", "", "/os2 why"), "svar på kommentar 7"),
        (Remember("command:7", "done", "/os2"), "notér, at kommandoerne i kommentar 7 er udført"),
        (Remember("command:7", "left alone", "/os2"), "lad kommandoerne i kommentar 7 ligge"),
        (pause(on=False, because="/os2 resume"), "slut pausen her"),
        (ignore("size", on=True, because="/os2 ignore"), "se bort fra reglen size her"),
        (ignore(EVERY_RULE, on=True, because="/os2 ignore"), "se bort fra alle regler her"),
        (choose("Bug", on=True, because="/os2 label"), "lad etiketten “bug” være"),
        (Undo(receipt("label:add:Bug", "type-label"), "/os2 undo"), "tag tilbage: label:add:Bug"),
    ],
)
def test_an_action_is_told_in_words(action: Action, told: str) -> None:
    assert told_action(action).da == told
