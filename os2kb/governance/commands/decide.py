"""`/os2 decide <text>`: what was decided here, to be proposed to the decision log.

Our ledger notes it, and the proposal is made of what it says then.
"""

from os2kb.decisions.tidy import tidy
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.outcome import Outcome, say
from os2kb.governance.decision_log.made import decided
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import link
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_NOTED = Phrase(
    "Beslutningen er noteret og bliver foreslået til {}, hvor en anden end dig skal godkende den.",
    "The decision is noted and will be proposed to {}, where somebody else than you has to approve "
    "it.",
)
_NO_LOG = Phrase(
    "Policyen har ingen beslutningslog; skriv den ind under `decisions`.",
    "The Policy has no decision log; name it under `decisions`.",
)
_NO_ISSUE = Phrase(
    "En beslutning træffes i et issue; skriv den i det, som denne pull request handler om.",
    "A decision is made in an issue; write it in the one that this pull request is about.",
)
_EMPTY = Phrase(
    "Skriv beslutningen efter `/os2 decide` i samme afsnit.",
    "Write the decision after `/os2 decide` in the same paragraph.",
)


def decide(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """The decision is noted; a later one takes its place."""
    language, log = facts.language, policy.decisions
    if log is None:
        return Outcome(say(_NO_LOG, language))
    if facts.pull_request is not None:
        return Outcome(say(_NO_ISSUE, language))
    text = tidy(command.text)
    if not text:
        return Outcome(say(_EMPTY, language))
    at = next(
        (one.created_at for one in facts.comments if one.id == command.comment_id), facts.updated_at
    )
    note = decided(command.by, text, at, command.because)
    known = any((one.action, one.content) == (note.key, note.content) for one in facts.receipts)
    said = say(_NOTED, language, link(log.repository, facts.url.partition("/issues/")[0]))
    return Outcome(said, () if known else (note,))
