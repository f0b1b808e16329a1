"""What an issue says about its own type: a form field, a prefix, a template, its words."""

import re
from dataclasses import dataclass

from os2kb.governance.reading.form_answers import answers, name
from os2kb.governance.reading.prose import prose
from os2kb.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Guess:
    """A type (`bug`, `feature`, `documentation`, `question`) and what it was read from."""

    concept: str
    source: Phrase


_FORM_FIELDS = {
    "type",
    "issuetype",
    "issue type",
    "type of issue",
    "type af henvendelse",
    "type af issue",
    "henvendelsestype",
    "hvad drejer det sig om",
    "kategori",
    "category",
    "kind",
}
# In order: a value that names several is the first.
_VALUES: tuple[tuple[str, str], ...] = (
    ("documentation", r"dokumentation|documentation|docs?\b|vejledning"),
    ("bug", r"\bbug\b|\bfejl|defect"),
    ("feature", r"ønske|feature|enhancement|forbedring|ændring|udvikling|idé|idea|request"),
    ("question", r"spørgsmål|question|support|hjælp"),
)
_PREFIX = re.compile(
    r"\s*(?:\[(?P<bracket>[^\]\d]{2,30})\]|\((?P<round>[^)\d]{2,30})\)"
    r"|(?P<word>[A-Za-zæøåÆØÅ ]{2,25})(?:\([^)]{1,30}\))?!?:\s)"
)
_PREFIXES = {
    "bug": {"bug", "bugfix", "fejl", "fejlmelding", "bug report", "fix", "defect"},
    "feature": {
        *("feature", "feat", "feature request", "enhancement", "ønske", "udviklingsønske"),
        *("ændringsønske", "forslag", "idé", "proposal", "funktionsønske"),
    },
    "documentation": {"doc", "docs", "documentation", "dokumentation"},
    "question": {"question", "spørgsmål", "support", "q"},
}

# (concept, weight, pattern). A cue in the title counts three times one in the body.
_CUES: tuple[tuple[str, int, str], ...] = (
    (
        "bug",
        2,
        r"virker (?:\w+ )?ikke|fungerer ikke|går ned|\bcrasher?\b|\bbryder (?:sammen|ned)\b",
    ),
    ("bug", 2, r"(?:doesn['’]?t|does not|not|isn['’]?t|stopped) work(?:ing)?\b|\bbroken\b"),
    ("bug", 2, r"\bcrash(?:es|ed|ing)?\b|\bregression\b|\bbugs?\b|\bsegfault|\bmemory leak"),
    ("bug", 2, r"\bfejl(?:en|er|ede|besked\w*|meddelelse\w*|kode)?\b|\bforsvinder\b|\bforkert\b"),
    ("bug", 2, r"\bkan ikke (?:gemme|logge|åbne|se|hente|vise|oprette|slette|uploade|gemmes)"),
    ("bug", 2, r"\b\w{3,}(?:er|es) ikke\b"),
    ("bug", 1, r"\berrors?\b|\bexception\b|\bfail(?:s|ed|ing|ure)?\b|\bincorrect(?:ly)?\b|\bwrong"),
    ("bug", 1, r"traceback|stack ?trace|\b(?:http|status)?[- ]?(?:500|502|503)\b|typeerror"),
    ("feature", 2, r"\bønske[rt]?\b|ville være (?:rart|godt|smart|dejligt|en fordel)|\btilføj\b"),
    ("feature", 2, r"would be (?:nice|great|good|useful|helpful)|feature request|\benhancement\b"),
    ("feature", 2, r"\bsom (?:bruger|redaktør|administrator|borger|sagsbehandler)\b.{0,60}\bjeg\b"),
    ("feature", 2, r"\b(?:add|adding) (?:\w+ ){0,3}(?:support|option|ability)|\bplease add\b"),
    ("feature", 2, r"\bmulighed(?:en)? for\b|\bforslag\b|\bny funktion|\bbør kunne\b"),
    ("feature", 1, r"\bunderstøt(?:te|telse|ter)\b|\bgør det muligt\b|\bbehov for\b"),
    ("feature", 1, r"\bsupport for\b|\bproposal\b|\ballow\b|\bfeature\b|\bimplement\b|\bsuggest"),
    (
        "documentation",
        2,
        r"(?:fejl|mangler|mangelfuld|forældet) i (?:\w+ )?(?:dokument|vejledn|read)",
    ),
    (
        "documentation",
        2,
        r"(?:dokumentation|vejledning)\w* (?:beskriver|nævner|mangler|er|siger)\b",
    ),
    ("documentation", 2, r"\bstavefejl|\btastefejl|\btypos?\b|\bdocumentation (?:is|for|issue)"),
    ("documentation", 2, r"\bdokumentation(?:en)?\b|vejledning(?:en)?\b|\breadme\b|\bmanualen\b"),
    ("documentation", 1, r"\bdocs?\b|\bdocumentation\b|\bdocstrings?\b|\btutorial"),
    ("question", 2, r"\bhvordan\b|\ber det muligt\b|\bnogen der ved\b|\bjeg har et spørgsmål"),
    ("question", 2, r"\bhow (?:do|can|to|should|does)\b|\bis (?:it possible|there a way)\b"),
    ("question", 2, r"\bspørgsmål (?:om|til|vedr)|\bquestion (?:about|on|regarding)|\bhvem\b"),
    (
        "question",
        1,
        r"\bhvorfor\b|\bhvad (?:er|betyder)\b|\bspørgsmål\b|\bquestion\b|\bwhy (?:is|do)",
    ),
)
_TEMPLATES: tuple[tuple[str, str], ...] = (
    ("bug", r"(?:steps|how) to reproduce|reproduc(?:e|tion)|trin (?:til|for) at|sådan genskabes"),
    ("bug", r"expected (?:behaviou?r|result)|forventet (?:resultat|adfærd)|describe the bug"),
    ("bug", r"current behaviou?r|actual (?:behaviou?r|result)|faktisk (?:resultat|adfærd)"),
    ("feature", r"is your feature request|describe the (?:solution|feature)|forretningsbehov"),
    ("feature", r"describe alternatives|ønsket (?:løsning|funktion)|beskriv(?:else af)? ønske"),
)
_WORDS = tuple((concept, weight, re.compile(cue)) for concept, weight, cue in _CUES)
_HEADINGS = tuple((concept, re.compile(cue)) for concept, cue in _TEMPLATES)
_IN_TITLE = 3
_ASKED_IN_TITLE = 4  # it ends with a question mark
_ENOUGH, _MARGIN = 6, 4
_READ = 4_000  # characters of the body's prose; what an issue is about stands early
_PARSED = 12_000  # characters of the body, which may open with a template's long comment


