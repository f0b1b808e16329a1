"""What is said of what goes with the ticket and what does not, field by field, and why.

No value of either side is in it.
"""

from collections.abc import Iterator, Mapping

from index.passages import Language
from os2kb.backlog.comments import Done
from os2kb.backlog.markup.losses import report
from os2kb.backlog.merge import Merged
from os2kb.backlog.sides import Side
from os2kb.backlog.stays import WHY as STAYS_BECAUSE
from os2kb.governance.commands.outcome import say
from os2kb.governance.harmless.neutralise import Markdown, code_span, neutralise
from os2kb.governance.tickets.in_step import FieldInStep, InStep, Outcome
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
_OLDER: Mapping[Side, Phrase] = {
    "github": Phrase(
        "Kommentarer herfra, som er ældre end det, der kopieres, og bliver her: {} ({}).",
        "Comments of this issue that are older than what is copied, and stay here: {} ({}).",
    ),
    "jira": Phrase(
        "Kommentarer i Jira, som er ældre end det, der kopieres, og bliver dér: {} ({}).",
        "Comments in Jira that are older than what is copied, and stay there: {} ({}).",
    ),
}
_HELD = Phrase(
    "Kommentaren {} er holdt tilbage: den ser ud til at rumme personoplysninger, hemmeligheder "
    "eller en sårbarhed. {} frigiver præcis den tekst.",
    "The comment {} is held back: it seems to hold personal data, secrets or a vulnerability. "
    "{} releases exactly that text.",
)
_NO_WAY = Phrase(
    "Arbejdsgangen i Jira har ingen vej, eller et felt eller en tilladelse mangler; `os2kb plan` "
    "siger hvad.",
    "The workflow in Jira has no way, or a field or a permission is missing; `os2kb plan` says "
    "which.",
)
_LOST: Mapping[Side, Phrase] = {
    "github": Phrase("Af teksten her kan Jira ikke vise alt: {}", "Of the text here, in Jira: {}"),
    "jira": Phrase("Af Jiras tekst kan GitHub ikke vise alt: {}", "Of Jira's text, here: {}"),
}
_HEAD = Phrase("I trit med Jira:", "In step with Jira:")
_ASKS = Phrase("{} Vælg med {}.", "{} Choose by {}.")
_STAYS = Phrase("{} bliver i Jira: {}", "{} stays in Jira: {}")
_LEFT_PUBLIC = Phrase(
    "kommentaren {} (ikke for alle længere, men kopien på GitHub er rettet af et menneske og står "
    "der endnu)",
    "the comment {} (not for everybody any more, but a person edited its copy on GitHub, which "
    "still stands there)",
)
_APART = Phrase(
    "Kommentaren {} og dens kopi er begge rettet; et menneske skal vælge, og indtil da bliver "
    "begge stående. Vælg med {} / {}.",
    "The comment {} and its copy were both edited; a person must choose, and until then both stay. "
    "Choose by {} / {}.",
)


def why_in_step(step: InStep, language: Language) -> Iterator[Markdown]:
    """What comes of each field and of the comments, a sentence each, for everybody to read."""
    for one in step.fields:
        if one.outcome != "same":
            yield say(_FIELD, language, code_span(one.merged.field), why_field(one, step, language))
    for phrase, values in (*_in_step(step), *_of_comments(step), *_older(step, "github")):
        yield say(phrase, language, *map(code_span, values))
    yield from (Markdown(one.in_language(language)) for one in _lost(step))


def why_field(one: FieldInStep, step: InStep, language: Language) -> Markdown:
    """What comes of a field, for everybody to read.

    What stands in a workflow is told in the words that the Policy has, and of a status that may
    not leave Jira not at all.
    """
    if one.outcome == "conflict":
        return say(_ASKS, language, Markdown(one.why.in_language(language)), _either(one.merged))
    if one.outcome != "no-way":
        return Markdown(one.why.in_language(language))  # our own words
    if "status" not in step.shown:
        return Markdown(_NO_WAY.in_language(language))
    return neutralise(one.outside.in_language(language))


def _either(one: Merged) -> Markdown:
    """The commands that settle a conflict."""
    return Markdown(" / ".join(map(code_span, one.commands)))


def plan_in_step(step: InStep) -> tuple[Phrase, ...]:
    """The same below a head, and what stays in Jira, for whoever runs the bot. Plain text."""
    fields = [one for one in step.fields if one.outcome != "same"]
    said = [_FIELD.filled(one.merged.field, one.why) for one in fields]
    older = (*_older(step, "github"), *_older(step, "jira"))
    told = (*_in_step(step), *_of_comments(step), *older)
    said += [phrase.filled(*values) for phrase, values in told]
    said += _lost(step)
    said += [_STAYS.filled(one.what, STAYS_BECAUSE[one.why]) for one in step.stays]
    said += [_WAITING.filled(_LEFT_PUBLIC.filled(one)) for one in step.left_public]
    return (_HEAD, *said) if said else ()


def waits_line(step: InStep, language: Language) -> Markdown:
    """What does not go along and why, in few words; empty where all of it does."""
    waits = _waits(step, language)
    return say(_WAITING, language, neutralise(waits)) if waits else Markdown("")


def waits_in_jira(step: InStep, language: Language) -> str:
    """The same for the people in Jira, and what of theirs still stands on GitHub: plain text."""
    left = (_LEFT_PUBLIC.filled(one).in_language(language) for one in step.left_public)
    return ", ".join(filter(None, (_waits(step, language), *left)))


def said_in_jira(step: InStep, language: Language) -> str:
    """What the ticket's link says."""
    waits = waits_in_jira(step, language)
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


def _lost(step: InStep) -> Iterator[Phrase]:
    """What of the texts the other side cannot show, a line for each side."""
    for side, losses in step.losses.items():
        told = report(losses)
        if told:
            said = Phrase(" ".join(one.da for one in told), " ".join(one.en for one in told))
            yield _LOST[side].filled(said)


def _in_step(step: InStep) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    same = [one.merged.field for one in step.fields if one.outcome == "same"]
    if same:
        yield _IN_STEP, (", ".join(same),)


def _older(step: InStep, side: Side) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    count = sum(one.outcome == "older" and one.comment.side == side for one in step.comments)
    if count:
        yield _OLDER[side], (str(count), "jira.comments_from")


def _of_comments(step: InStep) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    """Sentences, and the names that fill them."""
    copied = sum(one.outcome in ("same", "updated") and bool(one.copy) for one in step.comments)
    if copied:
        yield _COPIED, (str(copied),)
    for said in step.comments:
        if said.outcome == "held":
            yield _HELD, (said.comment.id, f"/os2 jira release {_named(said)}")
        elif said.outcome == "conflict":
            id_ = said.comment.id
            yield _APART, (id_, *(f"/os2 jira sync {id_} {side}" for side in ("github", "jira")))


def _named(one: Done) -> str:
    """A comment, as a command names it."""
    return f"{one.comment.id} jira" if one.comment.side == "jira" else one.comment.id
