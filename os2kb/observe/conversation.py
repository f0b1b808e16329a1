"""Facts as far as the conversation itself tells them."""

from dataclasses import replace
from datetime import UTC, datetime

from index.language import detect
from os2kb.forges.port import Conversation
from os2kb.governance.facts import Facts, PullRequest, Repository
from os2kb.policy.policy import Policy
from os2kb.subjects import Subject

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def facts_told(
    subject: Subject,
    repository: Repository,
    conversation: Conversation,
    policy: Policy,
    pull: PullRequest | None = None,
) -> Facts:
    """What the conversation itself tells."""
    text = f"{conversation.title}\n{conversation.body}"
    return Facts(
        subject=replace(subject, repository=repository.full_name),
        repository=repository,
        title=conversation.title,
        body=conversation.body,
        author=conversation.author,
        open=conversation.open,
        state_reason=conversation.state_reason,
        locked=conversation.locked,
        labels=conversation.labels,
        created_at=conversation.created_at,
        # A change of its code moves the pull request's own time; either shows how new this is.
        updated_at=max(conversation.updated_at, (pull and pull.updated_at) or _LONG_AGO),
        url=conversation.url,
        issue_type=conversation.issue_type,
        assignees=conversation.assignees,
        milestone=conversation.milestone,
        pull_request=pull,
        language=detect(text[:20_000], policy.language),
    )
