"""`os2kb plan` and `os2kb apply`: one subject, looked at or looked after."""

import json
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.places import headings
from os2kb.governance.plan import Action, Plan
from os2kb.phrases import Phrase
from os2kb.settings import BadSettings, load_settings
from os2kb.subjects import Subject, parse_reference

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.installation import Installation
    from os2kb.reconcile import Reconciler

Reference = Annotated[str, typer.Argument(help="owner/repo#42", metavar="SUBJECT")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
# The headings of what is printed, which is in the subject's language.
_FINDING = (
    Phrase("Regel", "Rule"),
    Phrase("Dom", "Verdict"),
    Phrase("Begrundelse", "Evidence"),
    Phrase("Det hjælper", "Remedy"),
    Phrase("Retningslinje", "Guideline"),
)
_ACTION = (
    Phrase("Handling", "Action"),
    Phrase("På grund af", "Because"),
    Phrase("Udføres i denne tilstand", "Applied in this mode"),
)
_NOTHING = Phrase("Der er intet at gøre.", "There is nothing to do.")


def plan(subject: Reference, as_json: AsJson = False) -> None:
    """Show what the bot finds and would do; writes nothing."""
    reconciler = reconciler_of(install_here())
    _show(reconciler.plan_named(*parse_reference(subject)), as_json)


def apply(subject: Reference, as_json: AsJson = False) -> None:
    """Do now what the Plan says, within the modes. A running service does it itself."""
    from os2kb.engine.slots import SlotTaken, executor_slot

    installation = install_here()
    wanted = _subject(installation, subject)
    try:
        with executor_slot(installation.database).alone():
            done = reconciler_of(installation).apply(wanted)
    except SlotTaken:
        hand_over(installation, wanted)
        typer.echo(f"The running service was asked to look at {wanted}.", err=True)
        return
    _show(done, as_json)


def install_here() -> "Installation":
    """The installation that the settings describe."""
    from os2kb.clock import now
    from os2kb.installation import install

    return install(load_settings(), now)


def reconciler_of(installation: "Installation") -> "Reconciler":
    """What plans and applies; BadSettings without credentials for GitHub."""
    if installation.reconciler is None:
        raise BadSettings(
            "no credentials for GitHub; set OS2KB_GITHUB_APP_ID and OS2KB_GITHUB_PRIVATE_KEY, "
            "or OS2KB_GITHUB_TOKEN"
        )
    return installation.reconciler


def _subject(installation: "Installation", reference: str) -> Subject:
    name, number = parse_reference(reference)
    return reconciler_of(installation).observer.subject(name, number)


def hand_over(installation: "Installation", subject: Subject, event: str = "apply") -> None:
    """Ask the running service to look at a subject."""
    from os2kb.store import deliveries, names

    asked = deliveries.Arrival(
        source="cli",
        identifier=str(uuid4()),
        event=event,
        action="",
        headers={},
        body=b"",
        received_at=installation.now(),
        state="accepted",
        subject=subject.key,
        repository=subject.repository,
    )
    with installation.database.begin() as connection:
        names.remember_repository(
            connection, subject.forge, subject.repository_id, subject.repository
        )
        deliveries.keep(connection, [asked])


def _show(made: Plan, as_json: bool) -> None:
    from os2kb.governance.plan_json import plan_json

    if as_json:
        typer.echo(json.dumps(plan_json(made), ensure_ascii=False, indent=2))
        return
    # No markup: what is shown comes from outside.
    console = Console(markup=False)
    console.print(f"{made.subject} ({made.mode})", style="bold")
    console.print(_findings_table(made))
    if made.actions:
        console.print(_actions_table(made))
    else:
        console.print(_NOTHING.in_language(made.language))


def _findings_table(made: Plan) -> Table:
    rule, verdict, *others = (one.in_language(made.language) for one in _FINDING)
    folded = (Column(one, overflow="fold") for one in others)
    table = Table(Column(rule, no_wrap=True), verdict, *folded)
    for finding in made.findings:
        cited = finding.citation
        table.add_row(
            finding.rule,
            finding.verdict,
            finding.evidence.in_language(made.language),
            finding.remedy.in_language(made.language),
            headings(cited.title, cited.heading[-1:]) if cited else "",
        )
    return table


def _actions_table(made: Plan) -> Table:
    table = Table(*(one.in_language(made.language) for one in _ACTION))
    allowed: set[Action] = set(made.writes(made.mode))
    answer = ("no", "yes") if made.language == "en" else ("nej", "ja")
    for action in made.actions:
        table.add_row(action.key, action.because, answer[action in allowed])
    return table
