"""Exchanges held against a published API description (OpenAPI 3.0).

```python
description = ApiDescription.load(path)
assert description.violations(exchange) == []
```

An exchange is anything with `method`, `path`, `query`, `request`, `status`, `headers` (names in
lower case) and `response`, for example those that the demo GitHub keeps. Beyond what JSON Schema
asks, keys that the description does not know are violations too: a stand-in must not make things
up, and a client must not send what is ignored.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

GITHUB_ERRORS = {
    301: "basic-error",
    307: "basic-error",
    400: "basic-error",
    401: "basic-error",
    403: "basic-error",
    404: "basic-error",
    410: "basic-error",
    422: "validation-error",
    429: "basic-error",
    500: "basic-error",
    502: "basic-error",
    503: "basic-error",
}
"""What every endpoint may answer, though the description lists it only here and there.

https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

_SLASHES = {"path": ".*", "ref": ".+", "branch": ".+", "name": ".+"}
_LINK = re.compile(r'(<[^>]+>; rel="(next|prev|first|last)"(, )?)+')
_URI = "urn:api"
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.match(r"[a-z][a-z0-9+.-]*:", value) is not None


class Exchange(Protocol):
    """One request and its response."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query(self) -> Mapping[str, str]: ...
    @property
    def request(self) -> Any: ...
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def response(self) -> Any: ...


@dataclass(frozen=True)
class ApiDescription:
    """A description, ready to judge."""

    document: dict[str, Any]
    registry: Registry[Any]
    validators: dict[str, Draft202012Validator] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=lambda: GITHUB_ERRORS)

    @staticmethod
    @cache
    def load(path: Path) -> "ApiDescription":
        """Read a description from a JSON file; the same file is read once."""
        document = json.loads(path.read_bytes())
        _mend(document)
        _to_json_schema(document)
        resource = DRAFT202012.create_resource(document)
        return ApiDescription(document, Registry().with_resource(_URI, resource))

    def violations(self, exchange: Exchange) -> list[str]:
        """Everything about the exchange that the description does not allow."""
        found = self.template(exchange.method, exchange.path)
        if found is None:
            return [f"{exchange.method} {exchange.path}: there is no such endpoint"]
        template, names = found
        item = self.document["paths"][template]
        operation = item[exchange.method.lower()]
        said = [
            *self._in_parameters(item, operation, names, exchange),
            *self._in_request(operation, exchange),
            *self._in_response(operation, exchange),
        ]
        return [f"{exchange.method} {template}: {one}" for one in said]

    def template(self, method: str, path: str) -> tuple[str, dict[str, str]] | None:
        """The described path that a real one belongs to, and what its names stand for."""
        matches = (
            (template, match.groupdict())
            for template, pattern in _patterns(tuple(self.document["paths"]))
            if method.lower() in self.document["paths"][template]
            and (match := pattern.fullmatch(path)) is not None
        )
        # The one with the fewest names says most.
        return min(matches, key=lambda one: (len(one[1]), -len(one[0])), default=None)

    def _in_parameters(
        self, item: Any, operation: Any, names: Mapping[str, str], exchange: Exchange
    ) -> Iterator[str]:
        described = {}
        for parameter in (*item.get("parameters", ()), *operation.get("parameters", ())):
            known = self._resolve(parameter)
            described[known["in"], known["name"]] = known
        # After an error a path may name what no description allows.
        values = [("path", k, v) for k, v in names.items()] if exchange.status < 400 else []
        values += [("query", k, v) for k, v in exchange.query.items()]
        for place, name, value in values:
            parameter = described.get((place, name))
            if parameter is None:
                yield f"the {place} has an unknown “{name}”"
                continue
            schema = parameter["schema"]
            for error in self._validator(schema).iter_errors(self._typed(schema, value)):
                yield f"the {place}'s “{name}”: {error.message}"
        for (place, name), parameter in described.items():
            if place == "query" and parameter.get("required") and name not in exchange.query:
                yield f"the query lacks “{name}”"

    def _in_request(self, operation: Any, exchange: Exchange) -> Iterator[str]:
        if exchange.status in {400, 422}:
            return  # what was refused need not be right
        body = self._resolve(operation.get("requestBody", {}))
        if exchange.request is None:
            if body.get("required"):
                yield "the request lacks its body"
            return
        if not body:
            if exchange.request != {}:
                yield "the request has a body where none is described"
            return
        schema = _json_schema(body["content"])
        said = exchange.request
        if isinstance(said, list) and exchange.path.endswith("/labels"):
            # A bare list is what PyGithub sends and GitHub takes; the description shows only
            # the object around it.
            said = {"labels": said}
        yield from self._in_value(schema, said, "the request")

    def _in_response(self, operation: Any, exchange: Exchange) -> Iterator[str]:
        response = self._resolve(operation["responses"].get(str(exchange.status), {}))
        if exchange.status == 304 and exchange.method == "GET" and exchange.response is None:
            return  # nothing new, which every read may answer
        if not response and exchange.status not in self.errors:
            yield f"the status {exchange.status} is not described"
        elif not response:
            schema: Any = {"$ref": f"#/components/schemas/{self.errors[exchange.status]}"}
            yield from self._errors(schema, exchange.response, "the response")
        elif "content" in response:
            schema = _json_schema(response["content"])
            # Errors may say more than is described; GitHub's own do (`status`).
            judge = self._in_value if exchange.status < 300 else self._errors
            yield from judge(schema, exchange.response, "the response")
        elif exchange.response is not None and exchange.status < 300:
            yield "the response has a body where none is described"
        yield from self._in_headers(response, exchange)

    def _in_headers(self, response: Any, exchange: Exchange) -> Iterator[str]:
        described = response.get("headers", {})
        if "Location" in described and not exchange.headers.get("location"):
            yield "the response lacks its Location"
        link = exchange.headers.get("link")
        if link is not None and _LINK.fullmatch(link) is None:
            yield f"the Link header is malformed: {link}"

    def _in_value(self, schema: Any, value: Any, where: str) -> Iterator[str]:
        yield from self._errors(schema, value, where)
        for path in self._unknown([schema], value):
            yield f"{where}{path}: the description knows no such key"

    def _errors(self, schema: Any, value: Any, where: str) -> Iterator[str]:
        for error in self._validator(schema).iter_errors(value):
            best = error
            while best.context:
                best = max(best.context, key=lambda one: (len(one.path), -len(one.schema_path)))
            yield f"{where}{_pointer(best.absolute_path)}: {best.message[:300]}"

    def _unknown(self, schemas: list[Any], value: Any, path: str = "") -> Iterator[str]:
        """Keys that none of the schemas a value may have mentions."""
        flat = list(self._flatten(schemas))
        if isinstance(value, list):
            items = [schema["items"] for schema in flat if "items" in schema]
            for one in value[:3] if items else ():
                yield from self._unknown(items, one, f"{path}/*")
        if not isinstance(value, dict):
            return
        known: dict[str, list[Any]] = {}
        for schema in flat:
            for key, below in schema.get("properties", {}).items():
                known.setdefault(key, []).append(below)
        if not known or any(schema.get("additionalProperties") for schema in flat):
            return
        for key, one in value.items():
            if key in known:
                yield from self._unknown(known[key], one, f"{path}/{key}")
            else:
                yield f"{path}/{key}"

    def _flatten(self, schemas: list[Any]) -> Iterator[Any]:
        for schema in schemas:
            known = self._resolve(schema)
            yield known
            for word in ("allOf", "anyOf", "oneOf"):
                yield from self._flatten(known.get(word, []))

    def _validator(self, schema: Any) -> Draft202012Validator:
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            absolute = json.loads(key.replace('"$ref": "#', f'"$ref": "{_URI}#'))
            self.validators[key] = Draft202012Validator(
                absolute, registry=self.registry, format_checker=_FORMATS
            )
        return self.validators[key]

    def _resolve(self, part: Any) -> Any:
        while "$ref" in part:
            found: Any = self.document
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            part = found
        return part

    def _typed(self, schema: Any, text: str) -> Any:
        """What a parameter's text stands for: a number, a truth value or the text."""
        types = {t for one in self._flatten([schema]) for t in _listed(one.get("type"))}
        if "integer" in types and re.fullmatch(r"-?\d+", text):
            return int(text)
        if "boolean" in types and text in {"true", "false"}:
            return text == "true"
        if "array" in types:
            return text.split(",")
        return text


