"""What the check on an edited Policy says of its effect."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from index.passages import Language
from os2kb.governance.actions import SetCheck
from os2kb.governance.comments.checks.policy import NAME, NO_PREVIEW, PREVIEW, PREVIEWING
from os2kb.governance.comments.render import text
from os2kb.governance.comments.told import named
from os2kb.governance.harmless.neutralise import Markdown, link, neutralise
from os2kb.phrases import Phrase
from os2kb.policy.escalation.shown import shown
from os2kb.policy.policy import Policy
from os2kb.preview.difference import Difference, Outcome

_MOST_SHOWN = 30
_MOST_CHARS = 60_000  # GitHub takes 65,535
_FINE = Phrase("Policyen kan bruges", "The Policy can be used")
_LOOKING = Phrase("{}; ser på {} af {} sager …", "{}; looking at {} of {} subjects …")
_WAITING = Phrase("{}; venter til {}", "{}; waiting until {}")
_NOTHING = Phrase("{}; ændrer intet for de seneste {}", "{}; changes nothing for the latest {}")
_CHANGES = Phrase("{}; ændrer {} af de seneste {}", "{}; changes {} of the latest {}")
_EMPTY = Phrase("{}; her er ingen sager at prøve den på", "{}; there is nothing to try it on here")
_FAILED = Phrase("{}; virkningen kunne ikke vises", "{}; its effect could not be shown")
_ADOPTED = Phrase(
    "Eskaleringsmodellen er vedtaget og gælder fra {}. Så får disse besked om fejl:",
    "The escalation model is adopted and holds from {}. Then these are told of faults:",
)
_ADOPTED_NOW = Phrase(
    "Eskaleringsmodellen er vedtaget og gælder med det samme. Så får disse besked om fejl, også om "
    "det, der har været overskredet de seneste tre uger:",
    "The escalation model is adopted and holds at once. Then these are told of faults, also of "
    "what has been late for the last three weeks:",
)
_NOT_THERE = Phrase(
    "Stigen nævner nogen, der ikke findes", "The ladder names somebody who is not there"
)
_NOTHING_SAID = Markdown("")
_AGAIN = Phrase(
    "Sagerne kunne ikke læses: {} Der prøves igen, når der sker noget på pull requesten.",
    "The subjects could not be read: {} It is tried again when something happens here.",
)


def under_way(language: Language, head: str, done: int, total: int) -> SetCheck:
    """So many have been looked at."""
    title = _LOOKING.in_language(language).format(_fine(language), done, total)
    return _check(head, title, Markdown(""), PREVIEWING)


def waiting(language: Language, head: str, until: datetime) -> SetCheck:
    """The forge asks us to wait, or we have read so much for previews that we wait ourselves."""
    title = _WAITING.in_language(language).format(_fine(language), f"{until:%H:%M} UTC")
    return _check(head, title, Markdown(""), PREVIEWING)


def failed(language: Language, head: str, reason: str) -> SetCheck:
    """The effect could not be shown; the file itself is fine."""
    title = _FAILED.in_language(language).format(_fine(language))
    summary = _AGAIN.in_language(language).format(neutralise(f"{reason.rstrip('.')}."))
    return _check(head, title, Markdown(summary), NO_PREVIEW, "neutral")


def done(
    language: Language,
    head: str,
    found: Difference,
    before: Policy,
    after: Policy,
    lost: Sequence[str] = (),
    holds: Markdown = _NOTHING_SAID,
    nobody: Sequence[Phrase] = (),
) -> SetCheck:
    """What would change, and which labels it names that the repository does not have.

    Args:
        nobody: whom its escalation model names and the forge does not know; it is refused then.
        holds: when the Policy holds; see `policy_check.holds_when`.
    """
    read, changed = len(found.outcomes), len(found.changed)
    said = _CHANGES if changed else _NOTHING if read else _EMPTY
    figures = (changed, read) if changed else (read,)
    title = said.in_language(language).format(_fine(language), *figures)
    if nobody:
        title = _NOT_THERE.in_language(language)
    for most in (_MOST_SHOWN, 10, 0):
        summary = _summary(found, before, after, lost, language, most, holds, nobody)
        if len(summary) <= _MOST_CHARS:
            break
    return _check(head, title, summary, PREVIEW, "failure" if nobody else "success")


def _summary(
    found: Difference,
    before: Policy,
    after: Policy,
    lost: Sequence[str],
    language: Language,
    most: int,
    holds: Markdown,
    nobody: Sequence[Phrase],
) -> Markdown:
    return text(
        "preview",
        language,
        found=found,
        rules={rule: counts for rule, counts in found.rules.items() if counts[0] != counts[1]},
        shown=[(_named(one), one) for one in found.changed[:most]],
        hidden=max(len(found.changed) - most, 0),
        modes=(before.mode, after.mode),
        not_compared="duplicate" in found.rules,
        lost=lost[:_MOST_SHOWN],
        holds=holds,
        nobody=[neutralise(one.in_language(language)) for one in nobody[:_MOST_SHOWN]],
        adopted=_adopted(before, after, language),
    )


def _adopted(before: Policy, after: Policy, language: Language) -> tuple[Markdown, ...]:
    """Who is told what, a rung each, where an escalation model begins to tell anybody."""
    model = after.escalation
    if model is None or not model.is_adopted or model == before.escalation:
        return ()
    head = _ADOPTED if model.since else _ADOPTED_NOW
    rungs = (
        Markdown(
            f"{neutralise(rung.name)}, {one.when.in_language(language)}: "
            f"{named(rung.notify, language)}"
        )
        for rung, one in zip(model.ladder, shown(model).rungs, strict=True)
    )
    return (Markdown(head.in_language(language).format(model.since)), *rungs)


def _named(one: Outcome) -> Markdown:
    """The subject as a link, without its title where that may give something away."""
    name = f"{one.number}: {one.title}" if one.title else str(one.number)
    return link(name, one.url, 120)


def _fine(language: Language) -> str:
    return _FINE.in_language(language)


def _check(
    head: str,
    title: str,
    summary: Markdown,
    because: str,
    conclusion: Literal["success", "neutral", "failure"] = "success",
) -> SetCheck:
    return SetCheck(
        name=NAME,
        head_sha=head,
        conclusion=conclusion,
        title=title,
        summary=str(summary) or f"{title}.",
        because=because,
        asked=True,
    )
