"""Many subjects to the few figures that tell whether a Policy fits a repository. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.passages import Language
from os2kb.backfill.row import Row
from os2kb.governance.findings import VERDICTS, Verdict
from os2kb.governance.harmless.neutralise import scrub
from os2kb.governance.rules import REGISTRY
from os2kb.modes import Mode


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backfill found.

    Attributes:
        mode: the weakest of those met: what holds for the repository.
        verdicts: rule to verdict to how many, in the rules' order; only rules in force.
        labels: label to how many would get it and how many lose it.
        written: labels that were put on or taken off.
        tried: the Policy is not in force, so that not all was looked up.
        lost_labels: that the Policy names and the repository does not have.
    """

    repository: str
    mode: Mode
    rows: tuple[Row, ...]
    verdicts: Mapping[str, Mapping[Verdict, int]]
    labels: Mapping[str, tuple[int, int]]
    written: int = 0
    tried: bool = False
    lost_labels: tuple[str, ...] = ()

    @property
    def not_looked_up(self) -> bool:
        """Whether a rule could not tell since the Policy is only tried."""
        rules = ("duplicate", "type-label")
        return self.tried and any(self.verdicts.get(rule, {}).get("unknown") for rule in rules)

    @property
    def read(self) -> int:
        """How many subjects could be read."""
        return sum(row.was_read for row in self.rows)

    @property
    def changing(self) -> int:
        """How many would get or lose a label."""
        return sum(row.changes for row in self.rows)


def summary(
    repository: str, mode: Mode, rows: Sequence[Row], written: int = 0, *, tried: bool = False
) -> Summary:
    """The figures of these subjects."""
    counted: dict[str, Counter[Verdict]] = {rule.id: Counter() for rule in REGISTRY}
    for row in rows:
        for finding in row.findings:
            counted[finding.rule][finding.verdict] += 1
    adds = Counter(label for row in rows for label in row.add)
    removes = Counter(label for row in rows for label in row.remove)
    return Summary(
        repository=repository,
        mode=mode,
        rows=tuple(rows),
        verdicts={
            rule: {verdict: found[verdict] for verdict in VERDICTS}
            for rule, found in counted.items()
            if found
        },
        labels={label: (adds[label], removes[label]) for label in sorted({*adds, *removes})},
        written=written,
        tried=tried,
    )


def summary_json(found: Summary, language: Language) -> dict[str, Any]:
    """`{"repository", "mode", "subjects", "unread", "changing", "written", "rules", "labels", …}`.

    `rules` is rule to verdict to count, `labels` label to `{"add", "remove"}`, `missing_labels`
    what the Policy names and the repository has not, and `items` has each subject with its
    findings and the labels it would get and lose.
    """
    return {
        "repository": found.repository,
        "mode": found.mode,
        "subjects": len(found.rows),
        "unread": len(found.rows) - found.read,
        "changing": found.changing,
        "written": found.written,
        "rules": {rule: dict(counts) for rule, counts in found.verdicts.items()},
        "labels": {
            scrub(label): {"add": add, "remove": remove}
            for label, (add, remove) in found.labels.items()
        },
        "missing_labels": [scrub(label) for label in found.lost_labels],
        "items": [_item(row, language) for row in found.rows],
    }


def _item(row: Row, language: Language) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "title": row.title.in_language(language),
        "url": row.url,
        "kind": "pull_request" if row.is_pull_request else "issue",
        "open": row.open,
        "error": row.error.in_language(language),
        "add": [scrub(label) for label in row.add],
        "remove": [scrub(label) for label in row.remove],
        "findings": [
            {
                "rule": finding.rule,
                "verdict": finding.verdict,
                "evidence": scrub(finding.evidence.in_language(language)),
                "remedy": scrub(finding.remedy.in_language(language)),
            }
            for finding in row.findings
        ],
    }
