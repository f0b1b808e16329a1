"""`os2kb escalation`: a model tried on the past, and how its promises are kept."""

import typer

from os2kb.cli.escalation.digest import digest
from os2kb.cli.escalation.report import report
from os2kb.cli.escalation.simulate import simulate
from os2kb.cli.escalation.timeline import timeline

escalation_app = typer.Typer(
    help="Escalation models: tried on the past, and how their promises are kept.",
    no_args_is_help=True,
)


@escalation_app.callback()
def escalation() -> None:
    """Escalation models: tried on the past, and how their promises are kept."""


escalation_app.command()(simulate)
escalation_app.command()(digest)
escalation_app.command()(report)
escalation_app.command()(timeline)
