"""Following a log: which issues no longer say what stands there, after somebody edited it by hand.

A push to a log's repository, or `os2kb decisions sync`, asks for it. Nothing is decided here: the
issues that may be out of step are looked at as after any delivery.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import Engine

from os2kb.decision_log.kept import Keeper, KeptLog, following
from os2kb.decision_log.overviews import Overviews
from os2kb.decision_log.see import EntryShelf
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Home
from os2kb.forges.logs import LogFiles, Logs
from os2kb.forges.port import ForgeError, NotFound, RateLimited
from os2kb.governance.actions import Propose, Remember, Withdraw
from os2kb.governance.actions.decisions import digest
from os2kb.governance.decision_log.noted import LOGGED, noted_of
from os2kb.governance.decision_log.overview import page_of
from os2kb.governance.decision_log.standing import number_key
from os2kb.governance.ledger.marks import latest
from os2kb.logs import get_logger
from os2kb.store import ledger, names, wakes
from os2kb.store.locks import KeyBusy, key_lock

_PREFIX = "decisions:"
_FOLLOWED, _OVERVIEW = "decision:followed", "decision:overview"
"""Under which we keep how a log was when nothing was out of step, and its overview up to date."""
_PAUSE = timedelta(minutes=10)
_DAILY = timedelta(days=1)  # what no delivery told of, as that a log is no longer public
_LONGEST = timedelta(hours=1)
_BUSY_PAUSE = timedelta(seconds=2)

log = get_logger()


def is_log(key: str) -> bool:
    """Whether a key of work asks to follow a log."""
    return key.startswith(_PREFIX)


@dataclass(frozen=True, slots=True)
class Follower:
    """Keeps logs for the public page, and has issues that are out of step with one looked at."""

    keeper: Keeper
    overviews: Overviews
    logs: Logs
    database: Engine
    now: Callable[[], datetime]
    shelf: EntryShelf

    def work(self, key: str) -> None:
        """Wake the issues that are out of step; the engine's work."""
        try:
            with key_lock(self.database, key):
                if begun := wakes.begin(self.database, key, self.now() + _LONGEST):
                    again = self._work(int(key.removeprefix(_PREFIX)))
                    wakes.settle(self.database, key, again, begun=begun)
        except KeyBusy:
            wakes.bring_forward(self.database, key, self.now() + _BUSY_PAUSE)

    def _work(self, repository_id: int) -> datetime | None:
        """Returns when to look again; None for never."""
        try:
            kept = self.keep(repository_id)
            for subject in self.out_of_step(repository_id):
                group = names.key_of(self.database, subject)
                wakes.bring_forward(self.database, group, self.now())
        except RateLimited as limited:
            return limited.until
        except NotFound as error:
            log.info("log_not_there", repository=repository_id, reason=str(error))
        except ForgeError as error:
            log.warning("log_not_followed", repository=repository_id, reason=str(error))
            return self.now() + _PAUSE
        else:
            return self.now() + _DAILY if kept else None
        return None

    def keep(self, repository_id: int) -> bool:
        """Read the logs of a repository into the store, and keep their overviews up.

        Returns whether there are any.

        Raises:
            ForgeError: one cannot be read or written now.
        """
        name = names.repository_name(self.database, "github", repository_id)
        kept = self.keeper.keep(repository_id, name) if name else ()
        for one in kept:
            self.overviews.keep_up(one)
        return bool(kept)

    def overview_due(self, home: Home) -> tuple[Propose | Withdraw, ...]:
        """What is to be done about the overview of the log that lives there; nothing is written.

        Where the log has not changed since nothing was to be done, only the names of its files are
        read.

        Raises:
            ForgeError: it cannot be read.
        """
        own = self.keeper.own(home)
        if own is None:
            return ()
        policy, found = own
        section = policy.decisions
        if section is None or not self.overviews.may_write(found.home, policy):
            return ()
        state = _state([found], {})
        if not page_of(section, found.files) or state == self._last(home.id, _OVERVIEW):
            return ()
        entries = self.shelf.entries(self.logs, found)
        path = section.path.strip("/")
        due = self.overviews.planned(KeptLog(found.home, path, found.files, entries, policy))
        if not due:
            self._keep_state(home.id, _OVERVIEW, state)
        return due

    def out_of_step(self, repository_id: int) -> tuple[str, ...]:
        """The keys of the issues whose decision is not, or no longer, as our ledger says.

        Where neither the log nor our notes have changed since nothing was found, nothing is read
        but the names of its files.

        Raises:
            ForgeError: the log cannot be read.
        """
        kept = kept_notes(self.database, repository_id)
        name = names.repository_name(self.database, "github", repository_id)
        if not kept or name is None:
            return ()
        waiting = tuple(subject for subject, note in kept.items() if note is None)
        notes = {subject: note for subject, note in kept.items() if note is not None}
        folders = sorted({_folder(str(note["path"])) for note in notes.values()})
        found = [self.logs.files(name, one) for one in folders]
        state = _state(found, notes)
        if state == self._last(repository_id, _FOLLOWED):
            return waiting
        entries = [one for files in found for one in self.shelf.entries(self.logs, files)]
        differing = tuple(_differing(notes, entries))
        if not differing:
            self._keep_state(repository_id, _FOLLOWED, state)
        return (*differing, *waiting)

    def _last(self, repository_id: int, name: str) -> str:
        found = latest(ledger.receipts_of(self.database, following(repository_id)), name)
        return found.content if found else ""

    def _keep_state(self, repository_id: int, name: str, state: str) -> None:
        note = Remember(name, state, because="decision")
        key = following(repository_id)
        for receipt, _ in ledger.plan(self.database, key, [(0, note)], self.now()):
            ledger.settle(self.database, receipt, "applied")


def kept_notes(database: Engine, repository_id: int) -> Mapping[str, Mapping[str, object] | None]:
    """Subject to what we noted of its entry in a log's repository; None while there is none."""
    given = ledger.latest_values(database, number_key(repository_id))
    kept: dict[str, Mapping[str, object] | None] = dict.fromkeys(given)
    for subject, content in ledger.latest_values(database, LOGGED).items():
        note = json.loads(content)
        if note.get("log") == repository_id:
            kept[subject] = note
    return kept


def _state(found: list[LogFiles], notes: Mapping[str, object]) -> str:
    files = {path: sha for one in found for path, sha in one.files.items()}
    return digest(json.dumps([files, notes], sort_keys=True))


def _differing(
    notes: Mapping[str, Mapping[str, object]], entries: Sequence[Entry]
) -> Iterator[str]:
    in_file: dict[str, list[Entry]] = {}
    for one in entries:
        in_file.setdefault(one.path, []).append(one)
    for subject, note in notes.items():
        there = in_file.get(str(note["path"]), [])
        named = (one for one in there if one.decision.id == note["number"])
        entry = there[0] if len(there) == 1 else next(named, None)
        if entry is None or noted_of(entry).items() - _hashable(note):
            yield subject


def _folder(path: str) -> str:
    """The folder of a file; of one at the top, only itself is looked at."""
    return str(PurePosixPath(path).parent) if "/" in path else path


def _hashable(note: Mapping[str, object]) -> set[tuple[str, object]]:
    return {(key, value) for key, value in note.items() if not isinstance(value, list)}
