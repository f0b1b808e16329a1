"""Guidelines that stand in another repository of the product, over the demo GitHub."""

import json

from os2kb.governance.decide import decide
from os2kb.governance.plan_json import plan_json
from os2kb.observe.observe import Observer
from os2kb.observe.shelf import TIP_KEPT
from tests.service.guidelines.elsewhere import (
    API,
    DOCS,
    NEW_RULE,
    PULL,
    RULE,
    Clock,
    cited,
    head,
    look,
    repository,
    rule_by,
    stands_there,
    write,
)
from tests.service.running import World

MOST_READS = 6


SECRET = "hemmelig"


def delete(github: World, full_name: str, path: str) -> None:
    with github.person("kim") as kim:
        address = f"/repos/{full_name}/contents/{path}"
        body = {"message": "Slet", "sha": kim.get(address).json()["sha"]}
        assert kim.request("DELETE", address, json=body).is_success


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
