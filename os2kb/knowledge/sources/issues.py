"""A repository's issues that carry a label, as questions with answers.

The answer is a comment by a person who belongs to the repository (owner, member or collaborator):
the one with most 👍 where any has one, else the last. An issue counts as answered when it was
closed as completed and has such a comment, or when such a comment has a 👍.
"""

from collections.abc import Iterable, Mapping, Sequence

from os2kb.forges.port import Conversation, Forge, Reply
from os2kb.governance.facts import Repository
from os2kb.knowledge.sources.fetched import Left, Page
from os2kb.knowledge.sources.question_page import (
    NOT_ANSWERED,
    VULNERABILITY,
    Question,
    looks_like_a_vulnerability,
    question_page,
)
from os2kb.products.remote import Remote

_NO_ANSWER = frozenset({"not_planned", "duplicate"})


def read_issues(
    remote: Remote, forge: Forge, repository: Repository, known: Mapping[str, str]
) -> Iterable[Page | Left]:
    """Every issue with the label; the comments of those that changed are asked for."""
    for issue in forge.labelled(repository, remote.label):
        path, tag = f"{issue.number}.md", issue.updated_at.isoformat()
        if known.get(path) == tag:
            yield Page(path, tag, None)
            continue
        yield _page(path, tag, issue, forge.replies(repository, issue.number))


def _page(path: str, tag: str, issue: Conversation, replies: Sequence[Reply]) -> Page | Left:
    spoken = [reply.body for reply in replies if not reply.author.is_bot]
    if looks_like_a_vulnerability(issue.title, [issue.body, *spoken]):
        return Left(path, VULNERABILITY, tag)
    answer = chosen(issue, replies)
    if answer is None:
        return Left(path, NOT_ANSWERED, tag)
    question = Question(
        title=issue.title,
        body=issue.body,
        answers=(answer.body,),
        anchor=f"issuecomment-{answer.id}",
        date=f"{answer.created_at:%Y-%m-%d}",
    )
    return Page(path, tag, question_page(question))


def chosen(issue: Conversation, replies: Sequence[Reply]) -> Reply | None:
    """The comment that answers an issue; None where there is none."""
    fit = [reply for reply in replies if reply.by_member and not reply.is_command and reply.body]
    liked = [reply for reply in fit if reply.thumbs_up]
    if liked:
        return max(liked, key=lambda reply: (reply.thumbs_up, reply.created_at))
    closed = not issue.open and issue.state_reason not in _NO_ANSWER
    return fit[-1] if fit and closed else None
