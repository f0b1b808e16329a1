"""A Plan as `os2kb plan --json` prints it."""

from typing import Any

from index.passages import Citation, Language
from os2kb.backlog.sides import Value
from os2kb.governance import actions
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import is_harmless, scrub
from os2kb.governance.plan import Plan
from os2kb.governance.tickets.in_step import InStep


def plan_json(plan: Plan, language: Language) -> dict[str, Any]:
    """The Plan as data.

    `{"subject", "mode", "paused", "problems", "missing_labels", "findings", "escalation",
    "decision", "in_step", "actions", "wake_at"}`. `escalation` is how it stands as a fault,
    `decision` how it stands with the decision made here, line by line; `in_step` is what comes of
    each field of an issue that goes with a ticket.
    An action has `kind` (`add-label`, `remove-label`, `put-comment`, `set-check`, `put-review`,
    `react`, `remember`, `tell`, `undo`, `link-ticket`, `create-ticket`, `set-field`,
    `propose-decision`, `withdraw-proposal`, `show-decision`, `tell-of-decision`,
    `carry`, `copy-comment`, `retract-copy`, `show-sync`), `key`,
    `because`, `asked`, `writes` (whether it may be applied in the plan's mode) and its own fields.
    Comments are in the subject's language, whatever the findings are told in.
    """
    writes = plan.writes()
    return {
        "subject": str(plan.subject),
        "mode": plan.mode,
        "paused": plan.paused,
        "problems": [
            {
                "path": one.path,
                "line": one.line,
                "message": scrub(one.message.in_language(language)),
            }
            for one in plan.problems
        ],
        "missing_labels": [scrub(label) for label in plan.lost_labels],
        "findings": [_finding(finding, language) for finding in plan.findings],
        "escalation": [scrub(line.in_language(language)) for line in plan.fault],
        "decision": [scrub(line.in_language(language)) for line in plan.decision],
        "in_step": _in_step(plan.in_step, language) if plan.in_step else None,
        "actions": [
            {
                **action_json(action),
                "key": action.key,
                "because": action.because,
                "asked": action.asked,
                "writes": action in writes,
            }
            for action in plan.actions
        ],
        "wake_at": plan.wake_at.isoformat() if plan.wake_at else None,
    }


def _in_step(step: InStep, language: Language) -> dict[str, Any]:
    """What comes of each field and comment, and what stays in Jira; no value of either side."""
    return {
        "fields": [
            {
                "field": one.merged.field,
                "outcome": one.outcome,
                "why": scrub(one.why.in_language(language)),
            }
            for one in step.fields
        ],
        "comments": [
            {"side": one.comment.side, "id": one.comment.id, "outcome": one.outcome}
            for one in step.comments
        ],
        "stays": [{"what": one.what, "why": one.why} for one in step.stays],
        "left_public": list(step.left_public),
    }


def _carried(value: Value) -> str | list[str]:
    """A value of a field; several of one as a list."""
    return scrub(value) if isinstance(value, str) else [scrub(one) for one in sorted(value)]


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "evidence": scrub(finding.evidence.in_language(language)),
        "citation": _citation(finding.citation),
        "remedy": scrub(finding.remedy.in_language(language)),
        "label": finding.label,
        "required": finding.required,
    }


def _citation(citation: Citation | None) -> dict[str, Any] | None:
    if citation is None:
        return None
    return {
        "quote": scrub(citation.quote),
        "title": scrub(citation.title),
        "url": citation.url if is_harmless(citation.url) else "",
        "path": scrub(citation.path),
        "lines": list(citation.lines),
        "heading": [scrub(heading) for heading in citation.heading],
        "date": citation.date,
        "status": citation.status,
    }


def action_json(action: actions.Action) -> dict[str, Any]:
    """An Action's kind and its own fields."""
    match action:
        case actions.AddLabel():
            return {"kind": "add-label", "label": action.label}
        case actions.RemoveLabel():
            return {"kind": "remove-label", "label": action.label}
        case actions.PutComment():
            return {"kind": "put-comment", "marker": action.marker, "body": str(action.body)}
        case actions.React():
            return {"kind": "react", "comment_id": action.comment_id, "reaction": action.content}
        case actions.Remember():
            return {"kind": "remember", "name": action.name, "value": action.value}
        case actions.Tell():
            return {
                "kind": "tell",
                "to": [scrub(one) for one in action.to],
                "subject": action.subject,
                "body": str(action.body),
            }
        case actions.LinkTicket():
            return {"kind": "link-ticket", "ticket": action.ticket}
        case actions.CreateTicket():
            said = {"type": action.type, "summary": scrub(action.summary)}
            return {"kind": "create-ticket", "project": action.project, **said}
        case actions.SetField():
            return {"kind": "set-field", "field": action.field, "value": action.value}
        case actions.ShowDecision():
            shown = {"url": action.url, "title": scrub(action.title), "status": action.status}
            return {"kind": "show-decision", "ticket": action.ticket, **shown}
        case actions.TellOfDecision():
            return {"kind": "tell-of-decision", "ticket": action.ticket, "body": action.body}
        case actions.Carry():
            return {
                "kind": "carry",
                "side": action.side,
                "field": action.field,
                "value": _carried(action.value),
                "before": _carried(action.before),
            }
        case actions.CopyComment():
            copied = {"source": action.source, "body": action.body, "known": action.known}
            return {"kind": "copy-comment", "side": action.side, **copied}
        case actions.RetractCopy():
            return {"kind": "retract-copy", "source": action.source, "known": action.known}
        case actions.ShowSync():
            return {"kind": "show-sync", "ticket": action.ticket, "said": action.said}
        case actions.Undo():
            return {"kind": "undo", "action": action.receipt.action}
        case actions.PutReview():
            return {
                "kind": "put-review",
                "head_sha": action.head_sha,
                "suggestions": [
                    {"path": one.path, "line": one.line, "body": one.body}
                    for one in action.suggestions
                ],
            }
        case actions.Propose():
            return {
                "kind": "propose-decision",
                "repository": action.home.full_name,
                "branch": action.branch,
                "files": {path: text and scrub(text) for path, text in action.files},
                "title": scrub(action.title),
                "body": action.body,
            }
        case actions.Withdraw():
            return {
                "kind": "withdraw-proposal",
                "pull_request": action.content,
                "body": action.body,
            }
        case actions.SetCheck():
            return {
                "kind": "set-check",
                "on": f"{action.on.full_name}#{action.on.number}" if action.on else None,
                "name": action.name,
                "head_sha": action.head_sha,
                "conclusion": action.conclusion,
                "title": action.title,
                "summary": action.summary,
                "annotations": [
                    {
                        "path": one.path,
                        "line": one.line,
                        "level": one.level,
                        "message": one.message,
                    }
                    for one in action.annotations
                ],
            }
