"""Guidelines that stand in another repository of the product, over the demo GitHub."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.passages import Citation
from os2kb.demo.github.world.state import Repository
from os2kb.governance.decide import decide
from os2kb.governance.plan_json import plan_json
from os2kb.installation import install
from os2kb.observe.observe import Observation, Observer
from os2kb.observe.shelf import TIP_KEPT
from os2kb.observe.sought import MOST_TOGETHER, Sought, uncited_sources
from os2kb.policy.grants import Grant
from os2kb.subjects import Subject
from tests.service.running import (
    Service,
    World,
    installed_beside,
    service,
    settings_for,
    world,
)

API, DOCS = "os2display/api", "os2display/docs"
MOST_READS = 6
RULE = "Hver pull request skal henvise til et issue."
BRANCH = "Opret en ny branch til arbejdet, for eksempel feature/kalender."
NEW_RULE = "Fra i dag skal en pull request henvise til nummeret på sit issue."
SECRET = "hemmelig"
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {API}:
    id: 101
    labels: {{mangler issue: d73a4a}}
    collaborators: {{kim: admin, bo: write}}
    files:
      .github/os2kb.yml: |
        version: 1
        mode: act
        labels: {{status: {{needs-issue: mangler issue}}}}
        guidelines:
          source: {DOCS}:guidelines/CONTRIBUTING.md
          rules: {{linked-issue: required, branch-name: advise}}
      .github/ISSUE_TEMPLATE/fejl.yml: "name: Fejl\\nbody: []\\n"
      CONTRIBUTING.md: "# Her\\n\\nHver pull request skal henvise til et issue her.\\n"
    branches:
      ret: {{commits: [{{by: bo, message: Ret, files: {{src/a.py: a}}}}]}}
    issues: [{{title: Fejl, by: ida}}]
    pulls: [{{title: Ret, body: Retter det, by: bo, head: ret}}]
  {DOCS}:
    id: 102
    collaborators: {{kim: admin}}
    files:
      guidelines/CONTRIBUTING.md: "# Bidrag\\n\\n## Issues\\n\\n{RULE}\\n"
      guidelines/git.md: "# Git\\n\\n## Grene\\n\\n{BRANCH}\\n"
      guidelines/logo.png: "\\0\\0"
      guidelines/data.csv: "{BRANCH}\\n"
      guidelines/old/git.md: "# Gammelt\\n\\n{BRANCH}\\n"
  os2other/docs:
    id: 103
    files: {{CONTRIBUTING.md: "# Andre\\n\\n{RULE}\\n"}}
"""
PRODUCTS = "products:\n  os2display:\n    repositories: [os2display/*]\n"
GRANT = Grant("os2display", repositories=("os2display/*",))
PULL = 2


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def products(tmp_path: Path) -> Path:
    file = tmp_path / "products.yml"
    file.write_text(PRODUCTS, "utf-8")
    return file


@pytest.fixture
def observer(github: World, tmp_path: Path, clock: Clock, products: Path) -> Observer:
    reconciler = install(settings_for(github, tmp_path, products=products), clock).reconciler
    assert reconciler is not None
    return reconciler.observer


def look(observer: Observer, number: int = PULL) -> Observation:
    return observer.observe(Subject(101, number, API))


def cited(observer: Observer, rule: str = "linked-issue") -> Citation | None:
    return look(observer).facts.citations.get(rule)


def repository(github: World, full_name: str) -> Repository:
    found = github.github.find(*full_name.split("/"))
    assert found is not None
    return found


def head(github: World, full_name: str = DOCS) -> str:
    return repository(github, full_name).branches["main"]


def rule_by(github: World, source: str) -> None:
    """Let the Policy name these guidelines."""
    write(
        github,
        API,
        ".github/os2kb.yml",
        "version: 1\nmode: act\nlabels: {status: {needs-issue: mangler issue}}\n"
        f"guidelines: {{source: {source}, rules: {{linked-issue: required, branch-name: advise}}}}",
    )


