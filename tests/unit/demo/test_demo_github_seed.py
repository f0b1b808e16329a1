import re
from pathlib import Path

import pytest

from os2kb.demo.github import GitHub, plant, read_seed, read_seed_file, seed
from os2kb.demo.github.read_seed import BadSeed


def test_the_example_in_the_documentation_can_be_planted(tmp_path: Path) -> None:
    (tmp_path / "contributing.md").write_text("# Bidrag\n")
    example = re.search(r"```yaml\n(.*?)```", seed.__doc__ or "", re.DOTALL)
    assert example is not None
    (tmp_path / "seed.yml").write_text(example[1])
    github = GitHub()

    plant(github, read_seed_file(tmp_path / "seed.yml"), "a public key")

    repository = github.repositories[101]
    assert repository.full_name == "os2display/display-api-service"
    assert [issue.title for issue in repository.issues.values()] == [
        "Kan ikke logge ind",
        "Gem billeder",
    ]
    assert repository.issues[1].created_at.isoformat() == "2026-03-02T08:15:00+00:00"
    assert github.installations[71].account.login == "os2display"
    tip = repository.commits[repository.branches["main"]]
    assert tip.tree["docs/CONTRIBUTING.md"] == b"# Bidrag\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("repositories: {a/b: {isues: []}}", "isues"),
        ("repositories: {ab: {}}", "repositories"),
        ("repositories: {a/b: {labels: {Bug: red}}}", "Bug"),
        ("repositories: {a/b: {labels: {Bug: {color: red}}}}", "color"),
        ("repositories: {a/b: {issues: [{title: x, by: ghost}]}}", "ghost"),
        ("repositories: {a/b: {collaborators: {ghost: read}}}", "ghost"),
        ("repositories: {a/b: {branches: {x: {from: y}}}}", "no branch y"),
        ("people: [ida]\nrepositories: {a/b: {pulls: [{title: x, by: ida, head: y}]}}", "head"),
        ("people: [ida, Ida]\nrepositories: {}", "Ida"),
        ("installations: [{account: a, repositories: [c]}]\nrepositories: {a/b: {}}", "c"),
        ("repositories: {a/b: {id: 7}, a/c: {id: 7}}", "7"),
        ("repositories: {a/b: {files: {x: {file: /etc/passwd}}}}", "cannot name a file"),
        ("{", "not YAML"),
        ("", "seed is wrong"),
        ("[]", "seed is wrong"),
        ("\x00", "not YAML"),
    ],
)
def test_a_wrong_seed_says_what_is_wrong(text: str, says: str) -> None:
    github = GitHub()

    with pytest.raises(BadSeed, match=re.escape(says)):
        plant(github, read_seed(text), "a public key")
    assert github.repositories == {}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_text("repositories: {a/b: {files: {x: {file: nope.md}}}}")

    with pytest.raises(BadSeed, match=r"nope\.md"):
        read_seed_file(path)


def test_seeding_sends_nothing_and_keeps_where_deliveries_go() -> None:
    github = GitHub()
    github.hooks.configure("http://127.0.0.1:9/", "x")

    plant(
        github,
        read_seed("people: [ida]\nrepositories: {a/b: {issues: [{title: x, by: ida}]}}"),
        "a public key",
    )

    assert github.hooks.deliveries == []
    assert github.hooks.url == "http://127.0.0.1:9/"
