"""`os2kb policy` and an escalation model: told in words, and warned of."""

import json
from pathlib import Path

import pytest

from os2kb.cli.policy import policy_app
from tests.unit.policy.commands.asking import RUN, written

MODEL = """\
version: 1
mode: observe
people: {coordinators: [kim]}
labels: {severity: {kritisk: a, alvorlig: b, betydende: c, mindre: d}}
guidelines: {source: CONTRIBUTING.md}
"""


def test_an_escalation_model_is_told_in_words(tmp_path: Path) -> None:
    file = written(tmp_path, f"{MODEL}escalation: {{}}\n")
    asked = ["explain", "--file", file, "--escalation"]
    said = " ".join(RUN.invoke(policy_app, asked, terminal_width=200).output.split())
    assert said.startswith("Forslag, ikke vedtaget")
    assert "2 arbejdstimer 1 arbejdsdag 3 arbejdsdage" in said
    assert "1 produktkoordinator @kim når der ikke er svaret i tide" in said
    assert "mandag–fredag 08:00–16:00; ikke på helligdage (DK), lukket 12-24..12-31" in said
    assert "5 working days" in RUN.invoke(policy_app, [*asked, "--english"]).output
    (rung,) = json.loads(RUN.invoke(policy_app, [*asked, "--json"]).output)["escalation"]["rungs"]
    assert (rung["name"], rung["notify"]) == ("produktkoordinator", ["@kim"])
    lost = "leverandør, koordinationsgruppe, styregruppe, sekretariat"
    assert f"Ikke på stigen, for ingen folk er skrevet ind: {lost}." in said


def test_all_that_a_model_holds_is_told(tmp_path: Path) -> None:
    whole = """escalation:
  status: vedtaget
  hours: {days: [mon, wed], closed: [], holidays: SE}
  ladder: [{name: vagt, notify: ["@bo", "@ida"], when: fix, confirm: true}]
  matrix: {impact: hvem, urgency: hast, classes: {Alle: {Nu: kritisk}}}
  substitutes: {kim: {to: bo}, bo: {to: ida, days: ["07-01"]}}
  quiet_hours: {from: "18:00", to: "07:00"}
  digest: {day: fri, to: [issue]}
  security: {notify: ["mailto:sikkerhed@os2.example"]}
"""
    file = written(tmp_path, MODEL + whole)
    asked = ["explain", "--file", file, "--escalation"]
    said = " ".join(RUN.invoke(policy_app, asked, terminal_width=200).output.split())
    for told in (
        "Vedtaget",
        "mandag, onsdag 08:00–16:00; ikke på helligdage (SE)",
        "@bo, @ida",
        "bekræftet det (/os2 escalate)",
        "kun kritisk giver besked 18:00–07:00",
        "formularens “hvem” × “hast”",
        "bo for kim",
        "ida for bo 07-01",
        "fredag til issue",
        "aldrig op ad stigen, kun til sikkerhed@os2.example; svar inden 2 arbejdstimer",
    ):
        assert told in said, told
    assert "Ikke på stigen" not in said, "this one is written"


def test_without_a_model_it_is_said_how_to_begin_one(tmp_path: Path) -> None:
    asked = ["explain", "--file", written(tmp_path, "version: 1\n"), "--escalation"]
    assert "Begynd med linjen: escalation: {}" in RUN.invoke(policy_app, asked).output
    assert json.loads(RUN.invoke(policy_app, [*asked, "--json"]).output) == {"escalation": None}


@pytest.mark.parametrize(
    ("model", "line", "said"),
    [
        (
            "escalation:\n  severities:\n    a: {criteria: x, fix: 9d}\n"
            "    b: {criteria: y, fix: 8d}",
            8,
            "a står som værre end b, men har længere frist for `fix` (9d mod 8d)",
        ),
        (
            "escalation:\n  severities: {kritisk: {criteria: x}}\n  ladder:\n"
            "    - {name: a, notify: ['@bo'], when: plan}",
            9,
            "Trinnet a får aldrig besked: ingen alvorsgrad har en frist for `plan`",
        ),
        (
            "escalation:\n  ladder:\n    - {name: a, notify: ['@bo'], when: fix}\n"
            "    - {name: b, notify: ['@bo'], when: plan}",
            9,
            "b står over a på stigen, men får besked før",
        ),
        ("escalation: {severities: {kritisk: {criteria: x}}}", 4, "alvorlig er ikke en alvorsgrad"),
        (
            "escalation: {severities: {kritisk: {criteria: x}, lav: {criteria: y}}}",
            6,
            "ingen etiket for lav",
        ),
    ],
)
def test_what_a_model_hardly_means_is_a_warning_on_its_line(
    model: str, line: int, said: str, tmp_path: Path
) -> None:
    result = RUN.invoke(policy_app, ["check", written(tmp_path, f"{MODEL}{model}\n")])
    assert result.exit_code == 0, result.output
    told = [one for one in result.output.splitlines() if said in one]
    assert told, result.output
    assert f":{line}: " in told[0]


def test_a_ladder_with_nobody_on_it_is_a_warning(tmp_path: Path) -> None:
    lonely = MODEL.replace("people: {coordinators: [kim]}\n", "") + "escalation: {}\n"
    said = RUN.invoke(policy_app, ["check", written(tmp_path, lonely)]).output
    assert "Stigen er tom herfra" in said
    asked = ["explain", "--file", written(tmp_path, lonely), "--escalation"]
    assert "Ingen står på stigen." in RUN.invoke(policy_app, asked).output


@pytest.mark.parametrize(
    ("written_by", "warned"), [("", True), ("commands: {escalate: [coordinator]}\n", False)]
)
def test_a_rung_that_waits_for_a_command_which_nobody_may_give_is_warned_of(
    written_by: str, warned: bool, tmp_path: Path
) -> None:
    rung = 'escalation:\n  ladder:\n    - {name: vagt, notify: ["@bo"], when: fix, confirm: true}\n'
    file = written(tmp_path, MODEL + written_by + rung)
    said = RUN.invoke(policy_app, ["check", file])
    assert said.exit_code == 0
    assert ("`/os2 escalate`, og den kommando må ingen give" in said.output) is warned


def test_a_model_that_says_nothing_is_warned_of_and_two_brackets_are_not(tmp_path: Path) -> None:
    empty = RUN.invoke(policy_app, ["check", written(tmp_path, f"{MODEL}escalation:\n")]).output
    assert "der er ingen eskaleringsmodel; skriv `escalation: {}`" in empty
    whole = RUN.invoke(
        policy_app, ["check", written(tmp_path, f"{MODEL}escalation: {{}}\n")]
    ).output
    assert "eskaleringsmodel" not in whole


def test_what_is_set_names_the_model_and_where_it_is_shown(tmp_path: Path) -> None:
    file = written(tmp_path, f"{MODEL}escalation: {{}}\n")
    said = RUN.invoke(policy_app, ["explain", "--file", file]).output
    assert "Eskaleringsmodellen er et forslag. --escalation viser den." in said
