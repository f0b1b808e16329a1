"""What in a sentence says that something was decided, and what says that it was not."""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from os2kb.decisions.dates import date_in

NO_ENTRY = 0.5
"""The confidence of what is told, and not proposed unless it is asked for."""
_LONGEST = 800  # characters of a sentence that are looked at
_WHO = (
    r"(?:os2-?)?(?:styregruppen?|koordinationsgruppen?|koordinationgruppen|bestyrelsen|"
    r"sekretariatet|arbejdsgruppen|projektgruppen|brugergruppen|generalforsamlingen|"
    r"kommunalbestyrelsen|direktionen|gruppen|[\wæøå-]{0,30}udvalget|[\wæøå-]{0,30}rådet|"
    r"mødet|deltagerne|kredsen|teamet|netværket|vi)"
)
_FILL = r"(?:[\wæøåÆØÅ-]+,? ){0,4}?"
_ACTS = (
    r"(?:besluttede|vedtog|godkendte|tiltrådte|tilsluttede sig|accepterede|ratificerede|"
    r"bekræftede|afviste|forkastede|valgte|udpegede|nedsatte|prioriterede|aftalte|bevilgede|"
    r"bemyndigede|beslutter|vedtager|godkender|tiltræder|tilslutter sig|ratificerer|bemyndiger|"
    r"bevilger|nedsætter|pålagde|pålægger|afviser|forkaster|"
    r"(?:gav|giver) (?:mandat|sin tilslutning) til)"
)
_DONE = (
    r"(?:besluttet|vedtaget|godkendt|tiltrådt|ratificeret|accepteret|afvist|forkastet|tilsluttet)"
)
_ENDS = r"(?=[.,;:!)]|$| (?:af|den|d\.|på|med|uden|at|som|ved|i|til|for|fra|enstemmigt|\())"

