"""Purpose: what changes for users stands in the changelog, under what is not yet released."""

import re
from datetime import datetime
from pathlib import PurePosixPath

from os2kb.governance.facts import ChangedFile, Facts
from os2kb.governance.findings import Finding, Place
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.files.unreleased import added_under, additions
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "changelog"
_REMEDY = Phrase(
    "Tilføj en linje om ændringen under [Unreleased] i CHANGELOG.md.",
    "Add a line about the change under [Unreleased] in CHANGELOG.md.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the patches of files named CHANGELOG*."""
    options, pull = policy.guidelines.rules.changelog, pull_of(facts)
    logs = changed_changelogs(pull.files)
    if logs:
        return _about(logs, facts, link=options.link)
    if pull.files_cut:
        return unsure(
            ID,
            "Flere filer er ændret, end jeg kan se, og ingen af dem, jeg ser, er en ændringslog.",
            "More files are changed than can be seen here, and none of those seen is a changelog.",
        )
    if not pull.files:
        return not_applicable(ID, "Ingen filer er ændret.", "No files are changed.")
    if all(matches(file.path, options.exempt) for file in pull.files):
        return not_applicable(
            ID,
            "Kun filer, der ikke kræver en linje i ændringsloggen, er ændret.",
            "Only files that need no changelog entry are changed.",
        )
    return _missing("Ingen ændringslog er ændret.", "No changelog is changed.")


def changed_changelogs(files: tuple[ChangedFile, ...]) -> tuple[ChangedFile, ...]:
    """The changelogs that a pull request changes."""
    return tuple(file for file in files if is_changelog(file.path) and file.change != "removed")


def is_changelog(path: str) -> bool:
    """Whether a file is one by its name."""
    return PurePosixPath(path).name.casefold().startswith("changelog")


def _about(logs: tuple[ChangedFile, ...], facts: Facts, *, link: bool) -> Finding:
    places = {
        "unknown"
        if file.patch is None
        else added_under(file.patch, facts.changelogs.get(file.path, ""))
        for file in logs
    }
    if "unreleased" in places and link and not _links(logs, facts):
        return _without_link(facts.subject.number, _lines_added(logs, facts, "unreleased"))
    if places & {"unreleased", "release"}:
        return passes(ID, "Ændringen står i ændringsloggen.", "The change is in the changelog.")
    if "unknown" in places:
        return unsure(
            ID,
            "Ændringsloggen er ændret, men ændringen viser ikke under hvilken overskrift.",
            "The changelog is changed, but the patch does not show under which heading.",
        )
    return _missing(
        "Ændringsloggen er ændret, men ikke under [Unreleased].",
        "The changelog is changed, but not under [Unreleased].",
        _lines_added(logs, facts, "elsewhere"),
    )


def _lines_added(logs: tuple[ChangedFile, ...], facts: Facts, part: str) -> tuple[Place, ...]:
    """The first line that is added in a part of each changelog."""
    added = (
        (file.path, one.line)
        for file in logs
        for one in additions(file.patch or "", facts.changelogs.get(file.path, ""))
        if one.place == part
    )
    first = dict(reversed(list(added)))
    return tuple(Place(file.path, first[file.path]) for file in logs if file.path in first)


def _links(logs: tuple[ChangedFile, ...], facts: Facts) -> bool:
    """Whether a line added under what is unreleased names the pull request's own number."""
    own = re.compile(rf"(?:#|/pull/){facts.subject.number}\b")
    return any(
        own.search(one.text)
        for file in logs
        for one in additions(file.patch or "", facts.changelogs.get(file.path, ""))
        if one.place == "unreleased"
    )


def _without_link(number: int, places: tuple[Place, ...]) -> Finding:
    return Finding(
        ID,
        "fail",
        Phrase(
            "Linjen i ændringsloggen henviser ikke til pull requesten.",
            "The line in the changelog does not link to the pull request.",
        ),
        Phrase(
            f"Tilføj et link til #{number} på linjen i ændringsloggen.",
            f"Add a link to #{number} to the line in the changelog.",
        ),
        label="status.needs-changelog",
        places=places,
    )


def _missing(da: str, en: str, places: tuple[Place, ...] = ()) -> Finding:
    said = Phrase(da, en)
    return Finding(ID, "fail", said, _REMEDY, label="status.needs-changelog", places=places)


RULE = Rule(
    id=ID,
    asks=Phrase("står i ændringsloggen", "is in the changelog"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "tilføj en linje i +changelog under Unreleased / "
        "ændringen skal stå i +ændringsloggen / "
        "add an entry to the +changelog under Unreleased / "
        "+update the +CHANGELOG"
    ),
    concepts=("status.needs-changelog",),
    setting=lambda rules: rules.changelog,
    check=check,
    needs=frozenset({"files", "changelogs"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
