"""What in a text is somebody's CPR number, private e-mail address or telephone number.

A wrong alarm tells people not to listen, so a number must have more than the form: a CPR number its
date and its modulus, a telephone number the way Danes write it or a word that says so.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Literal

from index.masking import CPR, EMAIL, cpr_digits, is_shared_mailbox
from index.personal.cpr import born, has_modulus, needs_modulus

Kind = Literal["cpr", "email", "phone"]

_SAYS_CPR = re.compile(
    r"\b(?:cpr|person-?nummer|p-?nr)[\w-]*\W{0,3}(?:\w+\W{1,2}){0,2}$", re.IGNORECASE
)
_MADE_UP = re.compile(
    r"\btest[- ]?(?:cpr|person|bruger|borger|data|numm?er)"
    r"|\b(?:fiktiv|eksempel|example|dummy)(?!\.\w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\w{2,10}://\S+|\bwww\.\S+")
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|protonmail"
    r"|proton|pm|mail|jubii|ofir|sol|forum|privat|youmail|webspeed|stofanet|tdcadsl|tdcspace"
    r"|get2net|tele2adsl|mail\.tele|post\.tele|post\.cybercity|post6\.tele|fasttv|energimail"
    r"|profibermail|waoomail|kabelmail|email|mail1\.stofanet|dlgtele|fibermail|nrn|altiboxmail)"
    r"\.(?:com|dk|net|de|me|org|co\.uk)",
    re.IGNORECASE,
)
_TRAILER = re.compile(r"^\s*[\w-]+-by:", re.IGNORECASE)

_EIGHT = r"[2-9]\d(?:[ ]?\d\d){3}|[2-9]\d{3}[ ]\d{4}|[2-9]\d(?:[-.]\d\d){3}"
_PHONE = re.compile(
    r"(?<![\w+.,/:=#-])(?<!\d )(?:"
    rf"(?P<code>(?:\(?\+45\)?|0045)[ -]?(?:{_EIGHT}))"
    r"|(?P<pairs>[2-9]\d(?:[ ]\d\d){3})"
    rf"|(?P<bare>{_EIGHT})"
    r")(?![\w/=-]|[.,:]\d|[ ]\d)"
)
_SAYS_PHONE = re.compile(
    r"\b(?:tlf|tel|telefon\w*|mobil\w*|mob|ring|ringe|træffes|sms|phone|call|cell)\b"
    r"\W{0,3}(?:\w+\W{1,2}){0,2}$",
    re.IGNORECASE,
)
_ROLE_PHONE = re.compile(
    r"hoved(?:nummer|telefon)|hotline|servicedesk|service ?desk|helpdesk|support|omstilling"
    r"|kundeservice|borgerservice|vagttelefon|switchboard",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\d0(?: \d0){3}")
_MOST = 5_000  # of each form are looked at; a text with more is a table
_BEFORE = 40  # characters that may say what a number is


def may_hold(text: str) -> bool:
    """Whether it is worth reading a text for it, which costs far more."""
    return any(form.search(text) for form in (CPR, EMAIL, _PHONE))


def personal_in(shown: str, today: date, whole: str = "") -> Mapping[Kind, frozenset[str]]:
    """What of each kind a text holds, each once; kinds it holds none of are left out.

    Args:
        shown: the text without code and logs, in which digits are mostly something else.
        today: nobody is born later.
        whole: with them; a CPR number with its hyphen is one wherever it stands.
    """
    shown = _ADDRESS.sub(" ", shown)
    lines = [line for line in shown.split("\n") if not _TRAILER.match(line)]
    held: Mapping[Kind, frozenset[str]] = {
        "cpr": _cpr_numbers(whole or shown, today, hyphen=True)
        | _cpr_numbers(shown, today, hyphen=False),
        "email": frozenset(
            match[0].casefold() for match in _found(EMAIL, *lines) if _is_private(match)
        ),
        "phone": frozenset(
            "".join(filter(str.isdigit, match[0]))[-8:]  # with its country code or without
            for match in _found(_PHONE, *lines)
            if _is_phone(match)
        ),
    }
    return {kind: found for kind, found in held.items() if found}


def _cpr_numbers(text: str, today: date, *, hyphen: bool) -> frozenset[str]:
    found = (match for match in _found(CPR, text) if bool(match["hyphen"]) is hyphen)
    return frozenset(cpr_digits(match) for match in found if _is_cpr(match, today))


def _found(form: re.Pattern[str], *texts: str) -> Iterator[re.Match[str]]:
    return islice((match for text in texts for match in form.finditer(text)), _MOST)


def _is_cpr(match: re.Match[str], today: date) -> bool:
    """By its date and modulus; by its date alone where the words before it say what it is."""
    digits = cpr_digits(match)
    day = born(digits)
    if day is None or day > today or _MADE_UP.search(_line(match)):
        return False
    if _SAYS_CPR.search(_before(match)):
        return True
    if not match["hyphen"]:
        return has_modulus(digits) and _before(match)[-1:] not in tuple("=#/:_.")
    return has_modulus(digits) or not needs_modulus(day)


def _is_private(match: re.Match[str]) -> bool:
    name, domain = match["name"], match["domain"]
    return _PRIVATE.fullmatch(domain) is not None and not is_shared_mailbox(name, domain)


def _is_phone(match: re.Match[str]) -> bool:
    if _ROLE_PHONE.search(_line(match)):
        return False
    if match["code"] or _SAYS_PHONE.search(_before(match)):
        return True
    return bool(match["pairs"]) and not _ROUND.fullmatch(match["pairs"])


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _BEFORE) : match.start()]


def _line(match: re.Match[str]) -> str:
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return match.string[start : end if end >= 0 else None][:500]
