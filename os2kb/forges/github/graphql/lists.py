"""The lists of a pull request in GraphQL: commits, reviews, threads and checks, page by page.

https://docs.github.com/en/graphql/reference/objects#pullrequest
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from os2kb.forges.github import parse
from os2kb.forges.scene import Part
from os2kb.governance.facts import Account, CheckResult, Commit, Review, Thread

# Of a pull request's commits GitHub lists as many anywhere else; of the rest it is plenty.
MOST_ITEMS = 250
_PAGE = "pageInfo { hasNextPage endCursor }"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who we are, which tells our own from others'."""

    login: str
    app_id: int | None


@dataclass(frozen=True, slots=True)
class _List:
    """How to ask for a page of a list, to find it in the answer and to read an item.

    `may_hide` is a field that GitHub keeps from us where a permission was not granted.
    """

    query: str
    page: Callable[[Json], Json | None]
    read: Callable[[Json, Reader], Any]
    may_hide: str = ""


def _commit(node: Json, _: Reader) -> Commit:
    data = node["commit"]
    author = data["author"] or {}
    login = (author.get("user") or {}).get("login")
    return Commit(
        sha=str(data["oid"]),
        message=str(data["message"]),
        author=Account(str(login), is_bot=str(login).endswith("[bot]")) if login else None,
        parents=int(data["parents"]["totalCount"]),
        author_name=str(author.get("name") or ""),
        author_email=str(author.get("email") or ""),
    )


def _review(node: Json, reader: Reader) -> Review | None:
    if node["submittedAt"] is None:  # begun and not handed in; only its author is shown it
        return None
    return Review(
        author=parse.actor(node["author"], reader.login, str(node["authorAssociation"])),
        state=parse.review_state(node["state"]),
        at=parse.moment(node["submittedAt"]),
        commit=str((node["commit"] or {}).get("oid") or ""),
    )


def _thread(node: Json, _: Reader) -> Thread:
    first = next(iter(node["comments"]["nodes"]), None)
    return Thread(
        resolved=bool(node["isResolved"]),
        outdated=bool(node["isOutdated"]),
        url=str(first["url"]) if first else "",
    )


def _check(node: Json, reader: Reader) -> CheckResult | None:
    if node["__typename"] == "StatusContext":
        return CheckResult(
            str(node["context"]), parse.status(node["state"]), str(node["targetUrl"] or "")
        )
    app = node["checkSuite"]["app"]
    if app and reader.app_id is not None and app["databaseId"] == reader.app_id:
        return None
    conclusion = node["conclusion"]
    return CheckResult(
        str(node["name"]), conclusion.lower() if conclusion else None, str(node["detailsUrl"] or "")
    )


def _contexts(pull: Json) -> Json | None:
    """The page of checks of the last commit; None where it has none."""
    for node in pull["head"]["nodes"]:
        rollup = node["commit"]["statusCheckRollup"]
        return rollup["contexts"] if rollup else None
    return None


_LISTS: Mapping[Part, _List] = MappingProxyType(
    {
        "commits": _List(
            f"""commits(first: 100, after: $commits) {{ {_PAGE} nodes {{ commit {{
        oid message parents {{ totalCount }} author {{ name email user {{ login }} }} }} }} }}""",
            lambda pull: pull["commits"],
            _commit,
        ),
        "reviews": _List(
            f"""reviews(first: 100, after: $reviews) {{ {_PAGE} nodes {{
        state submittedAt authorAssociation author {{ __typename login }} commit {{ oid }} }} }}""",
            lambda pull: pull["reviews"],
            _review,
        ),
        "threads": _List(
            f"""reviewThreads(first: 100, after: $threads) {{ {_PAGE} nodes {{
        isResolved isOutdated comments(first: 1) {{ nodes {{ url }} }} }} }}""",
            lambda pull: pull["reviewThreads"],
            _thread,
        ),
        "checks": _List(
            f"""head: commits(last: 1) {{ nodes {{ commit {{ statusCheckRollup {{
        contexts(first: 100, after: $checks) {{ {_PAGE} nodes {{ __typename
          ... on CheckRun {{ name conclusion detailsUrl checkSuite {{ app {{ databaseId }} }} }}
          ... on StatusContext {{ context state targetUrl }} }} }} }} }} }} }}""",
            _contexts,
            _check,
            may_hide="statusCheckRollup",
        ),
    }
)


class Lists:
    """The lists of a pull request, page by page."""

    def __init__(self, parts: Iterable[Part], reader: Reader) -> None:
        self.open: dict[Part, str | None] = dict.fromkeys(sorted(parts))
        self.may_hide = frozenset(_LISTS[part].may_hide for part in self.open)
        self.cut: set[Part] = set()
        self._reader = reader
        self._found: dict[Part, list[Any]] = {}

    @property
    def query(self) -> str:
        """What to ask next of the pull request."""
        fields = "\n      ".join(_LISTS[part].query for part in self.open)
        return f"pull: pullRequest(number: $number) {{\n      {fields}\n    }}" if fields else ""

    def take(self, pull: Json | None, lost: frozenset[str]) -> None:
        """Take an answer in; what goes on stays open."""
        for part in list(self.open):
            kind = _LISTS[part]
            del self.open[part]
            if pull is None or kind.may_hide in lost:
                continue
            page, items = kind.page(pull), self._found.setdefault(part, [])
            if page is None:
                continue
            items += filter(None, (kind.read(node, self._reader) for node in page["nodes"] if node))
            if not page["pageInfo"]["hasNextPage"]:
                continue
            if len(items) >= MOST_ITEMS:
                self.cut.add(part)
            else:
                self.open[part] = page["pageInfo"]["endCursor"]

    def found(self, part: Part) -> tuple[Any, ...] | None:
        """All of a list; None where it was not wanted, not shown or not read to its end."""
        if part not in self._found or (part in self.cut and part != "commits"):
            return None
        return tuple(self._found[part])
