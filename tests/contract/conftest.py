from collections.abc import Iterator

import pytest

from tests.contract.small_world import SmallWorld, small_world


@pytest.fixture
def world() -> Iterator[SmallWorld]:
    with small_world() as one:
        yield one


@pytest.fixture(scope="module")
def shared_world() -> Iterator[SmallWorld]:
    """For tests that only look at whether something breaks."""
    with small_world() as one:
        yield one
