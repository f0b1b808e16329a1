"""Exports of OS2loop, in the forms that its site can write."""

import json
from pathlib import Path
from typing import Any

import pytest

from os2kb.knowledge.sources.fetched import Left, Page, Unreachable
from os2kb.knowledge.sources.os2loop import read_os2loop

HTML = "<p>Ring til <strong>kim</strong>.</p><ul><li>mandag</li><li>tirsdag</li></ul>"
MARKDOWN = "Ring til **kim**.\n\n- mandag\n- tirsdag"


def read(tmp_path: Path, content: str | bytes, name: str = "e.json") -> dict[str, Page | Left]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {found.path: found for found in read_os2loop(file, {})}


def text(found: Page | Left) -> str:
    assert isinstance(found, Page)
    assert found.content is not None
    return found.content.decode()


def node(uuid: str, nid: int, title: str, **attributes: Any) -> dict[str, Any]:
    content = {"value": "x", "format": "wysiwyg", "processed": "<p>Hvem skal jeg spørge?</p>"}
    stated = {
        "drupal_internal__nid": nid,
        "title": title,
        "status": True,
        "changed": "2026-02-03T10:00:00+00:00",
        "os2loop_question_content": content,
    }
    return {"type": "node--os2loop_question", "id": uuid, "attributes": stated | attributes}


def answer(uuid: str, cid: int, html: str, **attributes: Any) -> dict[str, Any]:
    said = {"drupal_internal__cid": cid, "status": True}
    said["os2loop_question_answer"] = {"value": html, "processed": html}
    return {
        "type": "comment--os2loop_question_answer",
        "id": f"c{cid}",
        "attributes": said | attributes,
        "relationships": {"entity_id": {"data": {"type": "node--os2loop_question", "id": uuid}}},
    }


def test_json_api_with_its_included_answers(tmp_path: Path):
    export = {
        "jsonapi": {"version": "1.0"},
        "data": [
            node("u1", 12, "Hvem passer driften?"),
            node("u2", 13, "Ubesvaret?"),
            node("u3", 14, "Kladde?", status=False),
            {"type": "node--os2loop_post", "id": "u4", "attributes": {"title": "Et opslag"}},
        ],
        "included": [
            answer("u1", 7, HTML),
            answer("u1", 8, "<p>Slettet svar</p>", status=False),
            answer("u3", 9, "<p>Skjult</p>"),
        ],
    }
    found = read(tmp_path, json.dumps(export))
    assert found.keys() == {"12.md", "13.md", "14.md"}
    page = text(found["12.md"])
    assert MARKDOWN in page
    assert "# Hvem passer driften? {#comment-7}" in page
    assert "date: '2026-02-03'" in page
    assert "asked: Hvem skal jeg spørge?" in page
    assert "Slettet" not in page
    assert [found[path].reason for path in ("13.md", "14.md")] == ["not answered", "not published"]


def test_a_list_as_a_view_exports_it(tmp_path: Path):
    export = [
        {
            "nid": [{"value": 5}],
            "type": [{"target_id": "os2loop_question"}],
            "title": [{"value": "Hvem passer driften?"}],
            "field_os2loop_question_content": [{"value": "<p>Hvem?</p>"}],
            "answers": [{"cid": "3", "body": HTML}, {"body": "Spørg bo.", "correct": "1"}],
            "created": [{"value": "1772359200"}],
        },
        {"title": "Nyt om OS2loop", "type": "os2loop_post", "answers": ["Fint"]},
    ]
    found = read(tmp_path, json.dumps(export))
    page = text(found["5.md"])
    assert page.index("Spørg bo.") < page.index(MARKDOWN), "the answer marked as correct is first"
    assert "date: '2026-03-01'" in page
    assert len(found) == 1


def test_a_table_has_a_row_for_each_answer_and_danish_headings(tmp_path: Path):
    table = "﻿Titel;Beskrivelse;Svar;Dato\r\n"
    table += 'Hvem passer driften?;"<p>Jeg ved\r\ndet ikke</p>";"Ring; til kim";03.02.2026\r\n'
    table += "Hvem passer driften?;;Eller til bo;03.02.2026\r\nUden svar?;;;\r\n"
    answered, left = read(tmp_path, table.encode(), "e.csv").values()
    page = text(answered)
    assert "Ring; til kim\n\nEller til bo" in page
    assert "date: '2026-02-03'" in page
    assert isinstance(left, Left)


def test_older_windows_files_keep_their_letters(tmp_path: Path):
    (found,) = read(tmp_path, "spørgsmål,svar\næøå?,På første sal\n".encode("cp1252")).values()
    assert "På første sal" in text(found)


def test_active_content_is_not_carried_along(tmp_path: Path):
    html = (
        "<p>Se <a href='https://example.org'>her</a></p><script>alert(1)</script><style>x</style>"
    )
    (found,) = read(tmp_path, json.dumps([{"title": "Q?", "svar": html}])).values()
    assert "Se [her](https://example.org)" in text(found)
    assert "alert" not in text(found)


def test_what_has_not_changed_is_not_made_again(tmp_path: Path):
    content = json.dumps([{"id": 1, "title": "Q?", "svar": "Ja"}])
    (first,) = read(tmp_path, content).values()
    (again,) = read_os2loop(tmp_path / "e.json", {"1.md": first.tag})
    assert isinstance(again, Page)
    assert again.content is None


def test_an_id_cannot_lead_out_of_the_mirror(tmp_path: Path):
    content = json.dumps([{"id": "../../etc/x", "title": "Q?", "svar": "Ja"}])
    assert read(tmp_path, content).keys() == {"etcx.md"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "neither JSON nor CSV"),
        (b"[" * 100_000, "neither JSON nor CSV"),
        (b"", "no column `title`"),
        (b"a,b\n1,2\n", "no column `title`"),
        (b"\x00\x01\x02", "column `title`"),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(tmp_path: Path, content: bytes, said: str):
    with pytest.raises(Unreachable, match=said):
        read(tmp_path, content)


def test_an_export_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(Unreachable, match=r"cannot read væk\.json: No such file"):
        list(read_os2loop(tmp_path / "væk.json", {}))


@pytest.mark.parametrize("value", [[], {}, [1, None, "x"], {"data": [None, 3, {"attributes": 1}]}])
def test_lists_without_questions_are_empty(tmp_path: Path, value: Any):
    assert read(tmp_path, json.dumps(value)) == {}


@pytest.mark.parametrize("status", ["Ikke udgivet", "nej ", "Kladde", "upubliceret", "✖", False, 0])
def test_what_is_not_said_to_be_published_is_not_shown(tmp_path: Path, status: object):
    item = {"id": 1, "title": "Hemmeligt?", "answers": ["Ja."], "status": status}
    left = read(tmp_path, json.dumps([item]))["1.md"]
    assert isinstance(left, Left)
    assert left.reason == "not published"


def test_a_row_that_is_not_published_lends_no_answer_to_one_that_is(tmp_path: Path):
    rows = ["id;title;svar;udgivet", "1;Hvem?;Skjult svar;nej", "1;Hvem?;Vist svar;ja"]
    for order in (rows, [rows[0], rows[2], rows[1]]):
        page = text(read(tmp_path, "\n".join(order), "e.csv")["1.md"])
        assert "Vist svar" in page
        assert "Skjult" not in page


def test_an_answer_nested_beyond_reason_keeps_its_words(tmp_path: Path):
    deep = "<ul><li>" * 2_000 + "Ring til drift."
    item = {"id": 1, "title": "Hvem?", "answers": [deep]}
    assert "Ring til drift." in text(read(tmp_path, json.dumps([item]))["1.md"])
