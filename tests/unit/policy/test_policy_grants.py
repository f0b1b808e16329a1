"""A Policy can name nothing beyond its own product."""

import pytest

from os2kb.policy.grants import Grant
from os2kb.policy.load import check_policy

GRANT = Grant(
    "os2demo",
    repositories=("os2demo/os2demo", "OS2demo/Beslutninger"),
    jira=("DEMO",),
    chat=("OS2demo", "Fælles/os2demo"),
)


def ladder(recipient: str) -> str:
    return (
        "version: 1\nescalation:\n  severities: {a: {criteria: x}}\n"
        f'  ladder:\n    - {{name: a, notify: ["@ida", "{recipient}"]}}\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "version: 1",
        "version: 1\nproduct: os2demo",
        "version: 1\ndecisions: {repository: os2demo/beslutninger}",
        "version: 1\njira: {project: DEMO}",
        ladder("zulip:OS2demo/styregruppe"),
        ladder("zulip:Fælles/os2demo"),
    ],
)
def test_what_the_product_was_given_may_be_named(text: str) -> None:
    assert check_policy(text, grant=GRANT) == ()


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("version: 1\nproduct: os2mo", 2, "os2demo"),
        ("version: 1\ndecisions:\n  repository: os2mo/os2mo", 3, "os2mo/os2mo"),
        ("version: 1\njira: {project: MO}", 2, "MO"),
        (ladder("zulip:OS2mo/drift"), 5, "OS2mo/drift"),
        (ladder("zulip:Fælles/os2mo"), 5, "Fælles/os2mo"),
        (ladder("zulip:Fælles"), 5, "Fælles"),
    ],
)
def test_what_it_was_not_given_is_a_problem_on_its_line(text: str, line: int, name: str) -> None:
    (problem,) = check_policy(text, grant=GRANT)
    assert problem.line == line
    assert name in problem.message.da
    assert name in problem.message.en


def test_a_repository_that_stands_alone_may_call_its_product_anything() -> None:
    alone = Grant("ida/legeplads", repositories=("ida/legeplads",), product_is_free=True)
    assert check_policy("version: 1\nproduct: legeplads", grant=alone) == ()
