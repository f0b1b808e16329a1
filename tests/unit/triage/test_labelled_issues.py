"""Labelled issues are read from CSV as it is written by others."""

from pathlib import Path

import pytest

from os2kb.triage.issues import BadIssues, LabelledIssue, read_issues

HEAD = "repo,created_at,label,title,body\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "issues.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_row_is_an_issue(tmp_path: Path) -> None:
    file = written(
        tmp_path, HEAD + 'os2display/api,2026-01-02,bug,Fejl på skærm,"Én ""linje"",\nto"\n'
    )
    assert read_issues(file) == (
        LabelledIssue("os2display/api", "bug", "Fejl på skærm", 'Én "linje",\nto'),
    )


def test_columns_may_stand_in_any_order_after_a_byte_order_mark(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeffbody,title,label,repo\nb,t,bug,a/a\n")
    assert read_issues(file) == (LabelledIssue("a/a", "bug", "t", "b"),)


def test_a_long_body_and_a_nul_are_read(tmp_path: Path) -> None:
    body = "x" * 300_000 + "\x00"
    assert read_issues(written(tmp_path, f"{HEAD}a/a,,bug,t,{body}\n"))[0].body == body


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("repo,title\na/a,t\n", "add the columns label, body"),
        ("", "add the columns repo"),
        (f"{HEAD}a/a,,,t,b\n", "needs both repo and label"),
        (HEAD.encode() + b"a/a,,bug,f\xe6l,b\n", "UTF-8"),
        (f'{HEAD}a/a,,bug,t,"never closed', "save it as CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(tmp_path: Path, text: str | bytes, cure: str) -> None:
    with pytest.raises(BadIssues, match=cure):
        read_issues(written(tmp_path, text))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadIssues, match=r"name a CSV file, or owner/repo"):
        read_issues(tmp_path / "nowhere.csv")
