"""A mirror follows its source, and stays whole when that breaks off."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.knowledge.sources.fetched import Left, Page, Unreachable, Withdrawn
from os2kb.knowledge.sources.mirror import Mirrored, update

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


class Remote:
    """A source that tells what it holds, and notes what it had to fetch."""

    def __init__(self, **documents: str) -> None:
        self.documents = {name.replace("_", "/"): text for name, text in documents.items()}
        self.fetched: list[str] = []
        self.error: Exception | None = None

    def read(self, known: Mapping[str, str]) -> Iterable[Page | Left]:
        for path, text in self.documents.items():
            if text.startswith("left"):
                yield Left(path, text, text)
            elif known.get(path) == text:
                yield Page(path, text, None)
            else:
                self.fetched.append(path)
                yield Page(path, text, text.encode())
        if self.error:
            raise self.error


def mirrored(folder: Path, remote: Remote, now: datetime = NOW, made_for: str = "x") -> Mirrored:
    return update("faq", folder, made_for, remote.read, now)


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".mirror.json"
    }


def test_a_mirror_follows_what_is_new_changed_and_gone(tmp_path: Path):
    remote = Remote(a="et", b_c="to", b_d="tre")
    assert mirrored(tmp_path / "m", remote).documents == 3
    assert held(tmp_path / "m") == {"a": "et", "b/c": "to", "b/d": "tre"}
    remote.documents, remote.fetched = {"a": "et", "b/c": "ny", "e": "fire"}, []
    assert mirrored(tmp_path / "m", remote, LATER).fetched_at == LATER.isoformat()
    assert held(tmp_path / "m") == {"a": "et", "b/c": "ny", "e": "fire"}
    assert remote.fetched == ["b/c", "e"], "what has not changed is not fetched again"


def test_a_document_may_become_a_folder_and_a_folder_a_document(tmp_path: Path):
    remote = Remote(a="et", b_c="to")
    mirrored(tmp_path / "m", remote)
    remote.documents = {"a/x": "inde", "b": "ude"}
    mirrored(tmp_path / "m", remote)
    assert held(tmp_path / "m") == {"a/x": "inde", "b": "ude"}


def test_a_source_that_breaks_off_halfway_leaves_the_mirror_as_it_was(tmp_path: Path):
    remote = Remote(a="et", b="to")
    mirrored(tmp_path / "m", remote)
    remote.documents, remote.error = {"a": "ny"}, Unreachable("the server is away")
    after = mirrored(tmp_path / "m", remote, LATER)
    assert held(tmp_path / "m") == {"a": "et", "b": "to"}
    assert after.problem == f"the server is away; the copy of {NOW.isoformat()} is used"
    assert after.notes == (("faq", after.problem),)
    assert (after.fetched_at, after.documents) == (NOW.isoformat(), 2)
    remote.error = None
    mirrored(tmp_path / "m", remote, LATER)
    assert held(tmp_path / "m") == {"a": "ny"}


def test_what_must_not_be_shown_any_more_is_gone_at_once(tmp_path: Path):
    remote = Remote(a="et")
    mirrored(tmp_path / "m", remote)
    remote.error = Withdrawn("no longer public")
    assert mirrored(tmp_path / "m", remote).problem == "no longer public"
    assert held(tmp_path / "m") == {}


def test_what_is_left_out_is_told_again_each_time_and_counted_where_there_is_much(tmp_path: Path):
    remote = Remote(a="left alone", b="et", **{f"x{n}": "left for later" for n in range(5)})
    told = (("a", "left alone"), ("faq", "5 left out: left for later"))
    assert mirrored(tmp_path / "m", remote).notes == told
    assert mirrored(tmp_path / "m", remote).notes == told
    assert held(tmp_path / "m") == {"b": "et"}


def test_a_document_that_is_left_out_from_now_on_is_deleted(tmp_path: Path):
    remote = Remote(a="et")
    mirrored(tmp_path / "m", remote)
    remote.documents = {"a": "left out"}
    mirrored(tmp_path / "m", remote)
    assert held(tmp_path / "m") == {}


def test_another_setting_of_the_source_reads_all_of_it_anew(tmp_path: Path):
    remote = Remote(a="et")
    mirrored(tmp_path / "m", remote)
    mirrored(tmp_path / "m", remote, made_for="y")
    assert remote.fetched == ["a", "a"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"mark": 1}', '{"tags": []}'])
def test_a_damaged_memory_costs_a_reading_and_no_more(tmp_path: Path, damage: str):
    remote = Remote(a="et")
    mirrored(tmp_path / "m", remote)
    (tmp_path / "m" / ".mirror.json").write_text(damage, "utf-8")
    assert mirrored(tmp_path / "m", remote).problem == ""
    assert held(tmp_path / "m") == {"a": "et"}


def test_a_document_deleted_by_hand_is_fetched_again(tmp_path: Path):
    remote = Remote(a="et")
    mirrored(tmp_path / "m", remote)
    (tmp_path / "m" / "a").unlink()
    mirrored(tmp_path / "m", remote)
    assert held(tmp_path / "m") == {"a": "et"}


_HOLDINGS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["et", "to", "left"]))


@given(st.lists(st.tuples(_HOLDINGS, st.booleans()), max_size=5))
def test_after_any_history_a_mirror_is_what_its_source_was_when_last_read(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[dict[str, str], bool]]
):
    folder = tmp_path_factory.mktemp("m")
    remote, last = Remote(), {}
    for holding, breaks in history:
        remote.documents = dict(holding)
        remote.error = Unreachable("away") if breaks else None
        mirrored(folder, remote)
        last = last if breaks else {p: t for p, t in holding.items() if t != "left"}
        assert held(folder) == last
