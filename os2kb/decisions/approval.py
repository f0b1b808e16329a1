"""Who had approved an entry when it came into the log, and who approved it only afterwards."""

from dataclasses import dataclass

from os2kb.phrases import Phrase

HEADING = Phrase("Godkendelse", "Approval")
_APPROVED = Phrase("Godkendt af {}", "Approved by {}")
_LACKING = Phrase("Flettet uden godkendelse", "Merged without an approval")
_LATER = Phrase("{}; godkendt bagefter af {}", "{}; approved afterwards by {}")


@dataclass(frozen=True, slots=True)
class Approval:
    """How a proposal came into the log.

    Attributes:
        by: logins of those who had approved it when it was merged, other than whoever proposed it.
        later: of those who approved it only then.
    """

    by: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def said(self) -> Phrase:
        """The same in a few words."""
        came = _APPROVED.filled(", ".join(self.by)) if self.by else _LACKING
        return _LATER.filled(came, ", ".join(self.later)) if self.later else came
