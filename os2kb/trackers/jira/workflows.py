"""Where a ticket stands in its workflow, and where tickets like it can stand.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-transitions-get
"""

from urllib.parse import quote

from os2kb.trackers.jira.as_read import transitions
from os2kb.trackers.jira.errors import understood
from os2kb.trackers.jira.parse import shown
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import Standing


def standing(jira: Transport, issue: str) -> Standing:
    """Where a ticket stands, and every step from there.

    Only the Cloud tells of steps that are not for our account, too.
    """
    fields = jira.get(issue, fields="*all,-comment,-worklog,-attachment")
    path = f"{issue}/transitions"
    told = jira.get(path, expand="transitions.fields", includeUnavailableTransitions="true")
    with understood(path):
        held = fields["fields"]
        steps = tuple(transitions(told["transitions"], held))
        return Standing(
            str(held["project"]["key"]), shown(held["issuetype"]), shown(held["status"]), steps
        )


def statuses(jira: Transport, project: str, type_name: str) -> tuple[str, ...]:
    """The statuses that tickets of a type can have in a project."""
    path = f"project/{quote(project, safe='')}/statuses"
    rows = jira.get(path)
    with understood(path):
        return tuple(
            shown(one)
            for row in rows
            if shown(row).casefold() == type_name.casefold()
            for one in row["statuses"]
        )
