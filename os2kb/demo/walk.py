"""The walk: people do things on the demo GitHub, and it is told what the bot saw, decided and did.

The bot is watched from outside: its deliveries, its writes as GitHub saw them, and its Plan.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from os2kb.demo.scenario import Opened, Players, Step, read_scenario
from os2kb.demo.stage import Stage, samples, staged
from os2kb.demo.telling import told_deed, told_finding, told_held_back, told_write

Say = Callable[[str, str], None]
"""Says a line in a style: `title`, `who`, `saw`, `decided`, `did`, `watch`, `link` or `plain`."""


def walk(
    say: Say,
    *,
    folder: Path,
    port: int,
    github_port: int,
    now: Callable[[], datetime],
    rest: Callable[[], None],
) -> None:
    """Play the whole scenario, then `rest` with everything still running.

    Raises:
        DemoFailed: a port is taken, or the service does not start or stops answering.
    """
    say("Sætter scenen: indekserer håndbogen, starter en demo-GitHub og tjenesten …", "plain")
    with staged(folder, port, github_port, now) as stage:
        _introduce(stage, say)
        players = Players(stage.github.api)
        steps = read_scenario(samples() / "demo" / "scenario.yml").steps
        told: set[str] = set()
        for number, step in enumerate(steps, 1):
            _play(stage, players, step, f"{number} af {len(steps)}", told, say)
        _conclude(stage, say)
        rest()


def _introduce(stage: Stage, say: Say) -> None:
    counts = stage.index
    say(f"Håndbogen: {counts.documents} dokumenter, {counts.passages} tekststykker", "plain")
    say(f"Demo-GitHub: {stage.github.web}", "link")
    say(f"Tjenesten: {stage.service}/openapi.json", "link")
    say(f"Dens log: {stage.log}", "link")


def _play(stage: Stage, players: Players, step: Step, place: str, told: set[str], say: Say) -> None:
    writes, sent = len(stage.github.traffic.writes), len(stage.github.hooks.deliveries)
    say(f"{place} · {step.title}", "title")
    touched: dict[Opened, None] = {}
    for action in step.actions:
        touched[players.play(action)] = None
        say(told_deed(action), "who")
    stage.settle()
    events = [
        f"{one.event}.{one.action}" if one.action else one.event
        for one in stage.github.hooks.deliveries[sent:]
    ]
    say(_listed(events), "saw")
    done = [told_write(write) for write in list(stage.github.traffic.writes)[writes:]]
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
    plan = reconciler.plan(reconciler.observer.subject(opened.repository, opened.number))
    for finding in plan.findings:
        news = f"{opened.url} {told_finding(finding)}"
        if finding.verdict != "n/a" and news not in told:
            told.add(news)
            say(told_finding(finding), "decided")
    allowed = set(plan.writes())
    return [told_held_back(action) for action in plan.actions if action not in allowed]


def _listed(events: list[str]) -> str:
    return ", ".join(dict.fromkeys(events)) or "ingen leverancer"


def _conclude(stage: Stage, say: Say) -> None:
    writes = len(stage.github.traffic.writes)
    deliveries = len(stage.github.hooks.deliveries)
    question = quote("Hvem godkender en pull request?")
    say("Prøv selv", "title")
    say(f"{deliveries} leverancer blev til {writes} skrivninger på GitHub.", "plain")
    say(f"Alt, hvad der skete: {stage.github.web}", "link")
    say(f"Søg i håndbogen: {stage.service}/api/v1/search?q={question}", "link")
