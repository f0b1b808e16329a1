"""`os2kb decisions show`: one entry, and what it took to read it."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.folder import USUAL, LogPath
from os2kb.cli.decisions.kept import Product, entries_of
from os2kb.cli.decisions.told import share
from os2kb.cli.internal import Internal
from os2kb.cli.language import English, language
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from os2kb.decisions.entry import Entry

_NONE = Phrase(
    "Der er ingen beslutning {}. Se dem med: os2kb decisions list {}",
    "There is no decision {}. See them with: os2kb decisions list {}",
)
_SEVERAL = Phrase(
    "{} kan være flere: {}. Skriv filens navn.", "{} may be several: {}. Write the file's name."
)
_READ_WITH = Phrase("Læst med sikkerhed {} af 1:", "Read with confidence {} of 1:")


def show_decision(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its number, or its file.")],
    path: LogPath = USUAL,
    product: Product = "",
    internal: Internal = False,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """One decision as it was read, with what was put right; exit 1 where there is none such."""
    from index.masking import mask
    from os2kb.decisions.approval import HEADING
    from os2kb.decisions.as_data import masked, with_texts
    from os2kb.decisions.tidy import seen
    from os2kb.decisions.words import HEADINGS
    from os2kb.decisions.writing.parts import values

    entries, where = entries_of(path, product, internal=internal, english=english)
    entry = _found(entries, name, where, english=english)
    decision, spoken = entry.decision, language(english=english)
    if as_json:
        print_json(masked(with_texts(entry)))
        return
    from os2kb.decisions.words import KEYS

    lines = [decision.title, ""]
    told = values(decision, spoken)
    lines += [f"{KEYS[key].in_language(spoken)}: {value}" for key, value in told.items() if value]
    if entry.approval:
        lines += [f"{HEADING.in_language(spoken)}: {entry.approval.said.in_language(spoken)}"]
    lines += [f"{entry.path}:{entry.lines[0]}-{entry.lines[1]}"]
    for text, heading in HEADINGS.items():
        if getattr(decision, text):
            lines += ["", f"## {heading.in_language(spoken)}", "", getattr(decision, text)]
    for one in decision.extra:
        lines += ["", f"## {one.heading}", "", one.text]
    if entry.repairs:
        lines += ["", _READ_WITH.in_language(spoken).format(share(entry.confidence, spoken))]
        lines += [f"  {one.line}: {one.said.in_language(spoken)}" for one in entry.repairs]
    typer.echo(mask(seen("\n".join(lines))))


def _found(entries: "Sequence[Entry]", name: str, where: str, *, english: bool) -> "Entry":
    from os2kb.governance.harmless.neutralise import scrub

    number = name.lstrip("#").lstrip("0")
    exact = [
        one
        for one in entries
        if (number and one.decision.id == number)
        or name in (one.path, PurePosixPath(one.path).name, one.name)
    ]
    begun = (one for one in entries if PurePosixPath(one.path).name.startswith(name))
    found = exact or list(begun)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.path for one in found[:5])
        said = (_SEVERAL.en if english else _SEVERAL.da).format(name, names)
    else:
        said = (_NONE.en if english else _NONE.da).format(name, where)
    typer.echo(scrub(said), err=True)
    raise typer.Exit(1)
