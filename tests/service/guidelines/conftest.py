"""The product whose guidelines stand elsewhere, and who looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from os2kb.installation import install
from os2kb.observe.observe import Observer
from tests.service.guidelines.elsewhere import PRODUCTS, SEED, Clock
from tests.service.running import World, settings_for, world


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def products(tmp_path: Path) -> Path:
    file = tmp_path / "products.yml"
    file.write_text(PRODUCTS, "utf-8")
    return file


@pytest.fixture
def observer(github: World, tmp_path: Path, clock: Clock, products: Path) -> Observer:
    reconciler = install(settings_for(github, tmp_path, products=products), clock).reconciler
    assert reconciler is not None
    return reconciler.observer
