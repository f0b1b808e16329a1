"""Whether somebody else than the proposer had approved an entry when it came into the log."""

from collections.abc import Iterator

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault


def missing_approval(entry: Entry, _: Log) -> Iterator[Finding]:
    """`approval`: its proposal was approved before it was merged, as far as our ledger knows."""
    approval = entry.approval
    if approval is None or approval.by:
        return
    said = approval.said
    yield fault(
        entry,
        "approval",
        entry.line("title"),
        (f"{said.da}.", f"{said.en}."),
        (
            "Bed en anden end den, der foreslog den, om at gennemse og godkende pull requesten, og "
            "kræv godkendelser på grenen.",
            "Ask somebody else than its proposer to review and approve the pull request, and "
            "require approvals on the branch.",
        )
        if not approval.later
        else (
            "Kræv godkendelser på grenen, så det ikke sker igen.",
            "Require approvals on the branch, so that it does not happen again.",
        ),
        level="warning",
    )
