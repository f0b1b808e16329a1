"""Writing a proposal to a log, and taking it back."""

from os2kb.forges.logs import Draft, Logs
from os2kb.forges.port import Forbidden, Forge
from os2kb.governance.actions import Propose, Withdraw
from os2kb.governance.actions.decisions import WITHDRAWN
from os2kb.governance.facts import Repository
from os2kb.logs import get_logger

log = get_logger()


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
        action.reopens,
        action.anew,
    )
    made = logs.propose(action.home, draft)
    return f"{made.number} {made.commit}"


def withdraw(forge: Forge, action: Withdraw) -> str | None:
    """Say why, then close it: cut off in between, both are done again, with one comment.

    Returns None where it was closed already. Where nobody may comment, it is closed all the same.
    """
    home = action.home
    there = Repository(home.id, home.full_name, "", home.private, "", ())
    try:
        forge.put_comment(there, action.number, WITHDRAWN, action.body)
    except Forbidden as error:
        log.warning("withdrawal_not_told", log=home.full_name, reason=str(error))
    return "" if forge.logs.close(home, action.number) else None
