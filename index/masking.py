"""Personal data and secrets are masked before anything is indexed, quoted, sent or logged.

`mask` is the one function for it: documents go through it when they are read, so that no index,
snippet, answer, prompt or embedding endpoint can hold what it hides; questions go through it before
they leave the process or are kept.

A role's mailbox (`kontakt@…`, `os2@os2.eu`) belongs to nobody and is often the answer, so it is
shown. What is masked leaves a mark of its own length and form, and its line stands where it stood.
"""

import re

MASK = "██████-████"
MASKED_EMAIL = "██████@██████"
MASKED_PHONE = "██ ██ ██ ██"
MASKED_SECRET = "████████"  # noqa: S105 - a mark

# What stands between the digits of a number and is not seen: Word and PDF put soft hyphens and
# joiners of no width there, people emphasise a part, and pages write some of it as entities.
_UNSEEN = (
    r"(?:[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\*{1,3}|&(?:shy|zwn?j|\#x?(?:ad|173));"
    r"|</?(?:b|i|u|em|strong|span|mark|wbr)\b[^<>\n]{0,60}>|<!--[^<>\n]{0,60}-->){0,4}"
)
_SPACE = r"(?:[^\S\r\n]|&(?:nbsp|thinsp|\#x?(?:a0|160));)"
_HYPHEN = (
    r"(?:\\?[-\u00ad\u02d7\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]"
    r"|&(?:shy|[mn]dash|minus|hyphen|\#(?:45|173|82(?:0[89]|1[0-3])|8722));)"
)
_GAP = f"{_UNSEEN}(?:{_SPACE}{_UNSEEN}){{0,3}}"


def _digits(count: int) -> str:
    return _UNSEEN.join([r"\d"] * count)


# The date as people part it: 01.01.90-1234, or all with blanks. A sign and then a blank is a date
# and a time.
_PARTED = rf"(?<!\d[./ ])\d\d(?P<part>(?P<sign>[-./])|{_SPACE})\d\d(?P=part)\d\d"

# A CPR number is a date of birth (ddmmyy) and four digits: https://cpr.dk/cpr-systemet/opbygning-af-cpr-nummeret
# Digits or a hyphen on either side mean a longer number (a UUID, an account, a timestamp). A line
# may end after the hyphen; without one, two lines are two numbers, one below the other.
CPR = re.compile(
    rf"(?=\d)(?<!\d)(?<!\d-)(?:{_digits(6)}|{_PARTED})"  # a digit first: that is sought fast
    rf"(?:{_GAP}(?P<hyphen>{_HYPHEN}){_GAP}(?:(?:\r\n?|\n){_GAP})?|(?(sign)(?!)|{_GAP}))"
    rf"{_digits(4)}(?!-?\d)",
    re.IGNORECASE,
)
_NO_DIGITS = re.compile(r"&#?\w{1,8};|<[^<>]{0,80}>|\D")
_REPLACEMENT_DAYS = 60  # a replacement CPR number (erstatningspersonnummer) has 60 added to its day

