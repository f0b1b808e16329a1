"""The port of every way to tell somebody something outside the forge."""

from datetime import timedelta
from typing import Protocol

from os2kb.phrases import SaidInBoth


class ChatError(SaidInBoth):
    """A message was not sent. What is said names the cure."""


class Unreachable(ChatError):
    """Nobody answered, or not as they should: trying again later may help.

    Attributes:
        pause: how long they ask us to wait; none where they do not say.
    """

    def __init__(self, da: str, en: str, pause: timedelta = timedelta(0)) -> None:
        super().__init__(da, en)
        self.pause = pause


class Refused(ChatError):
    """It will not be sent, however often it is tried: somebody has to change something first."""


class Chat(Protocol):
    """Tells people things. Synchronous: call it from a thread."""

    def tell(self, to: str, subject: str, text: str, once: str) -> str:
        """Send a message, unless that was done before; returns its id.

        Args:
            to: `zulip:stream/topic`, `zulip:stream` or `mailto:address`.
            subject: one line of plain text; the topic, where a stream is told without one.
            text: plain text. A line that is nothing but an address of the web becomes a link, and
                nothing else does; each piece of text from outside stands within one line of ours.
            once: the message's own name. What this recipient was sent under it is not sent again,
                also where we were cut off before we heard that it was.

        Raises:
            Unreachable: it may be sent later.
            Refused: it never will be, as things are.
        """
