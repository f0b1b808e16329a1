"""What stands in a ticket's way to a status, each with its cure, as much as somebody may know.

A workflow is Jira's: what GitHub is told of it names nothing that the Policy does not name already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from os2kb.phrases import Phrase

_SEE_PLAN = Phrase("`os2kb plan` siger hvilket.", "`os2kb plan` says which.")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands in the way.

    Attributes:
        tellings: what is said of it, the most telling first, each with the words of Jira in it; the
            last has none.
    """

    tellings: tuple[tuple[Phrase, frozenset[str]], ...]

    @property
    def whole(self) -> Phrase:
        """All of it, for whoever runs the bot."""
        return self.tellings[0][0]

    def outside(self, named: Iterable[str]) -> Phrase:
        """As much as those may know who know these words already."""
        known = {one.casefold() for one in named}
        return next(said for said, words in self.tellings if {w.casefold() for w in words} <= known)


def lacks_field(step: str, field: str) -> Obstacle:
    """A screen asks for a field that the Policy gives no value."""
    whole = Phrase(
        f"Trinnet “{step}” kræver feltet {field}; giv det en værdi i `jira.required`.",
        f"The transition “{step}” asks for the field {field}; give it a value in `jira.required`.",
    )
    some = Phrase(
        f"Et trin på vejen kræver feltet {field}; giv det en værdi i `jira.required`.",
        f"A transition on the way asks for the field {field}; give it a value in `jira.required`.",
    )
    least = Phrase(
        "Et trin på vejen kræver et felt, som `jira.required` ikke giver en værdi; {}",
        "A transition on the way asks for a field that `jira.required` gives no value; {}",
    ).filled(_SEE_PLAN)
    words = ((whole, {step, field}), (some, {field}), (least, ()))
    return Obstacle(tuple((said, frozenset(one)) for said, one in words))


def lacks_right(step: str, to: str) -> Obstacle:
    """Our account may not take a step."""
    whole = Phrase(
        f"Botten må ikke tage trinnet “{step}” til {to}; giv dens konto lov i projektets "
        "arbejdsgang.",
        f"The bot may not take the transition “{step}” to {to}; allow its account to in the "
        "project's workflow.",
    )
    some = Phrase(
        f"Botten må ikke tage trinnet til {to}; giv dens konto lov i projektets arbejdsgang.",
        f"The bot may not take the transition to {to}; allow its account to in the project's "
        "workflow.",
    )
    least = Phrase(
        "Botten må ikke tage et trin på vejen; {}",
        "The bot may not take a transition on the way; {}",
    ).filled(_SEE_PLAN)
    words = ((whole, {step, to}), (some, {to}), (least, ()))
    return Obstacle(tuple((said, frozenset(one)) for said, one in words))


def no_way(start: str, goals: Sequence[str]) -> Obstacle:
    """Nothing leads there; the goals are the Policy's own words."""
    if not goals:
        unsaid = Phrase(
            "Policyen siger ikke, hvilken status i Jira det svarer til; skriv den i "
            "`jira.statuses`.",
            "The Policy does not say which status of Jira that is; write it in `jira.statuses`.",
        )
        return Obstacle(((unsaid, frozenset()),))
    listed = ", ".join(goals)
    said = Phrase(
        "Arbejdsgangen har ingen vej{} til {}, så vidt andre ticketer har vist; "
        "tilføj et trin, skriv en anden status i `jira.statuses`, eller tag en ticket den vej: "
        "hvad der følger efter en status, ses først, når en ticket har den.",
        "The workflow has no way{} to {}, as far as other tickets have shown; "
        "add a transition, write another status in `jira.statuses`, or take a ticket that way: "
        "what leads on from a status is seen once a ticket has it.",
    )
    whole = said.filled(Phrase(f" fra {start}", f" from {start}"), listed)
    least = said.filled("", listed)
    return Obstacle(((whole, frozenset({start})), (least, frozenset())))


def same_status(status: str) -> Obstacle:
    """Only the resolution would tell two states apart, and no screen asks for it."""
    said = Phrase(
        "{} betyder flere ting, og intet trin dertil spørger om Resolution; sæt den på "
        "trinnets skærm, og skriv den i `jira.resolutions`.",
        "{} means several things, and no transition to it asks for the resolution; put it "
        "on the transition's screen, and write it in `jira.resolutions`.",
    )
    least = said.filled(Phrase("En status", "A status"))
    return Obstacle(((said.filled(status), frozenset({status})), (least, frozenset())))


def nothing_leads() -> Obstacle:
    """A way without steps to a status where the ticket does not stand."""
    said = Phrase(
        "Værdien har intet modstykke på den anden side; skriv det ind i Policyens `jira`.",
        "The value has no counterpart on the other side; write it into the Policy's `jira`.",
    )
    return Obstacle(((said, frozenset()),))
