"""`os2kb policy init`, `explain`, `schema` and `text` on the command line."""

import json
from pathlib import Path

import pytest

from os2kb.cli.policy import policy_app
from os2kb.policy.presets import PRESETS
from tests.unit.policy.commands.asking import RUN, written


@pytest.mark.parametrize("preset", PRESETS)
def test_a_policy_is_begun_in_its_place_and_only_observes(
    preset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert RUN.invoke(policy_app, ["init", "--preset", preset]).exit_code == 0
    assert "den kan bruges" in RUN.invoke(policy_app, ["check"]).output
    explained = json.loads(RUN.invoke(policy_app, ["explain", "--json"]).output)["policy"]
    assert (explained["mode"], explained["preset"]) == ("observe", preset)


@pytest.mark.parametrize("more", [[], ["--english"]], ids=["da", "en"])
def test_what_a_begun_policy_suggests_can_be_used(more: list[str], tmp_path: Path) -> None:
    file = tmp_path / "os2kb.yml"
    RUN.invoke(policy_app, ["init", str(file), *more])
    head, _, suggested = file.read_text("utf-8").partition("# labels:")
    lines = f"# labels:{suggested}".splitlines()
    file.write_text(head + "\n".join(line.removeprefix("# ") for line in lines), "utf-8")
    assert "den kan bruges" in RUN.invoke(policy_app, ["check", str(file)]).output


def test_a_policy_is_begun_in_the_language_asked_for_and_names_its_own_path(
    tmp_path: Path,
) -> None:
    danish, english = tmp_path / "da" / "x y.yml", tmp_path / "en.yml"
    said = RUN.invoke(policy_app, ["init", str(danish)]).output
    assert f"og kør: os2kb policy check '{danish}'" in " ".join(said.split())
    assert f"med: os2kb policy check '{danish}'\n" in danish.read_text("utf-8")
    said = RUN.invoke(policy_app, ["init", str(english), "--english"]).output
    assert f"then run: os2kb policy check {english} --english" in " ".join(said.split())
    text = english.read_text("utf-8")
    assert "the labels that the repository has already" in text
    assert not set("æøåÆØÅ") & set(text)
    assert "it can be used" in RUN.invoke(policy_app, ["check", str(english), "--english"]).output


def test_a_policy_is_never_begun_over_one_that_is_there(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\n")
    result = RUN.invoke(policy_app, ["init", file])
    assert result.exit_code == 2
    assert "findes allerede" in result.output
    assert f"Kontrollér den med: os2kb policy check {file}" in " ".join(result.output.split())
    assert Path(file).read_text("utf-8") == "version: 1\n"
    assert RUN.invoke(policy_app, ["init", "--preset", "os2"]).exit_code == 2


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(RUN.invoke(policy_app, ["schema"]).output)["title"] == "os2kb Policy"


def test_explain_says_of_each_value_which_file_it_comes_from(tmp_path: Path) -> None:
    own = written(tmp_path, "quiet: false\nlabels: {security: null}\n")
    shared = tmp_path / "shared.yml"
    shared.write_text("version: 1\npreset: os2display\nlabels: {security: Lås}\n", "utf-8")
    both = ["explain", "--file", own, "--organisation", str(shared)]
    told = json.loads(RUN.invoke(policy_app, [*both, "--json"]).output)
    items = {one["key"]: one for one in told["items"]}
    assert items["quiet"] == {
        "key": "quiet",
        "value": False,
        "from": {"layer": "repository", "path": own, "line": 1},
    }
    assert items["labels.security"]["from"] == {"layer": "default", "path": own, "line": 2}
    assert items["language"]["from"]["layer"] == "preset"
    assert told["policy"]["quiet"] is False
    table = RUN.invoke(policy_app, both).output
    assert "repository, linje 1" in table
    assert "standard (null: repository, linje 2)" in table
    assert "forvalg: presets/os2display.yml" in table
    assert "repository, line 1" in RUN.invoke(policy_app, [*both, "--english"]).output


def test_explain_shows_what_is_set_and_all_of_it_if_asked(tmp_path: Path) -> None:
    own = ["explain", "--file", written(tmp_path, "version: 1\nquiet: false\n")]
    rows = len(json.loads(RUN.invoke(policy_app, [*own, "--json"]).output)["items"])
    few = RUN.invoke(policy_app, own).output
    assert "quiet" in few
    assert "mode" not in few
    assert "personal-data" not in few
    assert "værdier. --all viser dem." in few
    assert "values. --all shows them." in RUN.invoke(policy_app, [*own, "--english"]).output
    every = RUN.invoke(policy_app, [*own, "--all"]).output
    assert "personal-data" in every
    assert "--all viser dem" not in every
    assert len(few.splitlines()) < 10 < len(every.splitlines()) <= rows + 60
    nothing = RUN.invoke(
        policy_app, ["explain", "--file", written(tmp_path, "version: 1\n")]
    ).output
    assert "version" in nothing


def test_explain_tells_mistakes_and_does_not_guess(tmp_path: Path) -> None:
    result = RUN.invoke(policy_app, ["explain", "--file", written(tmp_path, "lables: {}")])
    assert result.exit_code == 1
    assert "Mente du `labels`?" in result.output


def test_explain_takes_the_file_where_it_belongs_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "os2kb policy init" in RUN.invoke(policy_app, ["explain"]).output
    assert RUN.invoke(policy_app, ["explain", "a/b", "--file", "x"]).exit_code == 2
    assert RUN.invoke(policy_app, ["explain", "a/../b"]).exit_code == 2


def test_what_would_steer_a_terminal_is_not_printed(tmp_path: Path) -> None:
    wrong = written(tmp_path, 'version: 1\n"\\e[2J\\u202ex": 1\n')
    assert "`[2Jx`" in RUN.invoke(policy_app, ["check", wrong], color=True).output
    fine = written(tmp_path, 'version: 1\nproduct: "\\e[2J\\u202ehej"\n')
    shown = RUN.invoke(policy_app, ["explain", "--file", fine], color=True).output
    assert "[2Jhej" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_text_of_ours_is_printed_to_begin_from() -> None:
    assert "{{ author }}" in RUN.invoke(policy_app, ["text", "welcome", "--english"]).output
    result = RUN.invoke(policy_app, ["text", "wellcome"])
    assert result.exit_code == 2
    assert "welcome, thanks" in result.output
