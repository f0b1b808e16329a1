"""Seconds to find that 2,000 decisions and their issues say the same, on the demo GitHub.

python -m benchmarks.decision_sync
"""

import json
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.decisions import ENTRIES, drawn
from os2kb.clock import now
from os2kb.decision_log.follow import Follower
from os2kb.decision_log.kept import Keeper
from os2kb.decision_log.overviews import Overviews
from os2kb.decision_log.see import EntryShelf
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing.files import written_file
from os2kb.decisions.writing.names import file_name
from os2kb.demo.github import GitHub, make_key, plant, read_seed, running
from os2kb.forges.github import connect
from os2kb.governance.actions import Remember
from os2kb.governance.decision_log.noted import LOGGED, noted_of
from os2kb.observe.in_force import policy_of_scene
from os2kb.products.products import no_products
from os2kb.settings import Settings
from os2kb.store import ledger, names
from os2kb.store.database import open_database, upgrade

LOG = 201


def seed(files: dict[str, str]) -> str:
    """A world with one log."""
    repository = {"id": LOG, "files": files}
    return json.dumps(
        {"app": {"id": 1}, "organisations": {"o": {}}, "repositories": {"o/log": repository}}
    )


def main() -> None:
    """Print one line a look."""
    decisions = [drawn(number) for number in range(1, ENTRIES + 1)]
    files = {f"beslutninger/{file_name(one)}": written_file(one) for one in decisions}
    private, public = make_key()
    github = GitHub()
    with tempfile.TemporaryDirectory() as folder, running(github, 0, public):
        plant(github, read_seed(seed(files)), public)
        settings = Settings(
            _env_file=None,
            data_dir=Path(folder),
            github_api_url=github.api,
            github_app_id=1,
            github_private_key=private,
            github_write_pause=0,
        )
        database = open_database(settings.store_url)
        upgrade(database)
        with database.begin() as connection:
            names.remember_repository(connection, "github", LOG, "o/log")
        for number, (path, text) in enumerate(files.items(), 1):
            (entry,) = read_file(path, text)
            note = Remember(LOGGED, json.dumps({**noted_of(entry), "log": LOG}), because="decision")
            ((receipt, _),) = ledger.plan(database, f"github:101#{number}", [(1, note)], now())
            ledger.settle(database, receipt, "applied")
        forge, products = connect(settings, now), no_products()
        for what in ("the first time, all read", "nothing has changed", "in another process"):
            shelf = EntryShelf()
            keeper = Keeper(forge, policy_of_scene, database, products, shelf)
            overviews = Overviews(forge, database, now, "observe")
            follower = Follower(keeper, overviews, forge.logs, database, now, shelf)
            reads, began = len(github.traffic.exchanges), perf_counter()
            found = follower.out_of_step(LOG)
            seconds, reads = perf_counter() - began, len(github.traffic.exchanges) - reads
            writes = len(github.traffic.writes)
            print(
                f"{what:30} {seconds:6.2f} s {reads:4} reads {writes:3} writes {len(found)} found"
            )


if __name__ == "__main__":
    main()
