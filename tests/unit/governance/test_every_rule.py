"""What holds of every rule, whatever a pull request looks like."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.facts import (
    Account,
    ChangedFile,
    CheckResult,
    Commit,
    Facts,
    Linked,
    PullRequest,
    Review,
    Thread,
)
from os2kb.governance.findings import Finding
from os2kb.governance.rules import REGISTRY, rules_for
from tests.unit.governance.cases import IDA, NOW, OTHER_BOT, comment, policy, pull

_OPTIONS = {
    "title": "pattern: '^\\[\\d+\\]', max_length: 69, past_tense: true, commits: true",
    "target-branch": "allow: {'*': [main, develop]}",
    "approved-issue": "labels: [Bug]",
    "rights-transfer": "file: a.md, label: Bug",
    "takeover": "label: Bug",
    "template": "headings: [Hvorfor]",
}
ALL = policy(
    "guidelines: {rules: {"
    + ", ".join(f"{r.id}: {{level: required, {_OPTIONS.get(r.id, '')}}}" for r in REGISTRY)
    + "}}"
)

WORDS = st.sampled_from(
    [
        *("[12]: Ret", "Add", "#12", "- [ ] a", "- [x] Test", "### Hvorfor", "![](x.png)", "<!--"),
        *("-->", "```", "> ", "fordi test", "Signed-off-by: a <a@b>", "@ida", "æøå", "😀", "\0"),
        *("\ud800", "\u202e", "\r\n", "\n\n", "<b>", "Merge", "SPDX-License-Identifier: MIT"),
    ]
)
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
PATHS = st.sampled_from(
    ["src/a.php", "tests/ATest.php", "CHANGELOG.md", "a.css", "docs/æ.md", "LICENSE", "x\n.tsx"]
)
PEOPLE = st.builds(Account, st.sampled_from(["ida", "bo", "kim"]), association=st.just("NONE"))
FILES = st.builds(
    ChangedFile,
    PATHS,
    st.sampled_from(["added", "removed", "modified", "renamed"]),
    st.none() | TEXT.map(lambda text: f"@@ -0,0 +1 @@\n+{text}"),
    st.none() | st.integers(0, 5000),
)
COMMITS = st.builds(Commit, st.just("a" * 40), TEXT, st.none() | PEOPLE, st.integers(0, 2))
REVIEWS = st.builds(
    Review,
    PEOPLE,
    st.sampled_from(["approved", "changes_requested", "commented", "dismissed"]),
    st.just(NOW),
)
CHECKS = st.builds(CheckResult, TEXT, st.sampled_from(["success", "failure", "x", None]))


def some(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=4).map(tuple)


def unread_or(one: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | some(one)


REQUESTS = st.builds(
    PullRequest,
    head_branch=TEXT,
    head_sha=st.just("a" * 40),
    base_branch=TEXT,
    draft=st.booleans(),
    merged=st.just(False),
    files=some(FILES),
    files_cut=st.booleans(),
    commits=unread_or(COMMITS),
    commits_cut=st.booleans(),
    reviews=unread_or(REVIEWS),
    threads=unread_or(st.builds(Thread, st.booleans())),
    checks=unread_or(CHECKS),
    from_fork=st.booleans(),
)
FACTS = st.builds(
    lambda request, **changes: replace(pull(**changes), pull_request=request),
    REQUESTS,
    title=TEXT,
    body=TEXT,
    author=st.sampled_from([IDA, OTHER_BOT]),
    labels=st.sampled_from([(), ("Bug",)]),
    comments=some(TEXT.map(comment)),
    linked=some(st.builds(Linked, st.integers(1, 99), labels=st.just(("Bug",)))),
    templates=st.none() | st.dictionaries(PATHS, TEXT, max_size=2),
    rights=st.dictionaries(PATHS, TEXT, max_size=2),
)


def findings(facts: Facts) -> list[Finding]:
    return [rule.conclude(facts, ALL, NOW) for rule in rules_for(facts, ALL)]


@given(FACTS)
def test_a_rule_always_concludes_in_both_languages_and_mends_what_it_faults(facts: Facts) -> None:
    for one in findings(facts):
        assert one.evidence.da
        assert one.evidence.en
        assert bool(one.remedy.da) == bool(one.remedy.en) == (one.verdict == "fail"), one.rule
        assert (one.verdict == "fail") or not one.places


@given(FACTS)
def test_a_rule_labels_only_what_it_says_it_may(facts: Facts) -> None:
    concepts = {rule.id: {*rule.concepts, "security", ""} for rule in REGISTRY}
    for one in findings(facts):
        assert one.label in concepts[one.rule]
        assert not one.label or one.verdict == "fail"


@given(FACTS)
def test_what_was_not_read_is_never_called_missing(facts: Facts) -> None:
    """A rule whose needs came unread is unknown, or has nothing to say, and blames nobody."""
    assert facts.pull_request is not None
    unread = {
        name
        for name in ("commits", "reviews", "threads", "checks")
        if getattr(facts.pull_request, name) is None
    } | ({"templates"} if facts.templates is None else set())
    verdicts = {one.rule: one.verdict for one in findings(facts)}
    for rule in REGISTRY:
        if rule.id in verdicts and rule.reads(ALL) & unread:
            assert verdicts[rule.id] in ("unknown", "n/a")


@given(FACTS)
def test_a_list_that_was_cut_short_passes_nothing_that_its_rest_could_fail(facts: Facts) -> None:
    assert facts.pull_request is not None
    cut = replace(facts.pull_request, files_cut=True, commits_cut=True)
    verdicts = {one.rule: one.verdict for one in findings(replace(facts, pull_request=cut))}
    for rule in ("size", "licence", "sign-off", "merge-commits", "title"):
        assert verdicts[rule] != "pass"


@given(FACTS)
def test_a_bot_is_not_asked_for_what_people_write(facts: Facts) -> None:
    for one in findings(replace(facts, author=OTHER_BOT)):
        rule = next(rule for rule in REGISTRY if rule.id == one.rule)
        assert rule.asks_bots or one.verdict == "n/a"
