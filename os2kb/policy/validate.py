"""A document held against its model: every problem with its line and its cure."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from os2kb.phrases import Phrase
from os2kb.policy.document import Document, Keys, Place
from os2kb.policy.problem import BadPolicy, PolicyProblem, Unacceptable
from os2kb.policy.schema import Node, Schema, schema_of
from os2kb.policy.section import Section
from os2kb.policy.written import as_written

Model = TypeVar("Model", bound=Section)

_MOST_LISTED = 16  # names that one can take in at a glance
_NEAREST = 3
_THE_FILE = Phrase("Filen", "The file")
_SCHEMA = "os2kb policy schema"
MOST_PROBLEMS = 50  # what a check run may show at once
_KINDS: dict[str, tuple[str, str]] = {
    "string": ("en tekst", "text"),
    "integer": ("et helt tal", "a whole number"),
    "number": ("et tal", "a number"),
    "boolean": ("true eller false", "true or false"),
    "object": ("nøgler og værdier", "keys and values"),
    "array": ("en liste", "a list"),
    "null": ("ingenting", "nothing"),
}

_COUNTED = {  # JSON Schema's words after `min` and `max`
    "imum": ("", ""),
    "Length": (" tegn", " characters"),
    "Items": (" i listen", " in it"),
    "Properties": (" nøgler", " keys"),
}


def validated(document: Document, model: type[Model]) -> Model:
    """What a document says, as its model.

    Raises:
        BadPolicy: with every problem found.
    """
    held, problems = held_against(model, document.data, document.place)
    if held is None:
        raise BadPolicy(problems)
    return held


def held_against(
    model: type[Model], data: Mapping[str, Any], place: Place, *, partial: bool = False
) -> tuple[Model | None, tuple[PolicyProblem, ...]]:
    """What the data says as a model, or every problem with it, in the order of its file.

    Args:
        model: what it is held against.
        data: maps, tuples and scalars.
        place: the file and line of a key.
        partial: it is a layer of several: what it leaves out or takes out with `null` is no
            problem.
    """
    try:
        return model.model_validate(data), ()
    except ValidationError as wrong:
        schema = schema_of(model)
        found = {
            PolicyProblem(*place(_keys(error)), _message(error, schema, data)): None
            for error in wrong.errors(include_url=False)
            if not (partial and _left_to_others(error)) and not _is_echo(error)
        }
    return None, tuple(sorted(found, key=lambda problem: problem.line or 0)[:MOST_PROBLEMS])


def _is_echo(error: ErrorDetails) -> bool:
    """A list that is too short only because its items, told of themselves, did not count."""
    least = error.get("ctx", {}).get("min_length", 0)
    return error["type"] == "too_short" and len(error["input"]) >= least


def _left_to_others(error: ErrorDetails) -> bool:
    if error["type"] == "missing":
        return True
    removed = error["input"] is None and error["type"] != "extra_forbidden"
    return removed and isinstance(error["loc"][-1], str) and error["loc"][-1] != "[key]"


def _keys(error: ErrorDetails) -> Keys:
    """Where in the file: pydantic appends `[key]` where a map's key itself is wrong."""
    return tuple(key for key in error["loc"] if key != "[key]")


def _message(error: ErrorDetails, schema: Schema, data: Mapping[str, Any]) -> Phrase:
    keys = _keys(error)
    name = as_written(keys, data) if keys else _THE_FILE
    if error["type"] == "extra_forbidden" or "[key]" in error["loc"]:
        return _unknown_key(keys, schema, data)
    if error["type"] == "missing":
        only = next((node["const"] for node in schema.at(keys) if "const" in node), None)
        if only is not None:
            line = f"{keys[-1]}: {only}"
            return Phrase(
                f"{name.da} mangler; skriv `{line}`.", f"{name.en} is missing; write `{line}`."
            )
        return Phrase(f"{name.da} mangler; skriv den ind.", f"{name.en} is missing; write it in.")
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Unacceptable):
        if not keys:
            return cause.phrase
        return Phrase(f"{name.da}: {cause.phrase.da}", f"{name.en}: {cause.phrase.en}")
    da, en = _expected(schema.at(keys))
    if error["type"] == "model_type":
        listed = ", ".join(f"`{key}`" for key in schema.allowed_keys(keys)[:_MOST_LISTED])
        da, en = f"{da}: {listed}", f"{en}: {listed}"
    return Phrase(f"{name.da} skal være {da}.", f"{name.en} must be {en}.")


def _unknown_key(keys: Keys, schema: Schema, data: Mapping[str, Any]) -> Phrase:
    key, around = str(keys[-1]), keys[:-1]
    allowed = schema.allowed_keys(around)
    named, place = as_written(keys[-1:], {}), as_written(around, data)
    da = f"Ukendt nøgle {named.da}" + (f" under {place.da}." if around else ".")
    en = f"Unknown key {named.en}" + (f" under {place.en}." if around else ".")
    many = len(allowed) > _MOST_LISTED
    begun = [name for name in allowed if f"{key}-".startswith(f"{name}-")]
    if near := begun or get_close_matches(key, allowed, n=_NEAREST if many else 1, cutoff=0.6):
        da += f" Mente du {_one_of(near, 'eller')}?"
        en += f" Did you mean {_one_of(near, 'or')}?"
    if many:
        where = _SCHEMA if schema.root.get("title") == "Policy" else f"{_SCHEMA} --scenario"
        return Phrase(
            f"{da} Alle {len(allowed)} står i docs/policy.md, og `{where}` skriver dem ud.",
            f"{en} All {len(allowed)} stand in docs/policy.md, and `{where}` prints them.",
        )
    if allowed:
        listed = ", ".join(f"`{name}`" for name in allowed)
        da += f" Her kan stå: {listed}."
        en += f" Allowed here: {listed}."
    return Phrase(da, en)


def _one_of(names: list[str], either: str) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return f" {either} ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _expected(nodes: list[Node]) -> tuple[str, str]:
    """What may stand at a place, from the schema: the words, or the kind of value."""
    words = [str(word) for node in nodes for word in node.get("enum", ())]
    kinds = [
        _KINDS[node["type"]]
        for node in nodes
        if "enum" not in node and node.get("type") in _KINDS and node["type"] != "null"
    ]
    da = ([f"en af: {', '.join(words)}"] if words else []) + [kind[0] for kind in kinds]
    en = ([f"one of: {', '.join(words)}"] if words else []) + [kind[1] for kind in kinds]
    bounds_da, bounds_en = _bounds(nodes)
    unique = dict.fromkeys
    return (
        (" eller ".join(unique(da)) or "en anden værdi") + bounds_da,
        (" or ".join(unique(en)) or "another value") + bounds_en,
    )


def _bounds(nodes: list[Node]) -> tuple[str, str]:
    """From how many to how many, and of what."""
    for node in nodes:
        for kind, (da, en) in _COUNTED.items():
            low, high = node.get(f"min{kind}"), node.get(f"max{kind}")
            if low is not None and high is not None:
                return f" ({low}–{high}{da})", f" ({low}–{high}{en})"
            if low is not None:
                return f" (mindst {low}{da})", f" (at least {low}{en})"
            if high is not None:
                return f" (højst {high}{da})", f" (at most {high}{en})"
    return "", ""
