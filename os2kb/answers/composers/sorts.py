"""The sorts of answers that questions ask for, in Danish and English: what asks, and what answers.

Each is written as phrases parted by commas; `*` stands for any ending, `…` for anything between.
"""

import re
from dataclasses import dataclass

NUMBERS = (
    "ét, én, to, tre, fire, fem, seks, syv, otte, ni, ti, elleve, tolv, tyve, tredive, hundrede*,"
    "tusind*, halvdelen, halvanden, million*, ingen, ubegrænset, one, two, three, four, five,"
    "six, seven, eight, nine, ten, eleven, twelve, twenty, thirty, hundred*, thousand*, half, no,"
    "none, zero, unlimited"
)
_SPANS_OF_TIME = (
    "sekund*, minut*, time*, døgn*, dag*, arbejdsdag*, uge*, måned*, kvartal*, halvår*, år*,"
    "second*, minute*, hour*, day*, week*, month*, quarter*, year*"
)
_DAYS = (
    "januar, februar, marts, april, maj, juni, juli, august, september, oktober, november,"
    "december, january, february, march, may, june, july, october, mandag*, tirsdag*, onsdag*,"
    "torsdag*, fredag*, lørdag*, søndag*, monday, tuesday, wednesday, thursday, friday, saturday,"
    "sunday, kl"
)
ROLES = (
    "*koordinator*, *sekretariat*, *leverandør*, *bestyrelse*, *ejer*, *ansvarlig*, *kommune*,"
    "*myndighed*, *chef*, *forfatter*, *redaktør*, *udvikler*, *administrator*, *melder*,"
    "*afdeling*, *virksomhed*, +gruppe*, +leder*, *maintainer*, *supplier*, *coordinator*, *owner*,"
    "board, *manager*, *author*, *developer*, team, staff, *secretariat*, *authorit*,"
    "*municipalit*, compan*, steering group*, coordination group*, *person*, *medarbejder*,"
    "alle, enhver, everyone, everybody, anyone, anybody, nobody, employee*"
)
MEMBERS = "medlem*, deltager*, member*, participant*"


