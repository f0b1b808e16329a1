"""Who wrote `/os2 decide` here, and whom we refused it."""

import json
from collections.abc import Iterator

from os2kb.governance.commands.given.command import Command, commands_in
from os2kb.governance.commands.given.permission import is_anybodys, who_may
from os2kb.governance.commands.given.unanswered import is_done
from os2kb.governance.decision_log.made import DECIDED
from os2kb.governance.facts import Facts
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_NOBODY_MAY = Phrase(
    "{} skrev /os2 decide, men det må ingen her, før policyen siger hvem (commands.decide).",
    "{} wrote /os2 decide, which nobody may here until the Policy says who (commands.decide).",
)
_MAY_NOT = Phrase(
    "{} skrev /os2 decide, men må ikke beslutte her; det er for {}.",
    "{} wrote /os2 decide, but may not decide here; it is for {}.",
)


def asked_to_decide(facts: Facts) -> Iterator[Command]:
    """The commands `decide` that people gave here."""
    for one in facts.comments:
        if "decide" in one.body.casefold():  # reading Markdown costs far more
            yield from (command for command in commands_in(one) if command.word == "decide")


def refused(asked: tuple[Command, ...], facts: Facts, policy: Policy) -> Iterator[Phrase]:
    """Of whom our ledger says that we refused what they wanted to decide."""
    thumbs = {one.action for one in facts.receipts if one.action.startswith("reaction:")}
    notes = (one.content for one in facts.receipts if one.action == DECIDED)
    noted = {str(json.loads(note)["at"]) for note in notes}
    written = {one.id: one.created_at.isoformat() for one in facts.comments}
    for one in asked:
        known = f"reaction:{one.comment_id}" in thumbs and is_done(facts, one.comment_id)
        if not known or written[one.comment_id] in noted:
            continue
        if is_anybodys(one, policy):
            yield _MAY_NOT.filled(one.by, who_may(one, policy))
        else:
            yield _NOBODY_MAY.filled(one.by)
