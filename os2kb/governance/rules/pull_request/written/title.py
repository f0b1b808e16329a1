"""Purpose: titles and commits have the product's form, so that the history reads as a list."""

from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.facts import Commit, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.pull_request.written.tenses import not_past
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.pattern import found
from os2kb.policy.policy import Policy
from os2kb.policy.rules.pull_request.written import Title

ID = "title"
_REVERT = 'Revert "'  # GitHub writes these itself


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Holds the title, and the commits' subjects where the Policy says so, against its form."""
    options = policy.guidelines.rules.title
    if options == Title(level=options.level, commits=options.commits):
        return not_applicable(
            ID, "Policyen stiller ingen krav til titlen.", "The Policy asks nothing of titles."
        )
    fault = _fault(facts.title, options)
    if fault is not None:
        return Finding(
            ID,
            "fail",
            Phrase(f"Titlen {fault.seen.da}.", f"The title {fault.seen.en}."),
            Phrase(f"Ret titlen: {fault.mend.da}.", f"Change the title: {fault.mend.en}."),
        )
    if options.commits:
        return _of_commits(facts, options)
    return passes(ID, "Titlen har den aftalte form.", "The title has the agreed form.")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a line, after its subject, and how to mend it, as an imperative."""

    seen: Phrase
    mend: Phrase


def _fault(line: str, options: Title) -> _Fault | None:
    """The first thing wrong with a summary line."""
    if line.startswith(_REVERT):
        return None
    if options.max_length is not None and len(line) > options.max_length:
        return _Fault(
            Phrase(f"er på {len(line)} tegn", f"has {len(line)} characters"),
            Phrase(
                f"kort den ned til højst {options.max_length} tegn",
                f"shorten it to {options.max_length} characters at most",
            ),
        )
    if options.pattern is not None and not found(options.pattern, line):
        return _Fault(
            Phrase("har ikke den aftalte form", "has not the agreed form"),
            Phrase(
                f'den skal passe til mønstret "{options.pattern}"',
                f'it has to fit the pattern "{options.pattern}"',
            ),
        )
    if not options.final_period and line.rstrip().endswith("."):
        return _Fault(
            Phrase("slutter med et punktum", "ends with a period"),
            Phrase("fjern punktummet", "take the period off"),
        )
    words = not_past(line) if options.past_tense else None
    if words is not None:
        present, past = words
        return _Fault(
            Phrase(f'begynder med "{present}"', f'begins with "{present}"'),
            Phrase(f'skriv "{past}" i datid', f'write "{past}", in the past tense'),
        )
    return None


def _of_commits(facts: Facts, options: Title) -> Finding:
    pull = pull_of(facts)
    commits = [one for one in pull.commits or () if _is_written(one)]
    faults = [(one, fault) for one in commits if (fault := _fault(one.subject, options))]
    if faults:
        return _at_fault(*faults[0], more=len(faults) - 1)
    if pull.commits_cut:
        return unsure(
            ID,
            "Titlen har den aftalte form, men der er flere commits, end jeg kan se.",
            "The title has the agreed form, but there are more commits than can be seen here.",
        )
    return passes(
        ID,
        "Titlen og alle commits har den aftalte form.",
        "The title and all commits have the agreed form.",
    )


def _is_written(commit: Commit) -> bool:
    """Whether a person wrote its message: git words merges, and bots have their own form."""
    return commit.parents < 2 and not commit.is_by_bot


def _at_fault(commit: Commit, fault: _Fault, more: int) -> Finding:
    sha = commit.sha[:7]
    others = Phrase(
        f", og {more} andre commits har også fejl" if more else "",
        f", and {more} more commits are at fault" if more else "",
    )
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Første linje i commit {sha} {fault.seen.da}{others.da}.",
            f"The first line of commit {sha} {fault.seen.en}{others.en}.",
        ),
        Phrase(
            f"Ret commit-beskeden med git rebase -i: {fault.mend.da}.",
            f"Reword the commit with git rebase -i: {fault.mend.en}.",
        ),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("har en titel i den aftalte form", "has a title of the agreed form"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+titlens form og længde / "
        "+titlen må højst være så mange +tegn lang / "
        "+titel på pull requests / "
        "beskrivende +commit +beskeder / "
        "+title of your pull request must refer to the issue / "
        "first line of your +commit +message / "
        "+summary line in +past tense / "
        "+commit +message descriptive but short"
    ),
    concepts=(),
    setting=lambda rules: rules.title,
    check=check,
    options_need=lambda rules: frozenset({"commits"} if rules.title.commits else ()),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
