"""The whole service in this process, as an installation without GitHub has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from os2kb.clock import now
from os2kb.installation import install
from os2kb.settings import Settings
from tests.service.knowledge import served
from webhooks.app import create_app


@contextmanager
def whole(
    folder: Path, index: Path, trusted: str = "127.0.0.1", **settings: Any
) -> Iterator[httpx.Client]:
    """It with an index that is there already, over real HTTP.

    Args:
        trusted: the proxy whose word on a client's address is taken.
    """
    (folder / "index").symlink_to(index)
    given = {"data_dir": folder, "requests_a_minute": 0} | settings
    app = create_app(install(Settings(_env_file=None, **given), now))
    with served(app, trusted) as client:
        yield client
