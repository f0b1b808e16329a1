import fcntl
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from corpora import HANDBOOK, NOW, built, index_of, write

from index.build import BuildBusy, NothingToIndex, build
from index.build.before import layout
from index.passages import Source
from index.versions import Versions


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", HANDBOOK)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def source(folder: Path) -> Source:
    return Source("docs", str(folder))


def test_a_first_build_serves_every_document(docs: Path, root: Path) -> None:
    report = built(root, source(docs))
    assert (report.documents, report.new, report.changed, report.removed) == (6, 6, 0, 0)
    assert report.passages == report.embedded == len(index_of(root).passages)


def test_a_build_without_changes_keeps_the_version(docs: Path, root: Path) -> None:
    first = built(root, source(docs))
    second = built(root, source(docs))
    assert second.unchanged
    assert second.version == first.version
    assert (second.new, second.embedded, second.passages) == (0, 0, first.passages)


def test_what_other_code_has_indexed_is_indexed_again(docs: Path, root: Path) -> None:
    first = built(root, source(docs))
    folder = root / "versions" / first.version
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == layout()
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": "older"}), "utf-8")
    second = built(root, source(docs))
    assert not second.unchanged
    assert second.new == 6, "nothing of it was used"
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["format"] == layout()


def test_only_what_changed_is_embedded_again(docs: Path, root: Path) -> None:
    for number in range(30):
        write(
            docs,
            {f"fyld/{number}.md": f"# Side {number}\n\nIndhold nummer {number} om emne{number}.\n"},
        )
    first = built(root, source(docs))
    write(docs, {"skaerme.md": "# Skærme\n\nEn rød skærm har mistet forbindelsen.\n"})
    (docs / "faq.md").unlink()
    second = built(root, source(docs))
    assert (second.new, second.changed, second.removed, second.embedded) == (0, 1, 1, 1)
    assert second.version != first.version
    assert index_of(root).search("rød skærm").hits[0].passage.path == "skaerme.md"
    assert all(passage.path != "faq.md" for passage in index_of(root).passages)


def test_an_incremental_build_finds_what_a_first_build_finds(docs: Path, root: Path) -> None:
    built(root, source(docs))
    write(docs, {"ny.md": "# Nyt\n\nStyregruppen mødes hvert kvartal.\n"})
    built(root, source(docs))
    built(root.with_name("fresh"), source(docs))
    again, fresh = index_of(root), index_of(root.with_name("fresh"))
    assert again.version == fresh.version
    assert again.passages == fresh.passages
    for query in ("styregruppe", "leverandør", "gul skærm"):
        found = [
            [h.passage.id for h in index.search(query, limit=1).hits] for index in (again, fresh)
        ]
        assert found[0] == found[1]


def test_a_changed_setting_of_a_source_reaches_its_passages(docs: Path, root: Path) -> None:
    built(root, source(docs))
    built(root, Source("docs", str(docs), product="os2display", visibility="internal"))
    assert {(p.product, p.visibility) for p in index_of(root).passages} == {
        ("os2display", "internal")
    }


def test_a_passage_keeps_its_id_when_another_document_changes(docs: Path, root: Path) -> None:
    built(root, source(docs))
    before = {p.id for p in index_of(root).passages if p.path == "faq.md"}
    write(docs, {"aaa.md": "# Ny først\n\nTekst om noget helt andet.\n"})
    built(root, source(docs))
    assert {p.id for p in index_of(root).passages if p.path == "faq.md"} == before


def test_readers_see_a_new_version_without_asking_for_it(docs: Path, root: Path) -> None:
    versions = Versions(root)
    assert versions.current() is None
    built(root, source(docs))
    first = versions.current()
    assert first is not None
    assert versions.current() is first
    write(docs, {"ny.md": "# Nyt\n\nTekst.\n"})
    built(root, source(docs))
    second = versions.current()
    assert second is not None
    assert second.version != first.version
    assert first.search("gul skærm").hits, "whoever still holds the old version can go on with it"


