"""A folder over WebDAV: read from a real server (WsgiDAV), and from one that lies."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cheroot.wsgi import Server
from pydantic import SecretStr
from wsgidav.wsgidav_app import WsgiDAVApp

from index.passages import Source
from os2kb.knowledge.sources.fetch import Mirrors
from os2kb.knowledge.sources.mirror import Mirrored
from os2kb.knowledge.sources.webdav import Login
from os2kb.products.remote import Remote

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PASSWORD = "s3kret"


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address it is served at to ida."""
    folder = tmp_path / "cloud"
    (folder / "OS2").mkdir(parents=True)
    config = {
        "provider_mapping": {"/dav": str(folder)},
        "simple_dc": {"user_mapping": {"*": {"ida": {"password": PASSWORD}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False},
        "verbose": 0,
        "logging": {"enable": False},
    }
    server = Server(("127.0.0.1", 0), WsgiDAVApp(config))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield folder / "OS2", f"http://127.0.0.1:{server.bind_addr[1]}/dav/OS2"
    server.stop()
    thread.join(10)


def update(
    tmp_path: Path, address: str, password: str = PASSWORD, server: str | None = None
) -> Mirrored:
    login = Login(server or address, "ida", SecretStr(password))
    remote = Remote(Source("cloud", ""), "webdav", address)
    (mirrored,) = Mirrors(tmp_path / "index", None, login, lambda: NOW).update([remote])
    return mirrored


def held(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "index" / "sources" / "cloud"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def write(folder: Path, **documents: str) -> None:
    for name, text in documents.items():
        path = folder / name.replace("__", "/").replace("_md", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_folder_is_mirrored_with_all_below_it(cloud: tuple[Path, str], tmp_path: Path):
    folder, address = cloud
    write(folder, a_md="# A", Møder_2026__Årsmøde_md="# Årsmøde", skjult="x")
    (folder / ".hemmelig.md").write_text("# Skjult")
    (folder / "billede.png").write_bytes(b"\x89PNG")
    mirrored = update(tmp_path, address)
    assert (mirrored.problem, mirrored.notes) == ("", ())
    assert held(tmp_path) == {"a.md": "# A", "Møder_2026/Årsmøde.md": "# Årsmøde"}


def test_a_mirror_follows_changes_and_deletions(cloud: tuple[Path, str], tmp_path: Path):
    folder, address = cloud
    write(folder, a_md="# A", b_md="# B", c__d_md="# D")
    update(tmp_path, address)
    write(folder, b_md="# B, men længere")
    (folder / "c" / "d.md").unlink()
    update(tmp_path, address)
    assert held(tmp_path) == {"a.md": "# A", "b.md": "# B, men længere"}


def test_what_is_too_large_is_left_out_with_a_line(cloud: tuple[Path, str], tmp_path: Path):
    folder, address = cloud
    write(folder, a_md="# A", stor_md="x" * 6_000_000)
    assert dict(update(tmp_path, address).notes)["stor.md"].startswith("too large: 5.7 MB")
    assert held(tmp_path).keys() == {"a.md"}


def test_a_wrong_password_names_the_cure_and_keeps_what_was_read(
    cloud: tuple[Path, str], tmp_path: Path
):
    folder, address = cloud
    write(folder, a_md="# A")
    update(tmp_path, address)
    problem = update(tmp_path, address, password="forkert").problem
    assert "answered 401: set OS2KB_WEBDAV_URL" in problem
    assert "forkert" not in problem
    assert held(tmp_path).keys() == {"a.md"}


def test_the_password_is_sent_to_no_other_server(cloud: tuple[Path, str], tmp_path: Path):
    _, address = cloud
    assert "401" in update(tmp_path, address, server="https://cloud.example.org").problem


def test_a_folder_that_is_not_there_is_told(cloud: tuple[Path, str], tmp_path: Path):
    assert "no such folder" in update(tmp_path, f"{cloud[1]}/findes-ikke").problem


def test_a_server_that_is_away_is_told(tmp_path: Path):
    assert "cannot be reached" in update(tmp_path, "http://127.0.0.1:9/dav").problem


LISTING = (
    """<?xml version="1.0"?>{doctype}<d:multistatus xmlns:d="DAV:">{responses}</d:multistatus>"""
)
RESPONSE = """<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype>{kind}
</d:resourcetype><d:getetag>"{href}"</d:getetag></d:prop></d:propstat></d:response>"""


@contextmanager
def liar(answer: Callable[[str], tuple[int, bytes]]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers as it is told; its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            asked.append(self.path)
            # Closing on a request that was not read resets the connection under our answer.
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answer(self.path) if self.command == "GET" else answer("PROPFIND")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "/dav/andet/")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PROPFIND = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/dav", asked
    finally:
        server.shutdown()
        server.server_close()


def listing(*hrefs: str, doctype: str = "") -> bytes:
    shown = "".join(
        RESPONSE.format(href=href, kind="<d:collection/>" if href.endswith("/") else "")
        for href in hrefs
    )
    return LISTING.format(doctype=doctype, responses=shown).encode()


@pytest.mark.parametrize(
    "href",
    [
        "/dav/../../ud.md",
        "/dav/%2e%2e/%2e%2e/ud.md",
        "/dav/a%2f..%2f..%2fud.md",
        "/dav/..%5cud.md",
        "/dav/a%00.md",
        "/dav/.mirror.json",
        "/andet/ud.md",
        "http://127.0.0.1:9/dav/ud.md",
        "file:///etc/passwd.md",
        f"/dav/{'x' * 300}.md",
        "http://[",
        "http://127.0.0.1:havn/dav/ud.md",
    ],
)
def test_no_name_leads_out_of_the_mirror(tmp_path: Path, href: str):
    def answer(path: str) -> tuple[int, bytes]:
        return (207, listing(href, "/dav/god.md")) if path == "PROPFIND" else (200, b"# X")

    with liar(answer) as (address, asked):
        update(tmp_path, address)
    assert held(tmp_path) == {"god.md": "# X"}
    assert asked == ["/dav/", "/dav/god.md"]
    assert not list(tmp_path.rglob("ud.md"))


def test_folders_that_lead_in_circles_come_to_an_end(tmp_path: Path):
    with liar(lambda _: (207, listing("/dav/", "/dav/a/", "/dav/a/a/"))) as (address, asked):
        assert update(tmp_path, address).problem == ""
    assert asked == ["/dav/", "/dav/a/", "/dav/a/a/"]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>log ind</html>", "answered 200"),
        (207, b"not xml", "not WebDAV"),
        (207, listing("/dav/a.md", doctype=BOMB), "not WebDAV"),
        (302, b"", "answered 302 (moved"),
        (500, b"", "answered 500"),
    ],
)
def test_an_answer_that_is_none_is_told(tmp_path: Path, status: int, body: bytes, said: str):
    with liar(lambda _: (status, body)) as (address, _):
        assert said in update(tmp_path, address).problem


def test_a_document_without_end_is_left_out(tmp_path: Path):
    def answer(path: str) -> tuple[int, bytes]:
        return (207, listing("/dav/a.md")) if path == "PROPFIND" else (200, b"x" * 6_000_000)

    with liar(answer) as (address, _):
        assert "too large" in dict(update(tmp_path, address).notes)["a.md"]
    assert held(tmp_path) == {}


def test_a_length_that_is_no_number_of_bytes_is_not_believed(tmp_path: Path):
    said = f"<d:getcontentlength>{'9' * 5_000}</d:getcontentlength><d:resourcetype>"
    listed = listing("/dav/a.md").replace(b"<d:resourcetype>", said.encode())
    with liar(lambda path: (207, listed) if path == "PROPFIND" else (200, b"# A")) as (address, _):
        assert update(tmp_path, address).problem == ""
    assert held(tmp_path) == {"a.md": "# A"}


def test_folders_without_end_come_to_one(tmp_path: Path):
    folders = [f"/dav/{number}/" for number in range(6_000)]
    with liar(lambda _: (207, listing(*folders))) as (address, asked):
        assert "more than 5000 folders" in update(tmp_path, address).problem
    assert asked == ["/dav/"]
