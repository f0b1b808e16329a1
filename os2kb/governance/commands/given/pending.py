"""What the commands that await their answer need: what observe must fetch, and checks anew."""

from collections.abc import Iterator
from datetime import datetime

from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.permission import needs_role, permitted, teams_needed
from os2kb.governance.commands.given.unanswered import unanswered
from os2kb.governance.commands.jira import ticket_key
from os2kb.governance.facts import Facts
from os2kb.governance.rules.text.security_report import suspected
from os2kb.governance.tickets.ticket import project_of
from os2kb.policy.policy import Policy


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


def checks_asked_for(facts: Facts, policy: Policy, now: datetime) -> bool:
    """Whether an `/os2 recheck` that awaits its answer asks for our checks to be made again."""
    return any(
        one.word == "recheck" and permitted(one, facts, policy)
        for _, commands in unanswered(facts, now)
        for one in commands
    )


def tickets_named(facts: Facts, policy: Policy, now: datetime) -> tuple[str, ...]:
    """Keys of the tickets that unanswered commands want to link, each once.

    Another project's are not asked for: whether they are there is not for this product to know.
    """
    if facts.policy_problems or facts.locked or policy.jira is None or policy.mode != "act":
        return ()
    keys = (
        ticket_key(one.text)
        for _, commands in unanswered(facts, now)
        for one in commands
        if one.word == "jira" and permitted(one, facts, policy)
    )
    return tuple(dict.fromkeys(key for key in keys if project_of(key) == policy.jira.project))


def accounts_to_look_up(facts: Facts, policy: Policy, now: datetime) -> tuple[str, ...]:
    """Logins whose role decides whether an unanswered command may run, each once."""
    return tuple(
        dict.fromkeys(
            one.by for one in _awaiting(facts, policy, now) if needs_role(one, facts, policy)
        )
    )


def memberships_to_look_up(
    facts: Facts, policy: Policy, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Login and team, `organisation/team`, that decide it where no role does, each pair once."""
    return tuple(
        dict.fromkeys(
            (one.by, team)
            for one in _awaiting(facts, policy, now)
            for team in teams_needed(one, facts, policy)
        )
    )


def _awaiting(facts: Facts, policy: Policy, now: datetime) -> Iterator[Command]:
    """The commands that may be given or not; one that only reads is all that observing answers."""
    return (
        asked
        for _, commands in unanswered(facts, now)
        for one in commands
        for asked in one.asks_about()
        if policy.mode == "act" or asked.reads or one.word != "help"
    )
