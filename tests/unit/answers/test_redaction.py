"""What identifies people is taken out of a prompt, and can come back only in a quote."""

import pytest

from os2kb.answers.redaction import Redaction


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Skriv til kontakt@os2.eu.", "Skriv til [email-1]."),
        ("Ring 87 65 43 21 eller +45 87654321", "Ring [phone-1] eller [phone-2]"),
        ("Ring +46 8 123 456 78", "Ring [phone-1]"),
        ("CPR 010190-1234", "CPR ██████-████"),
        ("Nøglen er ghp_" + "a1B2" * 9, "Nøglen er [secret]"),
        ("Den 04-06-2026 kl. 12:30 i sag 1234", "Den 04-06-2026 kl. 12:30 i sag 1234"),
        ("Version 2.1.3, 20.000 kr.", "Version 2.1.3, 20.000 kr."),
    ],
)
def test_addresses_numbers_and_secrets_are_redacted(text: str, redacted: str) -> None:
    assert Redaction().redact(text) == redacted


def test_the_same_address_is_the_same_placeholder_everywhere() -> None:
    redaction = Redaction()
    assert redaction.redact("a@os2.eu og b@os2.eu") == "[email-1] og [email-2]"
    assert redaction.redact("b@os2.eu") == "[email-2]"
    assert redaction.restore("Skriv til [email-2]") == "Skriv til b@os2.eu"


def test_what_is_gone_for_good_does_not_come_back() -> None:
    redaction = Redaction()
    redaction.redact("010190-1234")
    assert redaction.restore("██████-████ [secret]") == "██████-████ [secret]"


@pytest.mark.parametrize("piece", ["a", "a.", "12 ", "+45 ", "a@", "@", "1"])
@pytest.mark.timeout(30)
def test_a_hostile_text_does_not_hang(piece: str) -> None:
    Redaction().redact(piece * (300_000 // len(piece)))