def test_many_readers_search_while_versions_change(docs: Path, root: Path) -> None:
    built(root, source(docs))
    versions = Versions(root)

    def read(_: int) -> bool:
        index = versions.current()
        return index is not None and index.search("gul skærm").hits[0].passage.path == "skaerme.md"

    with ThreadPoolExecutor(4) as threads:
        reads = [threads.submit(read, number) for number in range(100)]
        for number in range(3):
            write(docs, {"ny.md": f"# Nyt {number}\n\nTekst.\n"})
            built(root, source(docs))
            reads += [threads.submit(read, number) for number in range(50)]
        assert all(done.result() for done in reads)


def test_the_last_two_versions_are_kept(docs: Path, root: Path) -> None:
    made = []
    for number in range(4):
        write(docs, {"ny.md": f"# Nyt {number}\n\nTekst.\n"})
        made.append(built(root, source(docs)).version)
    assert [v.version for v in Versions(root).status().versions] == [made[3], made[2]]


def test_a_damaged_version_is_not_served_and_the_next_build_mends_it(
    docs: Path, root: Path
) -> None:
    first = built(root, source(docs)).version
    write(docs, {"ny.md": "# Nyt\n\nTekst.\n"})
    second = built(root, source(docs)).version
    (root / "versions" / second / "passages.jsonl").write_text("ødelagt", "utf-8")
    assert index_of(root).version == first
    assert not built(root, source(docs)).unchanged
    assert index_of(root).version == second


def test_after_going_back_the_version_that_was_left_serves_again_unbuilt(
    docs: Path, root: Path
) -> None:
    first = built(root, source(docs)).version
    write(docs, {"ny.md": "# Nyt\n\nTekst.\n"})
    second = built(root, source(docs)).version
    written = (root / "versions" / second / "manifest.json").stat().st_mtime_ns
    Versions(root).point_at(first)
    again = built(root, source(docs))
    assert (again.version, again.embedded, again.new) == (second, 0, 1)
    assert index_of(root).version == second
    assert (root / "versions" / second / "manifest.json").stat().st_mtime_ns == written


def test_texts_that_come_back_are_not_embedded_again(docs: Path, root: Path) -> None:
    write(docs, {f"{n}.md": f"# Side {n}\n\nIndhold {n} om emne{n}.\n" for n in range(30)})
    built(root, source(docs))
    text = (docs / "faq.md").read_text("utf-8")
    (docs / "faq.md").unlink()
    built(root, source(docs))
    write(docs, {"faq.md": text, "roller.md": "# Roller\n\nEn ny rolle.\n"})
    assert built(root, source(docs)).embedded == 1


def test_the_model_is_fitted_again_when_a_tenth_of_the_corpus_has_changed(
    docs: Path, root: Path
) -> None:
    write(docs, {f"{n}.md": f"# Side {n}\n\nIndhold {n} om emne{n}.\n" for n in range(40)})

    def model() -> str:
        built(root, source(docs))
        return Versions(root).status().versions[0].embedder

    first = model()
    for number in range(4):
        write(docs, {f"{number}.md": f"# Side {number}\n\nNyt om fjernvarme {number}.\n"})
        assert model() == first, "folded in"
    write(docs, {"4.md": "# Side 4\n\nNyt.\n", "5.md": "# Side 5\n\nNyt her.\n"})
    assert model() != first


def test_a_reader_keeps_what_it_has_when_the_new_version_is_damaged(docs: Path, root: Path) -> None:
    built(root, source(docs))
    versions = Versions(root)
    first = versions.current()
    write(docs, {"ny.md": "# Nyt\n\nTekst.\n"})
    second = built(root, source(docs)).version
    (root / "versions" / second / "stem-data.npy").write_bytes(b"")
    assert versions.current() is first


def test_what_a_crashed_build_left_neither_serves_nor_stays(docs: Path, root: Path) -> None:
    first = built(root, source(docs)).version
    left = root / "building-1"
    left.mkdir()
    (left / "passages.jsonl").write_text("{", "utf-8")
    assert index_of(root).version == first
    write(docs, {"ny.md": "# Nyt\n\nTekst.\n"})
    built(root, source(docs))
    assert not left.exists()


