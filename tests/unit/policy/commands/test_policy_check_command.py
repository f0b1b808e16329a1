"""`os2kb policy check`: what is said of a Policy before it holds."""

import json
from pathlib import Path

from os2kb.cli.policy import policy_app
from os2kb.policy.rules import Rules
from tests.unit.policy.commands.asking import RUN, written


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
    assert (item["level"], item["line"]) == ("error", 2)
    assert item["message"]["da"] == "`quiet` skal være true eller false."


def test_a_file_that_is_not_there_ends_in_2(tmp_path: Path) -> None:
    missing = RUN.invoke(policy_app, ["check", str(tmp_path / "no.yml")])
    assert missing.exit_code == 2
    assert f"begynd den med: os2kb policy init {tmp_path / 'no.yml'}" in missing.output
    english = RUN.invoke(policy_app, ["check", "--english", str(tmp_path / "no.yml")]).output
    assert f"begin it with: os2kb policy init {tmp_path / 'no.yml'}" in english
    folder = RUN.invoke(policy_app, ["check", str(tmp_path)])
    assert folder.exit_code == 2
    assert "er en mappe" in folder.output


def test_a_rule_named_longer_than_it_is_leads_to_the_rule(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\nguidelines: {rules: {title-format: off}}\n")
    assert "Mente du `title`?" in RUN.invoke(policy_app, ["check", file]).output


def test_of_many_names_the_nearest_are_told_and_where_all_stand(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\nguidelines: {rules: {linked-isue: off}}\n")
    said = RUN.invoke(policy_app, ["check", file]).output
    assert "Ukendt nøgle `linked-isue` under `guidelines.rules`. Mente du `linked-issue`" in said
    many = len(Rules.model_fields)
    assert f"Alle {many} står i docs/policy.md, og `os2kb policy schema` skriver dem ud." in said
    assert "takeover" not in said
    file = written(tmp_path, "version: 1\nguidelines: {rules: {label: off}}\n")
    either = RUN.invoke(policy_app, ["check", file]).output
    assert "Mente du `type-label` eller `area-label`?" in either
    file = written(tmp_path, "version: 1\nguidelines: {rules: {qqqq: off}}\n")
    strange = RUN.invoke(policy_app, ["check", "--english", file]).output
    assert (
        f"Unknown key `qqqq` under `guidelines.rules`. All {many} stand in docs/policy.md"
        in strange
    )


def test_a_file_is_checked_over_its_organisations(tmp_path: Path) -> None:
    own = written(tmp_path, "mode: act\n")
    shared = tmp_path / "shared.yml"
    shared.write_text("version: 1\n", "utf-8")
    assert RUN.invoke(policy_app, ["check", own]).exit_code == 1
    assert RUN.invoke(policy_app, ["check", own, "--organisation", str(shared)]).exit_code == 0


def test_the_texts_beside_a_policy_are_checked_too(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\n")
    texts = tmp_path / "os2kb" / "da"
    texts.mkdir(parents=True)
    (texts / "welcome.md").write_text("Hej {{ author }}", "utf-8")
    assert RUN.invoke(policy_app, ["check", file]).exit_code == 0
    (texts / "thanks.md").write_text("Tak, {{ author }}", "utf-8")
    result = RUN.invoke(policy_app, ["check", file])
    assert result.exit_code == 1
    assert f"{texts / 'thanks.md'}:1: Pladsholderen {{{{ author }}}} kendes ikke" in result.output


def test_a_folder_that_only_has_the_policys_name_holds_no_texts(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\n")
    (tmp_path / "os2kb" / "governance").mkdir(parents=True)
    (tmp_path / "os2kb" / "governance" / "facts.py").write_text("{% x %}", "utf-8")
    result = RUN.invoke(policy_app, ["check", file])
    assert result.exit_code == 0, result.output


def test_what_is_doubtful_is_a_warning_and_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "os2kb.yml"
    file.parent.mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A", "utf-8")
    text = "version: 1\nmode: act\nguidelines:\n  source: [docs, docs/a.md, b.md, a/b:c.md]\n"
    file.write_text(text, "utf-8")
    result = RUN.invoke(policy_app, ["check", str(file)])
    assert result.exit_code == 0
    assert f"{file}:2: advarsel: `mode: act` uden en eneste etiket" in result.output
    assert f"{file}:4: advarsel: `guidelines.source`: b.md findes ikke her" in result.output
    assert result.output.count("advarsel") == 2
    assert "den kan bruges" in result.output
    assert "warning: " in RUN.invoke(policy_app, ["check", str(file), "--english"]).output
    items = json.loads(RUN.invoke(policy_app, ["check", str(file), "--json"]).output)["items"]
    assert [(item["level"], item["line"]) for item in items] == [("warning", 2), ("warning", 4)]


def test_knowledge_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "os2kb.yml"
    file.parent.mkdir()
    (tmp_path / "docs").mkdir()
    named = "version: 1\nknowledge:\n  sources:\n    - path: docs\n    - path: dosc\n"
    file.write_text(named, "utf-8")
    result = RUN.invoke(policy_app, ["check", str(file), "--english"])
    assert result.exit_code == 0
    assert f"{file}:5: warning: `knowledge.sources`: dosc is not here" in result.output
    file.write_text(named + "    - path: x\n" * 9, "utf-8")
    assert RUN.invoke(policy_app, ["check", str(file)]).exit_code == 1


def test_guidelines_are_looked_for_only_around_a_file_that_stands_in_its_place(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, "version: 1\nguidelines: {source: no.md}\n")
    assert "advarsel" not in RUN.invoke(policy_app, ["check", file]).output


def test_of_the_guidelines_that_a_preset_names_one_is_enough(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    file = written(tmp_path / ".github", "version: 1\npreset: public-code\n")
    assert RUN.invoke(policy_app, ["check", file]).output.count("advarsel") == 1
    said = RUN.invoke(policy_app, ["check", file]).output
    assert (
        f"{file}:2: advarsel: Intet af det, som forvalget citerer (CONTRIBUTING.md, SECURITY"
        in said
    )
    assert "opret en af filerne, eller skriv under `guidelines.source`" in said
    (tmp_path / "CONTRIBUTING.md").write_text("# A", "utf-8")
    assert "advarsel" not in RUN.invoke(policy_app, ["check", file]).output
