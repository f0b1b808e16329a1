"""Writing a proposal to a log."""

from os2kb.forges.logs import Draft, Logs
from os2kb.governance.decision_log.writes import Propose


def write_proposal(logs: Logs, action: Propose) -> str:
    """The number of the pull request, and the commit that its branch is at."""
    draft = Draft(
        action.branch,
        action.expects,
        action.files,
        action.message,
        action.title,
        action.body,
        action.retitle,
    )
    made = logs.propose(action.home, draft)
    return f"{made.number} {made.commit}"
