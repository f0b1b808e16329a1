"""`os2kb index` and `os2kb search`: the knowledge index, one file for each command."""

import typer

from os2kb.cli.knowledge.build import build_index
from os2kb.cli.knowledge.calibrate import calibrate_index
from os2kb.cli.knowledge.check import check_index
from os2kb.cli.knowledge.download import download_model
from os2kb.cli.knowledge.evaluate import evaluate_index
from os2kb.cli.knowledge.rollback import roll_back_index
from os2kb.cli.knowledge.search import search
from os2kb.cli.knowledge.status import show_status
from os2kb.cli.knowledge.tune import tune_index

__all__ = ["index_app", "search"]

index_app = typer.Typer(
    help="The knowledge index: build it, look at it, measure it.", no_args_is_help=True
)
index_app.command("build")(build_index)
index_app.command("download")(download_model)
index_app.command("status")(show_status)
index_app.command("rollback")(roll_back_index)
index_app.command("eval")(evaluate_index)
index_app.command("tune")(tune_index)
index_app.command("calibrate")(calibrate_index)
index_app.command("check")(check_index)
