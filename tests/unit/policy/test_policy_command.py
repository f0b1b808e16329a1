"""`os2kb policy` on the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from os2kb.cli.policy import policy_app

RUN = CliRunner()


def written(folder: Path, text: str) -> str:
    file = folder / "os2kb.yml"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_policy_that_can_be_used_is_said_to_be(tmp_path: Path) -> None:
    result = RUN.invoke(policy_app, ["check", written(tmp_path, "version: 1\n")])
    assert result.exit_code == 0
    assert "den kan bruges" in result.output


def test_a_mistake_ends_in_1_with_its_line_the_keys_and_the_cure(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\nlables: {}\n")
    result = RUN.invoke(policy_app, ["check", file])
    assert result.exit_code == 1
    assert f"{file}:2: Ukendt nøgle `lables`. Mente du `labels`? Her kan stå: `version`" in (
        result.output
    )
    assert "Did you mean" in RUN.invoke(policy_app, ["check", "--english", file]).output


def test_json_lists_the_problems(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\nquiet: nej\n")
    result = RUN.invoke(policy_app, ["check", "--json", file])
    assert result.exit_code == 1
    (item,) = json.loads(result.output)["items"]
    assert item["line"] == 2
    assert item["message"]["da"] == "`quiet` skal være true eller false."


def test_a_file_that_is_not_there_ends_in_2(tmp_path: Path) -> None:
    assert RUN.invoke(policy_app, ["check", str(tmp_path / "no.yml")]).exit_code == 2


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(RUN.invoke(policy_app, ["schema"]).output)["title"] == "os2kb Policy"
