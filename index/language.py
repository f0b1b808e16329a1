"""Which of the two languages a text is in, by its commonest words."""

from collections.abc import Iterable

from index.danish import words
from index.passages import Language

_DANISH = """
ad af alle alt altid anden andet andre at bare begge blev blive bliver bort da de deltager dem den
denne der deres derfor derved dens det dets dette dig dog du efter efterfølgende eller en end
endnu er et ellers fik for fordi forbindelse fra få får før først gennem gør gøre ham han hans har
havde have hej helst her hinanden hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan
hvorfor hvornår i igen ikke imellem ind inden ingen intet ja jeg jer jeres jo kan kom komme kun
kunne langt lige man mange med meget mellem men mens mere mest mig min mine mit mod må måtte ned
nej noget nogen nogle nok nu når ny og også om op os over på sagde samme samt sammen se selv ser
sig sin sine sit skal skulle som stadig står så sådan thi til ting ud uden under var ved vi via
vil ville vor vores vore være været å findes sker står betyder ifølge lidt går gå skriver siger
gerne både hver
"""

_ENGLISH = """
a about after again all also am an and any are as at be because been before being between both but
by can cannot could did do does doing done down during each either few for from further get gets
got had has have having he her here hers him his how i if in into is it its itself just let may me
might more most must my no nor not now of off on once only or other our ours out over own same
shall she should so some such than that the their theirs them then there these they this those
through to too under until up upon us very was we were what when where which while who whom whose
why will with within without would yes you your yours
"""

STOP_WORDS: dict[Language, frozenset[str]] = {
    "da": frozenset(words(_DANISH)),
    "en": frozenset(words(_ENGLISH)),
}
# Words that both languages have say nothing about which one it is.
_MARKERS: dict[Language, frozenset[str]] = {
    "da": STOP_WORDS["da"] - STOP_WORDS["en"],
    "en": STOP_WORDS["en"] - STOP_WORDS["da"],
}


def detect(text: str, otherwise: Language = "da") -> Language:
    """The language of a passage or a question; `otherwise` where the words do not tell."""
    return detect_words(words(text), otherwise, danish_letters=any(c in text for c in "æøåÆØÅ"))


def detect_words(
    found: Iterable[str], otherwise: Language = "da", *, danish_letters: bool = False
) -> Language:
    """As `detect`, for folded words; `danish_letters` tells that the text had æ, ø or å."""
    counts = markers(found)
    danish, english = counts["da"] + danish_letters, counts["en"]
    if danish == english:
        return otherwise
    return "da" if danish > english else "en"


def markers(found: Iterable[str]) -> dict[Language, int]:
    """How many folded words are common ones that only the one language has."""
    found = list(found)
    return {lang: sum(word in known for word in found) for lang, known in _MARKERS.items()}
