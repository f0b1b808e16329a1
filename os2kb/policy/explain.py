"""Where each value of a Policy comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from os2kb.policy.document import Keys
from os2kb.policy.layers import Layers, Origin
from os2kb.policy.load import ReadPolicy


@dataclass(frozen=True, slots=True)
class Explained:
    """A value of a Policy as it holds; lists, and sections that are absent, are one value.

    Attributes:
        keys: the way to it, `("labels", "type", "bug")`.
        value: plain data, as JSON has it.
        origin: the layer that says so; None for a default.
        removed_at: the `null` that took out what a layer below said, and left the default.
    """

    keys: tuple[str, ...]
    value: object
    origin: Origin | None
    removed_at: Origin | None = None


def explained(read: ReadPolicy) -> tuple[Explained, ...]:
    """Every value of a Policy, in the order of its keys."""
    return tuple(_explained(keys, value, read.layers) for keys, value in _values(plain(read), ()))


def plain(read: ReadPolicy) -> dict[str, Any]:
    """The Policy as JSON has it."""
    return read.policy.model_dump(mode="json", by_alias=True)


def _values(data: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from _values(value, (*keys, key))
        else:
            yield (*keys, key), value


def _explained(keys: tuple[str, ...], value: object, layers: Layers) -> Explained:
    origin = layers.origin(keys)
    if origin is None or _is_set(layers, keys):
        return Explained(keys, value, origin)
    return Explained(keys, value, None, removed_at=origin)


def _is_set(layers: Layers, keys: Keys) -> bool:
    value: object = layers.data
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
