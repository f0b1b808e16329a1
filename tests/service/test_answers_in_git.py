"""From a question nobody could answer to a file in git: the real service and the demo GitHub."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest

from tests.loopback import HTTP
from tests.service.running import Service, World, service, until, world

pytestmark = pytest.mark.slow

TOKEN = "a token of the installation's own, of some length"
REPOSITORY = "os2demo/os2demo"
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [kim]
repositories:
  {REPOSITORY}:
    id: 101
    collaborators: {{kim: admin}}
    files:
      .github/os2kb.yml: "version: 1\\nmode: act\\nknowledge: {{sources: [{{path: docs/faq}}]}}\\n"
      docs/faq/start.md: "# Hvordan startes skærmen?\\n\\nMed den grønne knap.\\n"
"""
PRODUCTS = f"""
products:
  os2demo:
    repositories: [{REPOSITORY}]
    faq: {{repository: {REPOSITORY}, path: docs/faq}}
"""


@pytest.fixture(scope="module")
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture(scope="module")
def running(github: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("answers")
    (folder / "products.yml").write_text(PRODUCTS)
    keys = {"session_key": "k" * 40, "console_token": TOKEN}
    with service(folder, github, products=str(folder / "products.yml"), **keys) as started:
        built = started.run("index", "build")
        assert built.returncode == 0, built.stderr
        yield started


@pytest.fixture(scope="module")
def console(running: Service) -> Iterator[httpx.Client]:
    """A coordinator's browser, signed in."""
    with httpx.Client(
        base_url=running.url, follow_redirects=True, timeout=60, trust_env=False
    ) as browser:
        door = browser.get("/console/sign-in")
        sent = {"csrf": token_on(door), "to": "/console", "token": TOKEN}
        assert browser.post("/console/sign-in", data=sent).status_code == 200
        yield browser


def token_on(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return unescape(found[1])


def do(console: httpx.Client, page: str, what: str, **fields: str) -> httpx.Response:
    """Press a button on a question's page."""
    return console.post(f"{page}/{what}", data={"csrf": token_on(console.get(page)), **fields})


def put(console: httpx.Client, question: str) -> str:
    """Ask it on the public form; the page of it in the console."""
    sent = console.post("/questions", data={"text": question, "product": "os2demo"})
    assert "Dit spørgsmål er sendt" in sent.text
    listed = console.get("/console/questions").text
    found = re.search(rf'href="(/console/questions/\d+)">{re.escape(question)}', listed)
    assert found is not None, listed
    return found[1]


def saying(service: Service, question: str, words: str) -> list[dict[str, Any]]:
    """The results of a search that hold some words."""
    found = HTTP.get(f"{service.url}/api/v1/search", params={"q": question}).json()["results"]
    return [one for one in found if words in re.sub("<[^>]+>", "", one["snippet"])]


def offered(console: httpx.Client, page: str) -> str:
    """Offer an answer to git; the number of its pull request."""
    found = re.search(r"/pull/(\d+)", do(console, page, "offer").text)
    assert found is not None
    return found[1]


def test_an_answer_goes_to_git_is_edited_there_and_then_found_once_where_it_stands(
    running: Service, console: httpx.Client, github: World
):
    question = "Hvem betaler for driften af infoskærmene?"
    page = put(console, question)
    assert "Svaret er gemt" in do(console, page, "answer", answer="Det gør kommunen selv.").text
    until(lambda: saying(running, question, "kommunen selv"), what="finding the answer")

    pull = offered(console, page)
    path = f"/repos/{REPOSITORY}/contents/docs/faq/{page.rpartition('/')[2]}.md"
    with github.person("kim") as kim:
        branch = kim.get(f"/repos/{REPOSITORY}/pulls/{pull}").json()["head"]["ref"]
        there = kim.get(path, params={"ref": branch}).json()
        text = b64decode(there["content"]).decode()
        # A reviewer words it otherwise before it is merged, the heading too.
        text = text.replace(f"# {question}", "# Driftens økonomi").replace("kommunen", "ejeren")
        edit = {"message": "Ret", "branch": branch, "sha": there["sha"]}
        edit["content"] = b64encode(text.encode()).decode()
        assert kim.put(path, json=edit).is_success
        assert kim.put(f"/repos/{REPOSITORY}/pulls/{pull}/merge", json={}).is_success

    until(lambda: saying(running, question, "ejeren selv"), what="finding what was merged")
    until(lambda: not saying(running, question, "kommunen selv"), what="stepping back")
    (found,) = saying(running, question, "ejeren selv")
    assert found["url"].startswith(f"{github.github.web}/{REPOSITORY}/blob/")
    assert "Svaret står i git nu" in console.get(page).text
    again = do(console, "/console/questions", page.rpartition("/")[2] + "/answer", answer="Nej.")
    assert (again.status_code, "ret det der" in again.text) == (422, True)


def test_an_answer_that_git_refused_is_found_until_a_coordinator_takes_it_back(
    running: Service, console: httpx.Client, github: World
):
    question = "Hvornår skiftes pærerne i projektoren?"
    page = put(console, question)
    do(console, page, "answer", answer="Hver anden torsdag.")
    until(lambda: saying(running, question, "anden torsdag"), what="finding the answer")
    pull = offered(console, page)
    with github.person("kim") as kim:
        shut = kim.patch(f"/repos/{REPOSITORY}/pulls/{pull}", json={"state": "closed"})
        assert shut.is_success
    assert "lukket uden at være flettet" in console.get(page).text
    assert len(saying(running, question, "anden torsdag")) == 1

    assert "trukket tilbage" in do(console, page, "withdraw").text
    until(lambda: not saying(running, question, "anden torsdag"), what="forgetting the answer")
    assert question in console.get("/console/questions").text
    assert do(console, page, "withdraw").status_code == 409
