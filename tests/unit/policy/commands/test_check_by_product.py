"""`os2kb policy check --product`: a file held against what the installation gives its product."""

from pathlib import Path

import pytest

from os2kb.cli.policy import policy_app
from tests.unit.policy.commands.asking import RUN, written

PRODUCTS = """
products:
  os2demo:
    repositories: [os2demo/os2demo]
    teams: {koordinationsgruppe: ["@os2demo/koordination"]}
"""
MODEL = (
    "version: 1\nescalation: {}\nlabels: {security: Lås}\nguidelines: {source: CONTRIBUTING.md}\n"
)


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    products = tmp_path / "products.yml"
    products.write_text(PRODUCTS, "utf-8")
    monkeypatch.setenv("OS2KB_PRODUCTS", str(products))


def test_the_products_teams_stand_on_its_ladder(tmp_path: Path) -> None:
    file = written(tmp_path, MODEL)
    assert "Stigen er tom herfra" in RUN.invoke(policy_app, ["check", file]).output
    known = RUN.invoke(policy_app, ["check", file, "--product", "os2demo"])
    assert known.exit_code == 0
    assert "Stigen er tom" not in known.output


def test_what_the_product_was_not_given_is_a_mistake(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\njira: {project: ANDEN}\n")
    assert RUN.invoke(policy_app, ["check", file]).exit_code == 0
    known = RUN.invoke(policy_app, ["check", file, "--product", "os2demo"])
    assert known.exit_code == 1
    assert "os2demo har ikke fået ANDEN" in known.output


def test_a_product_that_there_is_not_is_named_with_those_that_are(tmp_path: Path) -> None:
    file = written(tmp_path, "version: 1\n")
    unknown = RUN.invoke(policy_app, ["check", file, "--product", "os2ukendt"])
    assert unknown.exit_code == 2
    assert "os2demo" in unknown.output
