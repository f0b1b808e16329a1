"""Every part of the bot has its place: in the contract of imports, and in the table of rooms."""

import re
import tomllib

from os2kb.documents.documents import ROOT

PACKAGE = ROOT / "os2kb"


def layers() -> list[set[str]]:
    """From the top to the bottom, what of `os2kb` stands in each."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (
        one
        for one in told["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers" and "containers" not in one
    )
    return [set(re.findall(r"os2kb\.(\w+)", layer)) for layer in contract["layers"]]


def rooms() -> list[set[str]]:
    """The rows of the table, likewise."""
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    table = text.partition("\n## Rooms\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")][1:]
    return [set(re.findall(r"`(\w+)(?:/|\.py)`", row)) for row in rows]


def test_every_module_stands_in_the_contract_and_in_the_table() -> None:
    there = {
        one.stem
        for one in PACKAGE.iterdir()
        if (one.suffix == ".py" and one.stem != "__init__") or (one / "__init__.py").is_file()
    }
    assert set().union(*layers()) == there
    assert set().union(*rooms()) == there


def test_the_table_tells_the_order_of_the_contract() -> None:
    row_of = {name: number for number, row in enumerate(rooms()) for name in row}
    firsts = [min(row_of[name] for name in layer) for layer in layers() if layer]
    lasts = [max(row_of[name] for name in layer) for layer in layers() if layer]
    assert all(below >= above for above, below in zip(lasts, firsts[1:], strict=False))
