"""Issues that say much the same, found over a demo GitHub."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from os2kb.cli.commands import app
from os2kb.forges.github import GitHub, connect
from os2kb.governance.facts import Facts
from os2kb.governance.learned import Near
from os2kb.observe.near import NearIssues
from os2kb.policy.load import load_policy
from os2kb.settings import Settings
from os2kb.store.database import open_database, upgrade
from os2kb.subjects import Subject
from tests.service.people import order_fault
from tests.service.running import World, settings_for, until, world

POLICY = load_policy("version: 1\nlabels: {security: It-sikkerhed}")
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, kim]
repositories:
  os2display/.github:
    id: 100
    files:
      .github/os2kb.yml: "version: 1\\nmode: act\\nguidelines: {rules: {duplicate: advise}}\\n"
  os2display/api:
    id: 101
    labels: {Bug: d73a4a, It-sikkerhed: b60205}
    collaborators: {kim: admin}
    issues:
      - {number: 1, by: ida, title: Kan ikke logge ind med MitID,
         body: "Efter opdateringen får vi en hvid side, når vi vælger MitID på login."}
      - {number: 2, by: ida, title: Kalenderen opdateres ikke, body: Skærmen viser den gamle tid.}
      - {number: 3, by: kim, title: Ønske om eksport til CSV, body: Listen over skærme som CSV.}
      - {number: 4, by: kim, title: MitID-login giver hvid side,
         body: "Login med MitID virker ikke siden opdateringen, siden er bare hvid."}
      - {number: 5, by: kim, title: MitID-login giver hvid side for bo@gmail.com}
      - {number: 6, by: kim, title: MitID-login giver hvid side, labels: [It-sikkerhed]}
  os2display/client:
    id: 102
    issues:
      - {number: 1, by: ida, title: MitID-login giver hvid side, body: Siden er bare hvid.}
  os2display/secret:
    id: 103
    private: true
    collaborators: {ida: write}
    issues:
      - {number: 1, by: ida, title: MitID-login giver hvid side, body: Siden er bare hvid.}
  os2forms/forms:
    id: 104
    issues:
      - {number: 1, by: ida, title: MitID-login giver hvid side, body: Siden er bare hvid.}
"""


