"""What one subject costs GitHub, counted in the demo GitHub's log of requests."""

import pytest
import yaml

from os2kb.demo.github.world.git import add_commit
from os2kb.governance.rules import REGISTRY
from os2kb.observe.observe import InVain, Observer
from os2kb.policy.load import load_policy
from tests.service.reads.governed import API, EVERY_RULE, ISSUE, PULL, looked_at, reads, subject
from tests.service.running import World

MOST_READS = 6


@pytest.mark.parametrize("number", [ISSUE, PULL])
def test_a_subject_costs_at_most_six_reads_with_every_rule_on(
    github: World, observer: Observer, number: int
):
    for _ in range(2):  # also the first time, when nothing of the repository is known
        facts, plan, read = looked_at(github, observer, number)
        assert len(read) <= MOST_READS, read
        assert {one.rule for one in plan.findings} == {
            rule.id
            for rule in REGISTRY
            if ("pull_request" if facts.pull_request else "issue") in rule.applies_to
        }


def test_an_issue_costs_four_reads_and_two_more_the_first_time(github: World, observer: Observer):
    assert len(looked_at(github, observer, ISSUE)[2]) == 6
    assert looked_at(github, observer, ISSUE)[2] == [
        "POST /api/graphql",
        f"GET /repos/{API}/issues/{ISSUE}",
        f"GET /repos/{API}/issues/{ISSUE}/comments",
        f"GET /repos/{API}/issues/{ISSUE}/events",
    ]


def test_an_issue_is_read_with_the_forms_and_what_it_is_compared_with(
    github: World, observer: Observer
):
    for _ in range(2):
        facts, _, _ = looked_at(github, observer, ISSUE)
        assert [form.name for form in facts.forms or ()] == ["Fejl"]
        assert facts.near == ()


def test_six_reads_tell_all_that_a_pull_requests_rules_ask_for(github: World, observer: Observer):
    facts, _, read = looked_at(github, observer, PULL)
    pull = facts.pull_request
    assert pull is not None
    assert sorted(file.path for file in pull.files) == [".github/os2kb.yml", "CHANGELOG.md"]
    assert len(facts.comments) == 1
    assert [one.number for one in facts.linked] == [ISSUE]
    assert list(facts.changelogs) == ["CHANGELOG.md"]
    assert facts.proposed_policy_problems == ()
    assert facts.citations["linked-issue"].quote.startswith("Hver pull request skal henvise")
    assert dict(facts.templates or {}) == {".github/PULL_REQUEST_TEMPLATE.md": "## Hvad\n"}
    assert dict(facts.rights) == {"docs/aftaler.md": "- @bo\n"}
    for part in ("commits", "reviews", "threads", "checks"):
        assert len(getattr(pull, part)) == 1
    assert len(read) == 6


def test_under_two_policies_all_is_read_that_a_rule_of_either_needs(
    github: World, observer: Observer
):
    after = load_policy(
        "version: 1\nguidelines: {rules: {title: advise, "
        "rights-transfer: {level: advise, file: README.md}}}"
    )
    before = load_policy(yaml.safe_dump(EVERY_RULE))
    facts = observer.observe(subject(PULL), after, before).facts
    assert facts.pull_request is not None
    assert facts.pull_request.commits is not None
    assert [one.number for one in facts.linked] == [ISSUE]
    assert set(facts.rights) == {"docs/aftaler.md"}  # there is no README.md
    assert set(observer.observe(subject(PULL), after).facts.rights) == set()


def test_an_organisations_private_forms_are_for_private_subjects_alone(
    github: World, observer: Observer
):
    there = subject(1, "os2display/client", 103)
    assert observer.observe(there).facts.forms == ()
    with github.person("kim") as kim:
        assert kim.patch("/repos/os2display/client", json={"private": True}).is_success
    forms = observer.observe(there).facts.forms or ()
    assert [form.name for form in forms] == ["Hemmelig"]


def test_what_no_rule_in_force_needs_is_not_read(github: World, observer: Observer):
    tree = (
        github.github.repositories[101]
        .commits[github.github.repositories[101].branches["main"]]
        .tree
    )
    rules = {rule.id: "off" for rule in REGISTRY}
    policy = EVERY_RULE | {"guidelines": {"rules": rules}}
    tree[".github/os2kb.yml"] = yaml.safe_dump(policy).encode()
    facts, _, read = looked_at(github, observer, PULL)
    assert facts.pull_request is not None
    assert facts.pull_request.commits is None
    assert facts.templates is None
    assert facts.rights == {}
    # The one query is the repository's; the other reads the Policy that the pull request proposes.
    assert len([one for one in read if one.startswith("POST")]) == 2
    assert len([one for one in looked_at(github, observer, PULL)[2] if one.startswith("POST")]) == 1


@pytest.mark.parametrize("asked", [True, False])
def test_commits_are_read_for_titles_only_where_they_are_held_to_the_same_form(
    github: World, observer: Observer, asked: bool
):
    repository = github.github.repositories[101]
    rules = {"title": {"level": "advise", "max_length": 69, "commits": asked}}
    repository.commits[repository.branches["main"]].tree[".github/os2kb.yml"] = yaml.safe_dump(
        {"version": 1, "guidelines": {"rules": rules}}
    ).encode()
    facts, _, _ = looked_at(github, observer, PULL)
    assert facts.pull_request is not None
    assert (facts.pull_request.commits is not None) is asked


def test_an_event_that_no_rule_in_force_depends_on_costs_one_read(
    github: World, observer: Observer
):
    told = frozenset({"check_run", "pull_request_review"})
    assert observer.observe(subject(PULL), told=told).facts.pull_request is not None
    tree = (
        github.github.repositories[101]
        .commits[github.github.repositories[101].branches["main"]]
        .tree
    )
    tree[".github/os2kb.yml"] = b"version: 1\n"
    github.github.traffic.clear()
    with pytest.raises(InVain, match="check_run"):
        observer.observe(subject(PULL), told=told)
    assert len(reads(github)) == 1
    # What brings new text or a command is looked at whatever the rules are.
    assert observer.observe(subject(PULL), told=told | {"issue_comment"}).facts.comments


def test_each_further_page_of_files_costs_one_more_read(github: World, observer: Observer):
    repository = github.github.repositories[101]
    tip = repository.commits[repository.branches["feature/1-ret"]]
    tree = {**tip.tree, **{f"src/{n:04}.txt": b"x\n" for n in range(3_100)}}
    made = add_commit(repository, tree, "Mange", tip.author, tip.at, (tip.sha,))
    repository.branches["feature/1-ret"] = made.sha
    facts, plan, read = looked_at(github, observer, PULL)
    assert facts.pull_request is not None
    assert facts.pull_request.files_cut
    assert len([one for one in read if one.endswith("/files")]) == 30
    assert len(read) == MOST_READS + 29
    assert plan.findings


def test_a_merged_policy_holds_at_the_next_look(github: World, observer: Observer):
    assert looked_at(github, observer, ISSUE)[1].findings
    with github.person("kim") as kim:
        path = f"/repos/{API}/contents/.github/os2kb.yml"
        sha = kim.get(path).json()["sha"]
        change = {"message": "Nej", "content": "dmVyc2lvbjogMg==", "sha": sha}
        assert kim.put(path, json=change).is_success
    assert looked_at(github, observer, ISSUE)[0].policy_problems
