"""Issues, pull requests and discussions of a seed, as if people had made them."""

from datetime import UTC, datetime

from os2kb.demo.github.changes.assignees import assign
from os2kb.demo.github.changes.checks import create_check
from os2kb.demo.github.changes.issues import (
    add_comment,
    add_labels,
    close,
    lock,
    open_issue,
    plan_for,
    reopen,
)
from os2kb.demo.github.changes.pulls import add_review, open_pull
from os2kb.demo.github.read_seed import BadSeed
from os2kb.demo.github.seed import DiscussionSeed, IssueSeed, PullSeed
from os2kb.demo.github.shapes.pulls import pull_of
from os2kb.demo.github.world.state import (
    Account,
    Comment,
    Discussion,
    Issue,
    Milestone,
    Repository,
)
from os2kb.demo.github.world.world import GitHub

_VERBS = {"APPROVED": "APPROVE", "CHANGES_REQUESTED": "REQUEST_CHANGES", "COMMENTED": "COMMENT"}


def plant_issue(github: GitHub, repository: Repository, seed: IssueSeed) -> None:
    """Plant an issue or a pull request, with all that came of it.

    Raises:
        BadSeed: it names someone or something that is not there.
    """
    clock = github.clock
    author = the_person(github, seed.by)
    try:
        _set_clock(github, seed.at)
        if isinstance(seed, PullSeed):
            issue = open_pull(
                github,
                repository,
                author,
                title=seed.title,
                body=seed.body,
                head=seed.head,
                base=seed.base or repository.default_branch,
                draft=seed.draft,
            )
        else:
            issue = open_issue(github, repository, author, seed.title, seed.body)
        if seed.number is not None:
            _renumber(repository, issue, seed.number)
        add_labels(github, repository, author, issue, seed.labels)
        assign(github, repository, author, issue, [the_person(github, a) for a in seed.assignees])
        issue.columns = list(seed.columns)
        if seed.milestone:
            plan_for(github, repository, author, issue, _milestone(repository, seed.milestone))
        for comment in seed.comments:
            _set_clock(github, comment.at)
            add_comment(github, repository, the_person(github, comment.by), issue, comment.body)
        if isinstance(seed, PullSeed):
            _plant_pull(github, repository, issue, seed)
        if seed.state == "closed":
            close(github, repository, author, issue, seed.state_reason)
        elif seed.state_reason == "reopened":
            close(github, repository, author, issue)
            reopen(github, repository, author, issue)
        if seed.locked:
            lock(github, repository, author, issue, None)
        issue.deleted = seed.deleted
        issue.moved_to = _moved_to(github, seed.moved_to)
    finally:
        github.clock = clock


def _milestone(repository: Repository, title: str) -> Milestone:
    for one in repository.milestones:
        if one.title == title:
            return one
    raise BadSeed(f"{repository.full_name}: there is no milestone {title}")


def _plant_pull(github: GitHub, repository: Repository, issue: Issue, seed: PullSeed) -> None:
    pull = pull_of(issue)
    pull.from_fork = seed.from_fork
    for said in seed.reviews:
        review = add_review(
            github,
            repository,
            the_person(github, said.by),
            issue,
            event=_VERBS[said.state],
            body=said.body,
            remarks=tuple((one.path, one.line, one.body) for one in said.comments),
        )
        for remark, one in zip(review.comments, said.comments, strict=True):
            remark.resolved = one.resolved
    for check in seed.checks:
        wanted = {"name": check.name, "head_sha": repository.branches[seed.head]}
        told = {"conclusion": check.conclusion} if check.conclusion else {"status": "in_progress"}
        made = create_check(github, repository, issue.author, {**wanted, **told})
        made.app = check.app


def _moved_to(github: GitHub, where: str) -> tuple[int, int] | None:
    if not where:
        return None
    full_name, _, number = where.partition("#")
    repository = github.find(*full_name.split("/"))
    if repository is None:
        raise BadSeed(f"moved_to: there is no repository {full_name} further up")
    return repository.id, int(number)


def plant_discussion(github: GitHub, seed: DiscussionSeed) -> Discussion:
    """A discussion and its answer.

    Raises:
        BadSeed: someone it names is not there.
    """
    at = utc(seed.at) or github.now()
    answer = None
    if seed.answer:
        said = utc(seed.answer.at) or at
        by = the_person(github, seed.answer.by)
        answer = Comment(github.new_id(), by, seed.answer.body, said, said)
    author = the_person(github, seed.by)
    return Discussion(
        seed.number, seed.title, seed.body, author, seed.category, at, at, seed.labels, answer
    )


def _renumber(repository: Repository, issue: Issue, number: int) -> None:
    if number != issue.number and number in repository.issues:
        raise BadSeed(f"{repository.full_name}: the number {number} is there twice")
    del repository.issues[issue.number]
    issue.number = number
    repository.issues[number] = issue


def _set_clock(github: GitHub, at: datetime | None) -> None:
    moment = utc(at)
    if moment is not None:
        github.clock = lambda: moment


def utc(at: datetime | None) -> datetime | None:
    """The moment; one that names no time zone is of UTC."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def the_person(github: GitHub, login: str) -> Account:
    """Who is called so.

    Raises:
        BadSeed: nobody is.
    """
    account = github.account(login)
    if account is None:
        raise BadSeed(f"nobody is called {login}; add it to people")
    return account
