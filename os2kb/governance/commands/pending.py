"""Which commands await something, and what observe must fetch before decide can answer them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from os2kb.governance.commands.command import Command, commands_in
from os2kb.governance.commands.permission import needs_role, permitted, teams_needed
from os2kb.governance.facts import Comment, Facts
from os2kb.governance.ledger.marks import latest, own_comment, settled
from os2kb.governance.plan import Remember
from os2kb.governance.receipts import Receipt
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy

TOO_OLD = timedelta(days=7)
_DONE, _LEFT_ALONE = "done", "left alone"


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
        and _note(facts, comment.id) != _LEFT_ALONE
    )
    return tuple((comment, commands_in(comment)) for comment in awaiting)


def is_done(facts: Facts, comment: int) -> bool:
    """Whether the commands of a comment were carried out."""
    return _note(facts, comment) == _DONE


def note_done(comment: int) -> Remember:
    """The note that they were."""
    return Remember(f"command:{comment}", _DONE, "/os2")


def leave_alone(comment: int) -> Remember:
    """The note that they never will be; an observing bot may write it into its own ledger."""
    return Remember(f"command:{comment}", _LEFT_ALONE, "/os2", asked=True)


def planned_note(facts: Facts, comment: int) -> Receipt | None:
    """The note that they were, where what comes before it may not all have been done."""
    note = latest(facts.receipts, f"command:{comment}")
    begun = note is not None and (note.state, note.content) == ("planned", _DONE)
    return note if begun else None


def _note(facts: Facts, comment: int) -> str:
    kept = latest(facts.receipts, f"command:{comment}")
    return kept.content if kept is not None and kept.state == "applied" else ""


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
        dict.fromkeys(one.by for one in _awaiting(facts, now) if needs_role(one, facts, policy))
    )


def memberships_to_look_up(
    facts: Facts, policy: Policy, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Login and team, `organisation/team`, that decide it where no role does, each pair once."""
    return tuple(
        dict.fromkeys(
            (one.by, team)
            for one in _awaiting(facts, now)
            for team in teams_needed(one, facts, policy)
        )
    )


def _awaiting(facts: Facts, now: datetime) -> Iterator[Command]:
    return (one for _, commands in unanswered(facts, now) for one in commands if one.known)
