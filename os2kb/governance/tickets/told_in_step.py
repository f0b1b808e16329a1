"""What is said of what goes with the ticket and what does not, field by field, and why.

No value of either side is in it.
"""

from collections.abc import Iterator, Mapping

from index.passages import Language
from os2kb.backlog.comments import Done
from os2kb.governance.commands.outcome import listed, say
from os2kb.governance.harmless.neutralise import Markdown, code_span, neutralise
from os2kb.governance.tickets.in_step import InStep, Outcome
from os2kb.phrases import Phrase
from os2kb.policy.sections.jira import FieldName

NAMES: Mapping[FieldName, Phrase] = {
    "title": Phrase("titlen", "the title"),
    "description": Phrase("teksten", "the text"),
    "status": Phrase("status", "the status"),
    "type": Phrase("typen", "the type"),
    "labels": Phrase("etiketterne", "the labels"),
    "assignee": Phrase("den ansvarlige", "the assignee"),
    "fixVersion": Phrase("versionen", "the version"),
    "severity": Phrase("alvorsgraden", "the class of fault"),
    "comments": Phrase("kommentarerne", "the comments"),
}
"""Fields as people name them."""
_WAITS: Mapping[Outcome, Phrase] = {
    "conflict": Phrase("ændret på begge sider", "changed on both sides"),
    "held": Phrase("holdt tilbage", "held back"),
    "too-long": Phrase("for lang", "too long"),
    "unsayable": Phrase("intet modstykke", "no counterpart"),
    "no-way": Phrase("ingen vej i arbejdsgangen", "no way in the workflow"),
    "refused": Phrase("afvist", "refused"),
    "closed-off": Phrase("låst eller arkiveret", "locked or archived"),
}
"""What a person may have to do something about."""
_FIELD = Phrase("Feltet {}: {}", "The field {}: {}")
_IN_STEP = Phrase("I trit: {}.", "In step: {}.")
_WAITING = Phrase("Følger ikke med: {}.", "Not in step: {}.")
_ALL = Phrase("Følges med GitHub.", "In step with GitHub.")
_COPIED = Phrase("Kommentarer med en kopi på den anden side: {}.", "Comments with a copy: {}.")
_HELD = Phrase(
    "Kommentaren {} er holdt tilbage: den ser ud til at rumme personoplysninger, hemmeligheder "
    "eller en sårbarhed. `/os2 jira release {}` frigiver præcis den tekst.",
    "The comment {} is held back: it seems to hold personal data, secrets or a vulnerability. "
    "`/os2 jira release {}` releases exactly that text.",
)
_APART = Phrase(
    "Kommentaren {} og dens kopi er begge rettet, så begge bliver stående.",
    "The comment {} and its copy were both edited, so both stay.",
)


def why_in_step(step: InStep, language: Language) -> Iterator[Markdown]:
    """What comes of each field and of the comments, a sentence each."""
    same = [one.merged.field for one in step.fields if one.outcome == "same"]
    if same:
        yield say(_IN_STEP, language, listed(same))
    for one in step.fields:
        if one.outcome != "same":
            said = neutralise(one.why.in_language(language))
            yield say(_FIELD, language, code_span(one.merged.field), said)
    yield from _of_comments(step.comments, language)


def waits_line(step: InStep, language: Language) -> Markdown:
    """What does not go along and why, in few words; empty where all of it does."""
    waits = _waits(step, language)
    return say(_WAITING, language, neutralise(waits)) if waits else Markdown("")


def said_in_jira(step: InStep, language: Language) -> str:
    """The same for the people in Jira, as plain text."""
    waits = _waits(step, language)
    said = _WAITING.filled(waits) if waits else _ALL
    return said.in_language(language)


def _waits(step: InStep, language: Language) -> str:
    waits = [
        f"{NAMES[one.merged.field].in_language(language)} "
        f"({_WAITS[one.outcome].in_language(language)})"
        for one in step.fields
        if one.outcome in _WAITS
    ]
    return ", ".join(waits)


def _of_comments(comments: tuple[Done, ...], language: Language) -> Iterator[Markdown]:
    copied = sum(one.outcome in ("same", "updated") and bool(one.copy) for one in comments)
    if copied:
        yield say(_COPIED, language, Markdown(str(copied)))
    for one in comments:
        named = Markdown(one.comment.id)
        if one.outcome == "held":
            yield say(_HELD, language, named, named)
        elif one.outcome == "conflict":
            yield say(_APART, language, named)
