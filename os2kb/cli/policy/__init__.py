"""`os2kb policy`: Policy files checked, explained and tried, one file for each command."""

import typer

from os2kb.cli.policy.begin import begin_policy
from os2kb.cli.policy.check import check_policy_file, print_schema
from os2kb.cli.policy.explain import explain_policy
from os2kb.cli.policy.scenarios import play_scenarios
from os2kb.cli.policy.wordings import print_text

policy_app = typer.Typer(
    help="A repository's Policy file, .github/os2kb.yml.", no_args_is_help=True
)
policy_app.command("init")(begin_policy)
policy_app.command("check")(check_policy_file)
policy_app.command("schema")(print_schema)
policy_app.command("explain")(explain_policy)
policy_app.command("test")(play_scenarios)
policy_app.command("text")(print_text)
