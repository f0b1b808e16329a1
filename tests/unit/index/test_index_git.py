"""Git repositories as sources: cloned, followed, and told no more than they need."""

import subprocess
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from corpora import HANDBOOK, built, write

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
