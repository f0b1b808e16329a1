"""Purpose: nobody's CPR number, private e-mail address or telephone number stands in an issue.

Nothing of it is repeated: the Finding says what kind it is and where, with the digits blotted out.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from index.masking import MASK, MASKED_EMAIL, MASKED_PHONE
from index.personal.cues import Kind
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import BOTH, Rule, passes
from os2kb.governance.rules.text.personal_cues import personal_data
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

ID = "personal-data"
Held = Mapping[Kind, frozenset[str]]
_REMEDY = Phrase(
    'Fjern det fra teksten, og slet den gamle udgave i historikken under "edited", hvor andre '
    "stadig kan læse den.",
    'Take it out of the text, and delete the old version in the history under "edited", where '
    "others can still read it.",
)
_ONE: Mapping[Kind, Phrase] = {
    "cpr": Phrase(f"et CPR-nummer ({MASK})", f"a CPR number ({MASK})"),
    "email": Phrase(
        f"en privat e-mailadresse ({MASKED_EMAIL})", f"a private e-mail address ({MASKED_EMAIL})"
    ),
    "phone": Phrase(f"et telefonnummer ({MASKED_PHONE})", f"a telephone number ({MASKED_PHONE})"),
}
_MANY: Mapping[Kind, Phrase] = {
    "cpr": Phrase(f"CPR-numre ({MASK})", f"CPR numbers ({MASK})"),
    "email": Phrase(
        f"private e-mailadresser ({MASKED_EMAIL})", f"private e-mail addresses ({MASKED_EMAIL})"
    ),
    "phone": Phrase(f"telefonnumre ({MASKED_PHONE})", f"telephone numbers ({MASKED_PHONE})"),
}
_TITLE = Phrase("titlen", "the title")
_BODY = Phrase("beskrivelsen", "the description")
_COMMENTS = Phrase("kommentarerne", "the comments")


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads title, body and people's comments."""
    found = _found(facts, now.date())
    if not found:
        return passes(ID, "Der er ingen personoplysninger at se.", "No personal data to be seen.")
    total = _together(found.values())
    kinds = [_told(kind, len(total[kind])) for kind in _ONE if kind in total]
    evidence = Phrase(
        f"Der ser ud til at stå {_listed([kind.da for kind in kinds], 'og')} "
        f"i {_listed([place.da for place in found], 'og')}.",
        f"There seems to be {_listed([kind.en for kind in kinds], 'and')} "
        f"in {_listed([place.en for place in found], 'and')}.",
    )
    return Finding(ID, "fail", evidence, _REMEDY)


def holds_personal_data(facts: Facts, now: datetime) -> bool:
    """Whether a text here must not leave the process, whatever the Policy says of the rule."""
    return bool(_found(facts, now.date()))


def _found(facts: Facts, today: date) -> Mapping[Phrase, Held]:
    """Place to what it holds; places that hold nothing are left out."""
    human = not facts.author.is_bot
    theirs = [one.body for one in facts.comments if not (one.author.is_bot or one.author.is_self)]
    held = {
        _TITLE: _read(facts.title, today) if human else {},
        _BODY: _read(facts.body, today) if human else {},
        _COMMENTS: _together(_read(body, today) for body in theirs),
    }
    return {place: kinds for place, kinds in held.items() if kinds}


def _together(texts: Iterable[Held]) -> Held:
    """What stands in several is one."""
    kinds: dict[Kind, frozenset[str]] = {}
    for held in texts:
        for kind, found in held.items():
            kinds[kind] = kinds.get(kind, frozenset()) | found
    return kinds


# One decision asks several times about the same texts.
@lru_cache(maxsize=128)
def _read(text: str, today: date) -> Held:
    return personal_data(text, today)


def _told(kind: Kind, count: int) -> Phrase:
    many = _MANY[kind]
    return _ONE[kind] if count == 1 else Phrase(f"{count} {many.da}", f"{count} {many.en}")


def _listed(parts: Iterable[str], last: str) -> str:
    *first, final = parts
    return f"{', '.join(first)} {last} {final}" if first else final


RULE = Rule(
    id=ID,
    asks=NOTHING,  # it is an alarm: nobody is praised for not setting it off
    applies_to=BOTH,
    topic=(
        "skriv ingen +personoplysninger, CPR-numre eller telefonnumre / "
        "skriv ingen +personoplysninger / "
        "skriv ikke +CPR i issues / "
        "+persondata og fortrolige oplysninger hører ikke til i et issue / "
        "do not write +personal +data in issues / "
        "no +personal +information such as phone numbers"
    ),
    concepts=(),
    setting=lambda rules: rules.personal_data,
    check=check,
    events=frozenset({"issues", "issue_comment", "pull_request"}),
)
