"""What is read and written at once goes one after the other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from os2kb.store.database import open_database
from os2kb.store.locks import turn


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
