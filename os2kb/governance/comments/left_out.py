"""What is said of the rules that are left out: how many, which, and who asked for it."""

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown, code_span, neutralise
from os2kb.governance.left_out import left_out_by
from os2kb.phrases import Phrase

_SAID = Phrase(
    "jeg ser bort fra {} ({} har bedt om det: {})", "I leave out {} ({} asked for it: {})"
)
_ONE = Phrase("én regel", "one rule")
_MANY = Phrase("{} regler", "{} rules")
_SOMEONE = Phrase("nogen", "someone")
_AND = Phrase(" og ", " and ")


def left_out_clause(left_out: tuple[Finding, ...], facts: Facts) -> Markdown:
    """`jeg ser bort fra 2 regler (kim har bedt om det: …)`; empty for none."""
    if not left_out:
        return Markdown("")
    language = facts.language
    someone = _SOMEONE.in_language(language)
    people = dict.fromkeys(left_out_by(facts, one.rule) or someone for one in left_out)
    said = _SAID.in_language(language).format(
        (_ONE if len(left_out) == 1 else _MANY).in_language(language).format(len(left_out)),
        _AND.in_language(language).join(map(neutralise, people)),
        ", ".join(code_span(one.rule) for one in left_out),
    )
    return Markdown(said)


def left_out_line(left_out: tuple[Finding, ...], facts: Facts) -> Markdown:
    """The same as a sentence; empty for none."""
    clause = left_out_clause(left_out, facts)
    return Markdown(f"{clause[0].upper()}{clause[1:]}.") if clause else clause
