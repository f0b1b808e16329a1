"""Telling somebody something."""

from dataclasses import dataclass

from os2kb.governance.actions.accountable import Accountable


@dataclass(frozen=True, slots=True)
class Tell(Accountable):
    """Tell somebody something, once. It cannot be taken back, so it has no inverse.

    Attributes:
        to: people and teams, `@login` and `@organisation/team`, whom one comment mentions; or one
            `zulip:stream/topic` or `mailto:address`.
        subject: one line; a comment has none.
        body: plain text; of a comment its Markdown, with the key as its marker.
        once: the name under which it is told once of this subject.
    """

    to: tuple[str, ...]
    subject: str
    body: str
    once: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"tell:{self.once}"

    @property
    def content(self) -> str:
        """Who is told, a line each."""
        return "\n".join(self.to)
