"""The weights of the fusion and the floor of the confidence, as a question file set them.

`{index root}/tuned.json` holds them beside the versions, so that a rebuild carries them over; a
version's manifest holds what it serves with:

    {"weights": {"value": {"stem": 1.0, "gram": 1.0, "dense": 0.5}, …},
     "floor": {"value": 0.62, …}}

Either key may be missing; what else stands beside a `value` says where it came from (question
file, counts, figures) and is kept with the version for `os2kb index status`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from index.retrieval.defaults import DEFAULT_FLOOR, WEIGHTS
from index.versions import BuildRefused

TUNED = "tuned.json"


class BadTuning(BuildRefused):
    """`tuned.json` cannot be used. The message names the key and the cure."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """What a version ranks and abstains by.

    Attributes:
        weights: of each leg in the fusion (`stem`, `gram`, `dense`), 0 or more.
        floor: the confidence below which an answer should abstain, 0 to 1.
        origin: what `tuned.json` says beside each value.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    floor: float = DEFAULT_FLOOR
    origin: Mapping[str, Any] = field(default_factory=dict)


def read_tuned(root: Path) -> Tuned:
    """What is tuned for the index below `root`; the defaults where nothing is.

    Raises:
        BadTuning: the file is there and cannot be used.
    """
    path = root / TUNED
    try:
        written = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Tuned()
    except (OSError, ValueError) as error:
        raise BadTuning(f"{path} is no JSON file: {error}; mend or delete it") from error
    try:
        weights = {**WEIGHTS, **_numbers(written.get("weights", {}).get("value", {}))}
        floor = _number(written.get("floor", {}).get("value", DEFAULT_FLOOR))
        origin = {
            key: {name: said for name, said in written[key].items() if name != "value"}
            for key in ("weights", "floor")
            if key in written
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise BadTuning(f"{path} cannot be used: {error}; mend or delete it") from error
    if weights.keys() != WEIGHTS.keys() or not any(weights.values()) or floor > 1:
        legs = ", ".join(WEIGHTS)
        raise BadTuning(f"{path}: weights are of {legs}, not all 0, and the floor is at most 1")
    return Tuned(weights, floor, origin)


def write_tuned(root: Path, key: str, entry: Mapping[str, Any] | None) -> None:
    """Set one of the two keys in one atomic step, and leave the other.

    Args:
        root: of the index.
        key: `weights` or `floor`.
        entry: its `value` with what is said beside it; None goes back to the default.

    Raises:
        BadTuning: the file is there and cannot be used.
    """
    read_tuned(root)
    path = root / TUNED
    written = json.loads(path.read_text("utf-8")) if path.exists() else {}
    held = {name: said for name, said in written.items() if name != key}
    new = path.with_suffix(".new")
    new.write_text(
        json.dumps(held if entry is None else {**held, key: entry}, ensure_ascii=False, indent=1),
        "utf-8",
    )
    new.replace(path)


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    if not isfinite(number) or number < 0:
        raise ValueError(f"{value!r} is no number of 0 or more")
    return number
