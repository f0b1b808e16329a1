"""Decisions in two languages, of which some say the same in other words."""

from itertools import chain
from pathlib import Path

import yaml

WRITTEN = yaml.safe_load(
    (Path(__file__).parents[3] / "benchmarks/same_decisions.yml").read_text("utf-8")
)


def texts_in(language: str) -> list[str]:
    """Two of each pair, and then the others."""
    said = WRITTEN[language]
    return ["\n".join(one) for one in [*chain(*said["pairs"]), *said["others"]]]
