"""A log on a forge as `os2kb decisions lint` judges it, with the issues that it goes with."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from sqlalchemy import Engine

from index.reading.decoding import split_lines
from os2kb.decision_log.approvals import with_approvals
from os2kb.decision_log.of_issues import IssueLog, issue_log_of, issues_with_texts
from os2kb.decisions.lint.duplicates import Alike, by_grams
from os2kb.decisions.lint.finding import Finding, Log, place
from os2kb.decisions.lint.issues import ClosedIssue, without_entry
from os2kb.decisions.lint.lint import lint
from os2kb.decisions.reading.read import read_file
from os2kb.forges.port import Forge
from os2kb.governance.decision_log.made import UNMADE
from os2kb.governance.facts import Repository
from os2kb.policy.sections.decisions import Decisions

_ENDINGS = (".md", ".markdown")


def log_on(forge: Forge, section: Decisions, database: Engine) -> Log:
    """The log that a Policy names, as it is on the default branch, and who let each entry in.

    Raises:
        ForgeError: it cannot be read.
    """
    if issues := issue_log_of(section):
        return _of_issues(forge, issues, section.repository)
    found = forge.logs.files(section.repository, section.path)
    wanted = {path: sha for path, sha in found.files.items() if path.lower().endswith(_ENDINGS)}
    texts = forge.logs.texts(found.home.full_name, tuple(wanted.values()))
    read = {path: text for path, sha in wanted.items() if (text := texts.get(sha)) is not None}
    folders = {str(parent) for path in found.files for parent in PurePosixPath(path).parents}
    entries = (one for path, text in sorted(read.items()) for one in read_file(path, text))
    return Log(
        entries=with_approvals(database, found.home.id, entries),
        lines={path: split_lines(text) for path, text in read.items()},
        paths=found.files.keys() | folders,
        folder=PurePosixPath(section.path).name,
        from_issues=section.label is not None,
    )


def _of_issues(forge: Forge, issues: IssueLog, repository: str) -> Log:
    """Its lines are those of the issues' texts, and its links lead beyond it."""
    at = forge.scene(repository).repository
    read = list(issues_with_texts(forge, at, issues))
    lines = {entry.path: split_lines(body) for entry, body in read}
    return Log(tuple(entry for entry, _ in read), lines)


def findings_with_issues(
    forge: Forge,
    log: Log,
    section: Decisions,
    repository: Repository,
    alike: Alike = by_grams,
) -> tuple[Finding, ...]:
    """What is wrong with a log, and which issues of a repository lack an entry in it.

    Args:
        forge: has the issues.
        log: that the Policy names.
        section: of the Policy.
        repository: whose issues they are.
        alike: tells which entries say much the same.

    Raises:
        ForgeError: the issues cannot be read.
    """
    label = section.label if section.format != "issues" else None  # there they are the log
    issues = _closed(forge, repository, label) if label else ()
    lacking = without_entry(log.entries, issues, repository.full_name)
    return tuple(sorted((*lint(log, alike), *lacking), key=place))


def _closed(forge: Forge, repository: Repository, label: str) -> Iterator[ClosedIssue]:
    for one in forge.labelled(repository, label):
        if not one.open and one.state_reason not in UNMADE:
            yield ClosedIssue(repository.full_name, one.number, one.title)