# The first of these that a sentence holds is what it says; each with how surely it is a decision.
# With the group `before`, what was decided stands before it.
_SAYS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (sure, re.compile(pattern, re.IGNORECASE))
    for sure, pattern in (
        (
            0.95,
            rf"\b(?:det|der) (?:blev|bliver|er|er blevet) {_FILL}"
            r"(?:besluttet|vedtaget|aftalt)\b",
        ),
        (0.95, rf"\b(?:blev|bliver|er) (?:det|der) {_FILL}(?:besluttet|vedtaget)\b"),
        (0.95, r"\b(?:det )?(?:besluttedes|vedtoges)\b"),
        (0.9, r"\bdet aftal(?:es|tes)\b"),
        (0.95, rf"\b{_WHO} {_FILL}{_ACTS}\b"),
        (0.9, rf"\b{_WHO} har {_FILL}{_DONE}\b"),
        (0.9, rf"\b{_ACTS} {_WHO}\b"),
        (0.9, rf"\b(?:har|havde) {_WHO} {_FILL}{_DONE}\b"),
        (
            0.9,
            r"\bindstilling(?:en|erne|ens)? .{0,60}?"
            r"(?:tiltr(?:ådt|ædes|ådtes)|godkendt|fulgt|følges)\b",
        ),
        (
            0.85,
            r"\b(?:truffet|tog|traf|tages|træffes|blev taget) "
            r"(?:en |den |følgende |endelig )?beslutning(?:en|er)? om\b",
        ),
        (0.8, r"\bhar (?:\w+ ){0,3}?besluttet(?=,? (?:ikke )?at\b)"),
        (
            0.8,
            r"(?P<before>)\b(?:blev|er|er blevet) "
            r"(?:(?:gennemgået|drøftet|fremlagt|behandlet|forelagt) og |"
            r"enstemmigt |endeligt? |nu |hermed |dermed |således |herefter )?"
            rf"{_DONE}{_ENDS}",
        ),
        (
            0.8,  # “Efter en debat blev strategien vedtaget”
            rf"(?P<before>)\b(?:blev|bliver) (?:[\w/-]+ ){{1,5}}?"
            rf"(?:vedtaget|godkendt|tiltrådt){_ENDS}",
        ),
        (
            0.8,
            r"(?P<before>)\b(?<!der )(?:blev|bliver|er) (?:[\w/-]+ ){0,4}?"
            r"(?:(?:gen|ny)?valgt|udpeget|konstitueret) "
            r"(?:som|til (?:[\w-]*formand|medlem|[\w-]*(?:bestyrelse|gruppe|udvalg)))",
        ),
        (0.8, r"(?P<before>)\b(?:gen|ny)?valgtes\b"),
        (0.75, r"(?P<before>)^\W*(?:(?:[\w./-]+ ){0,4}(?:gen|ny)valgt|valgt blev)\b"),
        (
            0.75,  # “Hjemmesiden flyttes. (Vedtaget)”
            r"(?P<before>)[(\[–—-] ?(?:enstemmigt )?"
            r"(?:vedtaget|besluttet|godkendt|tiltrådt|aftalt)[)\]]?[.!]?$",
        ),
        (0.75, r"^\W*(?:bred |fuld |generel )?enighed om\b"),
        (0.75, r"\b(?:enedes|(?:blev|er|var) (?:\w+ ){0,4}?enige) om\b"),
        (0.75, r"\bder (?:blev|er|var|blev opnået) (?:bred |fuld |generel )?enighed om\b"),
        (0.7, rf"\b{_WHO} {_FILL}bakke(?:de|r) op om\b"),
        (0.7, r"\bder (?:var|er) (?:bred |fuld |generel )?(?:opbakning|tilslutning) til\b"),
        (0.7, r"\b(?:var|er) der (?:bred |fuld |generel )?(?:opbakning|tilslutning) til\b"),
        (0.7, r"\b(?:konkluderede|aftalen (?:er|blev)),? at\b"),
        (0.8, r"(?P<before>)\bforslag(?:et)? .{0,60}?\b(?:afvises|vedtages|imødekommes)\b"),
        (0.7, r"\baftalt,? at\b"),
        (0.7, r"\bder blev (?:valgt|udpeget|nedsat)\b"),
        (
            0.65,
            r"(?P<before>)^\W*vi (?:går videre med|vælger|fastholder|dropper|skifter til)\b"
            r"(?! (?:næste|dagsordenen|punkt))",
        ),
        (0.65, r"(?P<before>)\bder afsættes .{1,40}\bkr\b"),
        (0.6, r"(?P<before>)\bblev (?:\w+ ){0,3}?fastlagt\b"),
    )
)  # fmt: skip
_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "foråret|sommeren|efteråret|vinteren"
)
_BY = re.compile(r",? (?:af|i|på|fra) [\w-]{1,40}")
_SHORT = re.compile(
    r"(?:referat: ?)?(?:enstemmigt |indstillingen |forslaget )?(?:blev |er )?"
    r"(?:godkendt|vedtaget|tiltrådt|besluttet|afvist|forkastet|godkendes|vedtages|tiltrædes|følges|"
    r"tilslutning|tilsluttet)(?: enstemmigt)?"
    r"(?: uden (?:bemærkninger|kommentarer)| som indstillet| med .{1,120})?[.!]?",
    re.IGNORECASE,
)
_NOT_DECIDED = re.compile(
    r"\b(?:ikke (?:\w+ ){0,2}?(?:besluttet|godkendt|vedtaget|truffet)|ingen beslutning|"
    r"(?:skal|bør|kan|vil|kunne|skulle|må) (?:\w+,? ){0,5}?"
    r"(?:besluttes|godkendes|vedtages|beslutte|godkende|vedtage|tage stilling)|"
    r"til (?:endelig )?(?:godkendelse|beslutning|vedtagelse)\b(?! af)|"
    r"(?:forventes|afventer|mangler|ønskes|søges|anmodes|foreslås|foreslog|foreslår|indstilles|"
    r"indstiller)\b|(?:hvis|såfremt|så snart|når|indtil|inden|før|medmindre|om) (?:\w+ ){0,6}?"
    r"(?:er|bliver|er blevet|har) (?:\w+ ){0,2}?"
    r"(?:besluttet|godkendt|vedtaget|ratificeret|tiltrådt)|"
    r"(?:hvis|såfremt|så snart|når|indtil|inden|før|medmindre|om) (?:\w+ ){0,4}?"
    r"(?:beslutter|godkender|vedtager|ratificerer|tiltræder)|"
    r"(?:tidligere|allerede|sidst) (?:\w+ ){0,3}?(?:besluttet|godkendt|vedtaget|aftalt)|"
    r"(?:sidste|forrige|seneste|foregående|tidligere) (?:\w*møder?|år)\b|"
    rf"mødet i (?:{_MONTHS})\b|"
    r"som (?:\w+ ){0,3}?(?:besluttet|aftalt|vedtaget)|"
    r"(?:blev|er) (?:\w+ ){0,3}?(?:udsat|udskudt til|trukket))",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"\b(?:referat(?:et|er|erne)?|dagsorden(?:en)?|mødereferat(?:et)?)\b.{0,80}?"
    r"\b(?:godkendt|godkendte|godkendes|godkendelse|vedtaget)\b|"
    r"\bgodkend(?:te|er|t|else)\b.{0,40}?\b(?:referat(?:et)?|dagsorden(?:en)?)\b|"
    r"\bvalgt(?:e|es)?\b.{0,60}?\b(?:dirigent|referent|ordstyrer|mødeleder|stemmetæller)|"
    r"\bsom (?:dirigent|referent|ordstyrer|mødeleder|stemmetællere?)\b.{0,40}?\bvalgt(?:e|es)?\b",
    re.IGNORECASE,
)
_NEXT_MEETING = re.compile(r"\bnæste møde\b.{0,60}?\b(?:er|holdes|afholdes|bliver|den)\b", re.I)
_REJECTED = re.compile(
    r"\b(?:afslag|afvis(?:t|te|er|es)|forkast(?:et|ede|er|es)|nedstemt)\b", re.IGNORECASE
)
_RESERVED = re.compile(r"\b(?:forbehold|foreløbig|principielt|muligvis|måske|eventuelt)", re.I)
_NOTHING = re.compile(
    r"(?:(?:ingen|intet)(?: (?:konklusion|beslutning|bemærkninger|kommentarer|meldte sig))?|"
    r"-|n/?a|x{3,}|\.{3}|se .{1,40}|"
    r"(?:til )?(?:drøftet|drøftelse|besvaret|orientering)(?: .{0,40})?|"
    r"(?:.{0,80} )?(?:tages |taget |tog .{1,60} )?til efterretning.{0,20}|"
    r"(?:(?:sagen|punktet|emnet|behandlingen) )?(?:blev |er )?"
    r"(?:udsat|udskudt|udgår|udgik|bortfaldt|trukket|taget af dagsordenen|tages op|"
    r"(?:tilbage|over)send(?:t|es)|(?:gen)?(?:behandles|optages|drøftes) (?:igen )?på)\b.{0,80}|"
    r".{0,200}\b(?:fraværende|afbud|inhabil)\b.{0,80})[.!]?",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"\W*(?:forslaget|indstillingen|det|den|dette) (?:blev|er|bliver) (?:\w+ ){0,2}?"
    r"(?:afvist|forkastet|nedstemt)[.!]?",
    re.IGNORECASE,
)
_WHEN = re.compile(r",? ?(?:(?:på|ved) (?:et |sit )?[\w-]*mødet? )?(?:den|d\.) ", re.IGNORECASE)
_OF_A_DATE = 40  # characters
_YEAR = re.compile(r",? ?i (?P<year>20\d\d)(?![\w-])", re.IGNORECASE)
_LAST_TIME = re.compile(
    r",? ?(?:(?:på|ved|i) (?:det )?)?(?:sidste|forrige|seneste|foregående) (?:\w*møde|år)\b", re.I
)

