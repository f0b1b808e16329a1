"""The pages of the demo GitHub: every link leads somewhere, and nobody's text becomes HTML."""

import re
from base64 import b64encode
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from tests.contract.small_world import SmallWorld
from tests.loopback import HTTP

API = "/repos/os2display/api"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[klik](javascript:alert(1)) <a href='javascript:alert(1)'>her</a>",
    "{{ 7*7 }} {% raw %} </style><style>*{display:none}</style>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "\0 \u202e æøå 🙂 &lt;b&gt;",
)


class Parsed(HTMLParser):
    """The tags of a page, its links and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.shown += data

    def links(self) -> list[str]:
        names = ("href", "src")
        return [str(a[n]) for _, a in self.tags for n in names if a.get(n)]


def page(world: SmallWorld, path: str) -> Parsed:
    answer = HTTP.get(world.url + path, follow_redirects=True)
    assert answer.status_code == 200, path
    return Parsed(answer.text)


def test_every_link_from_the_front_page_leads_somewhere(world: SmallWorld) -> None:
    world.bot_http.post(f"{API}/check-runs", json={"name": "os2kb", "head_sha": world.head})
    world.person_http("kim").put(f"{API}/pulls/4/merge")
    waiting, seen = {world.url + "/"}, set[str]()

    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = HTTP.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            links = (urljoin(address, link) for link in Parsed(answer.text).links())
            ours = {link.partition("#")[0] for link in links if link.startswith(world.url)}
            waiting |= ours - seen

    paths = {urlsplit(address).path for address in seen}
    assert {"/os2display/api/issues/1", "/os2display/api/pull/4", "/bo"} <= paths
    assert "/os2display/api/blob/main/docs/CONTRIBUTING.md" in paths


def test_the_addresses_the_api_gives_are_pages(world: SmallWorld) -> None:
    bot = world.bot_http
    check = {"name": "os2kb", "head_sha": world.head}
    shown = [
        bot.get(API).json(),
        bot.get(f"{API}/issues/1").json(),
        bot.get(f"{API}/pulls/4").json(),
        bot.get(f"{API}/issues/1/comments").json()[0],
        bot.get(f"{API}/contents/docs/CONTRIBUTING.md").json(),
        bot.get(f"{API}/commits/main").json(),
        bot.post(f"{API}/check-runs", json=check).json(),
        bot.get("/users/os2kb[bot]").json(),
    ]

    assert [HTTP.get(one["html_url"]).status_code for one in shown] == [200] * len(shown)


def test_an_issue_shows_what_the_bot_did(world: SmallWorld) -> None:
    world.bot_http.post(f"{API}/issues/1/labels", json={"labels": ["Spørgsmål"]})
    world.bot_http.post(
        f"{API}/issues/1/comments",
        json={
            "body": "<!-- os2kb:status -->\n**Tak.**\n\n<details><summary>Hvorfor</summary>\n\n"
            "> Skriv <mark>version</mark>\n\n</details>"
        },
    )

    shown = page(world, "/os2display/api/issues/1")

    assert "os2kb:status" not in shown.shown
    text = " ".join(shown.shown.split())
    assert "os2kb[bot] bot satte etiketten Spørgsmål" in text
    assert "Hvorfor Skriv version" in text
    assert {"details", "summary", "mark", "strong", "blockquote"} <= {tag for tag, _ in shown.tags}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_run(world: SmallWorld, text: str) -> None:
    ida, bot = world.person_http("ida"), world.bot_http
    ida.patch(f"{API}/issues/1", json={"title": text, "body": text})
    ida.post(f"{API}/issues/1/comments", json={"body": text})
    ida.post(f"{API}/labels", json={"name": text[:50], "color": "ffffff", "description": text})
    ida.post(f"{API}/issues/1/labels", json={"labels": [text[:50]]})
    ida.patch(API, json={"description": text})
    check = bot.post(
        f"{API}/check-runs",
        json={
            "name": text,
            "head_sha": world.head,
            "conclusion": "failure",
            "output": {"title": text, "summary": text, "text": text},
        },
    ).json()

    for path in (
        "/os2display/api",
        "/os2display/api/issues/1",
        "/os2display/api/pull/4",
        f"/os2display/api/runs/{check['id']}",
    ):
        shown = page(world, path)
        for tag, attributes in shown.tags:
            assert tag not in {"script", "img", "iframe", "object"}
            assert tag != "form" or attributes["class"] == "card write"  # our own box
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert not str(attributes.get("href", "")).lower().startswith("javascript")
        assert len([1 for tag, _ in shown.tags if tag == "style"]) == 1


def test_pages_load_nothing_from_elsewhere(world: SmallWorld) -> None:
    answer = HTTP.get(f"{world.url}/os2display/api/issues/1")
    policy = answer.headers["content-security-policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'<style nonce="{nonce[1]}">' in answer.text


def test_a_file_has_an_anchor_for_every_line(world: SmallWorld) -> None:
    shown = page(world, "/os2display/api/blob/main/docs/CONTRIBUTING.md?plain=1")

    assert [a["id"] for tag, a in shown.tags if tag == "tr"] == ["L1", "L2", "L3"]


def test_a_markdown_file_reads_as_a_page_with_anchors_at_its_headings(world: SmallWorld) -> None:
    text = "---\ntitle: Om roller\n---\n\n# Hvem gør hvad?\n\n## Svar\n\n## Svar\n"
    note = {"message": "m", "content": b64encode(text.encode()).decode()}
    world.person_http("ida").put(f"{API}/contents/roller.md", json=note)

    shown = page(world, "/os2display/api/blob/main/roller.md")

    headings = [a.get("id") for tag, a in shown.tags if tag in {"h1", "h2"}]
    assert headings[1:] == ["hvem-gør-hvad", "svar", "svar-1"]
    assert ("th", {}) in shown.tags
    assert "title: Om roller" not in shown.shown
    assert "?plain=1" in shown.links()


def test_what_points_at_a_line_leads_to_the_view_that_has_lines(world: SmallWorld) -> None:
    note = {"path": "docs/CONTRIBUTING.md", "start_line": 2, "end_line": 2}
    remark = {**note, "annotation_level": "failure", "message": "Her."}
    output = {"title": "t", "summary": "s", "annotations": [remark]}
    check = world.bot_http.post(
        f"{API}/check-runs",
        json={
            "name": "os2kb",
            "head_sha": world.head,
            "conclusion": "failure",
            "output": output,
        },
    ).json()

    links = page(world, f"/os2display/api/runs/{check['id']}").links()
    (link,) = [one for one in links if "#L" in one]

    address, _, line = link.partition("#")
    assert line in {a.get("id") for _, a in page(world, address).tags}


def test_the_private_report_of_a_vulnerability_is_explained(world: SmallWorld) -> None:
    shown = page(world, "/os2display/api/security/advisories/new")

    assert "Her skriver man på GitHub en privat anmeldelse" in shown.shown


def test_a_raw_file_is_never_a_page(world: SmallWorld) -> None:
    content = "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="
    note = {"message": "m", "content": content}
    world.person_http("ida").put(f"{API}/contents/x.html", json=note)

    answer = HTTP.get(f"{world.url}/os2display/api/raw/main/x.html")

    assert answer.text == "<script>alert(1)</script>"
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/nobody", "/a/b", "/os2display/api/issues/2", "/os2display/api/issues/99", "/_static/x.css",
     "/os2display/api/blob/main/nope.md", "/os2display/api/commit/0000000",
     "/a/b/security/advisories/new"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(world: SmallWorld, path: str) -> None:
    answer = HTTP.get(world.url + path)

    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.text
