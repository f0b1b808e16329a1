"""/openapi.json against the running service: every answer is one that it describes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from tests.service.whole import whole

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, handbook_index: Path) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("described")
    with whole(folder, handbook_index, github_webhook_secret=("a",)) as client:
        yield client


@pytest.fixture(scope="module")
def description(site: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = site.get("/openapi.json").json()
    return found


def test_whatever_is_sent_the_answer_is_one_that_is_described(site: httpx.Client):
    """With requests that schemathesis makes of the description, fitting and not.

    Whether a request fits is ours to judge: a product may be unknown, a question unclear.
    """
    schemathesis = pytest.importorskip("schemathesis", reason="needs requirements/test.txt")
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    held_to = (
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    )
    described = schemathesis.openapi.from_url(f"{site.base_url}/openapi.json")
    tried = []
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=15,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answered(case: Any) -> None:
            case.call_and_validate(checks=held_to)

        answered()
        tried.append(operation.label)
    assert "GET /api/v1/search" in tried
    assert "POST /api/v1/ask" in tried


def test_every_error_is_described_as_the_document_that_it_is(description: dict[str, Any]):
    for path, item in description["paths"].items():
        for method, operation in item.items():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    kinds = set(response.get("content", {}))
                    assert kinds <= {"application/problem+json", "text/html"}, (path, method)
                    assert kinds, (path, method, status)
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_whoever_may_ask_too_much_is_told_so_beforehand(description: dict[str, Any]):
    for path in ("/api/v1/search", "/api/v1/ask", "/answer", "/"):
        for operation in description["paths"][path].values():
            assert "Retry-After" in operation["responses"]["429"]["headers"]


def test_every_example_fits_what_it_is_an_example_of(description: dict[str, Any]):
    schemas = description["components"]["schemas"]
    with_examples = {name for name, schema in schemas.items() if "examples" in schema}
    assert {"SearchResponse", "SuggestResponse", "AskResponse", "ProblemDocument"} <= with_examples
    for name in with_examples:
        validator = Draft202012Validator({**schemas[name], "components": {"schemas": schemas}})
        for example in schemas[name]["examples"]:
            validator.validate(example)
