"""`os2kb jira`: issues and their tickets, all of them at once."""

import typer

from os2kb.cli.jira.plan import plan_pairs
from os2kb.cli.jira.sync import list_runs, sync_pairs
from os2kb.cli.jira.undo import undo_run

jira_app = typer.Typer(
    help="Issues and their tickets in Jira, all of them at once.", no_args_is_help=True
)
jira_app.command("plan")(plan_pairs)
jira_app.command("sync")(sync_pairs)
jira_app.command("runs")(list_runs)
jira_app.command("undo")(undo_run)
