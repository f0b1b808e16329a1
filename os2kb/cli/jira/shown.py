"""Pairs as the commands show them: what would be done about each, and what becomes public."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.rows import add_row
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.sweep.look import Look

_HEADINGS = (Phrase("Issue", "Issue"), Phrase("Ticket", "Ticket"), Phrase("Handling", "Action"))
_CONFLICT = Phrase("{}: et menneske skal vælge", "{}: a person has to choose")
_PUBLIC = Phrase(
    "Fra Jira ville blive offentligt på GitHub:", "Of Jira would become public on GitHub:"
)
_NOT_PUBLIC = Phrase(
    "Intet fra Jira ville blive offentligt på GitHub.",
    "Nothing of Jira would become public on GitHub.",
)
_UNREAD = Phrase("kan ikke læses: {}", "cannot be read: {}")


def print_pairs(looks: Sequence["Look"], shown_in: "Language") -> None:
    """A row for each pair that is out of step or cannot be read, where there is any."""
    if not looks:
        return
    issue, ticket, action = (one.in_language(shown_in) for one in _HEADINGS)
    table = Table(Column(issue, no_wrap=True), Column(ticket, no_wrap=True), action)
    for one in looks:
        add_row(table, one.name, one.pair.key, "\n".join(_told(one, shown_in)))
    # No markup: what is shown comes from outside.
    Console(markup=False, highlight=False).print(table)


def print_public(looks: Sequence["Look"], shown_in: "Language") -> None:
    """Everything of the tickets that would be seen on GitHub, word for word."""
    from os2kb.governance.harmless.neutralise import scrub

    every = [(one, public) for one in looks for public in one.public]
    console = Console(markup=False, highlight=False)
    console.print((_PUBLIC if every else _NOT_PUBLIC).in_language(shown_in))
    for look, public in every:
        console.print(scrub(f"  {look.name} {public.what}:"), soft_wrap=True)
        for line in public.text.splitlines():
            console.print(scrub(f"    {line}"), soft_wrap=True)


def pair_json(look: "Look", shown_in: "Language") -> dict[str, Any]:
    """`{"subject", "ticket", "unread", "actions", "public", "conflicts", "stays"}`.

    `actions` are as `os2kb plan` has them, `public` is what of the ticket would be seen on GitHub
    (`{"what", "text"}`), `conflicts` the fields that a person is asked about, and `stays` what may
    not leave Jira and why (`{"what", "why"}`).
    """
    from os2kb.backlog.stays import WHY
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.governance.plan_json import plan_json

    wanted = {one.key for one in look.wanted}
    step = look.plan.in_step if look.plan else None
    actions = plan_json(look.plan, shown_in)["actions"] if look.plan else ()
    return {
        "subject": scrub(look.name),
        "ticket": scrub(look.pair.key),
        "unread": scrub(look.unread.in_language(shown_in)),
        "actions": [one for one in actions if one["key"] in wanted],
        "public": [{"what": one.what, "text": scrub(one.text)} for one in look.public],
        "conflicts": [one.field for one in look.conflicts],
        "stays": [
            {"what": one.what, "why": WHY[one.why].in_language(shown_in)}
            for one in (step.stays if step else ())
        ],
    }


def _told(look: "Look", shown_in: "Language") -> list[str]:
    from os2kb.governance.told_actions import told_action

    if look.unread.en:
        return [_UNREAD.filled(look.unread).in_language(shown_in)]
    asked = [_CONFLICT.filled(one.field) for one in look.conflicts]
    return [
        one.in_language(shown_in) for one in (*(told_action(each) for each in look.wanted), *asked)
    ]
