"""`guidelines.source`: what it may say, and what is doubted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.policy.grants import Grant
from os2kb.policy.load import PolicyFile, check_policy, load_policy, read_policy
from os2kb.policy.remarks import remarks
from os2kb.policy.sections.guidelines import GuidelineSource, read_source

GRANT = Grant("os2demo", repositories=("os2demo/*",))


def sources(said: str) -> tuple[GuidelineSource, ...]:
    return load_policy(f"version: 1\nguidelines: {{source: {said}}}").guidelines.sources


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("docs/CONTRIBUTING.md", [("", "docs/CONTRIBUTING.md")]),
        ("./docs/", [("", "docs")]),
        ("os2demo/docs:guidelines/a.md", [("os2demo/docs", "guidelines/a.md")]),
        ("os2demo/.github:CONTRIBUTING.md", [("os2demo/.github", "CONTRIBUTING.md")]),
        ("os2demo/docs:Sådan bidrager du.md", [("os2demo/docs", "Sådan bidrager du.md")]),
        ("[a.md, os2demo/docs:b]", [("", "a.md"), ("os2demo/docs", "b")]),
        ("[]", []),
    ],
)
def test_a_source_is_a_path_here_or_in_another_repository(
    said: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.repository, one.path) for one in sources(said)] == found


@pytest.mark.parametrize(
    "said",
    [
        "/etc/passwd",
        "../other/a.md",
        "docs/../../a.md",
        "docs//a.md",
        ".",
        "/",
        "'os2demo/docs:'",
        "os2demo/docs:/a.md",
        "os2demo/docs:../a.md",
        "os2demo:a.md",
        "a/b/c:d.md",
        "os2demo/docs:a:b.md",
        "https://github.example/os2demo/docs/blob/main/a.md",
        "'C:\\docs\\a.md'",
        "git@github.example:os2demo/docs.git",
        "{a: b}",
        "7",
        "''",
        "[[a.md]]",
        f"[{', '.join(['a.md'] * 11)}]",
    ],
)
def test_anything_else_is_a_mistake_on_its_line(said: str) -> None:
    problems = check_policy(f"version: 1\nguidelines:\n  source: {said}")
    assert [problem.line for problem in problems] == [3]


def test_the_mistake_in_a_list_is_told_where_it_stands_with_both_spellings() -> None:
    (problem,) = check_policy("version: 1\nguidelines:\n  source:\n    - a.md\n    - ../b.md\n")
    assert problem.line == 5
    assert "ejer/navn:sti" in problem.message.da
    assert "owner/repo:path" in problem.message.en


@given(
    st.text(max_size=60) | st.from_regex(r"[\w.-]{1,5}/[\w.-]{1,5}:[\w./-]{1,9}", fullmatch=True)
)
def test_what_is_read_is_written_back_as_the_same_source(said: str) -> None:
    found = read_source(said)
    if found is not None:
        assert read_source(str(found)) == found
        assert ".." not in found.path.split("/")


@pytest.mark.parametrize("said", ["os2demo/docs:a.md", "[a.md, OS2demo/Docs:a.md]", "a.md"])
def test_the_products_own_repositories_may_be_named(said: str) -> None:
    assert check_policy(f"version: 1\nguidelines: {{source: {said}}}", grant=GRANT) == ()


@pytest.mark.parametrize(
    ("said", "line"), [(" os2mo/docs:a.md", 3), ("\n    - a.md\n    - os2mo/docs:a.md", 5)]
)
def test_another_products_are_refused_by_name_with_the_cure(said: str, line: int) -> None:
    (problem,) = check_policy(f"version: 1\nguidelines:\n  source:{said}", grant=GRANT)
    assert problem.line == line
    assert "os2mo/docs" in problem.message.da
    assert "produktfilen" in problem.message.da


def test_what_a_preset_names_is_no_mistake_and_said_again_it_is() -> None:
    own = "version: 1\npreset: os2display\n"
    assert check_policy(own, grant=GRANT) == ()
    again = "guidelines: {source: os2display/docs:guidelines/CONTRIBUTING.md}"
    (problem,) = check_policy(own + again, grant=GRANT)
    assert problem.line == 3


def test_a_repository_that_stands_alone_names_its_own_documents_only() -> None:
    alone = Grant("ida/leg", repositories=("ida/leg",), product_is_free=True)
    assert check_policy("version: 1\nguidelines: {source: ida/leg:a.md}", grant=alone) == ()
    assert check_policy("version: 1\nguidelines: {source: ida/docs:a.md}", grant=alone)


def remarked(text: str) -> list[tuple[str, int | None]]:
    read = read_policy(PolicyFile(text, "p.yml"), None)
    return [(one.message.en.split("`")[1], one.line) for one in remarks(read)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("version: 1", []),
        ("version: 1\npreset: os2display", []),
        (
            "version: 1\nguidelines:\n  rules: {title: advise}",
            [("guidelines.source", 2)],
        ),
        ("version: 1\nguidelines: {source: a.md, rules: {title: advise}}", []),
        ("version: 1\nguidelines: {rules: {type-label: 'off', title: {max_length: 50}}}", []),
        (
            "version: 1\npreset: os2display\nguidelines: {source: null}",
            [("guidelines.source", 3)],
        ),
        ("version: 1\nmode: act", [("mode: act", 2)]),
        ("version: 1\nmode: act\nlabels: {security: Lås}", []),
        ("version: 1\nmode: act\nlabels: {area: {Kort: kort}}", []),
    ],
)
def test_what_is_hardly_meant_is_remarked_on(
    text: str, found: list[tuple[str, int | None]]
) -> None:
    assert remarked(text) == found


def test_an_odd_path_is_kept_as_it_is() -> None:
    (source,) = sources("'os2demo/docs:a b/#1 {x}.md'")
    assert source.path == "a b/#1 {x}.md"