def write(github: World, full_name: str, path: str, text: str) -> None:
    with github.person("kim") as kim:
        address = f"/repos/{full_name}/contents/{path}"
        known = kim.get(address)
        sha = {"sha": known.json()["sha"]} if known.is_success else {}
        body = {"message": "Ret", "content": b64encode(text.encode()).decode(), **sha}
        assert kim.put(address, json=body).is_success


def delete(github: World, full_name: str, path: str) -> None:
    with github.person("kim") as kim:
        address = f"/repos/{full_name}/contents/{path}"
        body = {"message": "Slet", "sha": kim.get(address).json()["sha"]}
        assert kim.request("DELETE", address, json=body).is_success


def stands_there(github: World, citation: Citation) -> bool:
    """Whether the quote stands at the commit, path and lines that its address names."""
    owner, name, _, commit, path = urlsplit(citation.url).path.strip("/").split("/", 4)
    text = repository(github, f"{owner}/{name}").commits[commit].tree[path].decode()
    first, last = citation.lines
    return citation.quote in "\n".join(text.split("\n")[first - 1 : last])


def reads(github: World) -> list[str]:
    return [
        f"{one.method} {one.path}"
        for one in github.github.traffic.exchanges
        if one.path.endswith("/graphql")
        or (one.method == "GET" and one.path != "/app" and not one.path.endswith("/installation"))
    ]


def test_a_finding_cites_the_products_guideline_in_another_repository(
    github: World, observer: Observer
):
    facts = look(observer).facts
    citation = facts.citations["linked-issue"]
    assert citation.quote == RULE
    assert (citation.title, citation.heading) == ("Bidrag", ("Issues",))
    assert citation.lines == (5, 5)
    web = f"{github.github.web}/{DOCS}"
    assert citation.url == f"{web}/blob/{head(github)}/guidelines/CONTRIBUTING.md#issues"
    assert stands_there(github, citation)
    assert facts.guidelines == f"{web}/blob/main/guidelines/CONTRIBUTING.md"


def test_it_costs_no_read_of_its_own_but_one_in_minutes(
    github: World, observer: Observer, clock: Clock
):
    for number, most in ((1, MOST_READS), (PULL, MOST_READS), (1, 4), (PULL, MOST_READS)):
        github.github.traffic.clear()
        look(observer, number)
        assert len(reads(github)) <= most, reads(github)
    clock.at += TIP_KEPT
    for most in (5, 4):  # an issue's, where nothing else is read together with it
        github.github.traffic.clear()
        look(observer, 1)
        assert len(reads(github)) <= most, reads(github)


def test_an_edited_guideline_is_cited_anew_and_the_old_address_still_shows_the_old_one(
    github: World, observer: Observer, clock: Clock
):
    before = cited(observer)
    write(github, DOCS, "guidelines/CONTRIBUTING.md", f"# Bidrag\n\nNyt.\n\n{NEW_RULE}\n")
    assert cited(observer) == before, "within minutes it need not be seen"
    clock.at += TIP_KEPT
    after = cited(observer)
    assert before is not None
    assert after is not None
    assert (before.quote, after.quote) == (RULE, NEW_RULE)
    assert f"/blob/{head(github)}/" in after.url
    assert before.url != after.url
    assert stands_there(github, before)
    assert stands_there(github, after)


def test_a_push_is_seen_at_once(github: World, observer: Observer):
    assert cited(observer)
    write(github, DOCS, "guidelines/CONTRIBUTING.md", f"# Bidrag\n\n{NEW_RULE}\n")
    observer.shelf.forget("OS2display/Docs")
    after = cited(observer)
    assert after is not None
    assert after.quote == NEW_RULE


def test_a_deleted_guideline_is_not_cited_and_stops_nothing(
    github: World, observer: Observer, clock: Clock
):
    before = cited(observer)
    delete(github, DOCS, "guidelines/CONTRIBUTING.md")
    clock.at += TIP_KEPT
    seen = look(observer)
    plan = decide(seen.facts, seen.policy, "act", clock())
    (finding,) = [one for one in plan.findings if one.rule == "linked-issue"]
    assert (finding.verdict, finding.citation) == ("fail", None)
    assert seen.facts.guidelines == ""
    assert before is not None
    assert stands_there(github, before)


