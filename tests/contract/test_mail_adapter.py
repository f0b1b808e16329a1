"""The mail adapter against a real SMTP server on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from os2kb.chats.mail import Mail
from os2kb.chats.port import Refused, Unreachable
from os2kb.smtp_url import BadMailServer, read_smtp_url
from tests.fakes.mailbox import Mailbox, certified, running

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TO = "mailto:kim@os2demo.example"
LOGIN = "os2kb%40os2.example:p%40ss%2Fword@"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running() as server:
        yield server


def mail(server: Mailbox, scheme: str = "smtp", login: str = "", host: str = "127.0.0.1") -> Mail:
    url = f"{scheme}://{login}{host}:{server.port}?from=os2kb@os2.example"
    return Mail(read_smtp_url(url), lambda: NOW, lambda: certified()[1])


def test_a_mail_is_plain_text_in_utf_8_from_us_to_one(mailbox: Mailbox):
    mail(mailbox).tell(
        TO, "Fejl på skærme", "Kære Kim\nÆbler, øl og å 🎈\nhttps://a.example/7", "a"
    )
    (received,) = mailbox.received
    assert received["Subject"] == "Fejl på skærme"
    assert received["From"] == "os2kb <os2kb@os2.example>"
    assert received["To"] == "kim@os2demo.example"
    assert received["Date"].datetime == NOW
    assert received["Auto-Submitted"] == "auto-generated"
    assert received.get_content_type() == "text/plain"
    assert received.get_content() == "Kære Kim\r\nÆbler, øl og å 🎈\r\nhttps://a.example/7\r\n"
    assert mailbox.envelopes[0].rcpt_tos == ["kim@os2demo.example"]


def test_a_message_sent_again_has_the_same_id_and_no_two_recipients_share_one(mailbox: Mailbox):
    sender = mail(mailbox)
    first = sender.tell(TO, "a", "b", "once")
    assert sender.tell(TO, "a", "b", "once") == first
    assert [one["Message-ID"] for one in mailbox.received] == [first, first]
    assert sender.tell("mailto:bo@os2demo.example", "a", "b", "once") != first
    assert sender.tell(TO, "a", "b", "twice") != first


@pytest.mark.parametrize(
    "attack",
    [
        "Fejl\r\nBcc: bo@evil.example\r\n\r\nny brødtekst",
        "Fejl\nBcc: bo@evil.example",
        "Fejl\u2028Bcc: bo@evil.example\x0b\x0c\x85Bcc: x",
        "Fejl\0\ud800 =?utf-8?q?=0ABcc:_bo?=",
    ],
)
def test_no_header_can_be_put_in(mailbox: Mailbox, attack: str):
    mail(mailbox).tell(TO, attack, attack, attack)
    (received,) = mailbox.received
    assert mailbox.envelopes[0].rcpt_tos == ["kim@os2demo.example"]
    assert received["Bcc"] is None
    assert received["Subject"].startswith("Fejl")


@pytest.mark.parametrize(
    "to",
    [
        "mailto:kim@a.example,bo@evil.example",
        "mailto:kim@a.example?bcc=bo@evil.example",
        "mailto:kim@a.example\r\nBcc: bo@evil.example",
        "mailto:",
        "zulip:a/b",
    ],
)
def test_whoever_is_no_single_mailbox_is_told_nothing(mailbox: Mailbox, to: str):
    with pytest.raises(Refused):
        mail(mailbox).tell(to, "a", "b", "c")
    assert mailbox.received == []


def test_a_line_that_is_a_dot_ends_nothing(mailbox: Mailbox):
    mail(mailbox).tell(TO, "a", "før\n.\nefter", "a")
    assert mailbox.received[0].get_content() == "før\r\n.\r\nefter\r\n"


def test_a_domain_with_danish_letters_is_written_as_mail_servers_know_it(mailbox: Mailbox):
    mail(mailbox).tell("mailto:kim@ærø.example", "a", "b", "a")
    name, _, domain = mailbox.envelopes[0].rcpt_tos[0].partition("@")
    assert (name, domain.isascii()) == ("kim", True)
    assert domain.encode().decode("idna") == "ærø.example"


def test_a_password_is_sent_over_starttls_only():
    with running(login=True, tls=True) as server:
        mail(server, login=LOGIN).tell(TO, "a", "b", "a")
        assert len(server.received) == 1


def test_a_password_is_not_sent_to_another_machine_in_the_clear(mailbox: Mailbox):
    # This machine as well, on Linux, by an address that does not say so.
    with pytest.raises(Unreachable, match="smtps://"):
        mail(mailbox, login=LOGIN, host="0.0.0.0").tell(TO, "a", "b", "a")
    assert mailbox.received == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted():
    with running(tls=True) as server:
        url = f"smtp://127.0.0.1:{server.port}?from=os2kb@os2.example"
        with pytest.raises(Unreachable, match="OS2KB_SMTP_URL"):
            Mail(read_smtp_url(url), lambda: NOW).tell(TO, "a", "b", "a")
        assert server.received == []


def test_a_wrong_password_names_the_setting_and_never_the_password():
    with running(login=True, tls=True) as server:
        wrong = mail(server, login="os2kb%40os2.example:st4le@")
        with pytest.raises(Unreachable, match="OS2KB_SMTP_URL") as refused:
            wrong.tell(TO, "a", "b", "a")
        assert "st4le" not in str(refused.value.phrase)


def test_what_it_does_not_take_now_is_tried_again_and_what_it_never_takes_is_not(mailbox: Mailbox):
    sender = mail(mailbox)
    mailbox.refuses = ["451 greylisted", "554 spam"]
    with pytest.raises(Unreachable, match="451 greylisted"):
        sender.tell(TO, "a", "b", "a")
    with pytest.raises(Refused, match="554 spam"):
        sender.tell(TO, "a", "b", "a")
    mailbox.unknown = frozenset({"bo@os2demo.example"})
    with pytest.raises(Refused, match="no such mailbox"):
        sender.tell("mailto:bo@os2demo.example", "a", "b", "a")
    sender.tell(TO, "a", "b", "a")
    assert len(mailbox.received) == 1


def test_a_server_that_lets_us_send_nothing_is_tried_again_once_somebody_has_seen_to_it(
    mailbox: Mailbox,
):
    mailbox.lets_send = False
    with pytest.raises(Unreachable, match=r"553 .* sender not allowed"):
        mail(mailbox).tell(TO, "a", "b", "a")
    mailbox.lets_send = True
    mail(mailbox).tell(TO, "a", "b", "a")
    assert len(mailbox.received) == 1


def test_a_server_that_is_not_there_is_worth_another_try():
    gone = Mail(read_smtp_url("smtp://127.0.0.1:9?from=os2kb@os2.example"), lambda: NOW)
    with pytest.raises(Unreachable, match="OS2KB_SMTP_URL"):
        gone.tell(TO, "a", "b", "a")
    with pytest.raises(Unreachable):
        gone.check()


def test_a_server_is_checked_without_a_mail():
    with running(login=True, tls=True) as server:
        mail(server, login=LOGIN).check()
        assert server.received == []


def test_the_address_says_host_port_encryption_login_and_sender():
    read = read_smtp_url("smtps://os2kb%40os2.example:p%40ss@mail.example")
    assert (read.host, read.port, read.encrypted) == ("mail.example", 465, True)
    assert (read.user, read.sender) == ("os2kb@os2.example", "os2kb@os2.example")
    assert read.password is not None
    assert read.password.get_secret_value() == "p@ss"
    assert "p@ss" not in repr(read)
    assert read_smtp_url("smtp://mail.example?from=a@b.example").port == 587


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example?from=a@b.example",
        "smtp://?from=a@b.example",
        "smtp://mail.example",
        "smtp://user:secret@mail.example",
        "smtp://user@mail.example?from=a@b.example",
        "smtp://mail.example:port?from=a@b.example",
        "smtp://mail.example/folder?from=a@b.example",
        "smtp://mail.example?from=a@b.example%0d%0aBcc:c@d.example",
        "smtp://os2kb%40os2.example:secret%C3%B8@mail.example",
        "smtp://b%C3%B8b:secret@mail.example?from=a@b.example",
        "smtp://a:secret@mail.example?from=os2kb@r%C3%B8d.example",
        "smtp://a:secret@mail..example?from=a@b.example",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_secret(url: str):
    with pytest.raises(BadMailServer) as refused:
        read_smtp_url(url)
    assert "secret" not in str(refused.value)
