"""People and teams that a ladder names, looked up at the demo GitHub."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from os2kb.cli.policy import policy_app
from os2kb.clock import now
from os2kb.doctor.github import governing
from os2kb.forges.github import connect
from os2kb.observe.reached import unreached
from os2kb.policy.load import load_policy
from tests.service.running import World, settings_for, world
from tests.unit.policy.commands.asking import RUN, written

HERE, CLOSED = "os2demo/os2demo", "os2demo/lukket"
MODEL = """
version: 1
people: {coordinators: [kim]}
escalation:
  ladder:
    - {name: leverandør, notify: ["@os2demo/drift", "@kmi", "zulip:OS2demo/drift"]}
    - {name: produktkoordinator, notify: ["@kmi"], when: respond}
    - {name: gruppe, notify: ["@os2demo/kordination", "@os2demo/tomt", "@kim"], when: plan}
    - {name: styregruppe, notify: ["@os2demo"], when: fix}
  substitutes: {kim: {to: bbo}}
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
organisations: {{os2demo: {{teams: {{drift: [bo], koordination: [kim], tomt: []}}}}}}
repositories:
  {HERE}:
    id: 101
    collaborators: {{kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(MODEL)}}}
  {CLOSED}: {{id: 102, private: true, collaborators: {{kim: maintain}}}}
"""


@pytest.fixture(scope="module")
def github() -> Iterator[World]:
    with world(SEED) as github:
        yield github


def given(folder: Path) -> Path:
    """What the product may name."""
    products = folder / "products.yml"
    products.write_text(f"products: {{os2demo: {{repositories: [{HERE}], chat: [OS2demo]}}}}")
    return products


def said(github: World, folder: Path, repository: str, model: str) -> list[str]:
    forge = connect(settings_for(github, folder), now)
    found = load_policy(model).escalation
    assert found is not None
    return [one.said.da for one in unreached(forge, forge.repository(repository), found)]


def test_whoever_is_misspelt_is_named_with_the_rung_that_reaches_nobody(
    github: World, tmp_path: Path
):
    nobody = "findes ikke på GitHub, eller kan ikke læse repositoriet; ret navnet"
    assert said(github, tmp_path, HERE, MODEL) == [
        f"@kmi {nobody}",
        f"@kmi {nobody} (så trin 2, produktkoordinator, når ingen)",
        "@os2demo/kordination er intet team på GitHub med nogen i; ret navnet",
        "@os2demo/tomt er intet team på GitHub med nogen i; ret navnet",
        f"@os2demo {nobody} (så trin 4, styregruppe, når ingen)",
        f"@bbo, som skal træde til for kim, {nobody}",
    ]


def test_a_private_repository_reaches_those_alone_who_can_read_it(github: World, tmp_path: Path):
    two = 'version: 1\nescalation: {ladder: [{name: vagt, notify: ["@kim", "@ida"]}]}'
    assert said(github, tmp_path, HERE, two) == []
    assert [one.partition(" ")[0] for one in said(github, tmp_path, CLOSED, two)] == ["@ida"]


def test_the_doctor_says_so_in_danish(github: World, tmp_path: Path):
    settings = settings_for(github, tmp_path, products=given(tmp_path))
    (told,) = [one for one in governing(settings) if "@kmi" in one.detail.da]
    assert told.verdict == "wrong"
    assert told.name.da == f"Policyen i {HERE}"
    assert "så trin 2, produktkoordinator, når ingen" in told.detail.da
    assert "Ret navnene" in told.cure.da


def test_a_check_for_a_product_says_so_with_the_line(
    github: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OS2KB_PRODUCTS", str(given(tmp_path)))
    file = written(tmp_path, MODEL)
    check = ["check", file, "--product", "os2demo"]
    assert "@kmi" not in RUN.invoke(policy_app, check).output, "there is nobody to ask as"
    monkeypatch.setenv("OS2KB_GITHUB_API_URL", github.github.api)
    monkeypatch.setenv("OS2KB_GITHUB_TOKEN", "person-kim")
    known = RUN.invoke(policy_app, check)
    assert known.exit_code == 1, "whoever writes a model can mend it at once"
    line = MODEL.splitlines().index(next(one for one in MODEL.splitlines() if "produktk" in one))
    assert f":{line + 1}: @kmi findes ikke på GitHub" in known.output
    monkeypatch.setenv("OS2KB_GITHUB_API_URL", "http://127.0.0.1:9")
    unasked = RUN.invoke(policy_app, check)
    assert "advarsel: Om folk og teams på stigen findes, er ikke set efter" in unasked.output
    assert unasked.exit_code == 0