@cache
def _patterns(templates: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for template in templates:
        parts = re.split(r"\{([^}]+)\}", template)
        names = parts[1::2]
        regex = re.escape(parts[0])
        for name, literal in zip(names, parts[2::2], strict=True):
            each = _SLASHES.get(name, "[^/]+")
            regex += f"(?P<{name.replace('-', '_')}>{each}){re.escape(literal)}"
        patterns.append((template, re.compile(regex, re.DOTALL)))
    return patterns


def _mend(document: dict[str, Any]) -> None:
    """Mend where a description contradicts itself, or its own text.

    GitHub's list of installations describes an account that is a user and an enterprise at once,
    which nothing can be; a single installation says it right. Jira's remote links are a list, but
    for the one of a `globalId`.
    """
    listed = document["paths"].get("/app/installations")
    if listed is not None:
        schema = _json_schema(listed["get"]["responses"]["200"]["content"])
        schema["items"] = {"$ref": "#/components/schemas/installation"}
    links = document["paths"].get("/rest/api/3/issue/{issueIdOrKey}/remotelink")
    if links is not None:
        content = links["get"]["responses"]["200"]["content"]["application/json"]
        one = content["schema"]
        content["schema"] = {"anyOf": [one, {"type": "array", "items": one}]}


def _to_json_schema(part: Any) -> None:
    """Turn OpenAPI 3.0's `nullable` into JSON Schema's null, everywhere, in place."""
    if isinstance(part, list):
        for one in part:
            _to_json_schema(one)
        return
    if not isinstance(part, dict):
        return
    for key, one in part.items():
        if key not in {"example", "examples", "default"}:
            _to_json_schema(one)
    if part.pop("nullable", False) is not True:
        return
    if isinstance(part.get("type"), str):
        part["type"] = [part["type"], "null"]
    if "enum" in part and None not in part["enum"]:
        part["enum"].append(None)
    for word in ("anyOf", "oneOf"):
        if word in part:
            part[word].append({"type": "null"})
    if "allOf" in part:
        part["anyOf"] = [{"allOf": part.pop("allOf")}, {"type": "null"}]


def _json_schema(content: Any) -> Any:
    """The schema of the plain JSON among the media types."""
    return content.get("application/json", next(iter(content.values())))["schema"]


def _listed(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types or ())


def _pointer(path: Any) -> str:
    return "".join(f"/{step}" for step in path)