@dataclass
class Watch:
    """Moments as the test wants them."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def settings(github: World, tmp_path: Path) -> Settings:
    products = tmp_path / "products.yml"
    products.write_text(
        "products:\n  os2display: {repositories: [os2display/*]}\n"
        "  os2forms: {repositories: [os2forms/*]}\n"
    )
    return settings_for(github, tmp_path, products=products)


@pytest.fixture
def database(settings: Settings) -> Engine:
    engine = open_database(settings.store_url)
    upgrade(engine)
    return engine


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def forge(settings: Settings, watch: Watch) -> GitHub:
    return connect(settings, watch)


@pytest.fixture
def known(forge: GitHub, database: Engine, settings: Settings, watch: Watch) -> NearIssues:
    return NearIssues(forge, database, settings.grants(), watch)


@pytest.fixture
def near(forge: GitHub, known: NearIssues) -> Callable[[str, int], list[tuple[str, int]]]:
    """The issues near one, as repository and number."""

    def asked(name: str, number: int) -> list[tuple[str, int]]:
        product = name.partition("/")[0]
        found = known.to(facts(forge, name, number), POLICY, product)
        return [(_repository(one), one.number) for one in found]

    return asked


Asked = Callable[[str, int], list[tuple[str, int]]]


def facts(forge: GitHub, name: str, number: int) -> Facts:
    repository = forge.repository(name)
    one = forge.conversation(repository, number)
    return Facts(
        subject=Subject(repository.id, number, name),
        repository=repository,
        title=one.title,
        body=one.body,
        author=one.author,
        open=one.open,
        state_reason=one.state_reason,
        locked=one.locked,
        labels=one.labels,
        created_at=one.created_at,
        updated_at=one.updated_at,
        url=one.url,
    )


def _repository(one: Near) -> str:
    return "/".join(one.url.split("/")[-4:-2])


def test_an_issue_is_led_to_an_earlier_one_that_says_the_same(near: Asked) -> None:
    assert near("os2display/api", 4) == [("os2display/api", 1)]
    assert near("os2display/api", 1) == []  # the first is no copy of the second
    assert near("os2display/api", 3) == []


def test_the_bot_plans_to_link_to_it(settings: Settings, github: World) -> None:
    environment = {
        "OS2KB_DATA_DIR": str(settings.data_dir),
        "OS2KB_PRODUCTS": str(settings.products),
        "OS2KB_GITHUB_API_URL": github.github.api,
        "OS2KB_GITHUB_APP_ID": str(github.app_id),
        "OS2KB_GITHUB_PRIVATE_KEY": github.private_key,
    }
    ran = CliRunner().invoke(app, ["plan", "os2display/api#4", "--json"], env=environment)
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    found = {one["rule"]: one for one in told["findings"]}["duplicate"]
    assert (found["verdict"], found["evidence"]) == ("fail", "Issuet ligner #1.")
    (comment,) = [one for one in told["actions"] if one["kind"] == "put-comment"]
    assert "/os2display/api/issues/1)" in comment["body"]


def test_a_product_has_several_repositories_and_other_products_have_theirs(near: Asked) -> None:
    near("os2forms/forms", 1)
    near("os2display/api", 1)
    assert near("os2display/client", 1) == [("os2display/api", 4), ("os2display/api", 1)]


def test_private_issues_are_seen_from_their_own_repository_only(
    near: Asked, github: World, forge: GitHub
) -> None:
    near("os2display/secret", 1)
    with github.person("ida") as ida:
        for name in ("os2display/api", "os2display/secret"):
            ida.post(f"/repos/{name}/issues", json={"title": "MitID-login giver hvid side"})
    assert ("os2display/secret", 1) not in near("os2display/api", 7)
    assert ("os2display/secret", 1) in near("os2display/secret", 2)


def test_no_issue_leads_to_a_repository_that_was_closed_to_the_public(
    near: Asked, github: World, watch: Watch
) -> None:
    near("os2display/api", 4)
    assert near("os2display/client", 1) == [("os2display/api", 4), ("os2display/api", 1)]
    with github.person("kim") as kim:
        assert kim.patch("/repos/os2display/api", json={"private": True}).is_success
    watch.moment += timedelta(minutes=16)
    assert near("os2display/client", 1) == []


def test_security_and_personal_data_are_neither_kept_nor_compared(
    near: Asked, settings: Settings
) -> None:
    assert near("os2display/api", 5) == near("os2display/api", 6) == []
    stored = b"".join(file.read_bytes() for file in settings.data_dir.glob("os2kb.db*"))
    assert b"MitID-login giver hvid side" in stored  # titles are kept, nothing else is
    assert b"gmail" not in stored
    assert b"siden er bare hvid" not in stored


def test_an_issue_that_becomes_sensitive_is_forgotten(
    near: Asked, github: World, watch: Watch
) -> None:
    assert near("os2display/api", 4) == [("os2display/api", 1)]
    with github.person("kim") as kim:
        kim.post("/repos/os2display/api/issues/1/labels", json={"labels": ["It-sikkerhed"]})
    watch.moment += timedelta(minutes=16)
    assert near("os2display/api", 4) == []


def test_a_title_of_any_characters_can_be_kept(forge: GitHub, known: NearIssues) -> None:
    wild = "MitID-login giver hvid side \0\ud800\u202e🎉\n@ida"
    seen = facts(forge, "os2display/api", 1)
    known.to(
        replace(seen, title=wild, updated_at=seen.updated_at + timedelta(1)), POLICY, "os2display"
    )
    found = known.to(facts(forge, "os2display/api", 4), POLICY, "os2display")
    assert [one.title for one in found] == [
        "MitID-login giver hvid side \N{REPLACEMENT CHARACTER}🎉 @ida"
    ]


def test_an_issue_that_is_gone_is_forgotten(near: Asked, known: NearIssues) -> None:
    assert near("os2display/api", 4) == [("os2display/api", 1)]
    known.forget(101, 1)
    assert near("os2display/api", 4) == []


def test_a_repository_that_is_being_read_holds_no_other_up(near: Asked, github: World) -> None:
    order_fault(github, "/repos/os2forms/forms/issues$", "slow:3", "GET")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(near, "os2forms/forms", 1)
        until(lambda: not github.github.limits.faults, what="the read that is slow")
        assert near("os2display/api", 4) == [("os2display/api", 1)]
        assert not slow.done()
        assert slow.result() == []


def test_issues_are_read_once_and_then_what_changed(
    near: Asked, github: World, watch: Watch, forge: GitHub, database: Engine, settings: Settings
) -> None:
    def listed() -> int:
        path = "/repos/os2display/api/issues"
        return sum(one.path == path for one in github.github.traffic.exchanges)

    near("os2display/api", 4)
    near("os2display/api", 3)
    assert listed() == 1
    watch.moment += timedelta(minutes=16)
    near("os2display/api", 4)
    assert listed() == 2
    again = NearIssues(forge, database, settings.grants(), watch)  # after a restart
    found = again.to(facts(forge, "os2display/api", 4), POLICY, "os2display")
    assert [one.number for one in found] == [1]
