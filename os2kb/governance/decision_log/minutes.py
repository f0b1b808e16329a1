"""What is proposed to a log of the decisions in some minutes: one pull request for each meeting."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Literal

from index.passages import Language
from os2kb.decisions.decision import Decision
from os2kb.decisions.minutes.extract import Minutes
from os2kb.decisions.minutes.propose import identity, proposed
from os2kb.decisions.proposal.files import WRITTEN, written
from os2kb.decisions.proposal.seen import MOST_FILES, Log, Proposal
from os2kb.decisions.proposal.titles import plain_title
from os2kb.decisions.writing.names import adr_file_name, file_name, slug
from os2kb.governance.actions import Propose, Remember
from os2kb.governance.actions.decisions import BECAUSE, digest
from os2kb.governance.comments.render import text
from os2kb.governance.pull_request import PullRequest
from os2kb.governance.receipts import Receipt
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, suspicion
from os2kb.phrases import Phrase

Stage = Literal[
    "nothing",  # no decision in them that the log does not have
    "unwritable",  # the log is archived, or in a format that is read only
    "new",
    "changed",  # our pull request says something else
    "there",  # it says just this
    "edited",  # a person has written in it
    "refused",  # a person closed it
    "merged",
]
_BRANCH = "beslutning/referat"
MOST_ENTRIES = 30
"""That one pull request proposes; people have to read them."""
_FROM = Phrase("Beslutninger fra {}", "Decisions of {}")


@dataclass(frozen=True, slots=True)
class FromMinutes:
    """What is to be done about the decisions in some minutes.

    Attributes:
        log: as it was seen, with the pull request there is.
        entries: path and decision of what the pull request is to add.
        withheld: how many are not proposed, as they may tell of a vulnerability.
        beyond: how many are not, as one pull request holds no more.
        actions: a note for our ledger and the proposal, in the stages `new` and `changed`.
    """

    minutes: Minutes
    log: Log
    stage: Stage
    entries: tuple[tuple[str, Decision], ...]
    withheld: int
    beyond: int
    actions: tuple[Remember | Propose, ...] = ()


def branch_of_minutes(minutes: Minutes) -> str:
    """`beslutning/referat-2026-06-04-styregruppen-juni`: the day, the group and the file's name."""
    stem = slug(PurePosixPath(minutes.named).stem) or "referat"
    day = minutes.meeting.date.isoformat() if minutes.meeting.date else ""
    before = [one for one in (day, slug(minutes.meeting.group)) if one and one not in stem]
    return "-".join((_BRANCH, *before, stem))


def is_of_minutes(pull: PullRequest | None) -> bool:
    """Whether a pull request, where it is ours, proposes what minutes say was decided."""
    return pull is not None and pull.head_branch.startswith(_BRANCH) and not pull.from_fork


def from_minutes(
    minutes: Minutes,
    least: float,
    log: Log,
    paths: Collection[str],
    receipts: Sequence[Receipt],
    language: Language,
) -> FromMinutes:
    """What of some minutes is to be proposed.

    Args:
        minutes: of one meeting.
        least: the confidence of what is proposed, 0 to 1.
        log: with the proposal that there is, and the numbers that others were given.
        paths: of the log's files, and of others' proposals.
        receipts: of these minutes in our ledger.
        language: of the product.
    """
    notes = _notes(receipts, log.home.id)
    found, withheld = _decisions(minutes, least, log, notes)
    beyond = max(0, len(found) - MOST_ENTRIES)
    entries = _placed(found[:MOST_ENTRIES], log, paths, notes)
    files = {path: written(decision, log.format) for path, decision in entries}
    title = plain_title(_FROM.in_language(language).format(minutes.meeting.name))
    body = _body(minutes, entries, language)
    stage = _stage(log, files, f"{title}\n{body}", notes)
    made = FromMinutes(minutes, log, stage, entries, withheld, beyond)
    if stage not in ("new", "changed"):
        return made
    gone = {path: None for path, there in log.proposal.files.items() if there is not None}
    note = {
        "entries": [[path, one.id, _key(one)] for path, one in entries],
        "files": {path: digest(said) for path, said in files.items()},
        "said": digest(f"{title}\n{body}"),
    }
    actions = (
        Remember(minutes_key(log.home.id), json.dumps(note, sort_keys=True), because=BECAUSE),
        Propose(
            home=log.home,
            branch=log.proposal.branch,
            expects=log.proposal.head,
            files=tuple(sorted({**gone, **files}.items(), key=lambda one: (one[1] is None, one))),
            message=title,
            title=title,
            body=body,
            retitle=_is_ours(log.proposal, notes),
            because=BECAUSE,
        ),
    )
    return replace(made, actions=actions)


