"""`/os2 why`: every Finding with its rule, facts, citation, label, and what would change it."""

from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.commands.outcome import say
from os2kb.governance.comments.render import text
from os2kb.governance.comments.status import is_edited
from os2kb.governance.comments.views import View, views
from os2kb.governance.decision_log.standing import standing_here
from os2kb.governance.decision_log.told.decision import decision_told
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown, code_span, neutralise
from os2kb.governance.ledger.holds import is_chosen, is_paused
from os2kb.governance.ledger.labels import existing, has, is_held, is_ours, rule_is_held
from os2kb.governance.rules import ALARMS, REGISTRY, is_kept_quiet
from os2kb.governance.rules.rule import Event, Need, Rule, kind_of
from os2kb.governance.tickets.told import why_ticket
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_RULES = {rule.id: rule for rule in REGISTRY}
_NEEDS: dict[Need, Phrase] = {
    "files": Phrase("ændrede filer", "changed files"),
    "commits": Phrase("commits", "commits"),
    "reviews": Phrase("reviews", "reviews"),
    "threads": Phrase("diskussioner", "discussions"),
    "checks": Phrase("kontroller", "checks"),
    "linked": Phrase("de issues, der nævnes", "the issues that are named"),
    "changelogs": Phrase("ændringsloggen", "the changelog"),
    "templates": Phrase("repositoriets skabeloner", "the repository's templates"),
    "forms": Phrase("repositoriets formularer", "the repository's forms"),
    "near": Phrase("issues, der ligner", "issues that are alike"),
    "classified": Phrase(
        "hvad jeg har lært af tidligere etiketter", "what I learned from earlier labels"
    ),
}
_EVENTS: dict[Event, Phrase] = {
    "issues": Phrase(
        "når issuets titel, tekst eller etiketter ændres",
        "when the issue's title, text or labels change",
    ),
    "issue_comment": Phrase("når nogen skriver en kommentar", "when somebody comments"),
    "pull_request": Phrase(
        "når pull requestens titel, tekst, grene, etiketter eller commits ændres",
        "when the pull request's title, text, branches, labels or commits change",
    ),
    "pull_request_review": Phrase("når nogen skriver et review", "when somebody reviews it"),
    "pull_request_review_thread": Phrase(
        "når en diskussion bliver løst", "when a discussion is resolved"
    ),
    "check_run": Phrase("når en kontrol bliver færdig", "when a check ends"),
    "check_suite": Phrase("når en kontrol bliver færdig", "when a check ends"),
    "status": Phrase("når en kontrol bliver færdig", "when a check ends"),
    "push": Phrase("når der kommer ny kode i repositoriet", "when the repository gets new code"),
    "label": Phrase(
        "når repositoriets egne etiketter ændres", "when the repository's own labels change"
    ),
}
_RESUMED = Phrase("når nogen skriver /os2 resume", "when somebody writes /os2 resume")
_TEXT = (Phrase("titel", "title"), Phrase("tekst", "text"))
_AND, _OR = Phrase(" og ", " and "), Phrase(" eller ", " or ")
_LABEL_IS = {
    "absent": Phrase("findes ikke i repositoriet", "does not exist in the repository"),
    "chosen": Phrase("er valgt med en kommando", "was chosen with a command"),
    "ours": Phrase("har jeg sat på", "was put on by me"),
    "theirs": Phrase("har andre sat på", "was put on by others"),
    "held": Phrase("er taget af, så den lader jeg være af", "was taken off, so I leave it off"),
    "held back": Phrase("ville jeg sætte på", "would be put on by me"),
    "due": Phrase("sætter jeg på", "is put on by me"),
}
_LABEL = Phrase("Etiketten {} {}.", "The label {} {}.")


@dataclass(frozen=True, slots=True)
class Reasons:
    """One Finding with all there is to say of it.

    Attributes:
        label: how it stands with the label it calls for; empty for none.
        looks_at: the facts it rests on.
        changes_with: when its answer can change.
    """

    finding: View
    label: Markdown
    looks_at: str
    changes_with: str


def why(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    limit: int,
    *,
    observing: bool,
    private: bool,
    stands: Standing,
    at: datetime,
) -> Markdown:
    """The reply to `/os2 why`.

    Args:
        limit: characters to take over from each guideline.
        observing: nothing is written here unasked.
        private: only the alarms may speak; other evidence may name branches and numbers from a
            report of a vulnerability.
        stands: how it stands as a fault.
        at: the moment.
    """
    told = [one for one in findings if not private or one.rule in ALARMS]
    draft = bool(facts.pull_request and facts.pull_request.draft)
    held_back = observing or draft or is_paused(facts)
    reasons = [
        Reasons(
            view,
            _label(facts, policy, one, held_back=held_back),
            _looks_at(facts, _RULES[one.rule]),
            _changes_with(facts, one),
        )
        for view, one in zip(views(told, facts.language, limit), told, strict=True)
    ]
    return text(
        "why",
        facts.language,
        findings=reasons,
        observing=observing,
        draft=draft,
        edited=is_edited(facts),
        paused=is_paused(facts),
        decision=[] if private else _decision(facts, policy, findings, at),
        ticket=[] if private else list(why_ticket(facts, policy, stands, at)),
    )


def _decision(
    facts: Facts, policy: Policy, findings: tuple[Finding, ...], at: datetime
) -> list[Markdown]:
    withheld = is_kept_quiet(findings)
    stands = standing_here(facts, policy, at, withheld=withheld)
    told = decision_told(facts, policy, stands, withheld=withheld)
    return [neutralise(one.in_language(facts.language)) for one in told]


def _label(facts: Facts, policy: Policy, finding: Finding, *, held_back: bool) -> Markdown:
    named = policy.labels.of(finding.label) if finding.label else None
    if named is None:
        return Markdown("")
    stands = _LABEL_IS[_stands(facts, named, finding.rule, held_back=held_back)]
    stands_so = Markdown(stands.in_language(facts.language))
    return say(_LABEL, facts.language, code_span(named), stands_so)


def _stands(facts: Facts, named: str, rule: str, *, held_back: bool) -> str:
    label = existing(facts, named)
    if label is None:
        return "absent"
    if has(facts, label):
        if is_chosen(facts, label):
            return "chosen"
        return "ours" if is_ours(facts, label) else "theirs"
    if is_held(facts, label) or rule_is_held(facts, rule):
        return "held"
    return "held back" if held_back else "due"


def _looks_at(facts: Facts, rule: Rule) -> str:
    needs = [_NEEDS[need] for need in _NEEDS if need in rule.needs]
    return _joined(facts, [*_TEXT, *needs], _AND)


def _changes_with(facts: Facts, finding: Finding) -> str:
    if finding.left_out:
        return _RESUMED.in_language(facts.language)
    rule = _RULES[finding.rule]
    other: Event = "issues" if kind_of(facts) == "pull_request" else "pull_request"
    events = [_EVENTS[one] for one in _EVENTS if one in rule.events - {other}]
    return _joined(facts, events, _OR)


def _joined(facts: Facts, phrases: list[Phrase], last: Phrase) -> str:
    said = list(dict.fromkeys(one.in_language(facts.language) for one in phrases))
    *first, end = said
    return f"{', '.join(first)}{last.in_language(facts.language)}{end}" if first else end
