"""`/os2 pause`, `/os2 resume` and `/os2 ignore`: what the bot leaves alone here.

The last two may name a rule, and give a reason after it.
"""

from difflib import get_close_matches

from os2kb.governance.actions import Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.named import first_word, named_first
from os2kb.governance.commands.outcome import Outcome, listed, say
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import EVERY_RULE, ignore, ignored, is_paused, pause
from os2kb.governance.rules import REGISTRY, rules_for
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_RULES = frozenset(rule.id for rule in REGISTRY)
_ALL = frozenset({"alle", "all", EVERY_RULE})
_PAUSED = Phrase(
    "Jeg holder pause her: ingen etiketter og ingen status, før nogen skriver `/os2 resume`. "
    "Ligner noget en sårbarhed, siger jeg dog til.",
    "I pause here: no labels and no status until someone writes `/os2 resume`. I still speak up "
    "where something looks like a vulnerability.",
)
_RESUMED = Phrase("Jeg er i gang her igen.", "I am at work here again.")
_STILL = Phrase(
    "Jeg ser stadig bort fra {}; skriv `/os2 resume` og reglens navn for at tage den i brug igen.",
    "I still leave out {}; write `/os2 resume` and the rule's name to take it up again.",
)
_IGNORED = Phrase(
    "Jeg ser bort fra {} her, indtil nogen skriver `/os2 resume` og reglens navn.",
    "I leave out {} here until someone writes `/os2 resume` and the rule's name.",
)
_IGNORED_ALL = Phrase(
    "Jeg ser bort fra alle regler her, undtagen dem, der slår alarm, indtil nogen "
    "skriver `/os2 resume`.",
    "I leave out all rules here but the alarms until someone writes `/os2 resume`.",
)
_TAKEN_UP = Phrase("Reglen {} gælder her igen.", "The rule {} holds here again.")
_LIKELY = Phrase(
    "Sådan en regel er der ikke. Mente du {}? `/os2 why` viser dem, der gælder her.",
    "There is no such rule. Did you mean {}? `/os2 why` shows those that hold here.",
)
_UNKNOWN = Phrase(
    "Sådan en regel er der ikke. `/os2 why` viser dem, der gælder her.",
    "There is no such rule. `/os2 why` shows those that hold here.",
)


def begin_pause(command: Command, facts: Facts, policy: Policy) -> Outcome:  # noqa: ARG001
    """Nothing is written here but replies."""
    begun = () if is_paused(facts) else (pause(on=True, because=command.because),)
    return Outcome(say(_PAUSED, facts.language), begun)


def resume(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """The pause is over, and so is leaving out every rule; or one rule holds again."""
    rule = _rule_in(command)
    if rule:
        if rule not in _RULES:
            return _no_such_rule(rule, facts, policy)
        ends = (_ignore(rule, command, on=False),) if rule in ignored(facts) else ()
        return Outcome(say(_TAKEN_UP, facts.language, listed((rule,))), ends)
    left_out = ignored(facts)
    over: list[Remember] = [pause(on=False, because=command.because)] if is_paused(facts) else []
    if EVERY_RULE in left_out:
        over.append(_ignore(EVERY_RULE, command, on=False))
    said = say(_RESUMED, facts.language)
    if still := sorted(left_out - {EVERY_RULE}):
        said = Markdown(f"{said} {say(_STILL, facts.language, listed(still))}")
    return Outcome(said, tuple(over))


def leave_out(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """A rule has nothing to say here; without a name, none has but the alarms."""
    rule = _rule_in(command) or EVERY_RULE
    if rule != EVERY_RULE and rule not in _RULES:
        return _no_such_rule(rule, facts, policy)
    holds = () if rule in ignored(facts) else (_ignore(rule, command, on=True),)
    if rule == EVERY_RULE:
        return Outcome(say(_IGNORED_ALL, facts.language), holds)
    return Outcome(say(_IGNORED, facts.language, listed((rule,))), holds)


def _rule_in(command: Command) -> str:
    """The rule that is meant, or what was written where it is none; empty for all of them."""
    named = named_first(command.text, (*_RULES, *_ALL))
    return "" if named in _ALL else named or command.text.strip("` ").casefold()


def _ignore(rule: str, command: Command, *, on: bool) -> Remember:
    return ignore(rule, on=on, because=command.because)


def _no_such_rule(named: str, facts: Facts, policy: Policy) -> Outcome:
    """What was written is not repeated: it may be anything."""
    here = [rule.id for rule in rules_for(facts, policy)]
    likely = get_close_matches(first_word(named), here, n=2, cutoff=0.5)
    if not likely:
        return Outcome(say(_UNKNOWN, facts.language))
    either = Phrase(" eller ", " or ").in_language(facts.language)
    return Outcome(say(_LIKELY, facts.language, Markdown(either.join(map(code_span, likely)))))
