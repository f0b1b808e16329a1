"""What is masked wherever a text is kept, shown or sent, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.masking import MASK, MASKED_PHONE, MASKED_SECRET, mask, mask_cpr


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234",
        "311299-0000",
        "0101901234",
        "010190 1234",
        "010190–1234",
        "010190 - 1234",
        "610190-1234",  # a replacement number: 60 added to the day
        "6101901234",
        "999999-9999",  # with a hyphen the form alone gives it away
    ],
)
def test_a_cpr_number_is_masked(number: str) -> None:
    assert mask(f"Borgeren ({number}) klager.") == f"Borgeren ({MASK}) klager."
    assert mask_cpr(f"Borgeren ({number}) klager.") == f"Borgeren ({MASK}) klager."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Skriv til ida.hansen@aarhus.dk.", "Skriv til ██████@██████."),
        ("[Bo](mailto:bo@kommune.dk)", "[Bo](mailto:██████@██████)"),
        ("bærbar_ida@gmail.com", "██████@██████"),
        ("Ring 87 65 43 21 eller +45 87654321", f"Ring {MASKED_PHONE} eller {MASKED_PHONE}"),
        ("Ring til 87654321.", f"Ring til {MASKED_PHONE}."),
        ("tlf. 87654321", f"tlf. {MASKED_PHONE}"),
        ("tlf.: 8765 4321", f"tlf.: {MASKED_PHONE}"),
        ("Ring +46 8 123 456 78", f"Ring {MASKED_PHONE}"),
        ("Nøglen er ghp_" + "a1B2" * 9, f"Nøglen er {MASKED_SECRET}"),
        ("git clone https://ida:hund2024@os2.eu/x", f"git clone https://{MASKED_SECRET}@os2.eu/x"),
    ],
)
def test_private_addresses_numbers_and_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Skriv til kontakt@kommune.dk eller os2@os2.eu.",
        "Fakturaer sendes til faktura@os2.eu, fejl til support@bellcom.dk",
        "Om projektet: os2borgerpc@os2.eu",
        "aarhus@aarhus.dk er kommunens egen",
        "navn@example.org er kun et eksempel",
        "git clone git@github.com:os2display/api.git",
    ],
)
def test_a_mailbox_that_belongs_to_nobody_is_shown(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Sag 9912311234",  # no date: month 12 of day 99
        "2026-03-02T09:30",
        "20260302-12345",
        "123e4567-e89b-12d3-a456-426614174000",
        "kontonummer 1234-0101901234567",
        "010190-12345",
        "1010190-1234",
        "010190\n1234",
        "CVR 41849983 og konto 41849983",
        "OS2 EAN: 5790002750595",
        "Den 04-06-2026 kl. 12:30 i sag 1234",
        "Version 2.1.3, 20.000 kr., 10 20 30",
        "den 20260302",
        "| 10 | 20 | 30 | 40 |",
    ],
)
def test_other_numbers_stand(text: str) -> None:
    assert mask(text) == text


ODD = st.text(alphabet="0123456789- \n+@.aæ:/ptlf", max_size=80) | st.text()


@given(ODD)
def test_lines_are_never_joined_or_added(text: str) -> None:
    assert mask(text).count("\n") == text.count("\n")


@given(ODD)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "piece", ["a", "a.", "12 ", "+45 ", "a@", "@", "1", "://a:", "-----BEGIN "]
)
@pytest.mark.timeout(30)
def test_a_hostile_text_does_not_hang(piece: str) -> None:
    mask(piece * (300_000 // len(piece)))
