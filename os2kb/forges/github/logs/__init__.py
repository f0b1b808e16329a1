"""Decision logs on GitHub. See `os2kb.forges.logs.Logs` for what each method promises.

https://docs.github.com/en/rest/git, https://docs.github.com/en/rest/pulls
"""

from collections.abc import Callable, Mapping, Sequence

from os2kb.decisions.proposal.seen import Home, Proposal
from os2kb.forges.github.logs import reading, writing
from os2kb.forges.github.transport import Transport
from os2kb.forges.logs import Draft, LogFiles, Proposed


class GitHubLogs:
    """The port of decision logs on GitHub.

    Args:
        login: our own.
    """

    def __init__(self, transport: Transport, login: Callable[[], str]) -> None:
        self._github, self._login = transport, login

    def files(self, full_name: str, path: str) -> LogFiles:
        """The files of a folder, and of those in it, or the one page."""
        return reading.log_files(self._github, full_name, path)

    def texts(self, full_name: str, ids: Sequence[str]) -> Mapping[str, str | None]:
        """Files by their ids."""
        return reading.texts(self._github, full_name, ids)

    def at(self, full_name: str, commit: str, paths: Sequence[str]) -> Mapping[str, str | None]:
        """Files by their paths, at a commit."""
        return reading.at(self._github, full_name, commit, paths)

    def proposal(self, home: Home, branch: str) -> Proposal:
        """The branch, and our newest pull request from it."""
        return reading.proposal(self._github, home, branch, self._login())

    def propose(self, home: Home, draft: Draft) -> Proposed:
        """Branch, commit and pull request, as far as they are not there yet."""
        return writing.propose(self._github, home, draft, self._login())

    def close(self, home: Home, number: int) -> bool:
        """Close a pull request of ours; False where it was closed."""
        return writing.close(self._github, home, number, self._login())
