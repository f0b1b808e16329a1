"""What a Plan makes of one subject, kept small: a repository may have thousands."""

from dataclasses import dataclass

from index.passages import Language
from os2kb.forges.port import Conversation
from os2kb.governance.actions import AddLabel, RemoveLabel
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import is_harmless, scrub
from os2kb.governance.plan import Plan
from os2kb.governance.rules import KEEP_QUIET
from os2kb.phrases import NOTHING, Phrase

_HIDDEN = Phrase(
    "(titlen vises ikke: den kan røbe noget)", "(title not shown: it may give something away)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One subject.

    Attributes:
        title: made harmless, and withheld where a rule found what must not be public.
        error: why it could not be read; nothing where it could.
    """

    subject: str
    number: int
    title: Phrase
    url: str
    is_pull_request: bool
    open: bool
    language: Language = "da"
    findings: tuple[Finding, ...] = ()
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    error: Phrase = NOTHING

    @property
    def was_read(self) -> bool:
        """Whether it could be read."""
        return self.error == NOTHING

    @property
    def changes(self) -> bool:
        """Whether a label would go on or off."""
        return bool(self.add or self.remove)


def row_of(one: Conversation, plan: Plan) -> Row:
    """A subject and its Plan."""
    private = any(f.rule in KEEP_QUIET and f.verdict == "fail" for f in plan.findings)
    return Row(
        subject=str(plan.subject),
        number=one.number,
        title=_HIDDEN if private else _same(one.title),
        url=_url(one),
        is_pull_request=one.is_pull_request,
        open=one.open,
        language=plan.language,
        findings=plan.findings,
        add=tuple(action.label for action in plan.actions if isinstance(action, AddLabel)),
        remove=tuple(action.label for action in plan.actions if isinstance(action, RemoveLabel)),
    )


def unread(subject: str, one: Conversation, error: Phrase) -> Row:
    """A subject that could not be read. Nobody knows what its title gives away."""
    return Row(
        subject=subject,
        number=one.number,
        title=_HIDDEN,
        url=_url(one),
        is_pull_request=one.is_pull_request,
        open=one.open,
        error=Phrase(scrub(error.da), scrub(error.en)),
    )


def _same(text: str) -> Phrase:
    line = " ".join(scrub(text).split())
    return Phrase(line, line)


def _url(one: Conversation) -> str:
    leads_to_the_web = one.url.startswith(("https://", "http://"))
    return one.url if leads_to_the_web and is_harmless(one.url) else ""
