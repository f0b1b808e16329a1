"""Git repositories as sources: cloned, followed, and told no more than they need."""

import shutil
import subprocess
import threading
from base64 import b64encode
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from corpora import HANDBOOK, NOW, built, index_of, write

from index.passages import Source
from index.reading.git import clone_folder
from index.reading.sources import gather
from index.versions import SourceStatus, Versions


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", HANDBOOK)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def source(folder: Path) -> Source:
    return Source("docs", str(folder))


def source_in(root: Path, name: str) -> SourceStatus:
    return next(s for s in Versions(root).status().versions[0].sources if s.name == name)


def git(folder: Path, *arguments: str) -> str:
    identity = (
        "-c",
        "user.name=ida",
        "-c",
        "user.email=ida@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def test_a_git_repository_is_cloned_and_followed_even_when_its_history_is_rewritten(
    docs: Path, root: Path
) -> None:
    git(docs, "init", "--quiet")
    first = commit(docs, "første")
    repository = Source("repo", f"file://{docs}")
    report = built(root, repository)
    assert report.documents == 6
    assert Versions(root).status().versions[0].sources[0].commit == first
    write(docs, {"ny.md": "# Nyt\n\nTekst om styregruppen.\n"})
    git(docs, "add", "--all")
    git(docs, "commit", "--quiet", "--amend", "-m", "omskrevet")
    assert built(root, repository).new == 1


def test_a_branch_of_a_git_repository_can_be_named(docs: Path, root: Path) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    git(docs, "checkout", "--quiet", "-b", "anden")
    write(docs, {"ny.md": "# Nyt\n\nTekst om styregruppen.\n"})
    commit(docs, "på en gren")
    git(docs, "checkout", "--quiet", "-")
    assert built(root, Source("repo", f"file://{docs}#anden")).documents == 7


def test_a_git_repository_that_cannot_be_reached_is_served_as_it_was(
    docs: Path, root: Path
) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    repository = Source("repo", f"file://{docs}")
    first = built(root, repository)
    docs.rename(docs.with_name("flyttet"))
    second = built(root, repository)
    assert second.version == first.version
    assert "git fetch failed" in dict(second.skipped)["repo"]


def test_a_branch_and_a_folder_can_be_named_by_themselves(docs: Path, root: Path) -> None:
    write(docs, {"kode/noter.md": "# Noter\n\nIkke en del af håndbogen.\n"})
    git(docs, "init", "--quiet")
    commit(docs, "første")
    git(docs, "checkout", "--quiet", "-b", "udgave/2")
    write(docs, {"governance/ny.md": "# Nyt\n\nTekst om styregruppen.\n"})
    commit(docs, "på en gren")
    git(docs, "checkout", "--quiet", "-")
    repository = Source("repo", f"file://{docs}", branch="udgave/2", folder="governance")
    assert built(root, repository).documents == 3
    assert {p.path for p in index_of(root).passages} == {
        "ny.md",
        "roller.md",
        "samarbejde.md",
    }, "paths are relative to the folder"
    assert source_in(root, "repo").bytes > 100


@pytest.mark.parametrize("folder", ["findes-ikke", "../andet", "ud"])
def test_a_folder_that_is_not_in_the_repository_is_skipped(
    docs: Path, root: Path, tmp_path: Path, folder: str
) -> None:
    write(tmp_path / "andet", {"hemmelig.md": "# Hemmelig\n\nUden for kilden.\n"})
    (docs / "ud").symlink_to(tmp_path / "andet")
    git(docs, "init", "--quiet")
    commit(docs, "første")
    report = built(root, source(docs), Source("repo", f"file://{docs}", folder=folder))
    assert f"no such folder: {folder}" in dict(report.skipped)["repo"]
    assert not any("Hemmelig" in passage.title for passage in index_of(root).passages)


def test_what_is_no_document_of_the_repository_is_skipped_with_a_reason(
    docs: Path, root: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "andet", {"hemmelig.md": "# Hemmelig\n\nTekst.\n"})
    git(other, "init", "--quiet")
    commit(other, "første")
    git(docs, "init", "--quiet")
    git(docs, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "del")
    (docs / "stor.md").write_bytes(b"a " * 26_000_000)
    (docs / "binær.md").write_bytes(b"\x00\x01")
    (docs / "ud.md").symlink_to(other / "hemmelig.md")
    (docs / "git.md").symlink_to(".git/config")
    (docs / "ind.md").symlink_to("skaerme.md")
    commit(docs, "anden")
    report = built(root, Source("repo", f"file://{docs}"))
    reasons = dict(report.skipped)
    assert reasons["del"].startswith("a submodule")
    assert reasons["stor.md"] == "too large: 49.6 MB, and 2 MB at most"
    assert reasons["binær.md"] == "binary file"
    assert reasons["ud.md"] == reasons["git.md"] == "a link out of the source"
    assert "ind.md" in {p.path for p in index_of(root).passages}
    assert not any("Hemmelig" in passage.title for passage in index_of(root).passages)


