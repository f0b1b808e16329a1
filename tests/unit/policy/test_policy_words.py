"""What a Policy's mistakes are called: the keys as they were written, counts of what, Danish."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from os2kb.cli.policy import policy_app
from os2kb.policy.load import check_policy

RUN = CliRunner()


def danish(text: str) -> str:
    people = "" if text.startswith("people") else "people: {coordinators: [kim]}\n"
    return check_policy(f"version: 1\n{people}{text}\n")[0].message.da


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("commands: {undo: nope}", "`commands.undo`: Skriv en af"),
        ("commands: {undo: [write, nope]}", "`commands.undo` nr. 2: Skriv en af"),
        (
            "preset: os2display\nguidelines: {rules: {title: nope}}",
            "`guidelines.rules.title` skal være en af: off, advise, required.",
        ),
        ("guidelines: {source: ../x}", "`guidelines.source`: Skriv en sti"),
        ("guidelines: {source: [a.md, b.md, ../x]}", "`guidelines.source` nr. 3: Skriv en sti"),
        ("people: {coordinators: [a, b, '@c']}", "`people.coordinators` nr. 3: Skriv et bruger"),
        (
            "escalation: {ladder: [{name: a, notify: ['@bo'], after: 2h}]}",
            "Ukendt nøgle `after` under `escalation.ladder` nr. 1. Her kan stå",
        ),
        ("escalation: {ladder: [{notify: ['@bo']}]}", "`name` i `escalation.ladder` nr. 1 mangler"),
        ("labels: {security: ''}", "`labels.security` skal være en tekst (1–200 tegn)."),
    ],
)
def test_keys_are_named_as_they_were_written(text: str, begins: str) -> None:
    assert danish(text).startswith(begins)


def test_a_file_that_is_no_yaml_is_told_in_danish_with_the_parsers_words_last() -> None:
    said = danish("labels: {security: 'a'\nmode: :x")
    assert said.startswith("YAML kan ikke læses her. Se efter indryk, kolon")
    assert "(På engelsk: expected ',' or '}'" in said


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    said = RUN.invoke(policy_app, ["check", str(tmp_path)]).output
    assert f"{tmp_path} er en mappe. Angiv stien til en fil" in said
    assert "is a folder" in RUN.invoke(policy_app, ["check", str(tmp_path), "--english"]).output
