"""What was read of a repository's past, kept in a file, so that it is not read twice.

It says who did what kind of thing when, and holds no text: of a comment, whether it only gives
commands. An issue that may tell of a vulnerability is not kept.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from os2kb.governance.escalation.from_facts import gives_only_commands
from os2kb.governance.facts import Comment, Facts, LabelEvent, TurnEvent
from os2kb.governance.rules.text.security_report import clearly_harmless
from os2kb.phrases import SaidInBoth

_SETTLED = timedelta(minutes=2)
"""GitHub's times are in seconds: what changed just now may change again within the same one."""


class BadPast(SaidInBoth, ValueError):
    """A file that cannot be read, or that keeps something else."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What had happened to an issue when it was last changed."""

    updated_at: datetime
    comments: tuple[Comment, ...]
    history: tuple[LabelEvent, ...]
    turns: tuple[TurnEvent, ...]


@dataclass(slots=True)
class Kept:
    """What is known of a repository's issues, as an account sees them.

    Attributes:
        login: the account's.
        issues: number to what happened.
    """

    login: str
    issues: dict[int, Happened] = field(default_factory=dict)

    def of(self, number: int, updated_at: datetime) -> Happened | None:
        """What happened to an issue; None where that is not known, or it changed since."""
        found = self.issues.get(number)
        return found if found and found.updated_at == updated_at else None

    def put(self, facts: Facts, now: datetime) -> None:
        """Keep what happened to an issue, where it may be kept."""
        number = facts.subject.number
        if facts.updated_at > now - _SETTLED or not clearly_harmless(facts):
            self.issues.pop(number, None)
            return
        self.issues[number] = Happened(
            facts.updated_at,
            tuple(map(_without_text, facts.comments)),
            facts.history,
            facts.turns,
        )


def _without_text(one: Comment) -> Comment:
    return replace(one, body="/os2" if gives_only_commands(one) else "", url="")


_FORM = TypeAdapter(Mapping[str, Kept])


def read_kept(file: Path, login: str) -> Kept:
    """What a file keeps, as far as it is what this account saw; nothing where there is no file.

    Raises:
        BadPast: it cannot be read, or keeps something else.
    """
    try:
        return _FORM.validate_json(file.read_bytes()).get(login, Kept(login))
    except FileNotFoundError:
        return Kept(login)
    except (OSError, ValidationError):
        raise BadPast(
            f"{file} kan ikke læses som det, --keep gemte; slet filen, eller vælg en anden mappe",
            f"{file} cannot be read as what --keep stored; delete it, or choose another folder",
        ) from None


def write_kept(file: Path, kept: Kept) -> None:
    """Write the file, whole or not at all."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_bytes(_FORM.dump_json({kept.login: kept}))
    beside.replace(file)
