"""What a summary line says was done, in the past tense."""

import re
from collections.abc import Mapping

# Only words that are no noun or adjective as well, or hardly ever stand first as one.
_ENGLISH = """
add:added adds:added adding:added allow:allowed allows:allowed bump:bumped bumps:bumped
change:changed changes:changed clean:cleaned create:created creates:created delete:deleted
deletes:deleted deprecate:deprecated disable:disabled drop:dropped drops:dropped enable:enabled
ensure:ensured ensures:ensured extract:extracted fix:fixed fixes:fixed fixing:fixed
handle:handled handles:handled implement:implemented implements:implemented improve:improved
improves:improved introduce:introduced introduces:introduced make:made makes:made
migrate:migrated move:moved moves:moved prevent:prevented prevents:prevented refactor:refactored
remove:removed removes:removed removing:removed rename:renamed renames:renamed
replace:replaced replaces:replaced rewrite:rewrote simplify:simplified update:updated
updates:updated updating:updated upgrade:upgraded upgrades:upgraded write:wrote
"""
_DANISH = """
fjern:fjernede fjerner:fjernede flyt:flyttede flytter:flyttede forbedr:forbedrede
forbedrer:forbedrede gør:gjorde implementer:implementerede implementér:implementerede
implementerer:implementerede indfør:indførte indfører:indførte omdøb:omdøbte omdøber:omdøbte
opdater:opdaterede opdatér:opdaterede opdaterer:opdaterede opgrader:opgraderede
opgraderer:opgraderede opret:oprettede opretter:oprettede ret:rettede retter:rettede
skriver:skrev slet:slettede sletter:slettede tilføj:tilføjede tilføjer:tilføjede
tilret:tilrettede tilretter:tilrettede udskift:udskiftede udskifter:udskiftede ændr:ændrede
ændrer:ændrede
"""
PAST: Mapping[str, str] = dict(pair.split(":") for pair in (_ENGLISH + _DANISH).split())
"""Present tense or imperative to past tense, lower case."""

# `[12]: `, `#12: `, `DISPLAY-7: `, `fix(api): `
_PREFIX = re.compile(r"\s*(?:\[[^\]]{1,30}\]|[\w#-]{1,20}(?:\([^)]{1,30}\))?!?:)[\s:]*")
_WORD = re.compile(r"[^\W\d_]+")


def not_past(line: str) -> tuple[str, str] | None:
    """The line's first word and its past tense, where that word is known to be in another."""
    prefix = _PREFIX.match(line)
    word = _WORD.match(line, prefix.end() if prefix else len(line) - len(line.lstrip()))
    past = PAST.get(word[0].lower()) if word else None
    if word is None or past is None:
        return None
    return word[0], past.capitalize() if word[0][0].isupper() else past
