"""What every test shares: how hypothesis looks for counter-examples, and what is never garbage."""

import gc
import os

from hypothesis import settings

# A slow machine is no counter-example. In CI the examples are the same on every run, so that a
# change is judged by what it changed; elsewhere each run looks at new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
# While one works: a third of the examples, of which `make test` then looks at all.
settings.register_profile("quick", deadline=None, max_examples=30)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Modules and thousands of tests are being made, none of them garbage: to look for some among them
# takes a third of the time.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage in what the tests make, not among the modules and thousands of tests."""
    gc.freeze()
    gc.enable()
