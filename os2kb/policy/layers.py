"""The layers of a Policy, each laid over the one below: preset, organisation, repository.

Maps merge, lists and single values replace, `null` takes out what lies below. A rule's level alone
(`title: off`) replaces only its level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from os2kb.policy.document import Document, Keys

LayerName = Literal["preset", "organisation", "repository"]
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """A file that a Policy is made from, its rules in their long form."""

    name: LayerName
    path: str
    data: Data
    document: Document

    def says(self, keys: Keys) -> bool:
        """Whether what stands at `keys` is decided here, by a value there or a `null` above it."""
        value: object = self.data
        for key in keys:
            if not isinstance(value, Mapping):
                return True
            if key not in value:
                return False
            value = value[key]
        return True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: the layer, and the 1-based line of its file."""

    layer: LayerName
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of one Policy, lowest first, and what they say together."""

    layers: tuple[Layer, ...]
    data: Data

    def origin(self, keys: Keys) -> Origin | None:
        """Which layer decides what stands at `keys`; None where none speaks of it."""
        for layer in reversed(self.layers):
            if layer.says(keys):
                return Origin(layer.name, layer.path, layer.document.line(keys))
        return None

    def place(self, keys: Keys) -> tuple[str, int | None]:
        """The file and line of what stands at `keys`, or of the nearest thing around it."""
        while (origin := self.origin(keys)) is None and keys:
            keys = keys[:-1]
        return (origin.path, origin.line) if origin else ("", None)


def layer(name: LayerName, document: Document) -> Layer:
    """A document as a layer."""
    return Layer(name, document.path, long_form(document.data), document)


def laid_together(layers: tuple[Layer, ...]) -> Layers:
    """The layers, lowest first, and what they say together."""
    nothing: Data = {}
    return Layers(layers, reduce(laid_over, (one.data for one in layers), nothing))


def laid_over(below: Data, above: Data) -> Data:
    """What two layers say together. The order of a map is that of `below`, then what is new."""
    merged = dict(below)
    for key, value in above.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            under = below.get(key)
            merged[key] = laid_over(under if isinstance(under, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def long_form(data: Data) -> Data:
    """`title: advise` as `title: {level: advise}`, so that it merges with a map."""
    match data:
        case {"guidelines": {"rules": Mapping() as rules} as guidelines}:
            long = {
                rule: {"level": said} if isinstance(said, str) else said
                for rule, said in rules.items()
            }
            return {**data, "guidelines": {**guidelines, "rules": long}}
    return data
