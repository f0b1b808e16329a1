"""What is masked wherever a text is kept, shown or sent, and what is not."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.masking import (
    MASK,
    MASKED_PHONE,
    MASKED_SECRET,
    SECRET,
    mask,
    mask_cpr,
    may_hold_secret,
)
from index.reading.decoding import split_lines


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
        "01.01.90-1234",
        "01-01-90-1234",
        "01/01/90 – 1234",
        "01 01 90-1234",
        "01 01 90 1234",
        "01\u00a001\u00a090\u00a01234",
    ],
)
def test_a_cpr_number_is_masked(number: str) -> None:
    assert mask(f"Borgeren ({number}) klager.") == f"Borgeren ({MASK}) klager."
    assert mask_cpr(f"Borgeren ({number}) klager.") == f"Borgeren ({MASK}) klager."


@pytest.mark.parametrize(
    "number",
    [
        "010190\u00a01234",
        "010190\u00a0-\u00a01234",
        "010190\u20091234",
        "010190  1234",
        "010190\u00ad1234",
        "010190\u00ad-1234",
        "0101\u200b901234",
        "0\u20601\ufeff0190-1234",
        "010190\uff0d1234",
        "010190\ufe631234",
        "０１０１９０-１２３４",
        "010190\\-1234",
        "0101**90**-1234",
        "**010190**-1234",
        "010190<b>-</b>1234",
        "010190<!-- -->-1234",
        "010190&nbsp;1234",
        "010190&shy;1234",
        "010190&#45;1234",
        "010190&#173;1234",
    ],
)
def test_what_is_not_seen_between_its_digits_hides_no_cpr_number(number: str) -> None:
    masked = mask(f"Borgeren {number} klager.")
    assert not any(character.isdigit() for character in masked)
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "01.01.90 1234",  # a date and a time
        "01.01.1990-1234",
        "32.01.90-1234",
        "01.13.90-1234",
        "01.01-90-1234",
        "1.01.01.90-1234",
        "20 01 01 90 1234",
        "2020-01-01-1234",
        "01 01 90 12345",
    ],
)
def test_a_date_and_a_longer_number_are_no_cpr_number(text: str) -> None:
    assert mask_cpr(text) == text


@pytest.mark.parametrize("broken", ["-\n", "-\r\n", "-\r", " -\n  ", "\u00ad\n", "‐\n"])
def test_a_cpr_number_broken_over_a_line_is_masked_and_the_lines_stand(broken: str) -> None:
    breaks = broken.strip(" -\u00ad‐")
    assert mask(f"Om 010190{broken}1234 her") == f"Om {MASK}{breaks} her"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Skriv til ida.hansen@aarhus.dk.", "Skriv til ██████@██████."),
        ("[Bo](mailto:bo@kommune.dk)", "[Bo](mailto:██████@██████)"),
        ("bærbar_ida@gmail.com", "██████@██████"),
        ("Ring 87 65 43 21 eller +45 87654321", f"Ring {MASKED_PHONE} eller {MASKED_PHONE}"),
        ("Ring til 87654321.", f"Ring til {MASKED_PHONE}."),
        ("tlf. 87654321", f"tlf. {MASKED_PHONE}"),
        ("tlf.\u00a087654321", f"tlf.\u00a0{MASKED_PHONE}"),
        ("Ring 87\u00a065\u00a043\u00a021", f"Ring {MASKED_PHONE}"),
        ("+45\u202f87\u202f65\u202f43\u202f21", MASKED_PHONE),
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
        "| 010190 | 1234 |",
        "<td>010190</td><td>1234</td>",
        "Antal i 010190\n- 1234 stykker",  # a list
        "010190    1234",  # columns
        "1\u00a0010\u00a0190\u00a01234",
        "991231\u00a01234",
        "2026-03-02 - 1234",
        "012345\n-\n6789",
    ],
)
def test_other_numbers_stand(text: str) -> None:
    assert mask(text) == text


ODD = (
    st.text(alphabet="0123456789- \n+@.aæ:/ptlf", max_size=80)
    | st.text(alphabet="01- \r\n\u00a0\u00ad\u200b*\\<b>", max_size=80)
    | st.text()
)


@given(ODD)
def test_lines_are_never_joined_or_added(text: str) -> None:
    assert len(split_lines(mask(text))) == len(split_lines(text))


@given(ODD)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a.", "12 ", "+45 ", "a@", "@", "1", "://a:", "-----BEGIN "),
        *("010190 ", "010190-\n", "0\u200b", "0**", "&shy;0", "<b>0", "010190" + "<b>" * 4),
    ],
)
@pytest.mark.timeout(30)
def test_a_hostile_text_does_not_hang(piece: str) -> None:
    mask(piece * (300_000 // len(piece)))


SECRETS = (
    "ghp_" + "a1B2" * 9,
    "github_pat_" + "a1B2" * 9,
    "glpat-" + "a1B2" * 9,
    "ATATT3" + "a1B2" * 9,
    "AKIA" + "A1B2" * 4,
    "xoxb-" + "a1B2" * 4,
    "sk-" + "a1B2" * 9,
    "eyJ" + "a1B2" * 9 + ".eyJ" + "a1B2" * 9 + "." + "a1B2" * 9,
    "-----BEGIN PRIVATE KEY-----",
    "//ida:kodeord1@host".join(["https:", ""]),
    *(f"{word}: a1b2c3d4" for word in ("adgangskode", "kodeord", "password", "passwd", "api key")),
    *(f"{word} = a1b2c3d4" for word in ("token", "secret", "apikey", "api_key")),
)
BEYOND_ASCII = "".join(map(chr, range(0x80, 0x3000)))
SAME_LETTERS = {
    letter: re.findall(letter, BEYOND_ASCII, re.IGNORECASE) for letter in string.ascii_letters
}


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_however_its_letters_are_written(secret: str) -> None:
    """A pattern that ignores case takes a few other letters for Latin ones, such as ſ for s."""
    others = [
        secret.replace(letter, other) for letter, same in SAME_LETTERS.items() for other in same
    ]
    for one in {secret, secret.upper(), secret.lower(), *others}:
        if SECRET.search(one):
            assert may_hold_secret(one)
    assert SECRET.search(secret)