Outcome = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What a sentence says of a decision.

    Attributes:
        sure: 0 to 1.
        after: where in the sentence stands what was decided.
        ends: where the words end that say it was decided.
        by: the words that may say who decided.
    """

    sure: float
    outcome: Outcome
    after: int
    ends: int
    by: str = ""


def cue_in(sentence: str) -> Cue | None:
    """What a sentence says was decided; None where it says nothing of it, or that nothing was."""
    said = sentence[:_LONGEST]
    if said.rstrip().endswith("?") or is_formal(said):
        return None
    for sure, pattern in _SAYS:
        if match := pattern.search(said):
            # What comes after it may be anything: “besluttet at sende den til godkendelse”.
            ends = match.end()
            if _NOT_DECIDED.search(said[:ends]) or _LAST_TIME.match(said, ends):
                return None
            by = _BY.match(said, ends)
            after = 0 if "before" in match.groupdict() else ends
            words = match[0] + (by[0] if by else "")
            doubted = NO_ENTRY if _NAMELESS.fullmatch(said) else _doubted(said, sure)
            return Cue(doubted, outcome_of(said), after, ends, words)
    return None


def answer_in(sentence: str) -> Cue | None:
    """The same of what stands right under the item of an agenda: `Godkendt.`."""
    said = sentence.strip()[:_LONGEST]
    matched = _SHORT.fullmatch(said)
    return Cue(_doubted(said, 0.75), outcome_of(said), len(said), len(said)) if matched else None


def decided_in(sentence: str) -> Cue | None:
    """The same of what stands under the word `Beslutning`: all but what says that it is nothing."""
    said = sentence[:_LONGEST].strip()
    if not said or said.endswith("?") or is_formal(said):
        return None
    if _NOTHING.fullmatch(said) or _NEXT_MEETING.search(said):
        return None
    if answer := answer_in(said):
        return replace(answer, after=0)
    if cue := cue_in(said):
        return replace(cue, sure=_doubted(said, 0.9))
    sure = NO_ENTRY if _NOT_DECIDED.search(said) else _doubted(said, 0.9)
    return Cue(sure, outcome_of(said), 0, 0)


def is_of_another_day(sentence: str, cue: Cue, day: datetime.date | None) -> bool:
    """Whether it says that it was decided before the meeting: “besluttede den 4. februar 2025”."""
    for at in (cue.ends, 0):
        year = _YEAR.match(sentence, at)
        if year and day and int(year["year"]) < day.year:
            return True
        when = _WHEN.match(sentence, at)
        dated = date_in(sentence[when.end() :][:_OF_A_DATE]) if when else None
        if dated and dated.start == 0 and day and dated.date < day:
            return True
    return False


def is_formal(text: str) -> bool:
    """Whether it is only that an agenda or the last minutes were approved."""
    return bool(_FORMAL.search(text[:_LONGEST]))


def outcome_of(sentence: str) -> Outcome:
    """Whether something was accepted, or turned down."""
    return "rejected" if _REJECTED.search(sentence) else "accepted"


def _doubted(said: str, sure: float) -> float:
    return round(sure - 0.15, 2) if _RESERVED.search(said) else sure
