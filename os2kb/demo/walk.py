"""The walk: people do things on the demo GitHub, and it is told what the bot saw, decided and did.

The bot is watched from outside: what it was told, its writes as GitHub saw them, and its Plan.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from os2kb.demo.scenario import Opened, Players, Step, read_scenario
from os2kb.demo.stage import Ports, Stage, samples, staged
from os2kb.demo.telling import (
    told_deed,
    told_events,
    told_finding,
    told_held_back,
    told_ticket_writes,
    told_write,
    worth_telling,
)
from os2kb.store.backlog.tickets import ticket_of

Say = Callable[[str, str], None]
"""Says a line in a style: `title`, `who`, `saw`, `decided`, `did`, `watch`, `link` or `plain`."""


def walk(
    say: Say,
    *,
    folder: Path,
    port: int,
    github_port: int,
    jira_port: int,
    now: Callable[[], datetime],
    rest: Callable[[Callable[[], None]], None],
) -> None:
    """Play the whole scenario, then `rest` with everything still running.

    Args:
        rest: is given a check to make now and then; it raises DemoFailed.

    Raises:
        DemoFailed: a port is taken, or the service does not start, ends or stops answering.
    """
    say(
        "Sætter scenen: indekserer håndbogen, starter en demo-GitHub, en demo-Jira og tjenesten …",
        "plain",
    )
    with staged(folder, Ports(port, github_port, jira_port), now) as stage:
        _introduce(stage, say)
        players = Players(stage.github.api, stage.jira.web)
        steps = read_scenario(samples() / "demo" / "scenario.yml").steps
        told: set[str] = set()
        for number, step in enumerate(steps, 1):
            _play(stage, players, step, f"{number} af {len(steps)}", told, say)
        _conclude(stage, say)
        rest(stage.check_service)


def _introduce(stage: Stage, say: Say) -> None:
    counts = stage.index
    say(f"Håndbogen: {counts.documents} dokumenter, {counts.passages} afsnit", "plain")
    say(f"Demo-GitHub: {stage.github.web}", "link")
    say(f"Demo-Jira: {stage.jira.web}", "link")
    say(f"Tjenestens grænseflade (JSON, for udviklere): {stage.service}/openapi.json", "link")
    say(f"Tjenestens log: {stage.log}", "link")


def _play(stage: Stage, players: Players, step: Step, place: str, told: set[str], say: Say) -> None:
    writes, sent = len(stage.github.traffic.writes), len(stage.github.hooks.deliveries)
    in_jira, of_jira = len(stage.own_jira_writes()), len(stage.jira.hooks.deliveries)
    say(f"{place} · {step.title}", "title")
    touched: dict[Opened, None] = {}
    for action in step.actions:
        touched[players.play(action)] = None
        say(told_deed(action, players.filled), "who")
    stage.settle()
    told_by_jira = stage.jira.hooks.deliveries[of_jira:]
    say(told_events(list(stage.github.hooks.deliveries)[sent:], told_by_jira), "saw")
    done = [told_write(write) for write in list(stage.github.traffic.writes)[writes:]]
    done += told_ticket_writes(stage.own_jira_writes()[in_jira:])
    for opened in touched:
        done += _tell_decided(stage, opened, told, say)
    for line in done or ["Skrev ingenting"]:
        say(line, "did")
    for opened in touched:
        say(opened.url, "link")
    say(step.shows, "watch")


def _tell_decided(stage: Stage, opened: Opened, told: set[str], say: Say) -> list[str]:
    """Tell the Findings that are news; returns what was held back where the bot only observes."""
    reconciler = stage.installation.reconciler
    assert reconciler is not None  # the stage has credentials  # noqa: S101
    plan = reconciler.plan_named(opened.repository, opened.number)
    for finding in plan.findings:
        news = f"{opened.url} {told_finding(finding)}"
        if worth_telling(finding) and news not in told:
            told.add(news)
            say(told_finding(finding), "decided")
    if ticket := ticket_of(stage.installation.database, plan.subject.key):
        say(f"{stage.jira.web}/browse/{ticket.key}", "link")
    allowed = set(plan.writes())
    return [told_held_back(action) for action in plan.actions if action not in allowed]


def _conclude(stage: Stage, say: Say) -> None:
    writes = len(stage.github.traffic.writes)
    deliveries = len(stage.github.hooks.deliveries)
    question = quote("Hvem godkender en pull request?")
    say("Prøv selv", "title")
    say(f"{deliveries} beskeder fra GitHub gav {writes} ændringer.", "plain")
    say(f"Alt, hvad der skete: {stage.github.web}", "link")
    say(f"Tavlen i Jira: {stage.jira.web}", "link")
    say(f"Søgesiden, med svar og citater: {stage.service}/", "link")
    say(f"Spørg fællesskabet, når der intet svar er: {stage.service}/questions", "link")
    say(
        f"Søgningen på en anden hjemmeside, med det, der skal kopieres: {stage.service}/widget",
        "link",
    )
    say(f"Beslutningsloggen, som alle kan læse den: {stage.service}/decisions", "link")
    say(f"Konsollen for koordinatorer, log ind som kim eller bo: {stage.service}/console", "link")
    say("Nederst på hver side kan man selv skrive en kommentar, for eksempel /os2 help.", "plain")
    say("En pull request har også to knapper: godkend den, og flet den, som hvem man vil.", "plain")
    say(
        f"Søg i håndbogen (JSON, for udviklere): {stage.service}/api/v1/search?q={question}",
        "link",
    )