def phrases(written: str) -> re.Pattern[str]:
    """A pattern of whole words: `*` is any letters, `+` some, `…` anything within the sentence."""
    alternatives = "|".join(
        re.escape(phrase.strip())
        .replace(r"\ ", " ")
        .replace(r"\*", r"\w*")
        .replace(r"\+", r"\w+")
        .replace("…", r"\b.{0,200}?\b")
        for phrase in written.split(",")
        if phrase.strip()
    )
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of answer.

    Attributes:
        asks: found in the questions that ask for it.
        answers: one of these is found in what answers them.
    """

    asks: re.Pattern[str]
    answers: tuple[re.Pattern[str], ...]


NUMERAL = re.compile(r"(?<![^\W\d_])\d")  # the 2 of “OS2” is no number
_AMOUNT = re.compile(
    r"\d\s?\**(?:t?kr|dkk|mio|euro?|usd|€|\$)|\d,-|(?:kr\.?|dkk|€|\$)\s?\d", re.IGNORECASE
)
_HOW_MANY = phrases(f"{NUMBERS}, en, et, a, an, seneste, sidste, last, past").pattern
_SPAN = re.compile(
    rf"(?:\d|{_HOW_MANY})[ -](?:\w+ )?{phrases(_SPANS_OF_TIME).pattern}",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{4}\b|\b\d{1,2}[./]\s?\d{1,2}")

# The first that asks decides; who and how many are asked in ways of their own (asked_for.py).
SORTS = (
    Sort(
        phrases("hvad er…adgangskode*, hvad er…kodeord*, what is…password, which…password"),
        (re.compile(r"\b(?:adgangskode|kodeord|password)\w*\W{0,3}(?:er|is|:|=)", re.IGNORECASE),),
    ),
    Sort(
        phrases(
            "hvilken…adresse, hvad er…adresse*, hvad er…telefonnummer*, what is…address,"
            "which…address, what is…phone number, which phone number"
        ),
        (re.compile(r"https?://|\S@\S|\b\d"),),
    ),
    Sort(
        phrases(
            "hvad koster, hvad…koste, hvor meget…koste*, hvor dyr*, hvad er prisen, hvad er…pris,"
            "hvad er…takst*, hvad er bøden, hvad er…bøde, hvad er…løn*, hvad er *løn*,"
            "hvad er…gebyr*, hvad er…kontingent*, hvad er…timepris*, hvad…økonomiske ramme,"
            "hvor stor…dusør*, what does…cost, how much does…cost, how expensive, what is…price,"
            "what is…fee,"
            "what is…fine, what is…salary, what is…rate, how large…bounty, how much is…bounty"
        ),
        (
            _AMOUNT,
            phrases(
                "gratis, uden beregning, betaler ikke, ingen dusør, ingen betaling, free,"
                "free of charge, no fee, no cost, no bug bounty"
            ),
        ),
    ),
    Sort(
        phrases(
            "hvor længe, hvor laenge, hvor hurtigt, hvor lang tid, hvad er fristen,"
            "hvad er…frist, hvad er *varsel*, hvad er…varsel*, how long before, how long does,"
            "how long may, how long must, for how long, how long is…kept, how soon, how quickly,"
            "how fast, after how long"
        ),
        (
            _SPAN,
            phrases(
                "straks, omgående, øjeblikkelig*, så længe, samme dag, indtil, immediately,"
                "at once, as long as, same day, until"
            ),
        ),
    ),
    Sort(
        phrases("hvor ofte, hvor tit, how often, how frequently"),
        (
            phrases(
                "hver*, daglig*, ugentlig*, månedlig*, årlig*, kvartalsvis*, gang, gange,"
                "løbende, i døgnet, om ugen, om måneden, om året, per dag, per uge, per måned,"
                "per år, every, each, daily, weekly, monthly, quarterly, yearly, annual*, once,"
                "twice, times, a day, a week, a month, a year"
            ),
        ),
    ),
    Sort(
        phrases(
            "hvornår, hvornaar, hvilket år, hvilken dato, hvilken dag, hvilken måned, when,"
            "what date, what year, what day"
        ),
        (
            _DATE,
            phrases(_DAYS),
            phrases(_SPANS_OF_TIME),
            phrases(
                "når, hvis, efter, før, inden, senest, først, medmindre, så længe, ikke, after,"
                "before, once, until, if, unless, within"
            ),
        ),
    ),
    Sort(
        phrases(
            "hvor meget, hvor stor*, hvor lang, hvor langt, hvor lange, hvor høj*, hvor gammel,"
            "hvor gamle, hvor bred*, how much, how large, how long, how big, how old, how high,"
            "how far, maksimal*, maximum, minimum"
        ),
        (NUMERAL, phrases(NUMBERS)),
    ),
    Sort(
        phrases("hvorfor, why"),
        (
            phrases(
                "fordi, derfor, så, for at, skyldes, grund*, da, hensyn*, because, since,"
                "so that, due, in order, therefore, need, reason*, to help, to avoid, to make,"
                "to ensure, to document"
            ),
        ),
    ),
    Sort(
        phrases("hvordan, how do, how can, how should, how to, how may"),
        (
            re.compile("`"),
            phrases(
                "skal, kan, bør, må, ved at, gennem, via, sker, vælg*, tryk*, opret*, klik*,"
                "brug, bruge, bruges, kør*, skriv*, send*, kontakt*, +es, must, should, can, will,"
                "by, use, uses, using, run, click, select, create*, through, add"
            ),
        ),
    ),
    Sort(
        re.compile(
            r"^\W*(?:må|maa|skal|kan|er|har|findes|bliver|tæller|får|faar|gælder|does|do|is|are|can|may"
            r"|must|should|has|have|will)\b",
            re.IGNORECASE,
        ),
        (
            phrases(
                "må, maa, skal, kan, bør, ikke, kun, kræve*, nej, ja, aldrig, altid, uden,"
                "gratis, ingen, behøver, gælder, *dårlig*, *mulig*, frivillig*, valgfri*, også,"
                "may, must, can, should, not, never, always, only, no, yes, cannot, does,"
                "doesn't, require*, *possible, optional, *able, *abled, also"
            ),
        ),
    ),
)