def test_a_failing_build_leaves_the_old_version_serving(
    docs: Path, root: Path, tmp_path: Path
) -> None:
    first = built(root, source(docs)).version
    with pytest.raises(NothingToIndex, match="no such folder"):
        built(root, source(tmp_path / "væk"))
    assert index_of(root).version == first
    assert list(root.glob("building-*")) == []


def test_a_second_build_at_the_same_time_is_refused(docs: Path, root: Path) -> None:
    built(root, source(docs))
    with (root / "build.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildBusy, match="wait for it to end"):
            built(root, source(docs))


def test_files_that_are_no_documents_are_skipped_with_a_reason(
    docs: Path, root: Path, tmp_path: Path
) -> None:
    outside = write(tmp_path / "outside", {"hemmelig.md": "# Hemmelig\n\nUden for kilden.\n"})
    (docs / "ud.md").symlink_to(outside / "hemmelig.md")
    (docs / "mappe").symlink_to(outside)
    (docs / "ring.md").symlink_to(docs / "ring.md")
    (docs / "binær.md").write_bytes(b"\x00\x01\x02")
    (docs / "stor.md").write_bytes(b"a " * 3_000_000)
    (docs / "sag-010190-1234.md").write_text("# Sag\n\nTekst.\n", "utf-8")
    (docs / os.fsdecode(b"gr\xf8d.md")).write_text("# X\n\nTekst.\n", "utf-8")
    (docs / "sk\x1b[2Jærm.md").write_text("# X\n\nTekst.\n", "utf-8")
    (docs / "billede.png").write_bytes(b"\x89PNG")
    reasons = dict(built(root, source(docs)).skipped)
    assert "link out of" in reasons["ud.md"]
    assert "link" in reasons["mappe"]
    assert reasons["binær.md"] == "binary file"
    assert reasons["stor.md"].startswith("too large: 5.7 MB")
    assert "CPR" in reasons["sag-██████-████.md"]
    assert "not UTF-8" in reasons["gr?d.md"]
    assert "control" in reasons["sk?[2Jærm.md"]
    assert "ring.md" in reasons
    assert "billede.png" not in reasons
    assert not any("Hemmelig" in passage.title for passage in index_of(root).passages)
    again = built(root, source(docs))
    assert dict(again.skipped) == reasons


def test_a_document_that_gives_no_passage_is_told_of_with_the_reason(
    docs: Path, root: Path
) -> None:
    before = built(root, source(docs))
    write(
        docs,
        {
            "tom.md": "",
            "kun-titel.md": "# Årshjul\n\n## Forår\n",
            "skjult.md": "---\nsearch_exclude: true\n---\n# Kladde\n\nIkke til andre.\n",
        },
    )
    report = built(root, source(docs))
    reasons = dict(report.skipped)
    assert reasons["tom.md"] == reasons["kun-titel.md"] == "no text below its headings"
    assert "search_exclude" in reasons["skjult.md"]
    assert report.documents == before.documents, "what cannot be found is no document"
    assert dict(built(root, source(docs)).skipped) == reasons


def test_personal_numbers_are_nowhere_in_the_stored_index(docs: Path, root: Path) -> None:
    write(docs, {"sag.md": "# Klage fra 010190-1234\n\n## Sag 0201901235\n\nBorger 030190-1236.\n"})
    built(root, source(docs))
    stored = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    for number in (b"010190-1234", b"0201901235", b"030190-1236", b"030190", b"1236"):
        assert number not in stored


def test_progress_is_told_stage_by_stage(docs: Path, root: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build([source(docs)], root, progress=lambda *step: told.append(step), now=NOW)
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == [
        "sources",
        "documents",
        "words",
        "vectors",
    ]
    assert all(done <= total for _, done, total in told)


def test_status_shows_sources_counts_and_age(docs: Path, root: Path) -> None:
    report = built(root, source(docs))
    (version,) = Versions(root).status().versions
    (only,) = version.sources
    assert (version.serving, version.passages, only.documents) == (True, report.passages, 6)
    assert version.age_seconds(NOW + timedelta(hours=1)) == 3600
    assert version.bytes > 1000
