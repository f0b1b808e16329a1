"""Mail by SMTP.

SMTP cannot tell what it was sent before: a message whose answer was lost is sent again under the
same Message-ID, and it is for the mailbox to show it once.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from os2kb.chats.plain import in_mail, one_line, reference
from os2kb.chats.port import Refused, Unreachable
from os2kb.policy.recipient import is_mailbox
from os2kb.smtp_url import MailServer

SECONDS = 20.0
_LONGEST = 100_000
_SUBJECT = 200
# What speaks of us and not of the message: somebody mends it, and then it is sent.
_NOT_ABOUT_IT = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server that takes our messages.

    Args:
        now: for the header `Date`.
        trusted: what is asked of the server's certificate.
    """

    server: MailServer
    now: Callable[[], datetime]
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def tell(self, to: str, subject: str, text: str, once: str) -> str:
        """See `os2kb.chats.port.Chat`."""
        if not is_mailbox(to):
            raise Refused(
                f"{to} er ingen postkasse; skriv mailto: og én adresse",
                f"{to} is no mailbox; write mailto: and one address",
            )
        message = self._message(to.removeprefix("mailto:"), subject, text, once)
        try:
            with self._connected() as smtp:
                smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise self._answered(code, said) from error
        except _NOT_ABOUT_IT as error:
            raise self._not_now(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(
                f"{self.server.host} tager kun imod adresser uden æ, ø og å",
                f"{self.server.host} takes no address with letters beyond a to z",
            ) from error
        except smtplib.SMTPResponseException as error:
            raise self._answered(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._silent() from error
        return str(message["Message-ID"])

    def check(self) -> None:
        """Connect and log in, as for a message.

        Raises:
            Unreachable: that does not work.
        """
        try:
            with self._connected() as smtp:
                smtp.noop()
        except (smtplib.SMTPException, OSError) as error:
            raise self._silent() from error

    def _connected(self) -> smtplib.SMTP:
        """A session that is encrypted where it can be, and always where a password is sent.

        Raises:
            Unreachable: it does not let us in.
        """
        server, local = self.server, self.server.sender.rpartition("@")[2]
        smtp: smtplib.SMTP
        if server.encrypted:
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, local, timeout=SECONDS, context=self.trusted()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, local, timeout=SECONDS)
        try:
            smtp.ehlo_or_helo_if_needed()
            if not server.encrypted and smtp.has_extn("starttls"):
                smtp.starttls(context=self.trusted())
            elif server.password and not (server.encrypted or server.is_here):
                raise Unreachable(
                    f"{server.host} tilbyder ingen kryptering, og adgangskoden sendes ikke uden; "
                    "skriv smtps:// i OS2KB_SMTP_URL",
                    f"{server.host} offers no encryption, and the password is not sent without; "
                    "write smtps:// in OS2KB_SMTP_URL",
                )
            if server.password:
                smtp.login(server.user, server.password.get_secret_value())
        except smtplib.SMTPAuthenticationError as error:
            smtp.close()
            raise Unreachable(
                f"{server.host} kender os ikke; se efter bruger og adgangskode i OS2KB_SMTP_URL",
                f"{server.host} does not know us; check user and password in OS2KB_SMTP_URL",
            ) from error
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _message(self, to: str, subject: str, text: str, once: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        name, _, domain = to.rpartition("@")
        host = self.server.sender.rpartition("@")[2]
        try:
            address = Address(username=name, domain=domain.encode("idna").decode("ascii"))
        except (UnicodeError, ValueError) as error:
            raise Refused(
                f"{to} er ingen adresse, der kan sendes til",
                f"{to} is no address that can be sent to",
            ) from error
        message["To"] = address
        message["From"] = Address("os2kb", addr_spec=self.server.sender)
        # An encoded word (RFC 2047) would be read as what it encodes, which may be a line break.
        message["Subject"] = one_line(subject.replace("=?", "= ?"), _SUBJECT)
        message["Date"] = self.now()
        message["Message-ID"] = f"<{reference(once)}.{reference(to)}@{host}>"
        # https://www.rfc-editor.org/rfc/rfc3834: nobody's absence is told to a machine.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        body = in_mail(text, _LONGEST) + "\n"
        message.set_content(body, charset="utf-8", cte="quoted-printable")
        return message

    def _answered(self, code: int, said: bytes | str) -> Refused | Unreachable:
        """What a code of SMTP comes to: those from 500 hold for good."""
        if code < 500:
            return self._not_now(code, said)
        why = _told(code, said)
        return Refused(
            f"{self.server.host} afviste beskeden: {why}; er adressen rigtig?",
            f"{self.server.host} refused the message: {why}; is the address right?",
        )

    def _not_now(self, code: int, said: bytes | str) -> Unreachable:
        why = _told(code, said)
        return Unreachable(
            f"{self.server.host} tager ikke imod fra {self.server.sender} lige nu: {why}",
            f"{self.server.host} takes nothing from {self.server.sender} now: {why}",
        )

    def _silent(self) -> Unreachable:
        return Unreachable(
            f"{self.server.host}:{self.server.port} svarer ikke, som det skal; se efter i "
            "OS2KB_SMTP_URL",
            f"{self.server.host}:{self.server.port} does not answer as it should; check "
            "OS2KB_SMTP_URL",
        )


def _told(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {one_line(text, 200)}"
