"""The check on a pull request that edits the Policy."""

from collections.abc import Iterable

from os2kb.governance.actions import Action, SetCheck
from os2kb.governance.comments.checks.problems import annotations_of, lines_of
from os2kb.governance.facts import Facts, PullRequest
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.marks import is_said
from os2kb.phrases import Phrase
from os2kb.policy.policy import PATH
from os2kb.policy.problem import PolicyProblem

NAME = "os2kb / policy"
PREVIEW = "policy preview"
"""Because of which the check also tells of the Policy's effect."""
PREVIEWING = "policy preview under way"
NO_PREVIEW = "policy preview failed"
_PREVIEWS = (PREVIEW, PREVIEWING, NO_PREVIEW)
_FINE = Phrase("Policyen kan bruges.", "The Policy can be used.")
_FINE_SUMMARY = Phrase(
    "Filen er læst igennem, og alt i den er forstået. Den gælder, når den er flettet ind i "
    "standardgrenen.",
    "The file was read, and all of it was understood. It holds once it is merged into the default "
    "branch.",
)
_NEVER_HOLDS = Phrase(
    "Filen er læst igennem, og alt i den er forstået. Men pull requesten går til {}, og policyen "
    "læses kun fra standardgrenen, {}: den gælder ikke, før den også er flettet ind dér.",
    "The file was read, and all of it was understood. But the pull request goes to {}, and the "
    "Policy is read from the default branch alone, {}: it does not hold until it is merged there, "
    "too.",
)
_ONE = Phrase("Der er én fejl i policyfilen.", "The Policy has one mistake.")
_MANY = Phrase("Der er {} fejl i policyfilen.", "The Policy has {} mistakes.")
_SUMMARY = Phrase(
    "Flettes filen sådan, gør os2kb intet i dette repository, før den er rettet. Indtil da gælder "
    "de nuværende regler.",
    "Merged like this, os2kb does nothing in this repository until it is mended. Until then the "
    "rules in force hold.",
)


def policy_check(facts: Facts) -> tuple[SetCheck, ...]:
    """The check, where the pull request edits the Policy and the check does not say so yet."""
    problems, pull = facts.proposed_policy_problems, facts.pull_request
    if problems is None or pull is None or not facts.open:
        return ()
    check = _failure(facts, problems, pull.head_sha) if problems else _success(facts, pull.head_sha)
    said = is_said(facts, check.key, check.content)
    # Once it also tells of the effect, there is nothing to add; a file changes with its commit.
    shown = _last_said(facts, pull) in _PREVIEWS and not facts.checks_again
    more = shown and not problems
    return () if said or more else (check,)


def awaits_preview(facts: Facts, writes: Iterable[Action] = ()) -> bool:
    """Whether the pull request puts a usable Policy in place whose effect is not shown.

    Args:
        facts: the pull request.
        writes: what is written since; the check made anew tells no effect.
    """
    pull = facts.pull_request
    if pull is None or not facts.open or facts.proposed_policy_problems != ():
        return False
    anew = any(one.key == _key(pull) for one in writes)
    return anew or _last_said(facts, pull) != PREVIEW


def _last_said(facts: Facts, pull: PullRequest) -> str:
    """Because of what the check of this commit was last set."""
    set_before = (one for one in reversed(facts.receipts) if one.state == "applied")
    key = _key(pull)
    return next((one.because for one in set_before if one.action == key), "")


def _key(pull: PullRequest) -> str:
    return f"check:{NAME}:{pull.head_sha}"


def holds_when(facts: Facts) -> Markdown:
    """That the file was understood, and when it holds: the default branch alone is read."""
    pull, default = facts.pull_request, facts.repository.default_branch
    if pull is None or pull.base_branch == default:
        return Markdown(_FINE_SUMMARY.in_language(facts.language))
    said = _NEVER_HOLDS.in_language(facts.language)
    return Markdown(said.format(code_span(pull.base_branch), code_span(default)))


def _success(facts: Facts, head_sha: str) -> SetCheck:
    return SetCheck(
        name=NAME,
        head_sha=head_sha,
        conclusion="success",
        title=_FINE.in_language(facts.language),
        summary=holds_when(facts),
        because="policy",
        asked=True,
    )


def _failure(facts: Facts, problems: tuple[PolicyProblem, ...], head_sha: str) -> SetCheck:
    language = facts.language
    title = (_ONE if len(problems) == 1 else _MANY).in_language(language).format(len(problems))
    return SetCheck(
        name=NAME,
        head_sha=head_sha,
        conclusion="failure",
        title=title,
        summary="\n".join([_SUMMARY.in_language(language), "", *lines_of(problems, language)]),
        because="policy",
        annotations=annotations_of(  # its organisation's file is in another repository
            (one for one in problems if one.path == PATH), language
        ),
        asked=True,
    )
