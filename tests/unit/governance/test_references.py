"""Which issues a pull request names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.reading.references import MOST, named_issues


def named(title: str = "", body: str = "", branch: str = "") -> tuple[int, ...]:
    return named_issues(title, body, branch, "os2demo/os2demo")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Løser #12", (12,)),
        ("Closes #12, fixes #13.", (12, 13)),
        ("(#12)", (12,)),
        ("os2demo/os2demo#12", (12,)),
        ("OS2demo/OS2demo#12", (12,)),
        ("GH-12", (12,)),
        ("https://github.com/os2demo/os2demo/issues/12", (12,)),
        ("https://github.com/os2demo/os2demo/issues/12#issuecomment-3", (12,)),
        ("[sagen](https://github.com/os2demo/os2demo/issues/12)", (12,)),
        ("<https://github.com/os2demo/os2demo/issues/12>", (12,)),
        ("#12 og #12", (12,)),
        ("#### Link to ticket\n\n#12", (12,)),
        ("- [x] Løser #12", (12,)),
        ("os2mo/os2mo#12", ()),
        ("https://github.com/os2mo/os2mo/issues/12", ()),
        ("https://github.com/os2demo/os2demo/pull/12", ()),
        ("`#12`", ()),
        ("```\n#12\n```", ()),
        ("    #12", ()),
        ("> Løser #12", ()),
        ("<!-- Skriv fx #12 -->", ()),
        ("#0", ()),
        ("farven #123abc", ()),
        ("Version 12", ()),
        ("abc#12", ()),
    ],
)
def test_issues_are_named_in_prose(text: str, numbers: tuple[int, ...]) -> None:
    assert named(body=text) == numbers


@pytest.mark.parametrize(
    ("title", "numbers"),
    [("[12]: Ret fejl", (12,)), ("[#12] Ret", (12,)), ("Ret #12", (12,)), ("[WIP] Ret", ())],
)
def test_issues_are_named_in_titles(title: str, numbers: tuple[int, ...]) -> None:
    assert named(title=title) == numbers


@pytest.mark.parametrize(
    ("branch", "numbers"),
    [
        ("feature/12-kalender", (12,)),
        ("feature/12", (12,)),
        ("feature/issue-12-kalender", (12,)),
        ("12-kalender", (12,)),
        ("issue/12_kalender", (12,)),
        ("feature/kalender-12", ()),
        ("release/2-0", ()),
        ("feature/v12", ()),
        ("main", ()),
    ],
)
def test_issues_are_named_by_branches(branch: str, numbers: tuple[int, ...]) -> None:
    assert named(branch=branch) == numbers


def test_a_list_of_releases_is_cut() -> None:
    assert len(named(body=" ".join(f"#{n}" for n in range(1, 900)))) == MOST


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=50))
def test_any_text_names_positive_numbers_once(body: str, title: str, branch: str) -> None:
    found = named(title, body, branch)
    assert len(set(found)) == len(found)
    assert all(number > 0 for number in found)
