"""The commands of this version."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from os2kb.phrases import NOTHING, Phrase


@dataclass(frozen=True, slots=True)
class Known:
    """A command.

    Attributes:
        does: what it does, as one clause.
        takes: what may follow its word.
        reads: it changes nothing, so that an observing bot answers it, too.
    """

    does: Phrase
    takes: Phrase = NOTHING
    reads: bool = False


_RULE = Phrase("[regel] [begrundelse]", "[rule] [reason]")

KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        "help": Known(Phrase("viser denne liste", "shows this list"), reads=True),
        "ask": Known(
            Phrase(
                "svarer på et spørgsmål ud fra retningslinjer, beslutninger og ofte stillede "
                "spørgsmål",
                "answers a question from guidelines, decisions and the FAQ",
            ),
            Phrase("<spørgsmål>", "<question>"),
            reads=True,
        ),
        "why": Known(
            Phrase(
                "viser, hvad hver regel fandt her, hvad den bygger på, og hvad der kan ændre det",
                "shows what each rule found here, what it rests on, and what can change it",
            ),
            reads=True,
        ),
        "recheck": Known(
            Phrase(
                "vurderer det hele igen og siger, hvad der mangler",
                "judges it all anew and says what is missing",
            )
        ),
        "label": Known(
            Phrase(
                "sætter en etiket på, som repositoriet har, og som reglerne så lader være",
                "puts on a label that the repository has, and that the rules then leave alone",
            ),
            Phrase("<etiket> [begrundelse]", "<label> [reason]"),
        ),
        "severity": Known(
            Phrase("sætter alvorsgradens etiket på", "puts on the label of a class of fault"),
            Phrase("<grad> [begrundelse]", "<class> [reason]"),
        ),
        "escalate": Known(
            Phrase("giver det næste trin på stigen besked", "tells the next rung of the ladder"),
            Phrase("[begrundelse]", "[reason]"),
        ),
        "jira": Known(
            Phrase(
                "knytter issuet til en ticket i Jira eller opretter en, siger, hvad der følger "
                "med, vælger en side og frigiver en tekst, der er holdt tilbage",
                "links the issue to a ticket in Jira or creates one, says what goes along, chooses "
                "a side, and releases a text that is held back",
            ),
            Phrase(
                "link <nøgle> | create | sync [felt github|jira] | release <felt eller kommentar>",
                "link <key> | create | sync [field github|jira] | release <field or comment>",
            ),
        ),
        "decide": Known(
            Phrase(
                "noterer en beslutning og foreslår den til beslutningsloggen",
                "notes a decision and proposes it to the decision log",
            ),
            Phrase("<beslutning>", "<decision>"),
        ),
        "pause": Known(
            Phrase(
                "holder pause her: ingen etiketter og ingen status",
                "pauses here: no labels and no status",
            )
        ),
        "resume": Known(
            Phrase(
                "slutter pausen, eller tager en regel i brug igen",
                "ends the pause, or takes a rule up again",
            ),
            _RULE,
        ),
        "ignore": Known(
            Phrase(
                "ser bort fra en regel her, eller fra dem alle",
                "leaves a rule out here, or all of them",
            ),
            _RULE,
        ),
        "undo": Known(
            Phrase(
                "tager det tilbage, jeg sidst gjorde her, hvis ingen har ændret det siden",
                "takes back what I last did here, where nobody has changed it since",
            )
        ),
    }
)

ALSO: Mapping[str, str] = MappingProxyType({"hjælp": "help"})
"""Other words for a command."""
