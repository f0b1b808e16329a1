"""`kill -9` at an exact moment: after a write was made, and before its answer was heard."""

from collections.abc import Iterator
from contextlib import contextmanager

from os2kb.demo.wire.limits import Limits, read_fault
from tests.service.running import Service, until


@contextmanager
def killed_after_each(running: Service, *writes: tuple[Limits, str, str]) -> Iterator[None]:
    """What happens meanwhile leads to writes of ours, after each of which the process is killed.

    The write is made, and its answer held: whoever asked for it is gone by then. What people do
    meanwhile must be no such write: what GitHub tells of it while nobody listens is lost.
    """
    held = [(limits, read_fault("slow:5", *one)) for limits, *one in writes]
    for limits, fault in held:
        limits.faults.append(fault)
    yield
    for left in reversed(range(len(held))):
        until(
            lambda left=left: sum(one in limits.faults for limits, one in held) <= left,
            what=f"all but {left} of {[one[1:] for one in writes]}",
        )
        running.kill()
        running.start()
