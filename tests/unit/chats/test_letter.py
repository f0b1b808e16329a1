"""A mail has the headers that we give it, whatever its subject and its text say."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.chats.letter import compose
from os2kb.chats.plain import one_line

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
HEADERS = {
    *("To", "From", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
}


@given(st.text(), st.text())
@example("=?utf-8?q?=0ABcc:_bo@evil.example?=", "")
@example("Fejl\r\nBcc: bo@evil.example", "\r\n.\r\nRCPT TO:<bo@evil.example>")
@example("x" * 5_000, "y" * 200_000)
@example("\ud800\0", "\ud800\0")
def test_no_text_puts_in_a_header_or_ends_the_mail(subject: str, text: str):
    sent = compose("os2kb@os2.example", "kim@os2demo.example", subject, text, "a", AT).as_bytes()
    assert sent.isascii(), "every mail server takes it"
    assert max(map(len, sent.split(b"\r\n"))) <= 998, "RFC 5322"
    assert b"\n" not in sent.replace(b"\r\n", b"")
    read = message_from_bytes(sent, policy=default)
    assert set(read.keys()) == HEADERS
    assert len(read.keys()) == len(HEADERS)
    assert read["To"] == "kim@os2demo.example"
    said = one_line(subject.replace("=?", "= ?"), 200)
    assert "".join(read["Subject"].split()) == "".join(said.split())
