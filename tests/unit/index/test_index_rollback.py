"""Going back to the version before."""

from pathlib import Path

import pytest
from corpora import HANDBOOK, NOW, index_of, write

from index.build import build
from index.build.retune import retune
from index.passages import Source
from index.rollback import NoVersionBefore, VersionHeld, pinned, roll_back, unpin
from index.versions import BuildBusy, Versions


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", HANDBOOK)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def versions_of(docs: Path, root: Path, count: int) -> list[str]:
    """So many versions, one a day."""
    made = []
    for day in range(count):
        write(docs, {"ny.md": f"# Nyt {day}\n\nTekst om dag {day}.\n"})
        at = NOW.replace(day=NOW.day + day)
        made.append(build([Source("docs", str(docs))], root, now=at).version)
    return made


def test_the_version_before_serves_again_and_readers_notice(docs: Path, root: Path):
    first, second = versions_of(docs, root, 2)
    reader = Versions(root)
    assert reader.current().version == second
    pin = roll_back(root, NOW)
    assert (pin.version, pin.instead_of) == (first, second)
    assert reader.current().version == first
    assert pinned(root) == pin


def test_a_build_after_a_rollback_serves_what_the_sources_hold(docs: Path, root: Path):
    first, second = versions_of(docs, root, 2)
    roll_back(root, NOW)
    built = build([Source("docs", str(docs))], root, now=NOW.replace(day=20))
    assert built.version == second != first
    assert index_of(root).version == second
    unpin(root)
    assert pinned(root) is None


def test_a_build_that_nobody_asked_for_leaves_a_rollback_alone(docs: Path, root: Path):
    first, _ = versions_of(docs, root, 2)
    pin = roll_back(root, NOW)
    with pytest.raises(VersionHeld, match="os2kb index build"):
        build([Source("docs", str(docs))], root, keep_pin=True, now=NOW.replace(day=20))
    assert index_of(root).version == first
    assert pinned(root) == pin


def test_there_is_one_step_back_and_no_more(docs: Path, root: Path):
    with pytest.raises(NoVersionBefore, match="os2kb index build"):
        roll_back(root, NOW)
    _, second, third = versions_of(docs, root, 3)
    assert roll_back(root, NOW).version == second
    with pytest.raises(NoVersionBefore, match=f"before {second}"):
        roll_back(root, NOW)
    assert third in {version.version for version in Versions(root).status().versions}


def test_a_damaged_version_is_not_gone_back_to(docs: Path, root: Path):
    first, second = versions_of(docs, root, 2)
    (root / "versions" / first / "passages.jsonl").write_text("ødelagt", "utf-8")
    with pytest.raises(NoVersionBefore):
        roll_back(root, NOW)
    assert index_of(root).version == second
    assert pinned(root) is None


def test_a_rollback_waits_for_no_build_and_disturbs_none(docs: Path, root: Path):
    versions_of(docs, root, 2)
    with Versions(root).building(), pytest.raises(BuildBusy):
        roll_back(root, NOW)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": "x"}'])
def test_a_damaged_pin_holds_nothing(root: Path, damage: str):
    root.mkdir()
    (root / "pinned").write_text(damage, "utf-8")
    assert pinned(root) is None


def test_tuning_is_taken_back_like_any_other_version(docs: Path, root: Path):
    (built,) = versions_of(docs, root, 1)
    tuned = retune(root, "floor", {"value": 0.9})
    assert roll_back(root, NOW).instead_of == tuned
    assert index_of(root).version == built