def from_form(body: str) -> Guess | None:
    """The answer to a form's question about the type (`### Type`, then the value)."""
    for answer in answers(body):
        if name(answer.question) in _FORM_FIELDS:
            value = answer.text.partition("\n")[0].casefold()
            for concept, names in _VALUES:
                if re.search(names, value):
                    return Guess(concept, Phrase("feltet om type", "the field about its type"))
    return None


def from_prefix(title: str) -> Guess | None:
    """`[Bug] …`, `Fejl: …`, `feat(api): …`."""
    match = _PREFIX.match(title)
    if match is None:
        return None
    word = (match["bracket"] or match["round"] or match["word"]).strip().casefold()
    for concept, prefixes in _PREFIXES.items():
        if word in prefixes:
            return Guess(concept, Phrase("titlens første ord", "the first word of the title"))
    return None


def without_prefix(title: str) -> str:
    """The title without the word for its type that it begins with."""
    return title if from_prefix(title) is None else _PREFIX.sub("", title, count=1).strip()


def from_words(title: str, body: str) -> Guess | None:
    """The type that title, template headings and words agree on; None where they do not."""
    head, text = title.casefold(), prose(body[:_PARSED])[:_READ].casefold()
    in_title, scores = dict.fromkeys(_PREFIXES, 0), dict.fromkeys(_PREFIXES, 0)
    for concept, weight, cue in _WORDS:
        in_title[concept] += _IN_TITLE * weight if cue.search(head) else 0
        scores[concept] += weight if cue.search(text) else 0
    for concept, heading in _HEADINGS:
        scores[concept] += 1 if heading.search(text) else 0
    if head.rstrip().endswith("?"):
        in_title["question"] += _ASKED_IN_TITLE
    total = {concept: in_title[concept] + scores[concept] for concept in scores}
    first, second = sorted(total, key=lambda concept: total[concept], reverse=True)[:2]
    sure = total[first] >= _ENOUGH and total[first] - total[second] >= _MARGIN
    if not sure or not in_title[first]:  # bodies are full of errors that the issue is not about
        return None
    return Guess(first, Phrase("ordene i teksten", "the words of the text"))
