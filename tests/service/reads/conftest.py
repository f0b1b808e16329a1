"""The product whose Policy has every rule on, and who looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from os2kb.clock import now
from os2kb.installation import install
from os2kb.observe.observe import Observer
from tests.service.reads.governed import SEED
from tests.service.running import World, settings_for, world


@pytest.fixture
def github() -> Iterator[World]:
    with world(yaml.safe_dump(SEED, allow_unicode=True)) as made:
        yield made


@pytest.fixture
def observer(github: World, tmp_path: Path) -> Observer:
    reconciler = install(settings_for(github, tmp_path), now).reconciler
    assert reconciler is not None
    return reconciler.observer
