"""What a look at a subject may write, where nobody wants to hear of old threads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from os2kb.governance.actions import Action
from os2kb.governance.plan import carried_among, labels_among
from os2kb.store.deliveries import Delivery

BACKFILL, SYNC, UNDO = "backfill", "sync", "undo"
"""The events of deliveries that ask for labels only, for what brings a ticket into step, and for
what a run wrote to be taken back."""

Among = Callable[[Iterable[Action]], tuple[Action, ...]]
_AMONG: Mapping[str, Among] = {BACKFILL: labels_among, SYNC: carried_among}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a look may write.

    Attributes:
        among: those of a Plan's actions that may be applied; None for all. Where it is bound,
            nobody is answered, and no command is carried out.
        run: the run over many pairs that it belongs to; 0 for none.
        undoes: the run that is taken back, and nothing else done; 0 for none.
    """

    among: Among | None = None
    run: int = 0
    undoes: int = 0

    @property
    def silent(self) -> bool:
        """Whether nobody is answered."""
        return self.among is not None or self.undoes > 0


EVERYTHING = Bounds()


def bounds_of(waiting: Sequence[Delivery], *, woken: bool) -> Bounds:
    """The bounds of a look that deliveries ask for: none, but where all of them ask for the same.

    What is written belongs to the run of any of them, so that it can be taken back with it.

    Args:
        waiting: the deliveries.
        woken: there is something due besides.
    """
    run = max((one.run for one in waiting), default=0)
    events = {one.event for one in waiting}
    if events == {UNDO} and run:
        return Bounds(undoes=run)
    bound = len(events) == 1 and not woken
    return Bounds(_AMONG.get(events.pop()) if bound else None, run)
