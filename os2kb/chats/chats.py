"""Every way there is to tell somebody something, and what a product may use of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from os2kb.chats.mail import Mail
from os2kb.chats.port import Chat, Refused
from os2kb.chats.zulip import Zulip
from os2kb.policy.grants import Grant, may_be_told
from os2kb.settings import Settings
from os2kb.smtp_url import read_smtp_url


@dataclass(frozen=True, slots=True)
class Chats:
    """What the installation has; None for what is not set up."""

    zulip: Chat | None = None
    mail: Chat | None = None

    def of(self, grant: Grant) -> Chat:
        """What a product may use; there is no other way to the adapters."""
        return _Granted(self.zulip, self.mail, grant)


def chats(settings: Settings, now: Callable[[], datetime]) -> Chats:
    """The chats that the settings name. Nothing is asked of them yet."""
    return Chats(zulip_of(settings), mail_of(settings, now))


def zulip_of(settings: Settings) -> Zulip | None:
    """Zulip, where it is set up."""
    if settings.zulip_key is None:
        return None
    return Zulip(settings.zulip_site, settings.zulip_email, settings.zulip_key)


def mail_of(settings: Settings, now: Callable[[], datetime]) -> Mail | None:
    """Mail, where it is set up."""
    if settings.smtp_url is None:
        return None
    return Mail(read_smtp_url(settings.smtp_url.get_secret_value()), now)


@dataclass(frozen=True, slots=True)
class _Granted:
    """A product's share: who is none of its own is told nothing, whatever a Policy says."""

    zulip: Chat | None
    mail: Chat | None
    grant: Grant

    def tell(self, to: str, subject: str, text: str, once: str) -> str:
        """See `os2kb.chats.port.Chat`."""
        kind = to.partition(":")[0]
        if kind not in ("zulip", "mailto"):
            raise Refused(
                f"{to} er hverken en kanal (zulip:) eller en postkasse (mailto:)",
                f"{to} is neither a stream (zulip:) nor a mailbox (mailto:)",
            )
        if not may_be_told(to, self.grant):
            raise Refused(
                f"{self.grant.product} har ikke fået {to}; tilføj det i OS2KB_PRODUCTS",
                f"{self.grant.product} was not given {to}; add it in OS2KB_PRODUCTS",
            )
        chat = self.zulip if kind == "zulip" else self.mail
        if chat is None:
            name = "OS2KB_ZULIP_SITE" if kind == "zulip" else "OS2KB_SMTP_URL"
            raise Refused(
                f"{name} er ikke sat, så {to} kan ikke få besked",
                f"{name} is not set, so {to} cannot be told",
            )
        return chat.tell(to, subject, text, once)
