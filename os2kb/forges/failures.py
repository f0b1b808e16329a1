"""What can go wrong at a forge, in the project's words."""

from datetime import datetime

from os2kb.phrases import SaidInBoth


class ForgeError(SaidInBoth):
    """Something went wrong at the forge. The message names the cure."""


class NotFound(ForgeError):
    """What was asked for is not there, or not visible to us."""


class Moved(NotFound):
    """An issue became another one, in the repository and with the number that the forge tells."""

    def __init__(self, da: str, en: str, full_name: str, number: int) -> None:
        super().__init__(da, en)
        self.full_name, self.number = full_name, number


class Forbidden(ForgeError):
    """We lack a permission; the message names it."""


class Rejected(ForgeError):
    """The forge understood and refused (422): asking again will not help."""


class NotText(ForgeError):
    """There is a file, but it cannot be read as text: it is too large, or no file at all."""


class Unavailable(ForgeError):
    """The forge did not answer, or answered 5xx: asking again later may help."""


class RateLimited(ForgeError):
    """We have asked too much; ask again at `until`."""

    def __init__(self, da: str, en: str, until: datetime) -> None:
        super().__init__(da, en)
        self.until = until
