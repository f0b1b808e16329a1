"""The os2kb command: what it can do."""

from typing import Annotated

import typer

from os2kb.cli.answers import answers_app
from os2kb.cli.ask import ask
from os2kb.cli.backfill import backfill
from os2kb.cli.decisions import decisions_app
from os2kb.cli.deliveries import deliveries_app
from os2kb.cli.demo import demo
from os2kb.cli.doctor import doctor
from os2kb.cli.escalation import escalation_app
from os2kb.cli.jira import jira_app
from os2kb.cli.knowledge import index_app, search
from os2kb.cli.policy import policy_app
from os2kb.cli.questions import questions_app
from os2kb.cli.serve import db_app, serve
from os2kb.cli.subjects import apply, plan
from os2kb.cli.triage import triage_app

app = typer.Typer(
    name="os2kb",
    help="Knowledge base and contribution governance for OS2 products.",
    epilog="Svar om et produkt er på dansk; --english giver dem på engelsk. / What is told of a "
    "product is Danish; --english makes it English.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command()(demo)
app.command()(doctor)
app.command()(search)
app.command()(ask)
app.command()(plan)
app.command()(apply)
app.command()(backfill)
app.add_typer(index_app, name="index")
app.add_typer(answers_app, name="answers")
app.add_typer(questions_app, name="questions")
app.add_typer(deliveries_app, name="deliveries")
app.add_typer(policy_app, name="policy")
app.add_typer(triage_app, name="triage")
app.add_typer(escalation_app, name="escalation")
app.add_typer(decisions_app, name="decisions")
app.add_typer(jira_app, name="jira")
app.add_typer(db_app, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        from os2kb.version import VERSION

        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[  # noqa: ARG001 - its callback has done it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Knowledge base and contribution governance for OS2 products."""
    import logging

    from os2kb.logs import set_up_logs

    # On standard error: what a command prints must stay readable as JSON.
    set_up_logs(logging.WARNING)
