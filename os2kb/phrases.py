"""Sentences for people, in the project's two languages."""

from dataclasses import dataclass

from index.passages import Language


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text for people, in Danish and in English. Plain text: whoever shows it escapes it."""

    da: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in one of the two languages."""
        return self.da if language == "da" else self.en

    def filled(self, *values: "Phrase | str") -> "Phrase":
        """The text with values in its `{}`, each in its own language where it has two."""
        da = (one.da if isinstance(one, Phrase) else one for one in values)
        en = (one.en if isinstance(one, Phrase) else one for one in values)
        return Phrase(self.da.format(*da), self.en.format(*en))


NOTHING = Phrase("", "")


class SaidInBoth(Exception):
    """What can be expected to go wrong, said in both languages; logs have the English."""

    def __init__(self, da: str, en: str) -> None:
        super().__init__(en)
        self.phrase = Phrase(da, en)
