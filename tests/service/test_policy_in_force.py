"""The Policy in force in a repository of a demo GitHub: its own file over its organisation's."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from os2kb.cli.commands import app
from os2kb.forges.github import GitHub
from os2kb.observe.in_force import policy_in_force, proposed_policy
from os2kb.policy.grants import Grant
from os2kb.policy.problem import BadPolicy
from tests.service.running import World, connected, world

SEED = r"""
app: {id: 4242, slug: os2kb}
people: [kim]
repositories:
  os2demo/.github:
    id: 100
    files:
      .github/os2kb.yml: |
        version: 1
        language: en
        guidelines: {rules: {title: required, description: required}}
  os2demo/own:
    id: 101
    files: {.github/os2kb.yml: "mode: act\nguidelines: {rules: {title: off, description: off}}\n"}
    issues: [{title: Kalenderen, by: kim}]
  os2demo/jira: {id: 104, files: {.github/os2kb.yml: "mode: act\njira: {project: MO}\n"}}
  os2demo/none: {id: 102, files: {README.md: "x"}, issues: [{title: Kalenderen, by: kim}]}
  os2demo/empty: {id: 103}
  os2broken/.github: {id: 200, files: {.github/os2kb.yml: "version: 1\nlables: {}\n"}}
  os2broken/good: {id: 201, files: {.github/os2kb.yml: "version: 1\n"}}
  os2folder/.github: {id: 400, files: {.github/os2kb.yml/README.md: "a folder"}}
  os2folder/good: {id: 401, files: {.github/os2kb.yml: "version: 1\n"}}
  os2hidden/.github:
    id: 500
    private: true
    files:
      .github/os2kb.yml: "version: 1\nlabels: {type: {bug: hemmelig, question: fælles}}\n"
  os2hidden/open: &labels
    id: 501
    files: {.github/os2kb.yml: "labels: {type: {feature: egen}, area: {a: fælles}}\n"}
  os2hidden/closed: {<<: *labels, id: 502, private: true}
  os2alone/alone: {id: 300, files: {.github/os2kb.yml: "version: 1\npreset: os2display\n"}}
  os2alone/unnumbered: {id: 301, files: {.github/os2kb.yml: "mode: act\n"}}
  os2alone/nothing: {id: 302, files: {README.md: "x"}}
"""


@pytest.fixture(scope="module")
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def forge(github: World, tmp_path: Path) -> GitHub:
    return connected(github, tmp_path)


def test_its_own_file_lies_over_its_organisations(forge: GitHub) -> None:
    policy = policy_in_force(forge, "os2demo/own").policy
    assert (policy.mode, policy.language) == ("act", "en")
    assert policy.guidelines.rules.title.level == "off"


@pytest.mark.parametrize("name", ["os2demo/none", "os2demo/empty", "os2demo/.github"])
def test_without_one_the_organisations_holds_and_so_it_does_at_home(
    forge: GitHub, name: str
) -> None:
    policy = policy_in_force(forge, name).policy
    assert (policy.mode, policy.language) == ("observe", "en")
    assert policy.guidelines.rules.title.level == "required"


def test_where_there_is_neither_all_is_as_by_default(forge: GitHub) -> None:
    read = policy_in_force(forge, "os2alone/nothing")
    assert (read.policy.mode, read.layers.layers) == ("observe", ())


def test_a_file_that_stands_alone_has_its_version(forge: GitHub) -> None:
    with pytest.raises(BadPolicy, match="version"):
        policy_in_force(forge, "os2alone/unnumbered")
    layers = policy_in_force(forge, "os2alone/alone").layers.layers
    assert [layer.name for layer in layers] == ["preset", "repository"]


def test_a_mistake_of_the_organisation_is_told_in_each_repository_with_its_place(
    forge: GitHub,
) -> None:
    with pytest.raises(BadPolicy) as caught:
        policy_in_force(forge, "os2broken/good")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("os2broken/.github/.github/os2kb.yml", 2)


def test_an_organisations_file_that_cannot_be_read_is_named(forge: GitHub) -> None:
    with pytest.raises(BadPolicy, match="kan ikke læses") as caught:
        policy_in_force(forge, "os2folder/good")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("os2folder/.github/.github/os2kb.yml", None)


def test_what_the_product_was_not_given_rules_nothing(forge: GitHub) -> None:
    with pytest.raises(BadPolicy, match="MO") as caught:
        policy_in_force(forge, "os2demo/jira", Grant("os2demo", jira=("DEMO",)))
    assert [problem.line for problem in caught.value.problems] == [2]


@pytest.mark.parametrize(
    ("name", "told"),
    [("open", {"egen", "fælles"}), ("closed", {"egen", "fælles", "hemmelig"})],
)
def test_labels_of_a_private_organisations_file_are_not_told_of_in_public(
    forge: GitHub, name: str, told: set[str]
) -> None:
    scene = forge.scene(f"os2hidden/{name}")
    proposal = proposed_policy(forge, scene.repository, 0, scene.head)
    assert proposal.policy.labels.type["bug"] == "hemmelig"
    assert proposal.labels == told


@pytest.fixture
def command(
    github: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Result]:
    """The command line of an installation that this GitHub is connected to."""
    monkeypatch.chdir(tmp_path)
    for name, value in (
        ("OS2KB_DATA_DIR", str(tmp_path)),
        ("OS2KB_GITHUB_API_URL", github.github.api),
        ("OS2KB_GITHUB_APP_ID", str(github.app_id)),
        ("OS2KB_GITHUB_PRIVATE_KEY", github.private_key),
    ):
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(app, [*words])


def test_the_command_line_explains_a_repository_by_its_name(
    command: Callable[..., Result],
) -> None:
    ran = command("policy", "explain", "os2demo/own", "--json")
    assert ran.exit_code == 0, ran.output
    items = {one["key"]: one["from"] for one in json.loads(ran.stdout)["items"]}
    assert items["mode"] == {"layer": "repository", "path": ".github/os2kb.yml", "line": 1}
    assert items["language"]["path"] == "os2demo/.github/.github/os2kb.yml"
    broken = command("policy", "explain", "os2broken/good")
    assert broken.exit_code == 1
    assert "os2broken/.github/.github/os2kb.yml:2" in broken.output


@pytest.mark.parametrize(
    ("subject", "expected"), [("os2demo/none#1", ["fail"]), ("os2demo/own#1", [])]
)
def test_an_issue_is_judged_by_the_layers_together(
    command: Callable[..., Result], subject: str, expected: list[str]
) -> None:
    ran = command("plan", subject, "--json")
    assert ran.exit_code == 0, ran.output
    findings = json.loads(ran.stdout)["findings"]
    assert [one["verdict"] for one in findings if one["rule"] == "description"] == expected
