"""Purpose: what changes for users stands in the changelog, under what is not yet released."""

from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from os2kb.governance.facts import ChangedFile, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, not_applicable
from os2kb.governance.unreleased import added_under
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

ID = "changelog"
_REMEDY = Phrase(
    "Tilføj en linje om ændringen under [Unreleased] i CHANGELOG.md.",
    "Add a line about the change under [Unreleased] in CHANGELOG.md.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the patches of files named CHANGELOG*."""
    files = facts.pull_request.files if facts.pull_request else ()
    if facts.author.is_bot:
        return not_applicable(
            ID, "Pull requesten er lavet af en bot.", "A bot made the pull request."
        )
    logs = changed_changelogs(files)
    if logs:
        return _about(logs, facts)
    if facts.pull_request and facts.pull_request.files_cut:
        said = Phrase(
            "Der er ændret flere filer, end jeg kan se, og ingen af dem, jeg ser, er en changelog.",
            "More files are changed than can be seen here, and none of those seen is a changelog.",
        )
        return Finding(ID, "unknown", said, NOTHING)
    if not files:
        return not_applicable(ID, "Ingen filer er ændret.", "No files are changed.")
    exempt = policy.guidelines.rules.changelog.exempt
    if all(any(fnmatchcase(file.path, glob) for glob in exempt) for file in files):
        return not_applicable(
            ID,
            "Kun filer, der ikke kræver en linje i changelog, er ændret.",
            "Only files that need no changelog entry are changed.",
        )
    return _missing("Ingen changelog er ændret.", "No changelog is changed.")


def changed_changelogs(files: tuple[ChangedFile, ...]) -> tuple[ChangedFile, ...]:
    """The changelogs that a pull request changes."""
    return tuple(
        file
        for file in files
        if PurePosixPath(file.path).name.casefold().startswith("changelog")
        and file.change != "removed"
    )


def _about(logs: tuple[ChangedFile, ...], facts: Facts) -> Finding:
    places = {
        "unknown"
        if file.patch is None
        else added_under(file.patch, facts.changelogs.get(file.path, ""))
        for file in logs
    }
    if places & {"unreleased", "release"}:
        return Finding(
            ID, "pass", Phrase("Ændringen står i changelog.", "The change is in the changelog.")
        )
    if "unknown" in places:
        said = Phrase(
            "Changelog er ændret, men ændringen viser ikke under hvilken overskrift.",
            "The changelog is changed, but the patch does not show under which heading.",
        )
        return Finding(ID, "unknown", said, NOTHING)
    return _missing(
        "Changelog er ændret, men ikke under [Unreleased].",
        "The changelog is changed, but not under [Unreleased].",
    )


def _missing(da: str, en: str) -> Finding:
    return Finding(ID, "fail", Phrase(da, en), _REMEDY, label="status.needs-changelog")


RULE = Rule(
    id=ID,
    asks=Phrase("står i changelog", "is in the changelog"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "tilføj en linje i changelog under Unreleased / "
        "hver ændring skal stå i ændringsloggen / "
        "add an entry to the changelog under Unreleased / "
        "update the changelog"
    ),
    concepts=("status.needs-changelog",),
    setting=lambda rules: rules.changelog,
    check=check,
    needs=frozenset({"files", "changelogs"}),
)
