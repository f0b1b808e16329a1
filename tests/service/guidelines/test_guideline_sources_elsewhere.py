"""Which sources of guidelines are looked through, and which are refused or left aside."""

import pytest

from os2kb.observe.observe import Observer
from os2kb.observe.sought import MOST_DOCUMENTS, MOST_TOGETHER, Sought, uncited_sources
from tests.service.guidelines.elsewhere import (
    API,
    DOCS,
    GRANT,
    RULE,
    cited,
    head,
    look,
    rule_by,
    write,
)
from tests.service.running import World


def test_of_several_sources_the_first_that_has_a_paragraph_is_cited(
    github: World, observer: Observer
):
    both = f"[CONTRIBUTING.md, {DOCS}:guidelines/git.md, {DOCS}:guidelines/CONTRIBUTING.md]"
    rule_by(github, both)
    facts = look(observer).facts
    issue, branch = facts.citations["linked-issue"], facts.citations["branch-name"]
    assert (issue.title, branch.title) == ("Her", "Git")
    assert f"/{API}/blob/{head(github, API)}/CONTRIBUTING.md" in issue.url
    assert f"/{DOCS}/blob/{head(github)}/guidelines/git.md#grene" in branch.url


def test_a_folder_is_looked_through_without_those_in_it(github: World, observer: Observer):
    rule_by(github, f"{DOCS}:guidelines/")
    facts = look(observer).facts
    assert facts.citations["linked-issue"].quote == RULE
    assert facts.citations["branch-name"].path == "guidelines/git.md"
    assert facts.guidelines == f"{github.github.web}/{DOCS}/tree/main/guidelines"


def test_what_would_take_long_to_look_through_is_left_out(github: World, observer: Observer):
    for name in ("a", "b"):
        write(github, DOCS, f"long/{name}.md", f"# {name}\n\n{'Ord. ' * 30_000}\n")
    write(github, DOCS, "long/c.md", f"# c\n\n{RULE}\n")
    rule_by(github, f"{DOCS}:long")
    sought = Sought.of(observer.forge.scene(API), GRANT, look(observer).policy, observer.shelf)
    ((first, last),) = sought.found(observer.shelf)
    assert (first.path, last.path) == ("long/a.md", "long/c.md")


def test_of_all_sources_together_so_many_documents_are_looked_through_and_it_is_said(
    github: World, observer: Observer
):
    for number in range(25):
        for folder in ("a", "b", "c"):
            write(github, API, f"{folder}/{number:02}.md", f"# {number}\n\n{RULE}\n")
    rule_by(github, "[a, b, c]")
    scene, policy = observer.forge.scene(API), look(observer).policy
    found = Sought.of(scene, GRANT, policy, observer.shelf).found(observer.shelf)
    assert [len(documents) for documents in found] == [25, 25, MOST_TOGETHER - 50]
    (left_out,) = uncited_sources(observer.forge, scene, policy, GRANT)
    assert left_out.en.startswith(f"c: not all of it is read: there are more than {MOST_DOCUMENTS}")
    assert f"{MOST_TOGETHER} in all" in left_out.en


def asked_for(github: World, below: str) -> list[str]:
    """The files in a folder whose texts we asked for."""
    queries = [one for one in github.github.traffic.exchanges if one.path.endswith("/graphql")]
    asked = [str(value) for one in queries for value in one.request["variables"].values()]
    return [one for one in asked if f":{below}" in one]


@pytest.mark.parametrize("repository", [API, DOCS])
def test_of_a_folder_without_an_end_no_more_is_read_than_is_looked_through(
    github: World, observer: Observer, repository: str
):
    for number in range(MOST_DOCUMENTS + 20):
        write(github, repository, f"all/{number:03}.md", f"# {number}\n\n{'Ord. ' * 100}\n")
    write(github, repository, "all/000.png", "no text that people write")
    rule_by(github, f"{repository}:all")
    look(observer)
    look(observer)
    assert len(asked_for(github, "all/")) == len(set(asked_for(github, "all/"))) == MOST_DOCUMENTS
    scene, policy = observer.forge.scene(API), look(observer).policy
    sought = Sought.of(scene, GRANT, policy, observer.shelf)
    ((*read,),) = sought.found(observer.shelf)
    assert [one.path for one in read] == [f"all/{n:03}.md" for n in range(MOST_DOCUMENTS)]
    (said,) = uncited_sources(observer.forge, scene, policy, GRANT)
    assert f"more than {MOST_DOCUMENTS} documents in the folder" in said.en


def test_a_folder_of_its_own_is_looked_through_too(github: World, observer: Observer):
    write(github, API, "docs/b.md", f"# B\n\n{RULE}\n")
    rule_by(github, "docs")
    citation = cited(observer)
    assert citation is not None
    assert citation.path == "docs/b.md"
    assert f"/{API}/blob/{head(github, API)}/docs/b.md" in citation.url


def test_a_repository_that_names_itself_is_read_where_it_is(github: World, observer: Observer):
    rule_by(github, f"{API.upper()}:CONTRIBUTING.md")
    citation = cited(observer)
    assert citation is not None
    assert citation.title == "Her"


def test_a_repository_the_product_was_not_given_is_refused_by_name(
    github: World, observer: Observer
):
    rule_by(github, "os2other/docs:CONTRIBUTING.md")
    (problem,) = look(observer).facts.policy_problems
    assert "os2other/docs" in problem.message.en
    assert "products file" in problem.message.en


def test_what_a_preset_names_beyond_the_product_is_left_aside(github: World, observer: Observer):
    write(github, API, ".github/os2kb.yml", "version: 1\npreset: os2forms\n")
    facts = look(observer).facts
    assert (facts.policy_problems, dict(facts.citations)) == ((), {})
