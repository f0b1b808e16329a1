"""Facts and Policies to test with: small, whole, and changed one field at a time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.passages import Citation
from os2kb.answers.answer import Answer
from os2kb.governance.actions import PutComment, SetCheck
from os2kb.governance.decide import decide
from os2kb.governance.evaluate import evaluate
from os2kb.governance.facts import (
    Account,
    ChangedFile,
    Comment,
    Facts,
    LabelEvent,
    PullRequest,
    Repository,
)
from os2kb.governance.findings import Finding
from os2kb.governance.plan import Plan
from os2kb.governance.receipts import Receipt, State
from os2kb.modes import Mode
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from os2kb.subjects import Subject

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = START + timedelta(hours=1)

IDA = Account("ida")
BO = Account("bo")
SELF = Account("os2kb[bot]", is_bot=True, is_self=True)
OTHER_BOT = Account("renovate[bot]", is_bot=True)

POLICY = load_policy(
    """
version: 1
mode: act
labels:
  type: {bug: Bug, feature: Udviklingsønsker, documentation: Dokumentation, question: Spørgsmål}
  status: {needs-issue: mangler issue, needs-changelog: mangler changelog}
  security: It-sikkerhed
guidelines:
  source: docs/CONTRIBUTING.md
  rules:
    linked-issue: required
    changelog: advise
"""
)

REPOSITORY = Repository(
    id=7,
    full_name="os2demo/os2demo",
    default_branch="main",
    private=False,
    url="https://github.example/os2demo/os2demo",
    labels=(
        *("Bug", "Udviklingsønsker", "Dokumentation", "Spørgsmål", "It-sikkerhed"),
        *("mangler issue", "mangler changelog", "wontfix"),
    ),
)

CITATION = Citation(
    quote="En pull request skal henvise til et issue.",
    title="Bidrag",
    url="https://github.example/os2demo/os2demo/blob/abc/docs/CONTRIBUTING.md#issues",
    path="docs/CONTRIBUTING.md",
    lines=(3, 3),
    heading=("Issues",),
)

ANSWER = Answer(
    question="Hvem godkender?",
    text="Koordinationsgruppen godkender. [1]",
    abstained=False,
    citations=(replace(CITATION, quote="Koordinationsgruppen godkender."),),
    composer="extractive",
    lang="da",
    answer_id="a1",
)


def policy(text: str) -> Policy:
    """A Policy from YAML without its version."""
    return load_policy("version: 1\n" + text)


def issue(title: str = "Kalenderen opdateres ikke", body: str = "", **changes: object) -> Facts:
    facts = Facts(
        subject=Subject(7, 42, "os2demo/os2demo"),
        repository=REPOSITORY,
        title=title,
        body=body,
        author=IDA,
        open=True,
        state_reason="",
        locked=False,
        labels=(),
        created_at=START,
        updated_at=START,
        url="https://github.example/os2demo/os2demo/issues/42",
        guidelines=f"{REPOSITORY.url}/blob/main/docs/CONTRIBUTING.md",
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def pull(
    *files: ChangedFile, branch: str = "ret-fejl", base: str = "main", **changes: object
) -> Facts:
    request = PullRequest(
        head_branch=branch,
        head_sha="abc123",
        base_branch=base,
        draft=False,
        merged=False,
        files=files or (ChangedFile("src/app.php", "modified", "@@ -1 +1 @@\n-a\n+b"),),
    )
    return replace(
        issue("Ret visning", "Viser den rigtige dato."),
        pull_request=request,
        **changes,  # type: ignore[arg-type]
    )


def with_pull(facts: Facts, **changes: object) -> Facts:
    """The same, but for what its pull request has of its own."""
    assert facts.pull_request is not None
    request = replace(facts.pull_request, **changes)  # type: ignore[arg-type]
    return replace(facts, pull_request=request)


def comment(body: str, number: int = 77, author: Account = IDA, *, edited: bool = False) -> Comment:
    at = START + timedelta(minutes=number)
    changed = at + timedelta(minutes=1) if edited else at
    return Comment(number, author, body, at, changed, f"https://github.example/c/{number}")


def event(label: str, *, added: bool, actor: Account, minute: int = 5) -> LabelEvent:
    return LabelEvent(label, added, actor, START + timedelta(minutes=minute))


def receipt(
    action: str,
    because: str = "type-label",
    state: State = "applied",
    minute: int = 5,
    *,
    content: str = "",
    plan: int = 0,
) -> Receipt:
    content = content or (action.split(":", 2)[2] if action.startswith("label:") else "")
    return Receipt(action, state, because, START + timedelta(minutes=minute), content, plan=plan)


def plan(facts: Facts, by: Policy = POLICY, mode: Mode = "act") -> Plan:
    """The Plan at `NOW`."""
    return decide(facts, by, mode, NOW)


def keys(facts: Facts, by: Policy = POLICY, mode: Mode = "act") -> list[str]:
    """What would be written to the conversation; the checks have tests of their own."""
    written = (action.key for action in plan(facts, by, mode).writes())
    return [key for key in written if not key.startswith("check:")]


def checks(facts: Facts, name: str, by: Policy = POLICY, mode: Mode = "act") -> list[SetCheck]:
    """The checks of a name that would be written."""
    written = plan(facts, by, mode).writes()
    return [one for one in written if isinstance(one, SetCheck) and one.name == f"os2kb / {name}"]


def body(facts: Facts, key: str, by: Policy = POLICY) -> str:
    """The text of one planned comment."""
    (action,) = [one for one in plan(facts, by).actions if one.key == key]
    assert isinstance(action, PutComment)
    return action.body


def finding(rule: str, facts: Facts, by: Policy = POLICY) -> Finding:
    return next(one for one in evaluate(facts, by, NOW) if one.rule == rule)


def verdict(rule: str, facts: Facts, by: Policy = POLICY) -> str:
    return finding(rule, facts, by).verdict


def strict(rule: str, options: str = "") -> Policy:
    return policy(f"guidelines: {{rules: {{{rule}: {{level: required{options}}}}}}}")
