"""What identifies people never leaves the house: text is redacted before it enters a prompt.

Addresses and telephone numbers get a placeholder that can be turned back in quotes of public
documents, since “write to kontakt@…” may be the answer. CPR numbers and secrets are gone for good.
"""

import re
from collections.abc import Callable

from index.masking import mask
from os2kb.governance.withheld import SECRET

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
# Danish numbers (eight digits), and any with a country code: https://www.itu.int/rec/T-REC-E.123
_PHONE = re.compile(
    r"(?<![\w.+/-])(?:\+\d{1,3}[ ]?)?(?:\d{2}[ ]?){3}\d{2}(?![\w/-])"
    r"|(?<![\w+])\+\d{2,3}(?:[ -]?\d{1,4}){2,6}\b"
)


class Redaction:
    """Redacts the texts of one prompt alike, and turns placeholders in the reply back."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}

    def redact(self, text: str) -> str:
        """The text with e-mail addresses and telephone numbers as `[email-1]`, `[phone-2]`."""
        text = SECRET.sub("[secret]", mask(text))
        text = _EMAIL.sub(self._as("email"), text)
        return _PHONE.sub(self._as("phone"), text)

    def restore(self, text: str) -> str:
        """The text with the originals in the place of placeholders."""
        for original, placeholder in self._placeholders.items():
            text = text.replace(placeholder, original)
        return text

    def _as(self, kind: str) -> Callable[[re.Match[str]], str]:
        def placeholder(match: re.Match[str]) -> str:
            number = len(self._placeholders) + 1
            return self._placeholders.setdefault(match[0], f"[{kind}-{number}]")

        return placeholder
