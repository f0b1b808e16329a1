"""Whether a text holds the sort of answer that a question asks for.

“Hvem er formand?” is answered by a name, “hvor mange brugere” by a number of users, “hvad koster
det” by an amount. A text that only shares the question's words holds none of these.
"""

import re
from collections.abc import Sequence

from index.danish import stem, words
from index.language import STOP_WORDS
from index.passages import Language
from index.plain import plain
from os2kb.answers.composers.sorts import MEMBERS, NUMBERS, NUMERAL, ROLES, SORTS, phrases

_NEAR = 4  # words between a number and what it counts
_AROUND = 80  # characters in which they are looked for

_COUNTED = re.compile(r"\b(?:hvor mange|how many)\s+(.{1,60})", re.IGNORECASE)
_LABELLED = re.compile(r"\W*\b(?:er|var|udgør|is|are|was)?\W*$")  # “antal kommuner er: 83”
_FIGURE = re.compile(rf"{NUMERAL.pattern}[\d.,]*|{phrases(NUMBERS).pattern}", re.IGNORECASE)
_WHO = phrases("hvem, hvis ansvar, who, whom, whose")
_HOW = phrases("hvordan, how do, how can, how to")
_SOMEBODY = phrases(ROLES)
_A_NAME = re.compile(
    r"(?<=[\w,)·:] )(?!OS2)[A-ZÆØÅ]\w*[a-zæøå][\w’'&]+"
)  # OS2, LR and FTR are nobody
_ASKS_FOR_MEMBERS = phrases("sidder, medlem*, deltag*, er med, member*, sit, sits, takes part")
_MEMBERS = phrases(MEMBERS)
_ROLE = re.compile(
    r"^\W*(?:hvem|who)\s+(?:er|var|bliver|is|are|was)\s+"
    r"(?:(?:den|det|de|en|et|the|a|an|our|vores)\s+)?(\w+)",
    re.IGNORECASE,
)


def holds_what_is_asked(question: str, text: str, language: Language) -> bool | None:
    """Whether a text holds an answer of the sort a question asks for; None where any sort will do.

    Args:
        question: as asked.
        text: plain or Markdown; with the head of its table where it is a row of one.
        language: of the question.
    """
    # Code is what one types or presses, and `plain` takes its marks off.
    shown = plain(text) + (" `" if "`" in text else "")
    counted = _COUNTED.search(question)
    if counted:
        return _counts(counted[1], shown, language)
    if _WHO.search(question):
        return _names_somebody(question, shown, language)
    sort = next((sort for sort in SORTS if sort.asks.search(question)), None)
    return any(answer.search(shown) for answer in sort.answers) if sort else None


def is_asked_as_a_sort(question: str) -> bool:
    """Whether it asks for a price, a date or the like; not for what something is."""
    return any(sort.asks.search(question) for sort in SORTS)


def asks_how(question: str) -> bool:
    """Whether it asks for the steps of something."""
    return bool(_HOW.search(question))


def role_of(question: str, asked: Sequence[str]) -> int | None:
    """Which of the question's (folded) words is the role it asks for: “hvem er *formand* for …”."""
    match = _ROLE.search(question)
    role = words(match[1])[:1] if match else []
    return asked.index(role[0]) if role and role[0] in asked else None


def _names_somebody(question: str, text: str, language: Language) -> bool:
    """Whether a text names somebody whom the question does not name itself."""
    if _ASKS_FOR_MEMBERS.search(question) and _MEMBERS.search(text):
        return True
    asked = {stem(word, language) for word in words(question)}
    found = [match[0] for pattern in (_SOMEBODY, _A_NAME) for match in pattern.finditer(text)]
    return any(stem(word, language) not in asked for name in found for word in words(name))


def _counts(asked: str, text: str, language: Language) -> bool:
    """Whether a text has a number near the word that the question counts."""
    counted = next((word for word in words(asked) if word not in STOP_WORDS[language]), "")
    root = stem(counted, language)
    for number in _FIGURE.finditer(text):
        after = words(text[number.end() : number.end() + _AROUND])[:_NEAR]
        before = words(_LABELLED.sub("", text[max(0, number.start() - _AROUND) : number.start()]))
        if not root or any(_is_counted(word, root, language) for word in [*after, *before[-1:]]):
            return True
    return False


def _is_counted(word: str, root: str, language: Language) -> bool:
    """Whether it is the word or a compound of it: “medlemskommuner”, not “kommunekode”."""
    return stem(word, language).endswith(root)
