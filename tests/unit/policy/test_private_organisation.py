"""A private `.github` repository's Policy is not quoted where everyone can read."""

from dataclasses import replace

import pytest

from os2kb.forges.scene import File, Scene, Text, Unreadable
from os2kb.observe.in_force import proposed_problems
from os2kb.policy.grants import Grant
from os2kb.policy.policy import PATH
from os2kb.policy.problem import PolicyProblem
from tests.unit.governance.cases import issue

GRANT = Grant("os2display", jira=("DEMO",))
SECRET = """\
version: 1
labels: {type: {bug: hemmelig-etiket}}
escalation:
  severities: {datalaek-hos-borger: {criteria: Hemmeligt}}
  ladder: [{name: hemmelig vagt, notify: ['mailto:hemmelig@vagt.dk'], when: fix}]
"""
# Each is judged together with the organisation's, whose names a message would list.
PROBING = """\
escalation: {matrix: {impact: a, urgency: b, classes: {x: {y: z}}}}
"""
SCENE = Scene(repository=replace(issue().repository, private=False), head="a" * 40)


def problems(
    own: str, organisation: Text, *, here: bool = False, there: bool = True
) -> tuple[PolicyProblem, ...]:
    """What the check on a pull request tells; `here` and `there` are whether each is private."""
    scene = replace(
        SCENE,
        repository=replace(SCENE.repository, private=here),
        organisation_head="b" * 40,
        organisation_policy=organisation,
        organisation_private=there,
    )
    found = proposed_problems(scene, File(PATH, own, "u"), GRANT)
    assert found is not None
    return found


def words(found: tuple[PolicyProblem, ...]) -> str:
    return "\n".join(f"{one.path} {one.message.da} {one.message.en}" for one in found)


def org(text: str) -> File:
    return File(PATH, text, "u")


@pytest.mark.parametrize("own", ["version: 1\n", PROBING])
def test_what_stands_there_is_in_no_message(own: str) -> None:
    told = words(problems(own, org(SECRET)))
    assert "privat" in told
    for secret in ("hemmelig", "datalaek", "vagt", "Hemmeligt"):
        assert secret not in told
    open_to_all = words(problems(own, org(SECRET), there=False))
    assert "hemmelig" in open_to_all or "datalaek" in open_to_all
    assert problems(own, org(SECRET), here=True) == problems(own, org(SECRET), there=False)


@pytest.mark.parametrize(
    "broken", [org("version: 1\nhemmelig: {}\n"), org("a: ["), Unreadable("x")]
)
def test_whatever_is_wrong_there_is_told_in_one_line(broken: Text) -> None:
    (only,) = problems("version: 1\n", broken)
    assert (only.path, only.line) == (PATH, None)
    assert "hemmelig" not in words((only,))


def test_what_is_wrong_here_is_told_as_ever() -> None:
    own = "mode: act\nlables: {}\njira: {project: MO}\n"
    fine = org("version: 1\n")
    assert problems(own, fine) == problems(own, fine, there=False)
    (named,) = problems(own, org(SECRET))
    assert (named.line, "lables" in named.message.da) == (2, True)
    beyond, untold = problems("jira: {project: MO}\n", org(SECRET))
    assert (beyond.line, "MO" in beyond.message.da) == (1, True)
    assert "privat" in untold.message.da


def test_what_is_right_together_is_right() -> None:
    assert problems("mode: act\n", org("version: 1\n")) == ()
