"""`os2kb policy check --product` asks Jira whether tickets can be created as the Policy has it."""

from pathlib import Path

import pytest

from os2kb.cli.policy import policy_app
from tests.contract.small_jira import small_jira
from tests.unit.policy.commands.asking import RUN, written

SEED = """
people: {os2kb: {}}
fields: {Alvor: {kind: option, options: [Stor, Lille]}}
projects: {DEMO: {may: {os2kb: all}, asks_for: [duedate]}}
"""
PRODUCTS = "products: {os2demo: {repositories: [os2demo/os2demo], jira: [DEMO, NIX]}}"
POLICY = "version: 1\nlabels: {security: Lås}\nguidelines: {source: CONTRIBUTING.md}\njira: "


def test_what_a_creation_asks_for_is_said_before_a_ticket_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "products.yml").write_text(PRODUCTS, "utf-8")

    def told(jira: str, *options: str) -> str:
        asked = RUN.invoke(policy_app, ["check", written(tmp_path, POLICY + jira), *options])
        assert asked.exit_code == 0, asked.output
        return " ".join(asked.output.split())

    with small_jira("server", SEED) as world:
        monkeypatch.setenv("OS2KB_PRODUCTS", str(tmp_path / "products.yml"))
        monkeypatch.setenv("OS2KB_JIRA_URL", world.jira.web)
        monkeypatch.setenv("OS2KB_JIRA_TOKEN", "token-os2kb")
        product = ("--product", "os2demo")
        lacking = told("{project: DEMO, type: Fejl}", *product)
        assert "DEMO kræver feltet Due date, hvor en ticket af typen Fejl oprettes" in lacking
        assert "Due date" not in told("{project: DEMO, type: Fejl}"), "nobody is asked"
        given = "{project: DEMO, type: Fejl, required: {due date: 2026-03-05}}"
        assert "jira.required" not in told(given, *product)
        assert "det tager Opgave, Fejl" in told("{project: DEMO, type: Epos}", *product)
        assert "er ikke set efter" in told("{project: NIX, type: Fejl}", *product)
