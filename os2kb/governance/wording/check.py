"""What is wrong with a product's own text: where, what, and how to mend it."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.passages import Language
from os2kb.governance.harmless.neutralise import shortened
from os2kb.governance.harmless.safe_markdown import safe_markdown
from os2kb.governance.wording.wordings import FOLDER, MOST_CHARS, WORDINGS, Wording
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem

_PARSER = MarkdownIt("commonmark")
_CODE = re.compile(r"\{%|%\}|\{#|#\}")
_PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
LANGUAGES: tuple[Language, ...] = ("da", "en")


def name_of(path: str) -> tuple[str, str]:
    """Language and name of the text at `.github/os2kb/da/welcome.md`; empty for any other path."""
    language, _, file = path.removeprefix(f"{FOLDER}/").partition("/")
    name = file.removesuffix(".md")
    known = language in LANGUAGES and name in WORDINGS and file == f"{name}.md"
    return (language, name) if known and path.startswith(f"{FOLDER}/") else ("", "")


def is_wording(path: str) -> bool:
    """Whether a path is that of a text, under whatever name; what lies beside them is none."""
    return path.startswith(f"{FOLDER}/") and path.count("/") > FOLDER.count("/") + 1


def wording_problems(path: str, text: str) -> tuple[PolicyProblem, ...]:
    """What is wrong with a product's own text, in the order of its lines.

    Args:
        path: in the repository, which says what text it is.
        text: Markdown from outside.
    """
    _, name = name_of(path)
    if not name:
        return (PolicyProblem(path, None, _nothing_there()),)
    if len(text) > MOST_CHARS:
        return (PolicyProblem(path, None, _too_long(len(text))),)
    found = sorted(_in_lines(text, WORDINGS[name]), key=lambda one: one[0])
    missing = _missing(text, WORDINGS[name])
    return (
        *(PolicyProblem(path, line, message) for line, message in found),
        *(PolicyProblem(path, None, message) for message in missing),
    )


def _in_lines(text: str, wording: Wording) -> Iterator[tuple[int, Phrase]]:
    """Line, 1-based, and what is wrong with it."""
    allowed = {one.name: one for one in wording.placeholders}
    for number, line in enumerate(text.splitlines(), 1):
        if _CODE.search(line):
            yield number, _NO_CODE
        for match in _PLACEHOLDER.finditer(line):
            name = match[1].strip()
            if name not in allowed:
                yield number, _unknown(name, tuple(allowed))
            elif allowed[name].block and line.rstrip() != match[0]:
                yield number, _not_alone(name)
        if _BRACES.search(_PLACEHOLDER.sub("", line)):
            yield number, _HALF
    yield from _in_markup(_PARSER.parse(text))


def _in_markup(tokens: list[Token]) -> Iterator[tuple[int, Phrase]]:
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        held = [token, *(token.children or ())]
        if any(one.type in ("html_block", "html_inline") for one in held):
            yield line, _NO_HTML
        code = [one for one in held if one.type in ("fence", "code_block", "code_inline")]
        if any("{{" in one.content for one in code):
            yield line, _IN_CODE


def _missing(text: str, wording: Wording) -> Iterator[Phrase]:
    kept = safe_markdown(text, MOST_CHARS, links=True)  # one in an address is lost
    used = {match[1].strip() for match in _PLACEHOLDER.finditer(kept)}
    for one in wording.placeholders:
        if one.needed and one.name not in used:
            yield Phrase(
                f"Pladsholderen {{{{ {one.name} }}}} mangler; uden den siger teksten ikke det, den "
                "er til for. Tilføj den.",
                f"The placeholder {{{{ {one.name} }}}} is missing; without it, the text does not "
                "say what it is for. Add it.",
            )


def _unknown(name: str, allowed: tuple[str, ...]) -> Phrase:
    shown = shortened(name, 40)
    names = ", ".join(f"{{{{ {one} }}}}" for one in allowed)
    if not allowed:
        return Phrase(
            f"Pladsholderen {{{{ {shown} }}}} kendes ikke; denne tekst har ingen pladsholdere.",
            f"The placeholder {{{{ {shown} }}}} is not known; this text has no placeholders.",
        )
    return Phrase(
        f"Pladsholderen {{{{ {shown} }}}} kendes ikke her; brug {names}.",
        f"The placeholder {{{{ {shown} }}}} is not known here; use {names}.",
    )


def _not_alone(name: str) -> Phrase:
    return Phrase(
        f"Pladsholderen {{{{ {name} }}}} fylder flere linjer; sæt den alene på en linje.",
        f"The placeholder {{{{ {name} }}}} takes several lines; put it alone on a line.",
    )


def _nothing_there() -> Phrase:
    names = ", ".join(f"{name}.md" for name in WORDINGS)
    return Phrase(
        f"Der er ingen tekst af det navn; i {FOLDER}/da og {FOLDER}/en kan ligge {names}.",
        f"There is no text of that name; {FOLDER}/da and {FOLDER}/en may hold {names}.",
    )


def _too_long(length: int) -> Phrase:
    return Phrase(
        f"Teksten er på {length} tegn; skriv højst {MOST_CHARS}.",
        f"The text has {length} characters; write at most {MOST_CHARS}.",
    )


UNREADABLE = Phrase(
    "Filen kan ikke læses; gør den til en tekstfil.",
    "The file cannot be read; make it a text file.",
)
_NO_CODE = Phrase(
    "Teksten kan ikke indeholde kode ({% … %}, {# … #}); brug kun pladsholdere som {{ navn }}.",
    "The text cannot hold code ({% … %}, {# … #}); use only placeholders like {{ name }}.",
)
_HALF = Phrase(
    "En pladsholder skrives {{ navn }} på én linje; ret tuborgklammerne.",
    "A placeholder is written {{ name }} on one line; mend the braces.",
)
_NO_HTML = Phrase(
    "Teksten kan ikke indeholde HTML; skriv det som Markdown.",
    "The text cannot hold HTML; write it as Markdown.",
)
_IN_CODE = Phrase(
    "En pladsholder kan ikke stå i kode; flyt den ud.",
    "A placeholder cannot stand in code; move it out.",
)
