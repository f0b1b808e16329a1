"""The demo's seed and scenario agree with each other, so that `make run` can play them."""

from pathlib import Path
from string import Template
from typing import Any

import pytest
import yaml

from os2kb.demo.github.read_seed import read_seed_file
from os2kb.policy.load import load_policy
from os2kb.policy.problem import BadPolicy

DEMO = Path(__file__).parents[3] / "samples" / "demo"
SEED = read_seed_file(DEMO / "seed.yml")
STEPS: list[dict[str, Any]] = yaml.safe_load((DEMO / "scenario.yml").read_text("utf-8"))["steps"]
ACTIONS: list[dict[str, Any]] = [action for step in STEPS for action in step["actions"]]
OPENED = {action["id"]: action for action in ACTIONS if "id" in action}

FIELDS = {
    "open_issue": {"id", "in", "title", "body"},
    "open_pull_request": {"id", "in", "title", "body", "head", "base", "files"},
    "comment": {"subject", "body"},
    "edit": {"subject", "title", "body"},
    "commit": {"subject", "message", "files"},
    "label": {"subject", "label"},
    "unlabel": {"subject", "label"},
    "close": {"subject", "reason"},
    "move_ticket": {"subject", "ticket", "to", "resolution"},
    "comment_ticket": {"subject", "ticket", "body"},
}
OPTIONAL = {
    "edit": {"title", "body"},
    "move_ticket": {"resolution"},
}


def repository_of(action: dict[str, Any]) -> str:
    return str(action["in"] if "in" in action else OPENED[action["subject"]]["in"])


def named(action: dict[str, Any]) -> str:
    return f"{action['do']}-{action.get('id') or action.get('on')}"


def texts(action: dict[str, Any]) -> list[str]:
    files = action.get("files", {}).values()
    return [*files, *(action.get(key, "") for key in ("title", "body", "message"))]


def policy_text(repository: str) -> str:
    text = SEED.repositories[repository].files[".github/os2kb.yml"]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_an_action_says_all_its_verb_needs_and_nothing_else(action: dict[str, Any]) -> None:
    allowed = FIELDS[action["do"]]
    required = allowed - OPTIONAL.get(action["do"], set())
    given = set(action) - {"do", "by"}

    assert required <= given <= allowed


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_what_is_written_is_by_someone_who_may_write_there(action: dict[str, Any]) -> None:
    roles = SEED.repositories[repository_of(action)].collaborators
    may_write = {login for login, role in roles.items() if role in ("write", "maintain", "admin")}

    assert action["by"] in SEED.people
    if action["do"] in ("commit", "label", "unlabel") or action.get("files"):
        assert action["by"] in may_write


def test_a_step_refers_only_to_what_was_opened_before_it() -> None:
    known: set[str] = set()
    for action in ACTIONS:
        assert action.get("subject", "") in known | {""}
        for text in texts(action):
            assert Template(text).is_valid()
            assert set(Template(text).get_identifiers()) <= known
        if "id" in action:
            assert action["id"] not in known
            known.add(action["id"])


@pytest.mark.parametrize(
    "action", [a for a in ACTIONS if a["do"] in ("label", "unlabel")], ids=named
)
def test_a_label_that_someone_handles_exists(action: dict[str, Any]) -> None:
    assert action["label"] in SEED.repositories[repository_of(action)].labels


def test_each_step_tells_what_to_look_for_in_one_or_two_plain_sentences() -> None:
    assert 10 <= len(STEPS) <= 25
    for step in STEPS:
        assert step["title"]
        assert step["actions"]
        assert step["shows"].endswith(".")
        assert len(step["shows"]) <= 240


def test_the_scenario_covers_what_the_bot_can_do() -> None:
    bodies = "\n".join(action.get("body", "") for action in ACTIONS)

    assert {action["do"] for action in ACTIONS} >= set(FIELDS) - {"label"}
    assert all(f"/os2 {command}" in bodies for command in ("ask", "why", "help", "undo", "pause"))
    assert {repository_of(action) for action in ACTIONS} == set(SEED.repositories)
    assert {action["by"] for action in ACTIONS} == {"ida", "bo", "kim"}


@pytest.mark.parametrize("repository", sorted(SEED.repositories))
def test_a_seeded_policy_is_sound_and_its_labels_exist(repository: str) -> None:
    policy = load_policy(policy_text(repository), ".github/os2kb.yml")
    labels = policy.labels
    in_sections = {*labels.type.values(), *labels.status.values(), *labels.severity.values()}
    named_labels = in_sections | ({labels.security} if labels.security else set())

    assert named_labels <= set(SEED.repositories[repository].labels)
    assert policy.guidelines is not None
    assert set(policy.guidelines.source) <= set(SEED.repositories[repository].files)


def test_one_repository_acts_and_the_other_only_observes() -> None:
    modes = {
        repository: load_policy(policy_text(repository), ".github/os2kb.yml").mode
        for repository in SEED.repositories
    }

    assert modes == {"os2demo/os2demo": "act", "os2demo/os2demo-observer": "observe"}


def test_the_misspelt_policy_is_refused_at_its_line_with_the_right_word() -> None:
    text = OPENED["regler"]["files"][".github/os2kb.yml"]

    with pytest.raises(BadPolicy) as refused:
        load_policy(text, ".github/os2kb.yml")

    (problem,) = refused.value.problems
    assert problem.line == text.splitlines().index("guidlines:") + 1
    assert "`guidelines`" in problem.message.da


def test_the_misspelt_policy_differs_from_the_one_in_force_only_where_its_author_meant() -> None:
    proposed = OPENED["regler"]["files"][".github/os2kb.yml"].splitlines()
    in_force = policy_text("os2demo/os2demo").splitlines()

    changed = [(old, new) for old, new in zip(in_force, proposed, strict=True) if old != new]

    assert changed == [
        ("guidelines:", "guidlines:"),
        ("    changelog: required", "    changelog: off"),
    ]


def test_the_mended_policy_differs_from_the_misspelt_one_in_its_slip_alone() -> None:
    (commit,) = [one for one in ACTIONS if one["do"] == "commit" and one["subject"] == "regler"]
    mended = commit["files"][".github/os2kb.yml"]
    misspelt = OPENED["regler"]["files"][".github/os2kb.yml"]

    assert mended == misspelt.replace("guidlines:", "guidelines:")
    assert load_policy(mended, ".github/os2kb.yml").guidelines.rules.changelog.level == "off"


def test_the_mended_changelog_only_adds_an_entry_under_unreleased() -> None:
    (commit,) = [one for one in ACTIONS if one["do"] == "commit" and one["subject"] == "rettelse"]
    before = SEED.repositories["os2demo/os2demo"].files["CHANGELOG.md"]
    assert isinstance(before, str)
    mended = commit["files"]["CHANGELOG.md"]
    start = mended.index("### Fixed\n")
    end = mended.index("## [2.4.0]")

    assert mended[:start] + mended[end:] == before
    assert mended.index("## [Unreleased]") < start


def test_pull_requests_start_from_a_branch_that_exists() -> None:
    for action in ACTIONS:
        if action["do"] == "open_pull_request":
            repository = SEED.repositories[action["in"]]
            assert action["base"] in {repository.default_branch, *repository.branches}
            made = action["head"] not in {repository.default_branch, *repository.branches}
            assert made is bool(action["files"])
