from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.app.access import AppAccess
from os2kb.forges.github.transport import Pace, Transport
from tests.contract.small_world import PRIVATE_KEY, SmallWorld, small_world
from tests.contract.stage import Stage, standing


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with standing() as one:
        yield one


@pytest.fixture
def world(stage: Stage) -> Iterator[SmallWorld]:
    with small_world(stage.running) as one:
        yield one


@pytest.fixture(scope="module")
def shared_world() -> Iterator[SmallWorld]:
    """For tests that only look at whether something breaks."""
    with small_world() as one:
        yield one


@pytest.fixture
def forge(demo: DemoGitHub) -> GitHub:
    """Our adapter, as the App of the `demo` that the test's module plants."""
    return adapter(demo)


def adapter(demo: DemoGitHub) -> GitHub:
    """Our adapter, as the App of a demo."""
    access = AppAccess(demo.api, 4242, PRIVATE_KEY, lambda: datetime.now(UTC))
    pace = Pace(0, sleep=lambda _: None, clock=lambda: 0.0)
    return GitHub(Transport(access, pace, access.now))
