"""What is read and written at once goes one after the other."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from os2kb.store.database import open_database
from os2kb.store.locks import turn

COUNTING = """
import os, sys
from pathlib import Path
from os2kb.store.database import open_database
from os2kb.store.locks import turn
engine, said = open_database(f"sqlite:///{sys.argv[1]}/os2kb.db"), Path(sys.argv[1], "said")
Path(sys.argv[1], f"begun-{os.getpid()}").touch()
while len(list(Path(sys.argv[1]).glob("begun-*"))) < 2:
    os.sched_yield()
for _ in range(200):
    with turn(engine, "counted"):
        said.write_text(str(int(said.read_text("utf-8")) + 1), "utf-8")
"""


def test_a_command_beside_a_service_takes_turns_with_it(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.write_text("0", "utf-8")
    ask = [sys.executable, "-c", COUNTING, str(tmp_path)]
    both = [subprocess.Popen(ask) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert said.read_text("utf-8") == "400"


def test_what_threads_read_and_write_in_turn_is_never_lost(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'os2kb.db'}")
    said = tmp_path / "said"
    said.write_text("0", "utf-8")

    def say(_: int) -> None:
        with turn(engine, "checks:1:abc"):
            times = int(said.read_text("utf-8"))
            said.write_text(str(times + 1), "utf-8")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(400)))
    assert said.read_text("utf-8") == "400"
