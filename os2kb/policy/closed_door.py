"""Fields that the Policy lets come from Jira, and does not let out of it."""

from collections.abc import Iterator

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys
from os2kb.policy.policy import Policy


def closed_doors(policy: Policy) -> Iterator[tuple[Keys, Phrase]]:
    """Each field that is to go to GitHub, and that `jira.public` does not name."""
    if policy.jira is None:
        return
    for name, direction in policy.jira.fields.items():
        if direction in ("both", "jira-to-github") and name not in policy.jira.public:
            yield (
                ("jira", "fields", name),
                Phrase(
                    f"`jira.fields.{name}: {direction}`, men `{name}` står ikke i `jira.public`, "
                    "så intet af det kommer fra Jira; skriv det ind, hvis alle må se det.",
                    f"`jira.fields.{name}: {direction}`, but `{name}` is not in `jira.public`, so "
                    "nothing of it comes from Jira; write it in if everybody may see it.",
                ),
            )
