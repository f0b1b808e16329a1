"""Issue forms as a repository defines them.

https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from os2kb.policy.document import read_document
from os2kb.policy.problem import BadPolicy

FOLDER = ".github/ISSUE_TEMPLATE"


@dataclass(frozen=True, slots=True)
class FormField:
    """A question of an issue form. `id` is empty for one that has none.

    https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
    """

    label: str
    required: bool
    id: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An issue form of the repository, with the labels it puts on by itself."""

    path: str
    name: str
    fields: tuple[FormField, ...]
    labels: tuple[str, ...] = ()


def read_form(text: str, path: str) -> Form | None:
    """An issue form; None for what is none, or none that GitHub would show."""
    name = PurePosixPath(path).name
    if not name.endswith((".yml", ".yaml")) or name in ("config.yml", "config.yaml"):
        return None
    try:
        data = read_document(text, path).data
    except BadPolicy:  # GitHub shows no form that it cannot read
        return None
    fields = tuple(_field(one) for one in _list(data.get("body")) if _is_question(one))
    if not fields:
        return None
    return Form(path, str(data.get("name") or name), fields, _labels(data.get("labels")))


def _is_question(part: Any) -> bool:
    """Explanations (`markdown`) ask nothing."""
    return isinstance(part, Mapping) and part.get("type") != "markdown" and bool(_label(part))


def _field(part: Mapping[str, Any]) -> FormField:
    asked, rules = _map(part.get("attributes")), _map(part.get("validations"))
    options = tuple(_option(one) for one in _list(asked.get("options")))
    required = rules.get("required") is True or any(
        one.get("required") is True for one in map(_map, _list(asked.get("options")))
    )
    return FormField(_label(part), required, str(part.get("id") or ""), options)


def _label(part: Mapping[str, Any]) -> str:
    return str(_map(part.get("attributes")).get("label") or "").strip()


def _option(one: Any) -> str:
    """A choice; a checkbox has its words under `label`."""
    return str(one.get("label") or "") if isinstance(one, Mapping) else str(one)


def _labels(said: Any) -> tuple[str, ...]:
    """A list, or names parted by commas."""
    names = said.split(",") if isinstance(said, str) else _list(said)
    return tuple(str(name).strip() for name in names if str(name).strip())


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