def test_what_git_has_hashed_is_not_hashed_again(docs: Path, tmp_path: Path) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    gathered = gather(Source("repo", f"file://{docs}"), tmp_path / "clones", NOW)
    assert {file.path: file.sha for file in gathered.files} == {
        path: git(docs, "rev-parse", f"HEAD:{path}") for path in HANDBOOK
    }


def test_a_branch_that_vanished_is_served_as_it_was_and_the_report_says_since_when(
    docs: Path, root: Path
) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    git(docs, "branch", "udgave")
    repository = Source("repo", f"file://{docs}", branch="udgave")
    built(root, repository)
    git(docs, "branch", "-D", "udgave")
    reason = dict(built(root, repository).skipped)["repo"]
    assert "couldn't find remote ref udgave" in reason
    assert f"the copy of {NOW.isoformat()} is used" in reason
    assert index_of(root).search("gul skærm").hits


def test_a_repository_that_never_could_be_reached_leaves_the_others_alone(
    docs: Path, root: Path, tmp_path: Path
) -> None:
    report = built(root, source(docs), Source("repo", f"file://{tmp_path}/findes-ikke"))
    assert report.documents == 6
    assert "git fetch failed" in dict(report.skipped)["repo"]
    assert "is used" not in dict(report.skipped)["repo"]


def test_a_copy_that_a_killed_git_left_locked_or_damaged_is_mended(docs: Path, root: Path) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    repository = Source("repo", f"file://{docs}")
    built(root, repository)
    copy = clone_folder(repository, root / "sources")
    (copy / ".git" / "index.lock").touch()
    (copy / ".git" / "shallow.lock").touch()
    write(docs, {"ny.md": "# Nyt\n\nTekst om styregruppen.\n"})
    commit(docs, "anden")
    assert built(root, repository).new == 1
    (copy / ".git" / "index").write_bytes(b"ikke et indeks")
    write(docs, {"nyere.md": "# Nyere\n\nTekst om styregruppen.\n"})
    commit(docs, "tredje")
    assert built(root, repository).new == 1


def test_a_repository_around_the_data_folder_is_never_touched(
    docs: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(docs, "init", "--quiet")
    commit(docs, "første")
    around = write(tmp_path / "omkring", {"eget.md": "# Eget\n"})
    git(around, "init", "--quiet")
    commit(around, "vores")
    write(around, {"eget.md": "# Eget, under arbejde\n", "nyt.md": "# Ikke gemt\n"})
    repository = Source("repo", f"file://{docs}")
    built(around / "index", repository)
    shutil.rmtree(clone_folder(repository, around / "index" / "sources") / ".git" / "objects")
    (clone_folder(repository, around / "index" / "sources") / ".git" / "HEAD").unlink()
    write(docs, {"ny.md": "# Nyt\n\nTekst om styregruppen.\n"})
    commit(docs, "anden")
    monkeypatch.setenv("GIT_DIR", str(around / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(around))
    assert built(around / "index", repository).new == 1
    assert (around / "eget.md").read_text("utf-8") == "# Eget, under arbejde\n"
    assert (around / "nyt.md").exists()


def test_a_new_password_needs_no_new_copy(tmp_path: Path) -> None:
    old = Source("repo", "https://x:old@example.org/docs.git")
    new = Source("repo", "https://x:new@example.org/docs.git")
    assert clone_folder(old, tmp_path) == clone_folder(new, tmp_path)
    assert clone_folder(old, tmp_path) != clone_folder(replace(old, branch="x"), tmp_path)


def test_an_address_that_looks_like_an_option_runs_nothing(
    root: Path, docs: Path, tmp_path: Path
) -> None:
    evil = Source("evil", f"--upload-pack=touch {tmp_path}/pwned;.git")
    report = built(root, evil, source(docs))
    assert report.documents == 6
    assert "evil" in dict(report.skipped)
    assert not (tmp_path / "pwned").exists()


class _Recorder(BaseHTTPRequestHandler):
    """Asks for a password, as a private repository does, and notes what it is given."""

    given: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.given.append(self.headers.get("Authorization", ""))
        self.send_response(403 if self.given[-1] else 401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_git_gets_the_password_of_an_address_and_nobody_else_sees_it(
    docs: Path, root: Path
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://ida:s3cret@127.0.0.1:{server.server_port}/docs.git"
    try:
        report = built(root, source(docs), Source("private", address))
    finally:
        server.shutdown()
        server.server_close()
    assert b64encode(b"ida:s3cret").decode() in " ".join(_Recorder.given)
    ((name, reason),) = report.skipped
    assert name == "private"
    assert "s3cret" not in reason
    stored = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert b"s3cret" not in stored
