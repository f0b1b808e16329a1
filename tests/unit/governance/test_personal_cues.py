"""What looks like a CPR number, a private e-mail address or a telephone number, and what does not.

No number here is known to be anybody's: they were counted out from a day and modulus 11.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.personal.cpr import born, has_modulus, needs_modulus
from os2kb.governance.rules.text.personal_cues import personal_data

TODAY = date(2026, 3, 2)


def seen(text: str) -> dict[str, int]:
    """How many of each kind."""
    return {kind: len(found) for kind, found in personal_data(text, TODAY).items()}


@pytest.mark.parametrize(
    "text",
    [
        "Borgeren 030670-1010 kan ikke logge ind",
        "Borgeren 030670 1010 kan ikke logge ind",
        "Borgeren 0306701010 kan ikke logge ind",
        "030670\N{EN DASH}1010",
        "Borgeren 030670\N{NO-BREAK SPACE}1010 kan ikke logge ind",
        "Borgeren 0306**70**-1010 kan ikke logge ind",
        "Borgeren 030670&#45;1010 kan ikke logge ind",
        "```\nERROR user=030670-1010\n```",  # a log shows it as well
        "`030670-1010`",
        "https://example.org/borger?cpr=030670-1010",
        "<!-- 030670-1010 -->",
        "Født 1. januar: 010170-1234",  # these days have run out of numbers with modulus 11
        "Født efter 2007: 020308-4321",
        "CPR-nummer: 030670-1000",  # the words say what it is, whatever its modulus
        "cpr nr. 0306701000",
    ],
)
def test_a_cpr_number_is_seen(text: str) -> None:
    assert seen(text) == {"cpr": 1}


@pytest.mark.parametrize(
    "text",
    [
        "030670-1000",  # no modulus
        "320670-1007",  # no such day
        "310270-1007",
        "030640-5000",  # not born yet
        "CPR-nummer: 999999-9999",
        "konto 9212045210",
        "XG-9212045210",
        "run 12345678901234",
        "550e8400-e29b-030670-1010-0000",
        "id=0306701010",
        "`0306701010` og\n```\n0306701010\n```",
        "Vi brugte test-CPR 030670-1010",
        "fx det fiktive nummer 030670-1010",
        "Version 10.20.30, build 20240115-1030",
    ],
)
def test_other_digits_are_no_cpr_number(text: str) -> None:
    assert seen(text) == {}


@given(st.dates(date(1937, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_before_2007_a_number_has_its_modulus(day: date, serial: int) -> None:
    digits = f"{day:%d%m%y}{serial:04}"
    assert born(digits) == day
    is_seen = seen(f"{digits[:6]}-{digits[6:]}") == {"cpr": 1}
    assert is_seen == (has_modulus(digits) or not needs_modulus(day))


@pytest.mark.parametrize(
    ("digits", "year"),
    [
        ("0101993999", 1999),
        ("0101364000", 2036),
        ("0101374000", 1937),
        ("0101575000", 2057),
        ("0101585000", 1858),
        ("0101369000", 2036),
        ("0101379000", 1937),
    ],
)
def test_the_seventh_digit_tells_the_century(digits: str, year: int) -> None:
    assert born(digits) == date(year, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Skriv til bo.kim@gmail.com",
        "<bo@hotmail.dk>",
        "[mig](mailto:bo@outlook.com)",
        "bo+os2@ICLOUD.com",
        "søren@live.dk.",
    ],
)
def test_a_private_address_is_seen(text: str) -> None:
    assert seen(text) == {"email": 1}


@pytest.mark.parametrize(
    "text",
    [
        "bo@aarhus.example",
        "kontakt@gmail.com",
        "noreply@gmail.com",
        "os2display@gmail.com",
        "Signed-off-by: Bo <bo@gmail.com>",
        "Co-authored-by: Bo <bo@gmail.com>",
        "`git config user.email bo@gmail.com`",
        "    bo@gmail.com",
        "ssh://bo@gmail.com/x",
        "user@example.com",
    ],
)
def test_a_role_an_employer_and_code_are_not_private(text: str) -> None:
    assert seen(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Ring til mig på 23 45 67 89",
        "23 45 67 89",
        "+45 23456789",
        "0045 2345 6789",
        "(+45) 23 45 67 89",
        "tlf. 23456789",
        "Mobil: 2345 6789",
        "telefonnummer er 23-45-67-89",
    ],
)
def test_a_danish_telephone_number_is_seen(text: str) -> None:
    assert seen(text) == {"phone": 1}


@pytest.mark.parametrize(
    "text",
    [
        "23456789",
        "CVR 23456789",
        "2024 2025",
        "20 30 40 50",
        "12 34 56 78",
        "10.23.45.67",
        "v2.34.56.78",
        "23 45 67 89 10",
        "2026-03-02 23:45:67",
        "```\n23 45 67 89\n```",
        "at 0x23456789",
        "commit 23456789",
        "Supporten har telefon 23 45 67 89",
        "Hovednummer: +45 23 45 67 89",
        "https://example.org/23 45 67/89",
    ],
)
def test_versions_logs_and_switchboards_are_no_telephone_number(text: str) -> None:
    assert seen(text) == {}


def test_what_stands_twice_is_counted_twice() -> None:
    text = "bo@gmail.com, kim@gmail.com, 030670-1010\r\ntlf 23456789"
    assert seen(text) == {"cpr": 1, "email": 2, "phone": 1}


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    seen(f"{text} tlf 23456789")
