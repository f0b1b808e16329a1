"""The doctor tries Jira, the language model and the embedder for real."""

import json
from pathlib import Path

import pytest

from os2kb.demo.jira.world.world import Mode
from os2kb.forges.github.app.permissions import EVENTS
from tests.contract.small_jira import small_jira
from tests.fakes import embeddings
from tests.fakes import llm as fakes
from tests.fakes.llm import Says, Status
from tests.service.running import Service, world

pytestmark = pytest.mark.slow


def found(folder: Path, part: str, **settings: str) -> tuple[str, str]:
    """The doctor's verdict on a part, and all it says of it."""
    environment = {f"OS2KB_{name.upper()}": value for name, value in settings.items()}
    printed = Service(folder, environment).run("doctor", "--json", "--english")
    (check,) = [one for one in json.loads(printed.stdout)["items"] if one["part"] == part]
    return check["verdict"], f"{check['detail']} {check['cure']}"


@pytest.mark.parametrize(("mode", "email"), [("cloud", "os2kb@example.test"), ("server", "")])
def test_jira_is_asked_who_we_are(tmp_path: Path, mode: Mode, email: str):
    with small_jira(mode) as world:
        there = {"jira_url": world.jira.web, "jira_email": email}
        verdict, said = found(tmp_path, "Jira", jira_token="token-os2kb", **there)
        assert (verdict, "OS2 knowledge base" in said) == ("ok", True)
        verdict, said = found(tmp_path, "Jira", jira_token="stale", **there)
        assert verdict == "wrong"
        assert "OS2KB_JIRA_TOKEN" in said
        assert "stale" not in said


def test_what_our_account_lacks_in_a_project_is_named(tmp_path: Path):
    products = tmp_path / "products.yml"
    products.write_text("products: {os2demo: {jira: [DEMO, LUKKET, NIX]}}", "utf-8")
    with small_jira("server") as world:
        there = {"jira_url": world.jira.web, "jira_token": "token-os2kb"}
        environment = {f"OS2KB_{name.upper()}": value for name, value in there.items()}
        environment["OS2KB_PRODUCTS"] = str(products)
        printed = Service(tmp_path, environment).run("doctor", "--json", "--english")
    items = {one["part"]: one for one in json.loads(printed.stdout)["items"]}
    assert items["Jira project DEMO"]["verdict"] == "ok"
    closed = items["Jira project LUKKET"]["detail"]
    assert closed == (
        "permissions missing: CREATE_ISSUES, EDIT_ISSUES, SCHEDULE_ISSUES, LINK_ISSUES, "
        "ADD_COMMENTS, TRANSITION_ISSUES"
    )
    assert "OS2KB_PRODUCTS" in items["Jira project NIX"]["cure"]


def test_a_jira_that_is_not_there_is_wrong(tmp_path: Path):
    verdict, said = found(tmp_path, "Jira", jira_url="http://127.0.0.1:9", jira_token="good")
    assert verdict == "wrong"
    assert "OS2KB_JIRA_URL" in said


def test_the_language_model_is_asked_for_a_real_completion(tmp_path: Path):
    with fakes.running() as server:
        server.will(Says("OK"))
        settings = {"llm_base_url": server.url, "llm_model": "a-model", "llm_api_key": "k3y"}
        assert found(tmp_path, "LLM", **settings)[0] == "ok"
        server.will(Status(401))
        verdict, said = found(tmp_path, "LLM", **settings)
        assert verdict == "wrong"
        assert "k3y" not in said


def test_events_that_the_app_does_not_send_are_named(tmp_path: Path):
    heard = [event for event in EVENTS if event not in ("push", "repository")]
    seed = f"app: {{events: {heard}}}\nrepositories: {{a/b: {{id: 1}}}}"
    with world(seed) as github:
        settings = {
            "github_api_url": github.github.api,
            "github_app_id": str(github.app_id),
            "github_private_key": github.private_key,
        }
        verdict, said = found(tmp_path, "App on a", **settings)
    assert verdict == "wrong"
    assert "events missing: push, repository" in said


def test_what_is_not_set_up_is_off_and_not_wrong(tmp_path: Path):
    assert found(tmp_path, "Jira")[0] == "off"
    assert found(tmp_path, "LLM")[0] == "off"
    assert found(tmp_path, "GitHub")[0] == "off", "it may be there for answers only"


def test_a_name_that_is_to_be_copied_is_in_one_piece(tmp_path: Path):
    settings = {"OS2KB_GITHUB_TOKEN": "t", "COLUMNS": "40"}
    printed = Service(tmp_path, settings).run("doctor")
    assert printed.returncode == 1
    assert "→ Sæt OS2KB_GITHUB_WEBHOOK_SECRET til webhookens hemmelighed." in printed.stdout
    english = Service(tmp_path, settings).run("doctor", "--english").stdout
    assert "→ Set OS2KB_GITHUB_WEBHOOK_SECRET to the webhook's secret." in english


def test_the_embedder_is_tried_and_an_index_built_without_it_is_told(tmp_path: Path):
    embedder = {"embedder": "openai:fake"}
    with embeddings.running() as server:
        url = {"embedding_base_url": server.url}
        verdict, said = found(tmp_path, "embedder", **embedder, **url)
        assert (verdict, "64 dimensions" in said) == ("ok", True)
        server.will(embeddings.Status(401))
        verdict, said = found(tmp_path, "embedder", **embedder, **url)
        assert (verdict, "OS2KB_EMBEDDING_API_KEY" in said) == ("wrong", True)
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "side.md").write_text("# Side\n\nTekst om drift.\n", "utf-8")
        Service(tmp_path, {}).run("index", "build", str(tmp_path / "docs"))
        assert found(tmp_path, "index") == found(tmp_path, "index", embedder="lsa")
        verdict, said = found(tmp_path, "index", **embedder, **url)
        assert (verdict, "to use openai:fake" in said) == ("wrong", True)
