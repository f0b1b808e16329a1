"""An issue and its ticket, set up anew for each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.small_jira import small_jira
from tests.service.running import world
from tests.service.tickets.stage import SEED, Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        made = Stage(stack.enter_context(small_jira("cloud")), tmp_path)
        made.jira.jira.clock = lambda: made.at
        made.github = stack.enter_context(world(SEED, lambda: made.at))
        made.start()
        yield made
