"""Mail by SMTP.

SMTP cannot tell what it was sent before: a message whose answer was lost is sent again under the
same Message-ID, and it is for the mailbox to show it once.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from os2kb.chats.letter import compose
from os2kb.chats.plain import one_line
from os2kb.chats.port import Refused, Unreachable
from os2kb.policy.recipient import is_mailbox
from os2kb.smtp_url import MailServer

SECONDS = 20.0
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
        recipient = to.removeprefix("mailto:")
        message = compose(self.server.sender, recipient, subject, text, once, self.now())
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
