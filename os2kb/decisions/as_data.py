"""An Entry as plain data, which JSON can hold, and back: one form for commands, pages and rows."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from index.masking import mask
from os2kb.decisions.approval import Approval
from os2kb.decisions.decision import Decision, Section
from os2kb.decisions.entry import Entry, Repair
from os2kb.decisions.words import HEADINGS
from os2kb.phrases import Phrase

_NAMES = ("deciders", "supersedes", "superseded_by")


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry as a list shows it: all but its texts."""
    decision = entry.decision
    return {
        "name": entry.name,
        "id": decision.id or None,
        "type": decision.type or None,
        "title": decision.title,
        "date": decision.date.isoformat() if decision.date else None,
        "status": decision.status,
        "status_text": decision.status_text,
        "deciders": list(decision.deciders),
        "supersedes": list(decision.supersedes),
        "superseded_by": list(decision.superseded_by),
        "issue": decision.issue or None,
        "ticket": decision.ticket or None,
        "product": decision.product or None,
        "path": entry.path,
        "lines": list(entry.lines),
        "format": entry.format,
        "confidence": entry.confidence,
        "approval": asdict(entry.approval) if entry.approval else None,
        "repairs": [
            {"kind": one.kind, "line": one.line, "message": {"da": one.said.da, "en": one.said.en}}
            for one in entry.repairs
        ],
    }


def with_texts(entry: Entry) -> dict[str, Any]:
    """All of an entry."""
    decision = entry.decision
    return as_data(entry) | {
        "texts": {str(text): getattr(decision, text) for text in HEADINGS},
        "extra": [{"heading": one.heading, "text": one.text} for one in decision.extra],
    }


def masked(data: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as it may be shown to everyone: what people write is masked as in any document."""
    lines = ("name", "title", "status_text", "issue", "ticket", "product")
    told = {
        **data,
        **{name: mask(data[name]) for name in lines if data[name]},
        **{name: [mask(one) for one in data[name]] for name in _NAMES},
        "repairs": [one | {"message": _masked(one["message"])} for one in data["repairs"]],
    }
    if "texts" not in data:
        return told
    texts = {"texts": _masked(data["texts"]), "extra": [_masked(one) for one in data["extra"]]}
    return told | texts


def _masked(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: mask(text) for name, text in texts.items()}


def entry_of(data: Mapping[str, Any]) -> Entry:
    """The entry that `with_texts` was made of; where each part stood is not kept."""
    decision = Decision(
        title=data["title"],
        date=date.fromisoformat(data["date"]) if data["date"] else None,
        status_text=data["status_text"],
        id=data["id"] or "",
        type=data["type"] or "",
        deciders=tuple(data["deciders"]),
        supersedes=tuple(data["supersedes"]),
        superseded_by=tuple(data["superseded_by"]),
        issue=data["issue"] or "",
        ticket=data["ticket"] or "",
        product=data["product"] or "",
        extra=tuple(Section(one["heading"], one["text"]) for one in data["extra"]),
        **data["texts"],
    )
    first, last = data["lines"]
    approval = data.get("approval")
    return Entry(
        decision=decision,
        format=data["format"],
        path=data["path"],
        lines=(first, last),
        repairs=tuple(
            Repair(one["kind"], one["line"], Phrase(one["message"]["da"], one["message"]["en"]))
            for one in data["repairs"]
        ),
        approval=Approval(tuple(approval["by"]), tuple(approval["later"])) if approval else None,
    )
