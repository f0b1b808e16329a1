"""People on their way to an application that they sign in to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a person who signs in to an application brings back to it.

    Attributes:
        back: the address they are sent back to.
        challenge: of PKCE; empty where the application sent none.
    """

    login: str
    back: str
    challenge: str
