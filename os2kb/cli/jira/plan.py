"""`os2kb jira plan`: what would bring issues and their tickets into step."""

from typing import TYPE_CHECKING

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.jira.looking import (
    Project,
    Since,
    check_project,
    looked_at,
    moment_since,
    nothing_there,
)
from os2kb.cli.jira.shown import pair_json, print_pairs, print_public
from os2kb.cli.language import English, language
from os2kb.cli.reading import progress_shown
from os2kb.cli.subjects import install_here
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.sweep.look import Look

_OBSERVED = Phrase(
    "For {} af dem ser os2kb kun med: der skrives intet, før mode er `act`.",
    "Of {} of them os2kb only looks on: nothing is written before the mode is `act`.",
)
_OLDER = Phrase(
    "{} kommentarer er fra før det, som policyens `jira.comments_from` lader kopiere; de bliver, "
    "hvor de er.",
    "{} comments are from before what the Policy's `jira.comments_from` lets be copied; they stay "
    "where they are.",
)
_SUM = Phrase(
    "{} af {} par er ude af trit, {} felter venter på et menneskes valg, og {} par kan ikke læses; "
    "intet er skrevet.",
    "{} of {} pairs are out of step, {} fields wait for a person's choice, and {} pairs cannot be "
    "read; nothing was written.",
)


def plan_pairs(
    project: Project = "",
    since: Since = None,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Show what would bring issues and their tickets into step, and what would become public."""
    from rich.console import Console

    shown_in, installation = language(english=english), install_here()
    check_project(installation, project)
    moment = moment_since(since, installation.now())
    count = older = 0
    found: list[Look] = []
    with progress_shown() as progress:
        for page in looked_at(installation, progress, project, moment):
            count += page.count
            older += sum(one.older for one in page.looks)
            found += page.amiss
    if as_json:
        items = [pair_json(one, shown_in) for one in found]
        print_json({"project": project, "pairs": count, "items": items})
        return
    console = Console(markup=False, highlight=False)
    if not count:
        console.print(nothing_there(project, since, shown_in), soft_wrap=True)
        return
    print_pairs(found, shown_in)
    print_public(found, shown_in)
    unread = sum(bool(one.unread.en) for one in found)
    wanted, asks = sum(bool(one.wanted) for one in found), sum(len(one.conflicts) for one in found)
    if observed := sum(bool(one.wanted) and not one.writes for one in found):
        console.print(_OBSERVED.in_language(shown_in).format(observed), soft_wrap=True)
    if older:
        console.print(_OLDER.in_language(shown_in).format(older), soft_wrap=True)
    said = _SUM.in_language(shown_in).format(wanted, count, asks, unread)
    console.print(said, soft_wrap=True)
