"""`OS2KB_SMTP_URL`: which server takes our mail, and whom it is from."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import SecretStr

from os2kb.policy.recipient import is_mailbox
from os2kb.products.remote import is_loopback

_PORTS = {"smtp": 587, "smtps": 465}


class BadMailServer(ValueError):
    """The address cannot be used. The message says how it is written, and repeats none of it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server.

    Attributes:
        sender: whom our messages are from.
        encrypted: from the first byte; else as soon as the server offers it (STARTTLS).
    """

    host: str
    port: int
    encrypted: bool
    user: str
    password: SecretStr | None
    sender: str

    @property
    def is_here(self) -> bool:
        """Whether it is this machine itself."""
        return is_loopback(self.host)


def read_smtp_url(url: str) -> MailServer:
    """The server of an address such as `smtp://user:password@host:587?from=os2kb@example.org`.

    `from` can be left out where the user is an address.

    Raises:
        BadMailServer: it is written in another way.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadMailServer("write smtp://USER:PASSWORD@HOST:PORT or smtps://…") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise BadMailServer(
            "write smtp://USER:PASSWORD@HOST:PORT or smtps://…, with %40 for an @ in the user or "
            "the password"
        )
    if bool(parts.username) != bool(parts.password):
        raise BadMailServer("give both a user and a password, or neither")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    sender = parse_qs(parts.query).get("from", [user])[0]
    if not is_mailbox(f"mailto:{sender}"):
        raise BadMailServer("say whom mail is from: add ?from=os2kb@YOUR-DOMAIN")
    if not (user + password + sender).isascii() or not _is_name(parts.hostname):
        # smtplib logs in, and says who we are, in ASCII.
        raise BadMailServer(
            "user, password and sender can have no letters beyond a to z, and the host has to be "
            "the name of a machine; write a domain with other letters as xn--…"
        )
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=user,
        password=SecretStr(password) if password else None,
        sender=sender,
    )


def _is_name(host: str) -> bool:
    """Whether it can be looked up."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False
