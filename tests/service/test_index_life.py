"""An index that a build cannot break: killed at any moment, without room, beside another build.

Builds run in processes of their own, forked so that hundreds of them are affordable.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from index.build import BuildBusy, BuildReport, build
from index.build.refusals import NoRoom
from index.passages import Source
from index.search import Index
from index.versions import Versions

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FORK = get_context("fork")
# What Python tells of before it happens, and what a build changes the disk with.
TOLD = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(12):
        text = f"# Side {number}\n\nAfsnit {number} handler om emne{number} og drift.\n"
        (folder / f"{number}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def built(root: Path, docs: Path) -> BuildReport:
    return build([Source("docs", str(docs))], root, now=NOW)


def serving(root: Path) -> Index:
    index = Versions(root).current()
    assert index is not None
    return index


def pages(index: Index) -> set[str]:
    """What a search finds, of what every page says."""
    return {hit.passage.path for hit in index.search("drift", limit=100).hits}


def beside_the_vectors(root: Path) -> list[Path]:
    """All that is on disk. Vectors that were computed are whole, and of use to the next build."""
    found = (path.relative_to(root) for path in root.rglob("*"))
    return sorted(path for path in found if path.parts[0] != "vectors")


def ends_with(work: Callable[[], object]) -> int:
    """Do something in a process of its own; its exit code, or minus the signal that ended it."""
    process = FORK.Process(target=work)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def killed_at(event: int, root: Path, docs: Path) -> Callable[[], None]:
    """A build that is killed as it is about to write for the so-manieth time, or has just written.

    From one reading to the next, of which there are five times as many, nothing on disk changes.
    """

    def work() -> None:
        seen, wrote = 0, False

        def hook(name: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen, wrote
            if name not in TOLD or str(root) not in str(arguments[0]):
                return
            writes = name != "open" or bool(int(str(arguments[2])) & TO_WRITE)
            seen, wrote = seen + (writes or wrote), writes
            if seen == event:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        built(root, docs)

    return work


@pytest.mark.slow
def test_killed_at_any_moment_a_whole_version_serves_and_the_next_build_works(
    docs: Path, root: Path
) -> None:
    built(root, docs)
    old = {f"{number}.md" for number in range(12)}
    (docs / "ny.md").write_text("# Ny\n\nEn ny side om drift.\n", "utf-8")
    (docs / "0.md").unlink()
    new = old - {"0.md"} | {"ny.md"}
    event = 0
    while True:
        event += 1
        code = ends_with(killed_at(event, root, docs))
        assert pages(serving(root)) in (old, new)
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert event > 20, "the build wrote, and was killed, that often"
    assert pages(serving(root)) == new
    assert not list(root.glob("building-*"))


def test_killed_in_its_first_build_there_is_no_index_until_the_next(docs: Path, root: Path) -> None:
    for event in (1, 5, 15, 25):
        assert ends_with(killed_at(event, root, docs)) == -signal.SIGKILL
        assert Versions(root).current() is None
    built(root, docs)
    assert len(pages(serving(root))) == 12


@pytest.mark.slow
def test_a_version_damaged_while_it_serves_is_replaced_even_if_the_build_is_killed(
    docs: Path, root: Path
) -> None:
    first = built(root, docs).version
    (docs / "ny.md").write_text("# Ny\n\nEn ny side om drift.\n", "utf-8")
    second = built(root, docs).version
    event = 0
    while True:
        event += 1
        if (root / "versions" / second).is_dir():
            (root / "versions" / second / "stem-data.npy").write_bytes(b"damaged")
        code = ends_with(killed_at(event, root, docs))
        assert serving(root).version in (first, second)
        if code == 0:
            break
    assert serving(root).version == second


# From nothing at all to more than any one file of the version takes.
@pytest.mark.parametrize("bytes_a_file", [0, 100, 700, 1500, 3000, 6000, 12_000])
def test_without_room_the_build_says_so_and_leaves_nothing_behind(
    docs: Path, root: Path, bytes_a_file: int
) -> None:
    version = built(root, docs).version
    before = beside_the_vectors(root)
    (docs / "ny.md").write_text("# Ny\n\nEn ny side om drift.\n" * 50, "utf-8")

    def work() -> None:
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, unlimited))
        try:
            built(root, docs)
        except NoRoom as error:
            os._exit(28 if "OS2KB_DATA_DIR" in str(error) else 1)
        os._exit(1)

    assert ends_with(work) == 28
    assert serving(root).version == version
    assert beside_the_vectors(root) == before
    built(root, docs)
    assert len(list((root / "vectors").iterdir())) <= 2, "of versions that are kept"


def test_of_two_builds_at_once_one_is_refused_and_told_whose_turn_it_is(
    docs: Path, root: Path
) -> None:
    began, goes_on = FORK.Event(), FORK.Event()

    def work() -> None:
        def wait(stage: str, done: int, total: int) -> None:
            began.set()
            goes_on.wait()

        build([Source("docs", str(docs))], root, progress=wait, now=NOW)

    other = FORK.Process(target=work)
    other.start()
    began.wait()
    with pytest.raises(BuildBusy, match=rf"process {other.pid}"):
        built(root, docs)
    goes_on.set()
    other.join()
    assert len(pages(serving(root))) == 12


def test_a_build_begun_by_a_process_that_was_killed_holds_nobody_up(docs: Path, root: Path) -> None:
    assert ends_with(killed_at(10, root, docs)) == -signal.SIGKILL
    assert not built(root, docs).unchanged
