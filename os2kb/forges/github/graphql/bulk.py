"""Many issues of a repository at once, with all that was said and done, in GraphQL.

https://docs.github.com/en/graphql/reference/objects#issue
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from os2kb.forges.github import parse
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import Conversation, History, WholeIssue
from os2kb.governance.facts import Comment

AT_ONCE = 25
"""Issues in one read: GitHub gives each read ten seconds, and an issue may hold a hundred texts."""

_ACTOR = "{ __typename login }"
_PAGE = "pageInfo { hasNextPage }"
# GraphQL's name of what happened, and REST's, which the parsers know.
_HAPPENED = {
    "LabeledEvent": "labeled",
    "UnlabeledEvent": "unlabeled",
    "ClosedEvent": "closed",
    "ReopenedEvent": "reopened",
    "AssignedEvent": "assigned",
    "UnassignedEvent": "unassigned",
    "MilestonedEvent": "milestoned",
    "DemilestonedEvent": "demilestoned",
    "TransferredEvent": "transferred",
    "ConvertedToDiscussionEvent": "converted_to_discussion",
}
_OF_LABELS, _OF_PEOPLE = ("LabeledEvent", "UnlabeledEvent"), ("AssignedEvent", "UnassignedEvent")
_KINDS = " ".join(f"{name.upper()}_EVENT" for name in _HAPPENED.values())


def _event(name: str) -> str:
    more = " label { name }" if name in _OF_LABELS else ""
    if name in _OF_PEOPLE:
        more = " assignee { __typename ... on Actor { login } }"
    return f"... on {name} {{ actor {_ACTOR} createdAt{more} }}"


ISSUE = f"""\
fragment Whole on Issue {{
  number title body state stateReason(enableDuplicate: true) locked createdAt updatedAt closedAt url
  author {_ACTOR} authorAssociation issueType {{ name }}
  milestone {{ title }} assignees(first: 100) {{ {_PAGE} nodes {{ login }} }}
  labels(first: 100) {{ {_PAGE} nodes {{ name }} }}
  comments(first: 100) {{ {_PAGE} nodes {{
    databaseId author {_ACTOR} authorAssociation body createdAt updatedAt url }} }}
  timelineItems(first: 100, itemTypes: [{_KINDS}]) {{ {_PAGE} nodes {{
    __typename {" ".join(map(_event, _HAPPENED))} }} }}
}}
"""


def whole_issues(
    github: Transport, full_name: str, numbers: Sequence[int], login: str
) -> Iterator[WholeIssue]:
    """Those of the numbers that are issues here, and whose lists end within a page each.

    Args:
        full_name: of the repository.
        login: our own.
    """
    owner, _, name = full_name.partition("/")
    for start in range(0, len(numbers), AT_ONCE):
        some = {f"i{n}": n for n in numbers[start : start + AT_ONCE]}
        asked = " ".join(
            f"{place}: issueOrPullRequest(number: {n}) {{ __typename ...Whole }}"
            for place, n in some.items()
        )
        query = (
            "query Issues($owner: String!, $name: String!) { "
            f"repository(owner: $owner, name: $name) {{ {asked} }} }} {ISSUE}"
        )
        wanted = {"owner": owner, "name": name}
        found = github.graphql(full_name, query, wanted, may_lack=frozenset(some)).data
        nodes = (found["repository"].get(place) for place in some)
        yield from (
            _whole(node, login) for node in nodes if node and _is_whole(node) and "title" in node
        )


def _is_whole(node: Mapping[str, Any]) -> bool:
    """Whether it is an issue of which nothing goes on."""
    lists = (node.get(name) or {} for name in ("labels", "comments", "timelineItems"))
    return not any(one.get("pageInfo", {}).get("hasNextPage") for one in lists)


def _whole(node: Mapping[str, Any], login: str) -> WholeIssue:
    events = tuple(map(_as_rest_event, node["timelineItems"]["nodes"]))
    labels = (parse.label_event(one, login) for one in events)
    turns = (parse.turn_event(one, login) for one in events)
    comments = tuple(_comment(one, login) for one in node["comments"]["nodes"])
    return WholeIssue(
        _conversation(node, login, has_comments=bool(comments)),
        comments,
        History(tuple(one for one in labels if one), tuple(one for one in turns if one)),
    )


def _conversation(node: Mapping[str, Any], login: str, *, has_comments: bool) -> Conversation:
    return Conversation(
        number=int(node["number"]),
        title=str(node["title"]),
        body=str(node["body"] or ""),
        author=parse.actor(node["author"], login, str(node["authorAssociation"])),
        open=node["state"] == "OPEN",
        state_reason=str(node["stateReason"] or "").lower(),
        locked=bool(node["locked"]),
        labels=tuple(str(one["name"]) for one in (node["labels"] or {"nodes": ()})["nodes"]),
        created_at=parse.moment(node["createdAt"]),
        updated_at=parse.moment(node["updatedAt"]),
        url=str(node["url"]),
        is_pull_request=False,
        issue_type=str((node["issueType"] or {}).get("name", "")),
        has_comments=has_comments,
        assignees=tuple(str(one["login"]) for one in node["assignees"]["nodes"]),
        milestone=str((node["milestone"] or {}).get("title") or ""),
        closed_at=parse.moment(node["closedAt"]) if node["closedAt"] else None,
    )


def _comment(node: Mapping[str, Any], login: str) -> Comment:
    return Comment(
        id=int(node["databaseId"]),
        author=parse.actor(node["author"], login, str(node["authorAssociation"])),
        body=str(node["body"]),
        created_at=parse.moment(node["createdAt"]),
        updated_at=parse.moment(node["updatedAt"]),
        url=str(node["url"]),
    )


def _as_rest_event(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What happened, as REST has it."""
    return {
        "event": _HAPPENED.get(str(node["__typename"]), ""),
        "created_at": node.get("createdAt"),
        "actor": _user(node.get("actor")),
        "assignee": _user(node.get("assignee")),
        "label": node.get("label"),
    }


def _user(node: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """An account, as REST has it."""
    if not node:
        return None
    is_bot = node["__typename"] == "Bot"
    login = f"{node['login']}[bot]" if is_bot else node["login"]
    return {"login": login, "type": "Bot" if is_bot else "User"}
