"""The ladder at work, set up anew for each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes import mailbox, zulip
from tests.service.escalation.stage import SEED, Stage
from tests.service.running import world


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        chat = stack.enter_context(zulip.running())
        mail = stack.enter_context(mailbox.running())
        made = Stage(chat, mail, tmp_path)
        made.github = stack.enter_context(world(SEED, lambda: made.at))
        made.start()
        yield made
