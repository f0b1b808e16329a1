"""`os2kb decisions sync`: what is out of step between issues and their log, and mending it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.named_log import log_named_by
from os2kb.cli.language import English, language
from os2kb.cli.subjects import hand_over, install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.decisions.proposal.seen import Home
    from os2kb.governance.plan import Plan
    from os2kb.installation import Installation
    from os2kb.policy.sections.decisions import Decisions
    from os2kb.subjects import Subject

_RECENT = timedelta(days=30)
_IN_STEP = Phrase(
    "Issues i {} og loggen i {} siger det samme.",
    "Issues of {} and the log in {} say the same.",
)
_ONE = Phrase("Ét issue er ikke i trit med {1}: {2}.", "One issue is out of step with {1}: {2}.")
_SUM = Phrase("{} issues er ikke i trit med {}: {}.", "{} issues are out of step with {}: {}.")
_ITSELF = Phrase(
    "Issues i {} med etiketten “{}” er selv loggen, så der er intet andet at holde i trit.",
    "Issues of {} with the label “{}” are themselves the log, so there is nothing else to keep in "
    "step.",
)
_OVERVIEW = Phrase("Oversigten i {}: {}", "The overview in {}: {}")
_SHOWN = Phrase("intet er skrevet; brug --apply", "nothing was written; use --apply")
_MENDED = Phrase("det er rettet", "that is mended")
_ASKED = Phrase("den kørende tjeneste er bedt om det", "the running service was asked to mend it")


def sync_decisions(
    repository: Annotated[str, typer.Argument(help="Whose issues hold decisions: owner/repo.")],
    apply: Annotated[bool, typer.Option("--apply", help="Mend it, within the modes.")] = False,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Show what is out of step between a repository's issues and its decision log.

    Writes nothing without --apply; a running service does the writing itself.
    """
    from os2kb.decision_log.kept import ask_to_keep
    from os2kb.decision_log.of_issues import issue_log_of

    installation, spoken = install_here(), language(english=english)
    _, section = log_named_by(installation, repository, as_json=as_json)
    home, found = _out_of_step(installation, repository, section)
    assert installation.follower is not None  # as there is a reconciler  # noqa: S101
    overview = installation.follower.overview_due(home)
    plans, how = _planned(installation, found), _SHOWN
    if apply:
        issues = issue_log_of(section)
        path = issues.path if issues else section.path.strip("/")
        ask_to_keep(installation.database, home, path, installation.now())
        plans, how = _mended(installation, home, found)
    changing = [plan for plan in plans if plan.writes()]
    if as_json:
        from os2kb.governance.plan_json import action_json, plan_json

        items = [plan_json(plan, spoken) for plan in changing]
        said = {"repository": repository, "log": section.repository, "items": items}
        print_json({**said, "overview": [action_json(one) for one in overview]})
        return
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.governance.told_actions import told_action

    for plan in changing:
        typer.echo(str(plan.subject))
        for action in plan.writes():
            typer.echo(scrub(f"  - {told_action(action).in_language(spoken)}"))
    for action in overview:
        told = _OVERVIEW.filled(home.full_name, told_action(action)).in_language(spoken)
        typer.echo(scrub(f"{told} ({how.in_language(spoken)})"))
    log = section.repository
    if changing:
        summed = _ONE if len(changing) == 1 else _SUM
        typer.echo(summed.filled(str(len(changing)), log, how).in_language(spoken))
    elif issue_log_of(section):
        typer.echo(_ITSELF.filled(log, section.label or "").in_language(spoken))
    elif not overview:
        typer.echo(_IN_STEP.filled(repository, log).in_language(spoken))


def _out_of_step(
    installation: "Installation", repository: str, log: "Decisions"
) -> tuple["Home", tuple["Subject", ...]]:
    """Those that our ledger says something else of than the log, and lately closed ones."""
    from os2kb.decision_log.follow import kept_notes
    from os2kb.decision_log.of_issues import home_of, issue_log_of
    from os2kb.subjects import Subject, parse_key

    forge = reconciler_of(installation).observer.forge
    assert installation.follower is not None  # as there is a reconciler  # noqa: S101
    if issue_log_of(log):
        return home_of(forge.scene(log.repository).repository), ()
    home = forge.logs.files(log.repository, log.path).home
    here = forge.scene(repository).repository
    keys = installation.follower.out_of_step(home.id)
    numbers = {number for _, where, number in map(parse_key, keys) if where == here.id}
    known = kept_notes(installation.database, home.id)
    for one in forge.conversations(here, installation.now() - _RECENT):
        labelled = log.label and log.label.casefold() in map(str.casefold, one.labels)
        key = Subject(here.id, one.number, here.full_name).key
        if labelled and not one.open and not one.is_pull_request and key not in known:
            numbers.add(one.number)
    return home, tuple(Subject(here.id, number, here.full_name) for number in sorted(numbers))


def _planned(installation: "Installation", found: tuple["Subject", ...]) -> list["Plan"]:
    reconciler = reconciler_of(installation)
    return [reconciler.plan(one) for one in found]


def _mended(
    installation: "Installation", home: "Home", found: tuple["Subject", ...]
) -> tuple[list["Plan"], Phrase]:
    """What was done about each, and about the overview of the log."""
    from os2kb.decision_log.kept import following
    from os2kb.engine.slots import SlotTaken, executor_slot
    from os2kb.store import wakes

    reconciler, follower = reconciler_of(installation), installation.follower
    assert follower is not None  # as there is a reconciler  # noqa: S101
    try:
        with executor_slot(installation.database).alone():
            plans = [reconciler.apply(one) for one in found]
            follower.keep(home.id)
            return plans, _MENDED
    except SlotTaken:
        wakes.bring_forward(installation.database, following(home.id), installation.now())
        plans = _planned(installation, found)
        for plan in plans:
            if plan.writes():
                hand_over(installation, plan.subject)
        return plans, _ASKED
