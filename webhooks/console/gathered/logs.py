"""All decisions that the console knows of: of logs that are kept, and of sources."""

from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Engine

from index.versions import Versions
from os2kb.knowledge.decision_logs import decisions_served
from os2kb.store.decisions import Logged, logged


@dataclass(slots=True)
class Logs:
    """Reads them; those of sources once for each version of the index, for that reads files."""

    database: Engine
    versions: Versions
    _served: tuple[str, tuple[Logged, ...]] = ("", ())
    _lock: Lock = field(default_factory=Lock)

    def every(self) -> tuple[Logged, ...]:
        """What a source repeats of a log that is kept is there once."""
        kept = logged(self.database)
        known = {_said(one) for one in kept}
        return (*kept, *(one for one in self._of_sources() if _said(one) not in known))

    def _of_sources(self) -> tuple[Logged, ...]:
        folder = self.versions.folder()
        if folder is None:
            return ()
        with self._lock:
            if self._served[0] != folder.name:
                self._served = folder.name, decisions_served(self.versions, history=True)
            return self._served[1]


def _said(one: Logged) -> tuple[str, str, str]:
    decision = one.entry.decision
    return one.log.product, decision.title.casefold(), decision.decision
