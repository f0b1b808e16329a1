"""Where a ticket stands in its workflow, and what leads on from there.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-transitions-get
"""

from os2kb.trackers.jira.as_read import transitions
from os2kb.trackers.jira.errors import understood
from os2kb.trackers.jira.parse import shown
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import Standing


def standing(jira: Transport, issue: str) -> Standing:
    """Where a ticket stands, and every step from there, with all that its screen asks for.

    Only the Cloud tells of steps that are not for our account, too.
    """
    told = jira.get(issue, fields="project,issuetype,status")
    path = f"{issue}/transitions"
    rows = jira.get(path, expand="transitions.fields", includeUnavailableTransitions="true")
    with understood(path):
        held = told["fields"]
        steps = tuple(transitions(rows["transitions"], {}))
        return Standing(
            str(held["project"]["key"]), shown(held["issuetype"]), shown(held["status"]), steps
        )
