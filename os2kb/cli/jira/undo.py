"""`os2kb jira undo`: take back what a run wrote, where nothing has changed since."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.language import English, language, refuse
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import hand_over, install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.governance.receipts import Receipt
    from os2kb.installation import Installation
    from os2kb.subjects import Subject

_NO_RUN = Phrase(
    "der er ingen kørsel {}; os2kb jira runs viser dem",
    "there is no run {}; os2kb jira runs lists them",
)
_HEADINGS = (
    Phrase("Issue", "Issue"),
    Phrase("Skrevet", "Written"),
    Phrase("Kan tages tilbage", "Can be taken back"),
)
_YES = Phrase("ja", "yes")
_SUM = Phrase(
    "{} af {} kan tages tilbage; intet er skrevet. Gør det med --apply.",
    "{} of {} can be taken back; nothing was written. Do it with --apply.",
)
_WROTE_NOTHING = Phrase(
    "Kørsel {} skrev intet, så der er intet at tage tilbage.",
    "Run {} wrote nothing, so there is nothing to take back.",
)
_NOTHING_LEFT = Phrase(
    "Intet af det, som kørsel {} skrev, kan tages tilbage.",
    "Nothing of what run {} wrote can be taken back.",
)
_DONE = Phrase("{} af {} er taget tilbage.", "{} of {} were taken back.")
_ASKED = Phrase(
    "Den kørende tjeneste er bedt om at tage {} af {} tilbage.",
    "The running service was asked to take {} of {} back.",
)


def undo_run(
    run: Annotated[int, typer.Argument(help="Its number: see `os2kb jira runs`.", min=1)],
    apply: Annotated[bool, typer.Option("--apply", help="Take it back.")] = False,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Take back what a run wrote, where nothing has changed since; first only show what.

    What somebody has changed since stays, and so does what cannot be taken back.
    """
    from os2kb.store.backlog import runs

    shown_in, installation = language(english=english), install_here()
    if runs.run_of(installation.database, run) is None:
        refuse(_NO_RUN.filled(str(run)))
    found = [
        (subject, one, why)
        for subject in _subjects(installation, run)
        for one, why in _written(installation, subject, run)
    ]
    how = _SUM
    if apply:
        ours = dict.fromkeys(subject for subject, _, why in found if why is None)
        how = _take_back(installation, run, tuple(ours))
    can = sum(why is None for _, _, why in found)
    if as_json:
        items = [_item(*one, shown_in) for one in found]
        print_json({"run": run, "taken_back": apply, "items": items})
        return
    _print(found, shown_in)
    said = how.in_language(shown_in).format(can, len(found))
    if not can:
        said = (_NOTHING_LEFT if found else _WROTE_NOTHING).in_language(shown_in).format(run)
    Console(markup=False, highlight=False).print(said, soft_wrap=True)


def _subjects(installation: "Installation", run: int) -> tuple["Subject", ...]:
    from os2kb.store import names
    from os2kb.store.backlog import runs
    from os2kb.subjects import Subject, parse_key

    keys = map(parse_key, runs.subjects_of(installation.database, run))
    named = (
        (forge, id_, number, names.repository_name(installation.database, forge, id_))
        for forge, id_, number in keys
    )
    return tuple(Subject(id_, number, name, forge) for forge, id_, number, name in named if name)


def _written(
    installation: "Installation", subject: "Subject", run: int
) -> list[tuple["Receipt", Phrase | None]]:
    """What a run wrote of a subject, and why it stays."""
    from os2kb.governance.take_back import to_take_back

    seen = reconciler_of(installation).observer.observe(subject)
    return list(to_take_back(seen.facts, run))


def _take_back(installation: "Installation", run: int, subjects: tuple["Subject", ...]) -> Phrase:
    """Do it, or have the service do it."""
    from os2kb.bounds import UNDO, Bounds
    from os2kb.engine.slots import SlotTaken, executor_slot

    try:
        with executor_slot(installation.database).alone():
            for one in subjects:
                reconciler_of(installation).apply(one, Bounds(undoes=run))
            return _DONE
    except SlotTaken:
        for one in subjects:
            hand_over(installation, one, UNDO, run)
        return _ASKED


def _item(
    subject: "Subject", receipt: "Receipt", why: Phrase | None, shown_in: "Language"
) -> dict[str, Any]:
    return {
        "subject": str(subject),
        "action": receipt.action,
        "can_be_taken_back": why is None,
        "why_not": why.in_language(shown_in) if why else "",
    }


def _print(found: list[tuple["Subject", "Receipt", Phrase | None]], shown_in: "Language") -> None:
    if not found:
        return
    from os2kb.governance.told_receipts import told_receipt

    issue, written, can = (one.in_language(shown_in) for one in _HEADINGS)
    table = Table(Column(issue, no_wrap=True), Column(written, overflow="fold"), can)
    for subject, receipt, why in found:
        add_row(
            table,
            str(subject),
            told_receipt(receipt).in_language(shown_in),
            (why or _YES).in_language(shown_in),
        )
    Console(markup=False, highlight=False).print(table)