# Forms that their issuers document, and the commonest ways to write a password beside its name.
# A form may follow an underscore, as in a branch's name, so it begins where no letter or digit is.
SECRET = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:
        gh[pousr]_[A-Za-z0-9]{20,255}\b | github_pat_\w{20,255}\b      # GitHub
      | glpat-[\w-]{20,64}\b                                           # GitLab
      | ATATT3[\w=-]{20,300}                                           # Atlassian
      | AKIA[0-9A-Z]{16}\b                                             # AWS
      | xox[abeprs]-[\w-]{10,255}                                      # Slack
      | sk-[\w-]{20,255}\b                                             # language model providers
      | eyJ[\w-]{8,400}\.eyJ[\w-]{8,4000}\.[\w-]{8,4000}               # JSON Web Token
      )
    | -----BEGIN[ ][A-Z ]{0,30}PRIVATE[ ]KEY-----(?:\s*[A-Za-z0-9+/=]{20,}){0,200}
    | (?<=://)[^\s/:@]{1,100}:[^\s/@]{1,200}(?=@)                      # user:password@host
    | \b(?:adgangskode|kodeord|password|passwd|api[-_ ]?key|token|secret)
      (?:e?n|et)?[ ]?(?:[:=]|er:?[ ]|is:?[ ])[ ]?["'`]?(?=\S{0,80}\d)[^\s"'`]{8,200}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# One of these stands in every secret, in small letters. Looking for them takes a tenth of the time.
_SIGNS = (
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "hub_pat_", "glpat-", "atatt3", "aki", "xox", "sk-"),
    *("eyj", "-----", "://", "adgangskode", "kodeord", "passw", "api", "token", "secret"),
)

EMAIL = re.compile(
    r"(?<![\w.+-])(?P<name>[\w.+-]{1,64})@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"
)
# Mailboxes of a role, by the first part of their name; the last row are examples.
_ROLES = """
kontakt contact info post postmaster hello hej mail support hotline help hjælp helpdesk servicedesk
drift ops admin administrator webmaster abuse security sikkerhed dpo gdpr faktura invoice bogholderi
økonomi sekretariat sekretariatet kommunikation presse press salg sales job nyhedsbrev newsletter
noreply no-reply udvikling dev team open opensource kommune bibliotek
git user name navn email e-mail example test editor service service-account
"""
_IS_ROLE = frozenset(_ROLES.split())
_PARTS = re.compile(r"[.+_]")

# Telephone numbers: with a country code, in pairs or fours as Danes write them, or eight digits
# after a word that says so. Eight bare digits may be a CVR number, an account or a date.
_BLANK = r"[ \u00a0\u2000-\u200a\u202f]"  # as Word keeps a number on one line
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?:"
    rf"\+\d{{2,3}}(?:(?:{_BLANK}|[-\u2010\u2011])?\d{{1,4}}){{2,6}}"
    rf"|\d{{2}}(?:{_BLANK}\d{{2}}){{3}}|\d{{4}}{_BLANK}\d{{4}}"
    rf")(?![\w/-]|[.,]\d|{_BLANK}\d)"
    rf"|(?<=[:.]|{_BLANK})(?P<digits>\d{{8}})(?!\w|[.,/-]\d)"
)
_BEFORE_A_PHONE = re.compile(
    r"\b(?:tlf|tel|telefon\w*|mobil\w*|ring(?:\s(?:til|på))?|sms|phone|call|cell)[\s:.]{1,3}$",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text without CPR numbers, secrets, private e-mail addresses and telephone numbers.

    Line breaks are never touched, and masking twice is masking once.
    """
    text = mask_cpr(text)
    if may_hold_secret(text):
        text = SECRET.sub(_masked_secret, text)
    if "@" in text:
        text = EMAIL.sub(_masked_email, text)
    return _PHONE.sub(_masked_phone, text)


def may_hold_secret(text: str) -> bool:
    """Whether it is worth looking for one, which takes ten times as long."""
    small = text.casefold().replace("ı", "i")  # as a pattern that ignores case sees it
    return any(sign in small for sign in _SIGNS)


def mask_cpr(text: str) -> str:
    """Put `██████-████` in the place of every Danish CPR number.

    Numbers with a hyphen (`ddmmyy-xxxx`) are always masked; ten digits on end or parted by up to
    three spaces, and those whose date is parted (`dd.mm.yy-xxxx`, `dd mm yy xxxx`), where the first
    four are a possible day and month.
    """
    return CPR.sub(_masked_cpr, text)


def cpr_digits(match: re.Match[str]) -> str:
    """The ten digits of what `CPR` found, without what stands between them."""
    return _NO_DIGITS.sub("", match[0])


def _masked_cpr(match: re.Match[str]) -> str:
    # With its hyphen the form alone gives it away; any other must also hold a date, since such
    # digits might stand in a document for something else.
    by_form = match["hyphen"] and not match["part"]
    return MASK + _line_breaks(match[0]) if by_form or _is_date(match) else match[0]


def _line_breaks(text: str) -> str:
    return "".join(character for character in text if character in "\r\n")


def _is_date(match: re.Match[str]) -> bool:
    digits = cpr_digits(match)
    day, month = int(digits[:2]), int(digits[2:4])
    if day > _REPLACEMENT_DAYS:
        day -= _REPLACEMENT_DAYS
    return 1 <= day <= 31 and 1 <= month <= 12


def _masked_secret(match: re.Match[str]) -> str:
    return MASKED_SECRET + _line_breaks(match[0])


def _masked_email(match: re.Match[str]) -> str:
    return match[0] if is_shared_mailbox(match["name"], match["domain"]) else MASKED_EMAIL


def is_shared_mailbox(name: str, domain: str) -> bool:
    """Whether an address is a role's or an organisation's, or only an example."""
    name, domain = name.lower(), domain.lower()
    first = _PARTS.split(name)[0]
    return (
        name in _IS_ROLE
        or first in _IS_ROLE
        or first.startswith("os2")
        or first in domain.split(".")
    )


def _masked_phone(match: re.Match[str]) -> str:
    if match["digits"]:
        before = match.string[max(0, match.start() - 20) : match.start()]
        if not _BEFORE_A_PHONE.search(before):
            return match[0]
    return MASKED_PHONE
