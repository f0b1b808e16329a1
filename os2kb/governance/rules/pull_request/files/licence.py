"""Purpose: new files say under which licence they are, and the product's own licence stays.

A header is read in the file's patch (https://spdx.dev/learn/handling-license-info/). The licence
may also stand beside the file, in `file.license` (https://reuse.software/spec/).
"""

import re
from collections.abc import Container
from datetime import datetime

from os2kb.governance.facts import ChangedFile, Facts
from os2kb.governance.findings import Finding, Place
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.files.changes import changed_lines, named
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.rules.pull_request.files import Licence

ID = "licence"
_FIRST_LINES = 40
_SPDX = re.compile(r"SPDX-License-Identifier:[ \t]*([^\n]{1,200})")
_IDENTIFIER = re.compile(r"[A-Za-z0-9.+-]+")
_OF_THE_PRODUCT = re.compile(r"(licen[cs]e|copying)(\.\w+)?", re.IGNORECASE)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the first lines of added files, and the lines that changed files lose."""
    options, pull = policy.guidelines.rules.licence, pull_of(facts)
    if _loses_the_products(pull.files):
        return _products_is_gone()
    asked = [one for one in pull.files if matches(one.path, options.paths)]
    paths = {one.path for one in pull.files}
    new = [one for one in asked if one.change == "added" and not _needs_none(one, paths)]
    without = [
        *(one for one in new if one.patch is not None and not _has_header(one.patch, options)),
        *(one for one in asked if one.change != "added" and _loses_header(one, options)),
    ]
    if without:
        return _missing(without, options)
    if pull.files_cut or any(one.patch is None for one in new):
        return unsure(ID, "Ikke alle nye filer kan ses.", "Not all new files can be seen.")
    if not new:
        return not_applicable(
            ID, "Ingen nye filer skal have en licens.", "No new files need a licence."
        )
    return passes(ID, "Alle nye filer har en licens.", "All new files have a licence.")


def _needs_none(file: ChangedFile, paths: Container[str]) -> bool:
    """Whether a new file is empty, or has its licence beside it."""
    return changed_lines(file) == 0 or f"{file.path}.license" in paths


def _has_header(patch: str, options: Licence) -> bool:
    """Whether the whole file, as its patch adds it, opens with a licence."""
    return _says(_lines(patch, "+")[:_FIRST_LINES], options)


def _loses_header(file: ChangedFile, options: Licence) -> bool:
    if file.change == "removed" or file.patch is None:
        return False
    after = [*_lines(file.patch, "+"), *_lines(file.patch, " ")]
    return _says(_lines(file.patch, "-"), options) and not _says(after, options)


def _lines(patch: str, sign: str) -> list[str]:
    return [line[1:] for line in patch.splitlines() if line.startswith(sign)]


def _says(lines: list[str], options: Licence) -> bool:
    """Whether lines name the Policy's licence, or any where it names none, or hold its words."""
    text = "\n".join(lines)
    if options.header is not None and _words(options.header) in _words(text):
        return True
    found = [_IDENTIFIER.findall(one) for one in _SPDX.findall(text)]
    if options.spdx is None:
        return options.header is None and bool(found)
    return any(options.spdx.casefold() == name.casefold() for names in found for name in names)


def _words(text: str) -> str:
    """The text as one line without what comments begin their lines with."""
    return " ".join(re.sub(r"[*#/]+", " ", text).split()).casefold()


def _loses_the_products(files: tuple[ChangedFile, ...]) -> bool:
    """Whether the licence at the root is removed, and none put in its place."""
    changes = {one.change for one in files if _OF_THE_PRODUCT.fullmatch(one.path)}
    return changes == {"removed"}


def _products_is_gone() -> Finding:
    return Finding(
        ID,
        "fail",
        Phrase("Produktets licens er slettet.", "The product's licence is removed."),
        Phrase("Læg licensfilen tilbage.", "Put the licence file back."),
        label="status.needs-change",
    )


def _missing(files: list[ChangedFile], options: Licence) -> Finding:
    line = f"SPDX-License-Identifier: {options.spdx or 'MPL-2.0'}"
    if options.spdx is None and options.header is not None:
        line = options.header
    return Finding(
        ID,
        "fail",
        Phrase(f"Licensen mangler i {named(files)}.", f"{named(files)} has no licence."),
        Phrase(
            f'Skriv "{line}" i en kommentar øverst i filen.',
            f'Write "{line}" in a comment at the top of the file.',
        ),
        label="status.needs-change",
        places=tuple(Place(one.path, 1) for one in files),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("siger licensen i nye filer", "says the licence in new files"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+licens fremgår af filerne / "
        "nye +filer begynder med en linje om +licensen / "
        "projektets +licens og dine bidrag / "
        "open source +licenser / "
        "+licence of source files / "
        "+license header / "
        "+SPDX"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.licence,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request"}),
)
