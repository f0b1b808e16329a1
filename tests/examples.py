"""How many examples hypothesis tries, where they are more or fewer than usual."""

from typing import Any

from hypothesis import settings

USUAL = 100


def examples(count: int, **more: Any) -> settings:
    """So many of them; in proportion fewer under a profile that looks at fewer, such as `quick`."""
    return settings(max_examples=max(1, count * settings().max_examples // USUAL), **more)
