"""`os2kb plan` and `os2kb apply`: one subject, looked at or looked after."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language
from os2kb.cli.places import headings
from os2kb.cli.policy.files import show_problems
from os2kb.cli.rows import add_row
from os2kb.phrases import Phrase
from os2kb.settings import NoCredentials, load_settings
from os2kb.subjects import Subject, parse_reference

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.governance.actions import Action
    from os2kb.governance.findings import Finding
    from os2kb.governance.plan import Plan
    from os2kb.installation import Installation
    from os2kb.reconcile import Reconciler

Reference = Annotated[str, typer.Argument(help="owner/repo#42", metavar="SUBJECT")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_FINDING = (Phrase("Regel", "Rule"), Phrase("Dom", "Verdict"), Phrase("Begrundelse", "Evidence"))
_REMEDY = Phrase("Det hjælper: {}", "Remedy: {}")
_GUIDELINE = Phrase("Retningslinje: {}", "Guideline: {}")
_ACTION = (
    Phrase("Handling", "Action"),
    Phrase("På grund af", "Because"),
    Phrase("Udføres", "Applied"),
)
_ANSWER = (Phrase("nej", "no"), Phrase("ja", "yes"))
_HANDED_OVER = Phrase(
    "Den kørende tjeneste er bedt om at se på {}.", "The running service was asked to look at {}."
)
_PAUSED = Phrase(
    "På pause: nogen har skrevet /os2 pause, og reglerne skriver intet her før /os2 resume.",
    "Paused: somebody wrote /os2 pause, and the rules write nothing here before /os2 resume.",
)
_DECISION = Phrase("Beslutning", "Decision")
_NOTHING = Phrase("Der er intet at gøre.", "There is nothing to do.")


def plan(subject: Reference, as_json: AsJson = False, english: English = False) -> None:
    """Show what the bot finds and would do; writes nothing. Exit 1 for a Policy with mistakes."""
    reconciler = reconciler_of(install_here())
    show_plan(reconciler.plan_named(*parse_reference(subject)), language(english=english), as_json)


def apply(subject: Reference, as_json: AsJson = False, english: English = False) -> None:
    """Do now what the Plan says, within the modes. A running service does it itself."""
    from os2kb.engine.slots import SlotTaken, executor_slot

    installation = install_here()
    wanted = _subject(installation, subject)
    try:
        with executor_slot(installation.database).alone():
            done = reconciler_of(installation).apply(wanted)
    except SlotTaken:
        hand_over(installation, wanted)
        said = _HANDED_OVER.in_language(language(english=english))
        typer.echo(said.format(wanted), err=True)
        return
    show_plan(done, language(english=english), as_json)


def install_here() -> "Installation":
    """The installation that the settings describe."""
    from os2kb.clock import now
    from os2kb.installation import install

    return install(load_settings(), now)


def reconciler_of(installation: "Installation") -> "Reconciler":
    """What plans and applies; NoCredentials without any for GitHub."""
    if installation.reconciler is None:
        raise NoCredentials
    return installation.reconciler


def _subject(installation: "Installation", reference: str) -> Subject:
    name, number = parse_reference(reference)
    return reconciler_of(installation).observer.subject(name, number)


def hand_over(
    installation: "Installation", subject: Subject, event: str = "apply", run: int = 0
) -> None:
    """Ask the running service to look at a subject, perhaps as part of a run over many."""
    from os2kb.store import deliveries, names

    asked = deliveries.Arrival(
        source="cli",
        identifier=deliveries.of_run(run, f"{subject.key} {uuid4()}") if run else str(uuid4()),
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


def show_plan(made: "Plan", shown_in: "Language", as_json: bool) -> None:
    """Print a Plan; ends the command with 1 where a Policy with mistakes rules nothing."""
    from os2kb.governance.plan_json import plan_json

    if as_json:
        print_json(plan_json(made, shown_in))
    else:
        _print(made, shown_in)
    if made.problems:
        raise typer.Exit(1)


def _print(made: "Plan", shown_in: "Language") -> None:
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.governance.labelling import lost_labels_line
    from os2kb.governance.tickets.told_in_step import plan_in_step

    # No markup: what is shown comes from outside.
    console = Console(markup=False)
    console.print(f"{made.subject} ({made.mode})", style="bold")
    if made.problems:
        show_problems(made.problems, as_json=False, english=shown_in == "en")
    else:
        console.print(_findings_table(made, shown_in))
    told = (_DECISION, *made.decision) if made.decision else ()
    step = plan_in_step(made.in_step) if made.in_step else ()
    for section in filter(None, (made.fault, told, step)):
        console.print("\n  ".join(scrub(one.in_language(shown_in)) for one in section))
    if made.paused:
        console.print(_PAUSED.in_language(shown_in))
    if made.lost_labels:
        console.print(lost_labels_line(made.lost_labels).in_language(shown_in))
    if made.actions:
        console.print(_actions_table(made, shown_in))
    elif not made.problems:
        console.print(_NOTHING.in_language(shown_in))


def _findings_table(made: "Plan", shown_in: "Language") -> Table:
    """Three columns, so that no word is broken where a terminal is narrow."""
    rule, verdict, evidence = (one.in_language(shown_in) for one in _FINDING)
    table = Table(Column(rule, no_wrap=True), verdict, Column(evidence, overflow="fold"))
    for finding in made.findings:
        told = finding.verdict_in_words.in_language(shown_in)
        add_row(table, finding.rule, told, "\n".join(_about(finding, shown_in)))
    return table


def _about(finding: "Finding", shown_in: "Language") -> Iterator[str]:
    yield finding.evidence.in_language(shown_in)
    if remedy := finding.remedy.in_language(shown_in):
        yield _REMEDY.in_language(shown_in).format(remedy)
    if cited := finding.citation:
        named = headings(cited.title, cited.heading[-1:])
        yield _GUIDELINE.in_language(shown_in).format(named)


def _actions_table(made: "Plan", shown_in: "Language") -> Table:
    from os2kb.governance.told_actions import told_action

    does, because, applied = (one.in_language(shown_in) for one in _ACTION)
    table = Table(Column(does, overflow="fold"), because, applied)
    allowed: set[Action] = set(made.writes(made.mode))
    for action in made.actions:
        add_row(
            table,
            told_action(action).in_language(shown_in),
            action.because,
            _ANSWER[action in allowed].in_language(shown_in),
        )
    return table
