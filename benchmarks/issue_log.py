"""Seconds to read a log of 2,000 issues, and to find that none has changed, on the demo GitHub.

python -m benchmarks.issue_log
"""

import json
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.decisions import ENTRIES, drawn
from os2kb.clock import now
from os2kb.decision_log.kept import Keeper
from os2kb.decision_log.see import EntryShelf
from os2kb.decisions.writing.files import written_file
from os2kb.demo.github import GitHub, make_key, plant, read_seed, running
from os2kb.forges.github import connect
from os2kb.observe.in_force import policy_of_scene
from os2kb.products.products import no_products
from os2kb.settings import Settings
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import logged

LOG = 201
POLICY = "version: 1\ndecisions: {repository: o/log, format: issues, label: Beslutning}\n"


def seed() -> str:
    """A world with one log, each entry of which is an issue."""
    issues = [
        {
            "title": one.title,
            "by": "ida",
            "body": written_file(one).partition("---\n")[2].partition("---\n")[2],
            "labels": ["Beslutning"],
            "state": "closed",
        }
        for one in map(drawn, range(1, ENTRIES + 1))
    ]
    repository = {
        "id": LOG,
        "labels": {"Beslutning": "0e8a16"},
        "files": {".github/os2kb.yml": POLICY},
        "issues": issues,
    }
    world = {"app": {"id": 1}, "people": ["ida"], "organisations": {"o": {}}}
    return json.dumps({**world, "repositories": {"o/log": repository}})


def main() -> None:
    """Print one line a look."""
    private, public = make_key()
    github = GitHub()
    with tempfile.TemporaryDirectory() as folder, running(github, 0, public):
        plant(github, read_seed(seed()), public)
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
        forge, products = connect(settings, now), no_products()
        for what in ("the first time, all read", "nothing has changed", "in another process"):
            keeper = Keeper(forge, policy_of_scene, database, products, EntryShelf())
            reads, began = len(github.traffic.exchanges), perf_counter()
            keeper.keep(LOG, "o/log")
            seconds, reads = perf_counter() - began, len(github.traffic.exchanges) - reads
            writes, kept = len(github.traffic.writes), len(logged(database))
            print(f"{what:26} {seconds:6.2f} s {reads:4} reads {writes:3} writes {kept:5} entries")


if __name__ == "__main__":
    main()
