"""`os2kb decisions`: the decision log in a folder."""

import typer

from os2kb.cli.decisions.extract import extract_decisions
from os2kb.cli.decisions.lint import lint_decisions
from os2kb.cli.decisions.listing import list_decisions
from os2kb.cli.decisions.show import show_decision
from os2kb.cli.decisions.sync import sync_decisions

decisions_app = typer.Typer(
    help="A decision log: its entries, what is wrong with them, and new ones.", no_args_is_help=True
)
decisions_app.command("list")(list_decisions)
decisions_app.command("show")(show_decision)
decisions_app.command("lint")(lint_decisions)
decisions_app.command("extract")(extract_decisions)
decisions_app.command("sync")(sync_decisions)
