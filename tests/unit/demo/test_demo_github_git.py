import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.demo.github.world.git import blob_sha, differences, merged_tree

TREES = st.dictionaries(
    st.sampled_from(["a.md", "b/c.md", "æ ø.md"]), st.binary(max_size=12), max_size=3
)


def test_a_blob_has_the_name_git_gives_it() -> None:
    # As `printf 'hello\n' | git hash-object --stdin` prints it.
    assert blob_sha(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("en\nto\n", "en\nto\ntre\n"),
        ("en\n", "en"),
        ("", "ny\n"),
        ("væk", ""),
        ("a\fb\n", "a\fc\n"),
        ("én\r\nto\r\n", "én\r\n2\r\n"),
        ("\n\n\n", "\n\n"),
        ("\n".join(map(str, range(40))), "\n".join(map(str, range(1, 40)))),
    ],
)
def test_a_patch_is_one_that_git_applies(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "f").write_bytes(before.encode())
    (change,) = differences({"f": before.encode()}, {"f": after.encode()})
    patch = f"--- a/f\n+++ b/f\n{change.patch}\n"

    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        input=patch.encode(),
        cwd=tmp_path,
        check=True,
    )

    assert (tmp_path / "f").read_bytes() == after.encode()


@given(TREES)
def test_nothing_differs_from_itself(tree: dict[str, bytes]) -> None:
    assert differences(tree, tree) == []


@given(TREES, TREES)
def test_differences_name_each_file_that_changed(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    changed = {path for path in before | after if before.get(path) != after.get(path)}

    found = differences(before, after)

    assert {change.path for change in found} == changed
    assert all((c.status == "added") == (c.path not in before) for c in found)
    assert all((c.status == "removed") == (c.path not in after) for c in found)


@given(TREES, TREES)
def test_a_merge_with_an_unchanged_side_takes_the_other(
    base: dict[str, bytes], changed: dict[str, bytes]
) -> None:
    assert merged_tree(base, base, changed) == changed
    assert merged_tree(base, changed, base) == changed


@given(TREES, TREES, TREES)
def test_a_merge_is_the_same_from_both_sides(
    base: dict[str, bytes], ours: dict[str, bytes], theirs: dict[str, bytes]
) -> None:
    assert merged_tree(base, ours, theirs) == merged_tree(base, theirs, ours)


def test_both_changed_the_same_file_is_a_conflict() -> None:
    assert merged_tree({"a": b"1"}, {"a": b"2"}, {"a": b"3"}) is None
    assert merged_tree({"a": b"1"}, {"a": b"2"}, {}) is None
    assert merged_tree({"a": b"1"}, {"a": b"2"}, {"a": b"2"}) == {"a": b"2"}
