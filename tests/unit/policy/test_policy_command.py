"""`os2kb policy` on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from os2kb.cli.policy import policy_app
from os2kb.policy.presets import PRESETS
from os2kb.policy.rules import Rules

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


def test_a_file_is_checked_over_its_organisations(tmp_path: Path) -> None:
    own = written(tmp_path, "mode: act\n")
    shared = tmp_path / "shared.yml"
    shared.write_text("version: 1\n", "utf-8")
    assert RUN.invoke(policy_app, ["check", own]).exit_code == 1
    assert RUN.invoke(policy_app, ["check", own, "--organisation", str(shared)]).exit_code == 0


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


def test_a_text_of_ours_is_printed_to_begin_from() -> None:
    assert "{{ author }}" in RUN.invoke(policy_app, ["text", "welcome", "--english"]).output
    result = RUN.invoke(policy_app, ["text", "wellcome"])
    assert result.exit_code == 2
    assert "welcome, thanks" in result.output


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
            "Trinnet a får aldrig besked: ingen klasse har en frist for `plan`",
        ),
        (
            "escalation:\n  ladder:\n    - {name: a, notify: ['@bo'], when: fix}\n"
            "    - {name: b, notify: ['@bo'], when: plan}",
            9,
            "b står over a på stigen, men får besked før",
        ),
        ("escalation: {severities: {kritisk: {criteria: x}}}", 4, "alvorlig er ikke en klasse"),
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