def test_a_repository_that_is_gone_is_not_cited_and_stops_nothing(
    github: World, observer: Observer
):
    del github.github.repositories[102]
    seen = look(observer)
    assert seen.facts.citations == {}
    assert seen.facts.policy_problems == ()


def test_not_a_line_of_a_private_repository_reaches_a_public_one(
    github: World, observer: Observer, clock: Clock
):
    write(github, DOCS, "guidelines/CONTRIBUTING.md", f"# {SECRET}\n\n## {SECRET}\n\n{RULE}\n")
    repository(github, DOCS).private = True
    for number in (1, PULL):
        seen = look(observer, number)
        plan = decide(seen.facts, seen.policy, "act", clock())
        told = json.dumps(plan_json(plan, "da"), ensure_ascii=False)
        assert seen.facts.citations == {}
        assert seen.facts.guidelines == ""
        assert SECRET not in told
        assert RULE not in told
        assert DOCS not in told, "not even a link that leads nowhere"
    repository(github, API).private = True
    citation = cited(observer)
    assert citation is not None
    assert citation.title == SECRET


def test_a_guideline_that_is_made_private_is_not_cited_any_more(
    github: World, observer: Observer, clock: Clock
):
    assert cited(observer)
    repository(github, DOCS).private = True
    clock.at += TIP_KEPT
    assert cited(observer) is None


def test_a_repository_that_was_moved_out_of_the_product_is_not_cited(
    github: World, observer: Observer
):
    other = repository(github, "os2other/docs")
    del github.github.repositories[102]
    other.former_names.append(DOCS)
    assert github.github.find_renamed("os2display", "docs") is other
    rule_by(github, f"{DOCS}:CONTRIBUTING.md")
    assert cited(observer) is None


def test_of_several_sources_the_first_that_has_a_paragraph_is_cited(
    github: World, observer: Observer
):
    both = f"[CONTRIBUTING.md, {DOCS}:guidelines/git.md, {DOCS}:guidelines/CONTRIBUTING.md]"
    rule_by(github, both)
    facts = look(observer).facts
    issue, branch = facts.citations["linked-issue"], facts.citations["branch-name"]
    assert (issue.title, branch.title) == ("Her", "Git")
    assert f"/{API}/blob/{head(github, API)}/CONTRIBUTING.md" in issue.url
    assert f"/{DOCS}/blob/{head(github)}/guidelines/git.md#grene" in branch.url


def test_a_folder_is_looked_through_without_those_in_it(github: World, observer: Observer):
    rule_by(github, f"{DOCS}:guidelines/")
    facts = look(observer).facts
    assert facts.citations["linked-issue"].quote == RULE
    assert facts.citations["branch-name"].path == "guidelines/git.md"
    assert facts.guidelines == f"{github.github.web}/{DOCS}/tree/main/guidelines"


def test_what_would_take_long_to_look_through_is_left_out(github: World, observer: Observer):
    for name in ("a", "b"):
        write(github, DOCS, f"long/{name}.md", f"# {name}\n\n{'Ord. ' * 30_000}\n")
    write(github, DOCS, "long/c.md", f"# c\n\n{RULE}\n")
    rule_by(github, f"{DOCS}:long")
    sought = Sought.of(observer.forge.scene(API), GRANT, look(observer).policy, observer.shelf)
    ((first, last),) = sought.found(observer.shelf)
    assert (first.path, last.path) == ("long/a.md", "long/c.md")


def test_of_all_sources_together_so_many_documents_are_looked_through_and_it_is_said(
    github: World, observer: Observer
):
    for number in range(25):
        for folder in ("a", "b", "c"):
            write(github, API, f"{folder}/{number:02}.md", f"# {number}\n\n{RULE}\n")
    rule_by(github, "[a, b, c]")
    scene, policy = observer.forge.scene(API), look(observer).policy
    found = Sought.of(scene, GRANT, policy, observer.shelf).found(observer.shelf)
    assert [len(documents) for documents in found] == [25, 25, MOST_TOGETHER - 50]
    (left_out,) = uncited_sources(observer.forge, scene, policy, GRANT)
    assert left_out.en.startswith(f"c: not all of it is read: there are more than {MOST_TOGETHER}")


