"""Questions of what something is (“hvad er X?”, “hvad laver en X?”), and what answers them.

Such a question has but one word to find, and nearly every text of its subject holds that word. An
answer says what X is or does, or opens the section that is named X.
"""

import re
from dataclasses import dataclass

from index.danish import stem, words
from index.language import STOP_WORDS
from index.passages import Language

LONGEST_NAME = 3  # words
_BEFORE = 2  # words before a name, such as an article and an adjective
_NEAR = 4  # words between a name and the verb that says what it is

_ASKS = tuple(
    re.compile(rf"^\W*{asked}\W*$", re.IGNORECASE)
    for asked in (
        r"(?:hvad|hva)\s+(?:er|betyder|laver|gør|dækker)\s+(?P<name>[^,;:?]+?)"
        r"(?:\s+(?:for noget|ud på|egentlig|over))?",
        r"hvad\s+(?:går|står|handler|bruges)\s+(?P<name>[^,;:?]+?)\s+(?:ud på|for|om|til)",
        r"(?:what|who)\s+(?:is|are|does)\s+(?P<name>[^,;:?]+?)(?:\s+(?:mean|do|stand for|about))?",
    )
)
_ASKS_FOR_DUTIES = re.compile(
    r"^\W*(?:hvad\s+(?:laver|gør|betyder)|(?:what|who)\s+does)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:en|et|den|det|de|a|an|the)\s+", re.IGNORECASE)
# “forskellen på”, “adressen til”, “OS2s vision” ask for something else of X.
_OF = frozenset(
    words(
        "af for fra i med mellem om på til ved som der and at between by for from in of on to with"
    )
)
_GENITIVE = re.compile(r"\w(?:s|['’]s?)\s+\w", re.IGNORECASE)
_IS = frozenset(
    words(
        "er betyder dækker står kaldes består beskriver udgør gør giver bruges is are means stands"
        " describes consists provides serves represents refers gives makes"
    )
)
_DOES = re.compile(r"kan|skal|har|can|has|must|\w+(?:er|es|s|gør)")
_LABEL = re.compile(r"^[\W\d]*(?P<name>[^:|–—=]{1,60}?)[*_`]*\s*(?:[:|–—=]|\s-\s)")
_BESIDE_THE_NAME = frozenset(
    words(
        "hvad er om what is about velkommen til welcome to introduktion introduction formål purpose"
        " beskrivelse description dokumentation documentation readme oversigt overview"
    )
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a question wants to have defined.

    Attributes:
        words: the name, folded, in order.
        of_duties: whether it asks what it does or means, which any verb may tell.
    """

    words: tuple[str, ...]
    language: Language
    of_duties: bool = False

    @property
    def name(self) -> tuple[str, ...]:
        """The stems of its words."""
        return tuple(stem(word, self.language) for word in self.words)

    def given_by(self, text: str, heading: str, *, opens: bool) -> int:
        """How surely a text says what it is: 0 to 2.

        Args:
            text: plain; of a row of a table, its cells parted by `|`.
            heading: the nearest above it.
            opens: whether it is the first sentence under that heading.
        """
        label = _LABEL.match(text)
        says = bool(label and self._is_named(label[1])) or self._is_subject(text)
        return says + (opens and self._is_named(heading))

    def _is_named(self, heading: str) -> bool:
        stems = {stem(word, self.language) for word in words(heading) if word not in self._beside}
        return stems == set(self.name)

    @property
    def _beside(self) -> frozenset[str]:
        return _BESIDE_THE_NAME | STOP_WORDS[self.language]

    def _is_subject(self, text: str) -> bool:
        """Whether the sentence begins with the name, and goes on with what it is or does."""
        said = words(text)
        stems = [stem(word, self.language) for word in said]
        length = len(self.name)
        for at in range(min(len(said), _BEFORE + 1)):
            if tuple(stems[at : at + length]) == self.name:
                after = said[at + length : at + length + _NEAR]
                is_genitive = after[:1] == ["s"]
                return not is_genitive and any(map(self._is_verb, after))
        return False

    def _is_verb(self, word: str) -> bool:
        return word in _IS or (self.of_duties and bool(_DOES.fullmatch(word)))


def asked_definition(question: str, language: Language) -> Definition | None:
    """What the question wants to have defined; None where it asks for something else."""
    match = next((found for asks in _ASKS if (found := asks.match(question))), None)
    if match is None:
        return None
    name = _ARTICLE.sub("", match["name"])
    said = words(name)
    is_name = 0 < len(said) <= LONGEST_NAME and _OF.isdisjoint(said) and not _GENITIVE.search(name)
    of_duties = bool(_ASKS_FOR_DUTIES.match(question))
    return Definition(tuple(said), language, of_duties) if is_name else None
