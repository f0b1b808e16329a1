"""What the transport makes of GraphQL's answers, which have the status 200 also for a failure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from os2kb.forges.github.transport import Pace, Transport
from os2kb.forges.port import Forbidden, NotFound, RateLimited, Rejected, Unavailable

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
RESET = int(NOW.timestamp()) + 60


@dataclass
class Answering:
    """A client of GitHub that gets this answer: access, client and requester in one."""

    answer: Any
    graphql_url: str = "/graphql"

    def client(self, _repository: str) -> "Answering":
        return self

    @property
    def requester(self) -> "Answering":
        return self

    def requestJsonAndCheck(self, *_: Any, **__: Any) -> tuple[dict[str, str], Any]:  # noqa: N802
        return {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(RESET)}, self.answer


def transport(answer: Any) -> Transport:
    pace = Pace(0, sleep=lambda _: None, clock=lambda: 0.0)
    return Transport(Answering(answer), pace, lambda: NOW)  # type: ignore[arg-type]


def asked(answer: Any) -> Any:
    return transport(answer).graphql(
        "os2display/api",
        "query { … }",
        {},
        may_lack=frozenset({"subject"}),
        may_hide=frozenset({"statusCheckRollup"}),
    )


def error(kind: str = "", message: str = "No", *path: str | int) -> dict[str, Any]:
    return {"message": message, "path": list(path)} | ({"type": kind} if kind else {})


def test_what_may_be_missing_is_null_and_no_error():
    data = {"repository": {"subject": None}}
    found = asked({"data": data, "errors": [error("NOT_FOUND", "No", "repository", "subject")]})
    assert (found.data, found.lost) == (data, frozenset())


def test_what_may_be_hidden_is_told_as_lost():
    path = ("repository", "pull", "head", "nodes", 0, "commit", "statusCheckRollup", "contexts")
    found = asked({"data": {"repository": {}}, "errors": [error("FORBIDDEN", "No", *path)]})
    assert found.lost == {"statusCheckRollup"}


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (
            {"data": {"repository": None}, "errors": [error("NOT_FOUND", "No", "repository")]},
            NotFound,
        ),
        ({"data": {}, "errors": [error("NOT_FOUND", "No", "subject", "labels")]}, NotFound),
        ({"data": {}, "errors": [error("FORBIDDEN", "No", "repository", "subject")]}, Forbidden),
        ({"data": None, "errors": [error("RATE_LIMITED")]}, RateLimited),
        (
            {"errors": [error(message="Something went wrong while executing your query.")]},
            Unavailable,
        ),
        ({"errors": [error(message="Field 'nope' doesn't exist on type 'Query'")]}, Rejected),
        ({"data": None}, Rejected),
        ({"errors": "odd", "data": {}}, Rejected),
        ([], Rejected),
        (None, Rejected),
    ],
)
def test_every_other_failure_is_told_in_our_words(answer: Any, raised: type[Exception]):
    with pytest.raises(raised):
        asked(answer)


def test_a_limit_is_kept_until_it_ends():
    github = transport({"errors": [error("RATE_LIMITED")]})
    for _ in range(2):
        with pytest.raises(RateLimited) as limited:
            github.graphql("os2display/api", "query { … }", {})
        assert limited.value.until.timestamp() == RESET + 1
    with pytest.raises(RateLimited, match="waiting"):
        github.get("os2display/other", "/repos/os2display/other")
