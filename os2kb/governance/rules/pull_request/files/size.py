"""Purpose: a pull request is small enough that others can review it well."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.files.changes import changed_lines
from os2kb.governance.rules.rule import Rule, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "size"
_REMEDY = Phrase(
    "Del pull requesten op i flere, der hver kan læses for sig.",
    "Divide the pull request into several that can each be read on their own.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Counts files and changed lines, without those that are exempt."""
    options, pull = policy.guidelines.rules.size, pull_of(facts)
    files = [one for one in pull.files if not matches(one.path, options.exempt)]
    lines = [changed_lines(one) for one in files]
    total = sum(count or 0 for count in lines)
    if len(files) > options.max_files:
        return _too_large(
            f"Der er ændret {len(files)} filer; grænsen er {options.max_files}.",
            f"{len(files)} files are changed; the limit is {options.max_files}.",
        )
    if total > options.max_lines:
        return _too_large(
            f"Der er ændret {total} linjer; grænsen er {options.max_lines}.",
            f"{total} lines are changed; the limit is {options.max_lines}.",
        )
    if pull.files_cut or None in lines:
        return unsure(
            ID,
            "Ikke alle ændringer kan ses, så de kan ikke tælles.",
            "Not all changes can be seen, so they cannot be counted.",
        )
    count = len(files)
    return passes(
        ID,
        f"Antal ændrede linjer: {total}, i {count} {'fil' if count == 1 else 'filer'}.",
        f"Lines changed: {total}, in {count} {'file' if count == 1 else 'files'}.",
    )


def _too_large(da: str, en: str) -> Finding:
    return Finding(ID, "fail", Phrase(da, en), _REMEDY)


RULE = Rule(
    id=ID,
    asks=Phrase("er til at overskue", "is of a size that can be reviewed"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+små pull requests / "
        "hold dig under 400 ændrede +linjer / "
        "+del store ændringer op i +flere / "
        "+small pull requests / "
        "+split large changes"
    ),
    concepts=(),
    setting=lambda rules: rules.size,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
