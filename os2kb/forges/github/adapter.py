"""The Forge port on GitHub's REST API."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice

from index.passages import Language
from os2kb.forges.answers import Discussion, Reply
from os2kb.forges.github import changes, comments, contents, labels, parse, people
from os2kb.forges.github.checks import set_check
from os2kb.forges.github.errors import moved
from os2kb.forges.github.graphql import discussions
from os2kb.forges.github.graphql.bulk import whole_issues
from os2kb.forges.github.graphql.columns import columns, issues_in
from os2kb.forges.github.graphql.details import details
from os2kb.forges.github.graphql.labelled import labelled_count
from os2kb.forges.github.graphql.scene import scene
from os2kb.forges.github.logs import GitHubLogs
from os2kb.forges.github.reviews import put_review
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import Changeable, Conversation, Entry, History, NotFound, WholeIssue
from os2kb.forges.scene import Details, File, Scene, Wanted
from os2kb.governance.actions import PutReview, SetCheck
from os2kb.governance.facts import ChangedFile, Comment, Repository, Role
from os2kb.governance.ledger.marks import carries

# GitHub lists 3,000 files of a pull request at most; what is left out is not judged.
MOST_FILES = 3000


class GitHub:
    """One GitHub. See `os2kb.forges.port.Forge` for what each method promises."""

    def __init__(self, transport: Transport) -> None:
        self._github = transport
        self._login = ""
        self._logs = GitHubLogs(transport, lambda: self.login)

    @property
    def logs(self) -> GitHubLogs:
        """The decision logs there."""
        return self._logs

    @property
    def known_logins(self) -> frozenset[str]:
        """Our own login in lower case, once it has been asked for."""
        return frozenset({self._login.lower()} if self._login else ())

    @property
    def login(self) -> str:
        """Our own login."""
        if not self._login:
            self._login = self._github.own_login()
        return self._login

    def git_token(self, full_name: str) -> str:
        """What git may read a repository with; empty where the App is not installed."""
        try:
            return self._github.git_token(full_name)
        except NotFound:
            return ""

    def repository(self, full_name: str) -> Repository:
        """The repository of that name, with its existing labels."""
        data = self._github.get(full_name, f"/repos/{full_name}")
        existing = self._github.pages(full_name, f"/repos/{full_name}/labels")
        return parse.repository(data, list(existing))

    def conversation(self, repository: Repository, number: int) -> Conversation:
        """The issue or pull request of that number."""
        data = self._github.get(repository.full_name, _issue(repository, number))
        there = str(data.get("repository_url", "")).partition("/repos/")[2]
        elsewhere = there.casefold() != repository.full_name.casefold()
        if elsewhere or data.get("number") != number:
            # GitHub answers for a transferred issue with the one it became elsewhere.
            raise moved(f"{repository.full_name}#{number}", there, int(data.get("number", 0)))
        return parse.conversation(data, self.login)

    def comments(self, repository: Repository, number: int) -> tuple[Comment, ...]:
        """Its conversation comments, oldest first."""
        found = comments.comments(self._github, repository.full_name, number, self.login)
        return tuple(found)

    def history(self, repository: Repository, number: int) -> History:
        """What was done to its labels, and the turns that it took."""
        path = f"{_issue(repository, number)}/events"
        events = tuple(self._github.pages(repository.full_name, path))
        changed = (parse.label_event(item, self.login) for item in events)
        turns = (parse.turn_event(item, self.login) for item in events)
        return History(tuple(one for one in changed if one), tuple(one for one in turns if one))

    def scene(self, full_name: str, number: int = 0) -> Scene:
        """The repository of that name now, and the pull request of that number. One read."""
        return scene(self._github, full_name, number)

    def changed_files(
        self, repository: Repository, number: int
    ) -> tuple[tuple[ChangedFile, ...], bool]:
        """The files a pull request changes, and whether there are more than GitHub lists."""
        path = f"/repos/{repository.full_name}/pulls/{number}/files"
        pages = self._github.pages(repository.full_name, path)
        files = tuple(parse.changed_file(file) for file in islice(pages, MOST_FILES))
        return files, len(files) >= MOST_FILES

    def details(self, repository: Repository, number: int, wanted: Wanted) -> Details:
        """What else is wanted of a subject and its repository. One read, and one a further page."""
        return details(
            self._github, repository.full_name, repository.url, number, self.login, wanted
        )

    def file(self, full_name: str, path: str, commit: str = "") -> File | None:
        """A text file of a repository; None where there is none.

        Raises:
            NotText: it is over 1 MB, for which GitHub gives no content, or no file.
        """
        return contents.file(self._github, full_name, path, commit)

    def listing(self, full_name: str, path: str) -> tuple[Entry, ...]:
        """What a folder holds where the default branch is now; of a file, itself alone."""
        return contents.listing(self._github, full_name, path)

    def content(self, full_name: str, path: str) -> bytes:
        """A file's bytes where the default branch is now."""
        return contents.content(self._github, full_name, path)

    def role(self, repository: Repository, login: str) -> Role:
        """A person's role on the repository; NONE for those it does not know."""
        return people.role(self._github, repository, login)

    def conversations(
        self, repository: Repository, since: datetime | None = None
    ) -> Iterator[Conversation]:
        """Its issues and pull requests, newest first: the open ones, or all changed since."""
        name = repository.full_name
        wanted = {"state": "open"}
        if since:
            wanted = {"state": "all", "since": f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        for item in self._github.pages(name, f"/repos/{name}/issues", **wanted):
            yield parse.conversation(item, self.login)

    def whole_issues(
        self, repository: Repository, numbers: Sequence[int]
    ) -> Mapping[int, WholeIssue]:
        """Many issues at once, by their numbers, as far as each list of theirs fits a page."""
        found = whole_issues(self._github, repository.full_name, numbers, self.login)
        return {one.conversation.number: one for one in found}

    def in_team(self, repository: Repository, team: str, login: str) -> bool:
        """Whether a person belongs to a team, `organisation/team`, or to a team below it.

        Raises:
            Forbidden: the App may not read the organisation's members.
        """
        return people.in_team(self._github, repository, team, login)

    def in_organisation(self, repository: Repository, organisation: str, login: str) -> bool:
        """Whether a person is a member of an organisation; False where there is no such one.

        Raises:
            Forbidden: the App may not read the organisation's members.
        """
        return people.in_organisation(self._github, repository, organisation, login)

    def addresses(self, repository: Repository) -> Mapping[str, str]:
        """Login to e-mail of those who can be given issues there and show a verified address."""
        return people.addresses(self._github, repository.full_name)

    def reaches(self, repository: Repository, name: str) -> bool:
        """Whether a mention there of a person, or a team `organisation/team`, reaches anybody.

        Raises:
            Forbidden: the App may not read the organisation's members.
        """
        return people.reaches(self._github, repository, name)

    def labelled(self, repository: Repository, label: str) -> Iterator[Conversation]:
        """Every issue that carries a label, open or closed, oldest first; no pull requests."""
        name = repository.full_name
        wanted = {"labels": label, "state": "all", "sort": "created", "direction": "asc"}
        for item in self._github.pages(name, f"/repos/{name}/issues", **wanted):
            if "pull_request" not in item:
                yield parse.conversation(item, self.login)

    def labelled_count(self, repository: Repository, label: str) -> tuple[int, datetime | None]:
        """How many these are, and when the last of them changed."""
        return labelled_count(self._github, repository.full_name, label)

    def columns(self, repository: Repository, number: int) -> tuple[str, ...]:
        """The columns of projects that an issue stands in, as far as we may see them."""
        return columns(self._github, repository.full_name, number)

    def issues_in(self, repository: Repository, column: str) -> Iterator[int]:
        """The numbers of the open issues that stand in a column of that name."""
        return issues_in(self._github, repository.full_name, column)

    def replies(self, repository: Repository, number: int) -> tuple[Reply, ...]:
        """The comments on an issue, oldest first, with what tells whether they answer it."""
        pages = self._github.pages(repository.full_name, f"{_issue(repository, number)}/comments")
        return tuple(parse.reply(item, self.login) for item in pages)

    def answered_discussions(self, repository: Repository) -> Iterator[Discussion]:
        """Every discussion in which an answer was marked, oldest first."""
        return discussions.answered(self._github, repository.full_name, self.login)

    def add_label(self, repository: Repository, number: int, label: str) -> bool:
        """Put an existing label on; False where somebody had already.

        Raises:
            NotFound: there is no such label. GitHub itself would make it, so we look first.
        """
        return labels.add(self._github, repository.full_name, number, label)

    def remove_label(self, repository: Repository, number: int, label: str) -> bool:
        """Take a label off; False where it was already gone."""
        return labels.remove(self._github, repository.full_name, number, label)

    def change(
        self, repository: Repository, number: int, field: Changeable, value: str, expects: str
    ) -> bool:
        """Make a field of an issue say a value, where it says that or what is expected."""
        now = self.conversation(repository, number)
        return changes.change(self._github, repository.full_name, now, field, value, expects)

    def put_comment(
        self,
        repository: Repository,
        number: int,
        marker: str,
        body: str,
        known_id: str = "",
        expects: str | None = None,
    ) -> str:
        """Create or edit our one comment that carries the marker; returns its id.

        Raises:
            NotFound: the comment the ledger remembers is gone: a person deleted it.
        """
        name, login = repository.full_name, self.login
        return comments.put(self._github, name, number, marker, body, known_id, expects, login)

    def put_issue(
        self, repository: Repository, marker: str, title: str, body: str, known: str = ""
    ) -> str:
        """Create or edit our one issue whose text opens with the marker; returns its number.

        Raises:
            Rejected: a person has closed it, or it is somebody else's.
        """
        found = self.conversation(repository, int(known)) if known else None
        if not known:
            ours = (one for one in self.conversations(repository) if one.author.is_self)
            found = next((one for one in ours if carries(marker, one.body)), None)
        return changes.put_issue(self._github, repository.full_name, found, title, body)

    def put_review(self, repository: Repository, number: int, review: PutReview) -> str:
        """Make or edit suggestions on lines; returns the id of the review, empty for none made."""
        return put_review(self._github, repository.full_name, number, review, self.login)

    def delete_comment(
        self, repository: Repository, comment_id: str, expects: str | None = None
    ) -> bool:
        """Delete a comment of ours; False where it was gone, or says what is not expected.

        Raises:
            Rejected: it is somebody else's.
        """
        name = repository.full_name
        return comments.delete(self._github, name, comment_id, expects, self.login)

    def react(self, repository: Repository, comment_id: int, content: str) -> str:
        """React to a comment; GitHub itself keeps one reaction of a kind from each account.

        https://docs.github.com/en/rest/reactions/reactions#create-reaction-for-an-issue-comment
        """
        name = repository.full_name
        path = f"/repos/{name}/issues/comments/{comment_id}/reactions"
        return str(self._github.write("POST", name, path, {"content": content})["id"])

    def set_check(
        self, repository: Repository, number: int, check: SetCheck, language: Language
    ) -> str:
        """Create or update our check run of that name on that commit; returns its id.

        Raises:
            Rejected: only a GitHub App may write checks.
        """
        return set_check(self._github, repository.full_name, number, check, language)


def _issue(repository: Repository, number: int) -> str:
    return f"/repos/{repository.full_name}/issues/{number}"
