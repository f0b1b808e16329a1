"""Findings: what a rule concluded, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.passages import Citation
from os2kb.phrases import NOTHING, Phrase

Verdict = Literal["pass", "fail", "unknown", "n/a"]
VERDICTS: Mapping[Verdict, Phrase] = {
    "pass": Phrase("i orden", "in order"),
    "fail": Phrase("skal rettes", "to be mended"),
    "unknown": Phrase("ved ikke", "unknown"),
    "n/a": Phrase("gælder ikke", "does not apply"),
}
"""The words people read, wherever they read them; files and JSON say `pass` and so on."""
_ADVISED = Phrase("anbefales rettet", "could be better")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file that the pull request changes, as it would leave it; 1-based."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An issue to look at, as `#12` or `owner/repo#12`. `title` is text from outside."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule concluded about a subject.

    Attributes:
        evidence: what in the facts led to the verdict; plain text, never Markdown, and never a
            quote of text that may be sensitive.
        remedy: one sentence that says how to mend it; empty unless the verdict is `fail`.
        label: the Policy's concept for the label this finding calls for
            (`type.bug`, `status.needs-issue`, `security`), empty for none.
        required: False where the Policy only advises.
        places: lines at fault, worst first; only of a pull request.
        see: issues to look at.
        left_out: a command said to leave the rule out here, so that nobody knows.
    """

    rule: str
    verdict: Verdict
    evidence: Phrase
    remedy: Phrase = NOTHING
    citation: Citation | None = None
    label: str = ""
    required: bool = True
    places: tuple[Place, ...] = ()
    see: tuple[Reference, ...] = ()
    left_out: bool = False

    @property
    def verdict_in_words(self) -> Phrase:
        """The verdict as people read it; what is only advised need not be mended."""
        advised = self.verdict == "fail" and not self.required
        return _ADVISED if advised else VERDICTS[self.verdict]


__all__ = ["NOTHING", "VERDICTS", "Finding", "Phrase", "Place", "Reference", "Verdict"]
