"""What every test shares: how hypothesis looks for counter-examples, where files are written, and
what is never garbage.
"""

import gc
import os
import tempfile
from pathlib import Path

from hypothesis import settings

# A slow machine is no counter-example. In CI the examples are the same on every run, so that a
# change is judged by what it changed; elsewhere each run looks at new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
# While one works: a third of the examples, of which `make test` then looks at all.
settings.register_profile("quick", deadline=None, max_examples=30)
# By hand, for hours: what a test says of the number of its examples itself, it says of the others.
settings.register_profile("long", deadline=None, max_examples=300, stateful_step_count=30)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30  # bytes; the tests take a tenth of it at most


def _is_roomy(folder: Path) -> bool:
    """Whether it is there, with room, and programs that tests install in it may run."""
    if not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize >= _ENOUGH and not about.f_flag & os.ST_NOEXEC


# In memory where there is room. What is built and stored here is written out to the disk at each
# step, as it must be where it serves: to wait for that takes a third of the time.
if _is_roomy(_MEMORY):
    os.environ.setdefault("TMPDIR", str(_MEMORY))  # of the processes that tests start, too
    tempfile.tempdir = None  # it is looked up again

# Modules and thousands of tests are being made, none of them garbage: to look for some among them
# takes a third of the time.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage in what the tests make, not among the modules and thousands of tests."""
    gc.freeze()
    gc.enable()
