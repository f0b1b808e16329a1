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


def pair_json(look: "Look", shown_in: "Language") -> dict[str, Any]:
    """`{"subject", "ticket", "unread", "actions": […]}`; actions as `os2kb plan` has them."""
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.governance.plan_json import plan_json

    writes = {one.key for one in look.writes}
    actions = plan_json(look.plan, shown_in)["actions"] if look.plan else ()
    return {
        "subject": scrub(look.name),
        "ticket": scrub(look.pair.key),
        "unread": scrub(look.unread.in_language(shown_in)),
        "actions": [one for one in actions if one["key"] in writes],
    }


def _told(look: "Look", shown_in: "Language") -> list[str]:
    from os2kb.governance.told_actions import told_action

    if look.unread.en:
        return [_UNREAD.filled(look.unread).in_language(shown_in)]
    return [told_action(one).in_language(shown_in) for one in look.writes]