def test_a_folder_of_its_own_is_looked_through_too(github: World, observer: Observer):
    write(github, API, "docs/b.md", f"# B\n\n{RULE}\n")
    rule_by(github, "docs")
    citation = cited(observer)
    assert citation is not None
    assert citation.path == "docs/b.md"
    assert f"/{API}/blob/{head(github, API)}/docs/b.md" in citation.url


def test_a_repository_that_names_itself_is_read_where_it_is(github: World, observer: Observer):
    rule_by(github, f"{API.upper()}:CONTRIBUTING.md")
    citation = cited(observer)
    assert citation is not None
    assert citation.title == "Her"


def test_a_repository_the_product_was_not_given_is_refused_by_name(
    github: World, observer: Observer
):
    rule_by(github, "os2other/docs:CONTRIBUTING.md")
    (problem,) = look(observer).facts.policy_problems
    assert "os2other/docs" in problem.message.en
    assert "products file" in problem.message.en


def test_what_a_preset_names_beyond_the_product_is_left_aside(github: World, observer: Observer):
    write(github, API, ".github/os2kb.yml", "version: 1\npreset: os2forms\n")
    facts = look(observer).facts
    assert (facts.policy_problems, dict(facts.citations)) == ((), {})


def doctor(installed: Service) -> tuple[str, str]:
    items = json.loads(installed.run("doctor", "--json", "--english").stdout)["items"]
    (check,) = [one for one in items if one["part"] == f"Policy of {API}"]
    return check["verdict"], f"{check['detail']} {check['cure']}"


def test_the_doctor_says_why_a_guideline_cannot_be_cited(
    github: World, tmp_path: Path, products: Path
):
    installed = installed_beside(tmp_path, github, products=str(products))
    assert doctor(installed) == ("ok", "valid ")
    repository(github, DOCS).private = True
    verdict, said = doctor(installed)
    assert verdict == "wrong"
    assert f"{DOCS}:guidelines/CONTRIBUTING.md: is private" in said
    rule_by(github, f"[CONTRIBUTING.md, {DOCS}x:a.md]")
    assert f"{DOCS}x:a.md: is not there, or not visible to us" in doctor(installed)[1]
    rule_by(github, "no.md")
    assert "no.md: holds no text that can be read" in doctor(installed)[1]
    write(github, API, ".github/os2kb.yml", "version: 1\npreset: os2borgerpc\nmode: act\n")
    verdict, said = doctor(installed)
    assert verdict == "ok"
    assert "contribution-guidelines.md: its repository is not among the product's" in said
    assert "without a single label" in said


def test_the_status_comment_follows_the_guideline_and_not_every_push(
    github: World, tmp_path: Path, products: Path
):
    def status() -> str:
        (said,) = github.bot_comments(API, PULL)
        return said

    def remark(running: Service, text: str) -> None:
        with github.person("kim") as kim:
            kim.post(f"/repos/{API}/issues/{PULL}/comments", json={"body": text})
        running.settle(github)

    with service(tmp_path, github, products=str(products)) as running:
        remark(running, "Se lige her")
        first = status()
        assert f"{DOCS}/blob/{head(github)}/guidelines/CONTRIBUTING.md" in first
        assert RULE in first
        write(github, DOCS, "README.md", "Noget andet\n")
        written = len(github.writes)
        remark(running, "Nu?")
        assert (status(), len(github.writes)) == (first, written)
        write(github, DOCS, "guidelines/CONTRIBUTING.md", f"# Bidrag\n\n{NEW_RULE}\n")
        remark(running, "Og nu?")
        assert NEW_RULE in status()
        assert f"{DOCS}/blob/{head(github)}/guidelines/CONTRIBUTING.md" in status()