def minutes_key(log: int) -> str:
    """Under which our ledger keeps what was proposed of minutes to a log's repository."""
    return f"decision:minutes:{log}"


def noted_numbers(note: str) -> frozenset[int]:
    """The numbers that the decisions in some minutes were given."""
    return frozenset(int(number) for _, number, _ in json.loads(note)["entries"] if number)


def noted_paths(receipts: Sequence[Receipt], log: int) -> frozenset[str]:
    """Every file that was ever proposed of some minutes."""
    return frozenset(path for note in _notes(receipts, log) for path in note["files"])


def _notes(receipts: Sequence[Receipt], log: int) -> list[Mapping[str, Any]]:
    """What we meant to propose, oldest first; also what never came to be."""
    return [json.loads(one.content) for one in receipts if one.action == minutes_key(log)]


def _decisions(
    minutes: Minutes, least: float, log: Log, notes: Sequence[Mapping[str, Any]]
) -> tuple[list[Decision], int]:
    """Those that are proposed, and how many are held back."""
    numbers = {key: number for note in notes for _, number, key in note["entries"]}
    known = [one.decision for one in log.entries]
    found = proposed(
        [minutes], least, known, taken=log.taken, before=lambda one: numbers.get(_key(one), "")
    )
    kept = [one for one in found if not _may_tell_of_a_vulnerability(one)]
    return kept, len(found) - len(kept)


def _may_tell_of_a_vulnerability(decision: Decision) -> bool:
    """Whether it, or the item of the agenda that it stands under, does."""
    said = f"{decision.context}\n{decision.decision}"
    return suspicion(decision.title, said) >= SUSPECTED


def _placed(
    found: Sequence[Decision],
    log: Log,
    paths: Collection[str],
    notes: Sequence[Mapping[str, Any]],
) -> tuple[tuple[str, Decision], ...]:
    """Each with its file: the one that it was proposed in before, else one of its own."""
    before = {key: path for note in notes for path, _, key in note["entries"]}
    name = adr_file_name if log.format == "adr" else file_name
    folder = log.path.strip("/")
    taken = {PurePosixPath(one).name for one in paths}
    placed: list[tuple[str, Decision]] = []
    for one in found:
        path = before.get(_key(one), "")
        if not path or path in paths:
            path = f"{folder}/{name(one, taken)}".lstrip("/")
        taken.add(PurePosixPath(path).name)
        placed.append((path, one))
    return tuple(placed)


def _stage(
    log: Log, files: Mapping[str, str], said: str, notes: Sequence[Mapping[str, Any]]
) -> Stage:
    proposal = log.proposal
    if not files:
        return "nothing"
    if log.home.archived or log.format not in WRITTEN:
        return "unwritable"
    if not proposal.number:
        return "new"
    if proposal.state != "open":
        return "merged" if proposal.state == "merged" else "refused"
    there = {path: digest(one) for path, one in proposal.files.items() if one is not None}
    if not any(_holds(there, note["files"]) for note in notes):
        return "edited"
    wanted = {path: digest(one) for path, one in files.items()}
    told = digest(f"{proposal.title}\n{proposal.body}") == digest(said)
    return "there" if there == wanted and (told or not _is_ours(proposal, notes)) else "changed"


def _holds(there: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Whether a branch says what we wrote there, as far as it is read."""
    return there.items() <= ours.items() and len(there) == min(len(ours), MOST_FILES)


def _is_ours(proposal: Proposal, notes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nobody edited title and text of the pull request."""
    said = digest(f"{proposal.title}\n{proposal.body}")
    return not proposal.number or any(note["said"] == said for note in notes)


def _key(decision: Decision) -> str:
    """What a decision is known by from run to run, without its words."""
    return digest(repr(identity(decision)))


def _body(minutes: Minutes, entries: Sequence[tuple[str, Decision]], language: Language) -> str:
    said = text(
        "minutes",
        language,
        meeting=minutes.meeting.name,
        file=minutes.named,
        titles=[one.title for _, one in entries],
    )
    return str(said).rstrip()
