"""What the formats share: headings, keys and sections, none of which a text can break out of."""

from collections.abc import Iterable, Iterator, Sequence

from index.passages import Language
from os2kb.decisions.decision import Decision, Section, deciders_written
from os2kb.decisions.guard import MARK, guarded, guarded_line, is_heading_of_the_log
from os2kb.decisions.reading.headings import Heading, heading_of
from os2kb.decisions.words import HEADINGS, KEYS, STATUSES, TYPES, Key
from os2kb.phrases import Phrase

ALWAYS: Sequence[Key] = ("date", "status", "deciders", "type")
"""The keys that a file holds whether they are known or not, so that people see what to fill in."""


def title_line(before: str, decision: Decision, expected: Heading, after: str = "") -> str:
    """A heading's text, marked where it would be read as something else."""
    title = guarded_line(decision.title)
    written = f"{before}{title}{after}"
    if _is_read(written, expected, before):
        return written
    ended = f"{before}{title}{MARK}{after}"
    return ended if _is_read(ended, expected, before) else f"{before}{MARK}{title}{MARK}{after}"


def _is_read(written: str, expected: Heading, before: str) -> bool:
    own = is_heading_of_the_log(written) and not written.endswith(MARK)
    begins_an_entry = written.startswith("BDR") and not before.startswith("BDR")
    ended = own or begins_an_entry or written.endswith("#")
    return not ended and heading_of(written) == expected


def own_name(name: str) -> str:
    """A heading or key that is the decision's own, and none of the log's."""
    marked = is_heading_of_the_log(name) or name.endswith("#")
    begins_an_entry = name.startswith("BDR")
    return MARK * begins_an_entry + guarded_line(name) + MARK * marked


def values(decision: Decision, language: Language = "da") -> dict[Key, str]:
    """What stands behind each key."""
    said = decision.said
    status = STATUSES[said.status].in_language(language) if said.plain else decision.status_text
    return {
        "id": decision.id,
        "date": decision.date.isoformat() if decision.date else "",
        "status": status,
        "deciders": deciders_written(decision.deciders),
        "type": TYPES[decision.type].in_language(language),
        "product": decision.product,
        "issue": decision.issue,
        "ticket": decision.ticket,
        "supersedes": ", ".join(decision.supersedes),
        "superseded_by": ", ".join(decision.superseded_by),
    }


def key_lines(
    decision: Decision,
    *,
    without: Iterable[Key] = (),
    always: Sequence[Key] = ALWAYS,
    language: Language = "da",
) -> Iterator[str]:
    """`- **Dato**: 2026-05-02`, one line each."""
    told = values(decision, language)
    for key, name in KEYS.items():
        if key not in without and (told[key] or key in always):
            yield key_line(name.in_language(language), told[key])


def key_line(key: str, value: str) -> str:
    """A key that is written as it should be, and its value, which comes from outside."""
    return f"- **{key}**: {guarded_line(value)}".rstrip()


def sections(decision: Decision, level: int, language: Language = "da") -> Iterator[str]:
    """The texts under their headings, and after them what else is kept; a block each."""
    texts: list[tuple[Phrase, str]] = [
        (name, getattr(decision, field)) for field, name in _ordered(language)
    ]
    for name, text in texts:
        if text:
            yield from section(name.in_language(language), text, level)
    for own in decision.extra:
        yield from own_section(own, level)


def _ordered(language: Language) -> list[tuple[str, Phrase]]:
    """Danes begin with what was decided, architecture records with why."""
    found = [(str(field), name) for field, name in HEADINGS.items()]
    return found if language == "da" else [found[1], found[0], *found[2:]]


def section(heading: str, text: str, level: int) -> Iterator[str]:
    """A heading and its text, as blocks."""
    yield f"{'#' * level} {heading}"
    if text:
        yield guarded(text, level)


def own_section(own: Section, level: int) -> Iterator[str]:
    """The same of what is none of a decision's known parts."""
    yield from section(own_name(own.heading), own.text, level)


def document(blocks: Iterable[str]) -> str:
    """Blocks as a file: a blank line between them, a line feed at the end."""
    return "\n\n".join(blocks) + "\n"


def newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """By date, then number, then all they say, so that the order never depends on chance."""
    return sorted(decisions, key=_order, reverse=True)


def _order(decision: Decision) -> tuple[str, int, str]:
    return (str(decision.date or ""), int(decision.id or 0), repr(decision))
