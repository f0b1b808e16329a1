"""Seeing a log with the eyes of one issue: its entries, and the proposal made of the issue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Engine

from os2kb.decision_log.numbers import numbers_given
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.entry import replaced_by
from os2kb.decisions.proposal.insertion import ONE_FILE
from os2kb.decisions.proposal.seen import Home, Log
from os2kb.decisions.reading.read import read_file
from os2kb.forges.logs import LogFiles, Logs
from os2kb.forges.port import Forbidden, NotFound, Rejected
from os2kb.governance.commands.given.unanswered import unanswered
from os2kb.governance.decision_log.made import branch_for, concerns_log
from os2kb.governance.decision_log.minutes import is_of_minutes
from os2kb.governance.decision_log.standing import standing_of
from os2kb.governance.facts import Facts
from os2kb.logs import get_logger
from os2kb.policy.policy import Policy

_ENDINGS = (".md", ".markdown")
_MOST_KEPT = 20_000  # files whose entries are kept; a few kilobytes each

log = get_logger()


class EntryShelf:
    """The entries of files, by path and id: what stands under an id never changes. Thread-safe."""

    def __init__(self) -> None:
        self._held: LRUCache[tuple[str, str], tuple[Entry, ...]] = LRUCache(_MOST_KEPT)
        self._lock = Lock()

    def entries(self, logs: Logs, found: LogFiles) -> tuple[Entry, ...]:
        """The entries of a log, in the order of its files; only what is not known is read."""
        wanted = {
            (path, sha): sha
            for path, sha in sorted(found.files.items())
            if path.lower().endswith(_ENDINGS)
        }
        with self._lock:
            lacking = {at: sha for at, sha in wanted.items() if at not in self._held}
        texts = logs.texts(found.home.full_name, list(lacking.values())) if lacking else {}
        read = {at: read_file(at[0], texts.get(sha) or "") for at, sha in lacking.items()}
        with self._lock:
            self._held.update(read)
            held = {at: self._held.get(at) for at in wanted}
        return tuple(one for at in wanted for one in held[at] or read.get(at, ()))


@dataclass(frozen=True, slots=True)
class LogReader:
    """Sees the log that a Policy names, and who approved what is proposed to one."""

    logs: Logs
    database: Engine
    now: Callable[[], datetime]
    shelf: EntryShelf

    def seen(self, facts: Facts, policy: Policy) -> Facts:
        """The Facts with the log, where the decision made here, or about to be, concerns it.

        Raises:
            ForgeError: it cannot be read now; a log that is not there, or not shown to us, is told.
        """
        if facts.policy_problems:
            return facts
        if facts.author.is_self and facts.open and is_of_minutes(facts.pull_request):
            return replace(facts, log=self._of_minutes(facts))
        log_of = policy.decisions
        if log_of is None or not (concerns_log(facts, policy) or self._is_asked(facts)):
            return facts
        try:
            return replace(facts, log=self._log(facts, policy))
        except (NotFound, Forbidden, Rejected) as error:
            log.warning("log_not_read", log=log_of.repository, reason=str(error))
            return replace(facts, log_problem=error.phrase)

    def counted_again(self, facts: Facts) -> Facts:
        """The same with the numbers that other decisions have been given by now."""
        if facts.log is None:
            return facts
        taken = numbers_given(self.database, facts.log.home.id, facts.subject.key)
        return replace(facts, log=replace(facts.log, taken=taken))

    def _of_minutes(self, facts: Facts) -> Log:
        """As far as a pull request of ours has to do with it, which proposes what minutes say."""
        at, pull = facts.repository, facts.pull_request
        home = Home(at.id, at.full_name, at.default_branch, "", at.url, at.private, at.archived)
        branch = pull.head_branch if pull else ""
        return Log(home, "", "files", proposal=self.logs.proposal(home, branch))

    def _is_asked(self, facts: Facts) -> bool:
        if facts.pull_request is not None:
            return False
        waiting = unanswered(facts, self.now())
        return any(one.word == "decide" for _, commands in waiting for one in commands)

    def _log(self, facts: Facts, policy: Policy) -> Log | None:
        kept = policy.decisions
        if kept is None:
            return None
        found = self.logs.files(kept.repository, kept.path)
        seen = Log(
            home=found.home,
            path=kept.path.strip("/"),
            format=kept.format,
            entries=self.shelf.entries(self.logs, found),
            proposal=self.logs.proposal(found.home, branch_for(facts)),
            taken=numbers_given(self.database, found.home.id, facts.subject.key),
            paths=frozenset(found.files),
        )
        if kept.format in ONE_FILE:
            return replace(seen, texts=self._whole(found, seen.path))
        return replace(seen, texts=self._texts(facts, policy, seen))

    def _whole(self, found: LogFiles, path: str) -> Mapping[str, str]:
        """The one file; blank where there is none, and nothing of a folder or what is no text."""
        known = found.files.get(path)
        text = self.logs.texts(found.home.full_name, [known])[known] if known else ""
        return {} if text is None or found.files.keys() - {path} else {path: text}

    def _texts(self, facts: Facts, policy: Policy, seen: Log) -> Mapping[str, str]:
        """The files of entries that the decision replaces."""
        decision = standing_of(facts, policy, seen, self.now()).decision
        paths = replaced_by(decision, seen) if decision else ()
        if not paths:
            return {}
        texts = self.logs.at(seen.home.full_name, seen.home.head, paths)
        return {path: text for path, text in texts.items() if text is not None}
