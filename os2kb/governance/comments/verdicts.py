"""The Findings in words, as the status comment and the check run both tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.passages import Language
from os2kb.governance.comments.render import text
from os2kb.governance.comments.views import View, views
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown, neutralise
from os2kb.governance.rules import ALARMS
from os2kb.phrases import Phrase

_FINE = Phrase("I orden: {}.", "In order: {}.")
_ONE_THING = Phrase("Én ting", "One thing")
_THINGS = Phrase("{} ting", "{} things")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Findings by what a contributor has to do about them.

    Attributes:
        alarms: what was set off, however strictly it holds.
        missing: what is required and fails.
        advice: what is advised and fails.
        fine: what passes; an alarm that was not set off is no merit.
        unsure: whether a rule could not tell.
        left_out: what a command said to leave out.
    """

    alarms: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    fine: tuple[Finding, ...]
    unsure: bool
    left_out: tuple[Finding, ...]

    @property
    def failing(self) -> tuple[Finding, ...]:
        """What fails, the worst first."""
        return (*self.alarms, *self.missing, *self.advice)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What is required and fails, alarms too."""
        return tuple(one for one in self.failing if one.required)

    @property
    def advised(self) -> tuple[Finding, ...]:
        """What else fails."""
        return tuple(one for one in self.failing if not one.required)

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.failing or self.fine)


def verdicts(findings: Iterable[Finding]) -> Verdicts:
    """The Findings, sorted."""
    every = tuple(findings)
    alarms = tuple(one for one in every if one.verdict == "fail" and one.rule in ALARMS)
    failing = [one for one in every if one.verdict == "fail" and one not in alarms]
    return Verdicts(
        alarms=alarms,
        missing=tuple(one for one in failing if one.required),
        advice=tuple(one for one in failing if not one.required),
        fine=tuple(one for one in every if one.verdict == "pass" and one.rule not in ALARMS),
        unsure=any(one.verdict == "unknown" for one in every),
        left_out=tuple(one for one in every if one.left_out),
    )


def count(findings: tuple[Finding, ...], language: Language) -> str:
    """`Én ting`, `2 ting`."""
    said = _ONE_THING if len(findings) == 1 else _THINGS
    return said.in_language(language).format(len(findings))


def fine_line(findings: tuple[Finding, ...], language: Language, limit: int) -> Markdown:
    """What is in order, on one line; empty for nothing."""
    asks = [neutralise(view.asks) for view in views(findings, language, limit)]
    said = _FINE.in_language(language).format("; ".join(asks))
    return Markdown(said if asks else "")


def findings_list(findings: tuple[Finding, ...], language: Language, limit: int) -> Markdown:
    """What is missing, how to mend it, and the paragraph it rests on; empty for nothing."""
    if not findings:
        return Markdown("")
    return text("findings", language, findings=views(findings, language, limit))


def quotes(findings: tuple[Finding, ...], language: Language, limit: int) -> list[View]:
    """Those that quote a guideline."""
    return [view for view in views(findings, language, limit) if view.quote]
