"""What observe must fetch before decide can answer commands."""

from datetime import datetime, timedelta

from os2kb.governance.commands import Command, commands_in, needs_role, permitted
from os2kb.governance.facts import Comment, Facts
from os2kb.governance.marks import own_comment, settled
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy

TOO_OLD = timedelta(days=7)


def unanswered(facts: Facts, now: datetime) -> tuple[tuple[Comment, tuple[Command, ...]], ...]:
    """The comments that give commands and have no reply yet, oldest first.

    Nobody waits for a reply to an old comment: where the bot is new, it leaves old talk alone.
    """
    awaiting = (
        comment
        for comment in facts.comments
        if now - comment.created_at < TOO_OLD
        and commands_in(comment)
        and not settled(facts.receipts, f"comment:reply:{comment.id}")
        and own_comment(facts, f"reply:{comment.id}") is None
    )
    return tuple((comment, commands_in(comment)) for comment in awaiting)


def pending_questions(facts: Facts, policy: Policy, now: datetime) -> tuple[tuple[int, str], ...]:
    """Comment id and question of each `/os2 ask` that awaits its answer, one per comment.

    Nothing is asked of the index or a model from a text that looks like a vulnerability report.
    """
    if facts.policy_problems or facts.locked or suspected(facts, policy):
        return ()
    return tuple(
        (comment.id, asked.text)
        for comment, commands in unanswered(facts, now)
        if (asked := first_question(commands)) is not None and permitted(asked, facts, policy)
    )


def first_question(commands: tuple[Command, ...]) -> Command | None:
    """The first `/os2 ask` that asks something: a comment gets one answer."""
    return next((one for one in commands if one.word == "ask" and one.text), None)


def accounts_to_look_up(facts: Facts, policy: Policy, now: datetime) -> tuple[str, ...]:
    """Logins whose role decides whether an unanswered command may run, each once."""
    return tuple(
        dict.fromkeys(
            command.by
            for _, commands in unanswered(facts, now)
            for command in commands
            if command.known and needs_role(command, policy)
        )
    )
