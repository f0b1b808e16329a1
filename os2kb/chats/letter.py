"""A mail, as it is sent: plain text in UTF-8, from us to one mailbox."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from os2kb.chats.plain import in_mail, one_line, reference
from os2kb.chats.port import Refused

_LONGEST = 100_000
_SUBJECT = 200


def compose(sender: str, to: str, subject: str, text: str, once: str, at: datetime) -> EmailMessage:
    """The mail; its Message-ID is the same for the same recipient and `once`.

    Args:
        sender: an address.
        to: an address.
        subject: anything; what of it is a line break or cannot be seen is left out.
        text: see `os2kb.chats.port.Chat`.
        once: likewise.
        at: when it is written.

    Raises:
        Refused: nothing can be sent to that address.
    """
    message = EmailMessage(policy=SMTP)
    name, _, domain = to.rpartition("@")
    try:
        address = Address(username=name, domain=domain.encode("idna").decode("ascii"))
    except (UnicodeError, ValueError) as error:
        raise Refused(
            f"{to} er ingen adresse, der kan sendes til", f"{to} is no address that can be sent to"
        ) from error
    message["To"] = address
    message["From"] = Address("os2kb", addr_spec=sender)
    # An encoded word (RFC 2047) would be read as what it encodes, which may be a line break.
    message["Subject"] = one_line(subject.replace("=?", "= ?"), _SUBJECT)
    message["Date"] = at
    own = sender.rpartition("@")[2]
    message["Message-ID"] = f"<{reference(once)}.{reference(to)}@{own}>"
    # https://www.rfc-editor.org/rfc/rfc3834: nobody's absence is told to a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    body = in_mail(text, _LONGEST) + "\n"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return message
