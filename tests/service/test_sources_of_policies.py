"""Sources that a Policy names: read from the demo GitHub with the App's own access."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import BuildReport
from index.passages import Passage
from index.versions import Versions
from os2kb.clock import now
from os2kb.demo.wire.limits import read_fault
from os2kb.doctor.knowledge import named
from os2kb.knowledge.named.kept import kept
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.knowledge.refresh.run import refresh
from os2kb.observe.in_force import policy_of_scene
from os2kb.settings import Settings
from tests.loopback import HTTP
from tests.service.running import World, service, settings_for, until, world

REPOSITORY = "os2demo/os2demo"
POLICY = ".github/os2kb.yml"
NAMES_DOCS = (
    "version: 1\nknowledge: {sources: [{path: docs}, {path: docs/intern, visibility: internal}]}\n"
)
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [kim]
repositories:
  {REPOSITORY}:
    id: 101
    collaborators: {{kim: admin}}
    files:
      {POLICY}: {json.dumps(NAMES_DOCS)}
      docs/start.md: "# Start\\n\\nSkærmen startes med den grønne knap.\\n"
      docs/intern/vagt.md: "# Vagt\\n\\nVagten ringer til driften ved nedbrud.\\n"
      src/andet.md: "# Andet\\n\\nDette er ikke en del af vejledningen.\\n"
  os2andet/fremmed:
    id: 102
    collaborators: {{kim: admin}}
    files:
      {POLICY}: {json.dumps(NAMES_DOCS)}
      docs/fremmed.md: "# Fremmed\\n\\nDet her hører ingen steder til.\\n"
"""


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def settings(github: World, tmp_path: Path) -> Settings:
    products = tmp_path / "products.yml"
    products.write_text(f"products: {{os2demo: {{repositories: [{REPOSITORY}]}}}}\n", "utf-8")
    return settings_for(github, tmp_path, products=products)


def refreshed(settings: Settings) -> BuildReport:
    return refresh(settings, now, in_force=policy_of_scene)


def passages(settings: Settings) -> dict[str, Passage]:
    index = Versions(settings.index_dir).current()
    return {one.path: one for one in index.passages} if index else {}


def write(github: World, path: str, text: str) -> None:
    with github.person("kim") as kim:
        there = kim.get(f"/repos/{REPOSITORY}/contents/{path}").json()
        body = {"message": "Ret", "content": b64encode(text.encode()).decode()}
        body |= {"sha": there["sha"]} if "sha" in there else {}
        assert kim.put(f"/repos/{REPOSITORY}/contents/{path}", json=body).is_success


def read_of(github: World, path: str) -> int:
    asked = [one.path for one in github.github.traffic.exchanges]
    github.github.traffic.clear()
    return sum(one.endswith(f"/contents/{path}") for one in asked)


def test_what_a_policy_names_is_read_and_withdrawn_as_it_says(github: World, settings: Settings):
    refreshed(settings)
    found = passages(settings)
    assert {path: one.visibility for path, one in found.items()} == {
        "docs/start.md": "public",
        "docs/intern/vagt.md": "internal",
    }
    start = found["docs/start.md"]
    assert (start.product, start.source) == ("os2demo", f"{REPOSITORY}:docs")
    assert start.url == f"{github.github.web}/{REPOSITORY}/blob/HEAD/docs/start.md#start"
    (check,) = named(settings)
    assert f"{REPOSITORY}:docs (public)" in check.detail.en

    github.github.traffic.clear()
    assert refreshed(settings).unchanged
    assert read_of(github, "docs/start.md") == 0

    write(github, "docs/start.md", "# Start\n\nSkærmen startes med den røde knap.\n")
    refreshed(settings)
    assert "røde" in passages(settings)["docs/start.md"].text

    write(github, POLICY, "version: 1\nknowledge: {sources: [{path: docs/intern}]}\n")
    refreshed(settings)
    assert set(passages(settings)) == {"docs/intern/vagt.md"}
    write(github, POLICY, "version: 1\n")
    assert not refreshed(settings).version
    assert passages(settings) == {}
    assert not any((settings.index_dir / "sources").iterdir())


def test_what_went_private_is_internal_with_the_next_refresh(github: World, settings: Settings):
    refreshed(settings)
    github.github.repositories[101].private = True
    report = refreshed(settings)
    assert {one.visibility for one in passages(settings).values()} == {"internal"}
    assert (f"{REPOSITORY}:docs", "internal, since its repository is private") in report.skipped


def test_a_policy_that_cannot_be_read_costs_no_knowledge(github: World, settings: Settings):
    refreshed(settings)
    before = passages(settings).keys()
    write(github, POLICY, "version: 1\nknowlegde: {}\n")
    refreshed(settings)
    assert passages(settings).keys() == before
    last = last_refresh(settings.index_dir)
    assert last is not None
    assert "its Policy has mistakes (line 2" in last.sources[REPOSITORY].problem
    github.github.limits.faults.append(read_fault("503", times=99))
    refreshed(settings)
    assert passages(settings).keys() == before
    assert len(kept(settings.index_dir)) == 2


@pytest.mark.slow
def test_a_push_to_what_policies_name_or_to_a_policy_is_followed(
    github: World, settings: Settings, tmp_path: Path
):
    refreshed(settings)
    with service(tmp_path, github, products=str(tmp_path / "products.yml")) as running:

        def is_found() -> bool:
            answer = HTTP.get(f"{running.url}/api/v1/search", params={"q": "violet knap"})
            return any("violette" in hit["snippet"] for hit in answer.json()["results"])

        write(github, "docs/start.md", "# Start\n\nSkærmen startes med den violette knap.\n")
        until(is_found, what="finding what was pushed")
        write(github, POLICY, "version: 1\nknowledge: {sources: [{path: docs/intern}]}\n")
        until(lambda: not is_found(), what="losing what the Policy names no more")
