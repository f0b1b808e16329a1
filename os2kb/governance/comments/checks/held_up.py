"""A check that several pull requests share: it is green once it is for all of them.

A check belongs to a commit. Where a second pull request has the same head, whichever is judged
last would else say for both whether they may be merged.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.passages import Language
from os2kb.governance.actions import SetCheck
from os2kb.phrases import Phrase

_MOST_NAMED = 10
_TITLE = Phrase(
    "Noget mangler i {}, som har samme commit",
    "Something is missing in {}, which has the same commit",
)
_SUMMARY = Phrase(
    "En kontrol hører til et commit, og dette commit er også {}, hvor noget skal rettes. "
    "Kontrollen bliver grøn, når det er rettet; lukkes {} i stedet, sætter `/os2 recheck` her den "
    "igen.",
    "A check belongs to a commit, and this commit is {}, too, where something has to be mended. "
    "The check turns green once it is; if {} is closed instead, `/os2 recheck` here sets it again.",
)


def holds_up(check: SetCheck) -> bool:
    """Whether a branch that is protected by this check cannot take the pull request."""
    return check.conclusion in ("failure", "action_required")


def held_up(check: SetCheck, others: Sequence[int], language: Language) -> SetCheck:
    """The check as the commit has it.

    Args:
        check: what one pull request's is.
        others: the numbers of other pull requests of the commit that the check holds up.
        language: what it says is in.
    """
    if not others or holds_up(check):
        return check
    named = ", ".join(f"#{number}" for number in others[:_MOST_NAMED])
    said = _SUMMARY.in_language(language).format(named, named)
    return replace(
        check,
        conclusion="action_required",
        title=_TITLE.in_language(language).format(named),
        summary=f"{said}\n\n{check.summary}",
    )
