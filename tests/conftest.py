"""What every test shares: how hypothesis looks for counter-examples."""

import os

from hypothesis import settings

# A slow machine is no counter-example. In CI the examples are the same on every run, so that a
# change is judged by what it changed; elsewhere each run looks at new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
