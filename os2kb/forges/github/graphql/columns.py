"""The columns of projects that issues stand in: what their field Status says.

https://docs.github.com/en/issues/planning-and-tracking-with-projects/automating-your-project/using-the-api-to-manage-projects
"""

from collections.abc import Iterator, Mapping
from typing import Any

from os2kb.forges.github.transport import Transport

_STANDS = """projectItems(first: 20, includeArchived: false) { nodes {
      fieldValueByName(name: "Status") {
        __typename ... on ProjectV2ItemFieldSingleSelectValue { name } } } }"""
ISSUE = f"""\
query Columns($owner: String!, $name: String!, $number: Int!) {{
  repository(owner: $owner, name: $name) {{
    subject: issueOrPullRequest(number: $number) {{ __typename ... on Issue {{ {_STANDS} }} }}
  }}
}}
"""
ISSUES = f"""\
query InColumns($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    issues(first: 100, states: [OPEN], after: $after) {{
      pageInfo {{ hasNextPage endCursor }} nodes {{ number {_STANDS} }}
    }}
  }}
}}
"""
# A project that we may not see holds nothing for us; that is no reason to stop.
_MAY_HIDE = frozenset({"projectItems", "fieldValueByName"})


def columns(github: Transport, full_name: str, number: int) -> tuple[str, ...]:
    """The columns that an issue stands in, of the projects that we may see."""
    owner, _, name = full_name.partition("/")
    wanted = {"owner": owner, "name": name, "number": number}
    missing = frozenset({"subject"})
    found = github.graphql(full_name, ISSUE, wanted, may_lack=missing, may_hide=_MAY_HIDE).data
    return tuple(_names(found["repository"]["subject"] or {}))


def issues_in(github: Transport, full_name: str, column: str) -> Iterator[int]:
    """The numbers of the open issues that stand in a column of that name, in any case."""
    owner, _, name = full_name.partition("/")
    after = None
    while True:
        wanted = {"owner": owner, "name": name, "after": after}
        found = github.graphql(full_name, ISSUES, wanted, may_hide=_MAY_HIDE).data
        page = found["repository"]["issues"]
        for node in page["nodes"]:
            if column.casefold() in map(str.casefold, _names(node)):
                yield int(node["number"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _names(node: Mapping[str, Any]) -> Iterator[str]:
    for item in (node.get("projectItems") or {"nodes": ()})["nodes"] or ():
        value = (item or {}).get("fieldValueByName") or {}
        if value.get("name"):
            yield str(value["name"])
