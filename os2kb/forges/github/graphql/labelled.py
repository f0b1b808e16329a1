"""How many issues carry a label, and when the last of them changed.

https://docs.github.com/en/graphql/reference/objects#repository
"""

from datetime import datetime

from os2kb.forges.github import parse
from os2kb.forges.github.transport import Transport

_COUNT = """\
query Labelled($owner: String!, $name: String!, $label: String!) {
  repository(owner: $owner, name: $name) {
    databaseId
    issues(labels: [$label], first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount nodes { updatedAt }
    }
  }
}
"""


def labelled_count(github: Transport, full_name: str, label: str) -> tuple[int, datetime | None]:
    """How many these are, open and closed, and when the last of them changed; None for none."""
    owner, _, name = full_name.partition("/")
    wanted = {"owner": owner, "name": name, "label": label}
    found = github.graphql(full_name, _COUNT, wanted).data["repository"]["issues"]
    latest = [parse.moment(one["updatedAt"]) for one in found["nodes"]]
    return int(found["totalCount"]), max(latest, default=None)
