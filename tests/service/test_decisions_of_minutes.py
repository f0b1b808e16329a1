"""Decisions in minutes become one pull request for each meeting, and nothing is logged without a
person."""

import json
from pathlib import Path

import pytest

from os2kb.cli.subjects import reconciler_of
from os2kb.decision_log.minutes import MinutesProposer
from os2kb.decision_log.numbers import NumberTaken
from os2kb.decisions.minutes.extract import extract
from os2kb.forges.port import ForgeError
from os2kb.governance.decide import decide
from os2kb.governance.decision_log.minutes import FromMinutes
from os2kb.governance.decision_log.standing import gives_number
from os2kb.policy.policy import Policy
from os2kb.policy.sections.decisions import Decisions
from os2kb.store import ledger
from tests.service.decided import API, LOG, POLICY, SEED, Decided, decided
from tests.service.people import open_issue, order_fault
from tests.service.running import installed_beside

pytestmark = pytest.mark.slow

MINUTES = """\
# Referat: styregruppemøde den 4. juni 2026

Deltagere: Ida Holm, Bo Lund

## 2. Drift

Det blev besluttet, at Ida Holm udbyder driften samlet med @bo, closes #2
"""
MORE = MINUTES + "\n## 3. Kalender\n\nDet blev besluttet, at kalenderen deles.\n"
CHECK = "os2kb / decision"
OWN_POLICY = '      .github/os2kb.yml: "version: 1\\nmode: act\\n"\n'
ACTING = SEED.replace("      beslutninger/", f"{OWN_POLICY}      beslutninger/")
"""The log's own repository has a Policy, too."""
BRANCH = "beslutning/referat-2026-06-04-styregruppen-juni"
FILE = "beslutninger/2026-06-04-drift.md"
ANEW = (("/git/refs$", "502-after-write"), ("/pulls$", "500"))
"""Where a cut leaves a branch without a pull request: what is written next is another write."""


def proposer(at: Decided) -> MinutesProposer:
    logs = reconciler_of(at.installation).observer.logs
    return MinutesProposer(logs.logs, logs.database, logs.now, logs.shelf)


def looked_at(at: Decided, *texts: str, name: str = "juni.md") -> tuple[FromMinutes, ...]:
    minutes = [extract(name if n == 0 else f"{n}.md", text) for n, text in enumerate(texts)]
    return proposer(at).seen(minutes, 0.6, Decisions(repository=LOG), Policy(version=1))


def proposed(at: Decided, *texts: str, name: str = "juni.md") -> str:
    """Propose what is to be proposed; the stage of the first that this was found in."""
    found = looked_at(at, *texts, name=name)
    for one in found:
        proposer(at).propose(one)
    return found[0].stage


def commits(at: Decided, number: int) -> int:
    return len(at.get(f"/repos/{LOG}/pulls/{number}/commits"))


def test_the_command_shows_what_it_would_propose_and_proposes_it_once(tmp_path: Path):
    (tmp_path / "juni.md").write_text(MINUTES, "utf-8")
    with decided(tmp_path) as at:
        products = str(tmp_path / "products.yml")
        beside = installed_beside(tmp_path, at.world, products=products)
        asked = ("decisions", "extract", str(tmp_path / "juni.md"), "--pull-request")
        shown = beside.run(*asked, API)
        assert shown.stdout.splitlines()[0].endswith(
            f"juni.md → os2display/log (offentligt), gren {BRANCH}"
        )
        assert f"  {FILE}: Drift\n" in shown.stdout
        assert "Intet er skrevet. Med --apply" in shown.stderr
        assert "os2display/log har ingen policy med mode: act, så ingen kontrol" in shown.stderr
        assert (at.writes, at.pulls()) == (0, [])

        done = beside.run(*asked, API, "--apply", "--json")
        assert done.returncode == 0, done.stderr
        (item,) = json.loads(done.stdout)["items"]
        (pull,) = at.pulls()
        assert (item["pull_request"], item["written"]) == (pull["number"], True)
        assert pull["title"] == "Beslutninger fra Referat: styregruppemøde den 4. juni 2026"
        text = at.file(FILE, BRANCH)
        assert "- **Nr.**: 4\n" in text
        assert "at [navn] udbyder driften samlet med @<!-- -->bo, closes #<!-- -->2" in text
        assert "Ida" not in text + pull["body"]
        assert FILE not in at.files()

        before = at.writes
        again = beside.run(*asked, API, "--apply")
        assert f"Pull request #{pull['number']} siger det allerede." in again.stdout
        assert at.writes == before

        elsewhere = beside.run(*asked, "somebody/else", "--apply")
        assert "hører ikke til noget produkt" in elsewhere.stderr
        assert elsewhere.returncode != 0
        assert at.writes == before


@pytest.mark.parametrize("mode", ["observe", "off"])
def test_nothing_is_proposed_beyond_the_mode(tmp_path: Path, mode: str):
    (tmp_path / "juni.md").write_text(MINUTES, "utf-8")
    with decided(tmp_path) as at:
        products = str(tmp_path / "products.yml")
        beside = installed_beside(tmp_path, at.world, products=products, mode=mode)
        asked = ("decisions", "extract", str(tmp_path / "juni.md"), "--pull-request", API)
        refused = beside.run(*asked, "--apply")
        assert refused.returncode == 1
        assert f"Intet er skrevet: mode er {mode}." in refused.stderr
        assert (at.writes, at.pulls()) == (0, [])


def test_minutes_that_are_mended_update_their_pull_request(tmp_path: Path):
    with decided(tmp_path) as at:
        assert proposed(at, MINUTES) == "new"
        assert proposed(at, MORE) == "changed"
        (pull,) = at.pulls()
        assert commits(at, pull["number"]) == 2
        assert "kalenderen deles" in at.file("beslutninger/2026-06-04-kalender.md", BRANCH)
        assert "Kalender" in pull["body"]
        assert proposed(at, MINUTES) == "changed"
        assert "beslutninger/2026-06-04-kalender.md" not in at.files(BRANCH)
        before = at.writes
        assert proposed(at, MINUTES) == "there"
        assert at.writes == before


def test_what_people_do_with_a_proposal_of_minutes_stays(tmp_path: Path):
    with decided(tmp_path) as at:
        proposed(at, MINUTES)
        (pull,) = at.pulls()
        at.write(FILE, at.file(FILE, BRANCH).replace("samlet", "hver for sig"), BRANCH)
        assert proposed(at, MORE) == "edited"
        assert "hver for sig" in at.file(FILE, BRANCH)
        path = f"/repos/{LOG}/pulls/{pull['number']}"
        at.send("kim", "PATCH", path, state="closed")
        assert proposed(at, MORE) == "refused"
        at.send("kim", "PATCH", path, state="open")
        at.review(pull["number"], "bo")
        at.merge(pull["number"])
        assert proposed(at, MORE) == "merged"
        assert len(at.pulls()) == 1


def test_what_minutes_say_waits_for_somebody_who_did_not_write_it(tmp_path: Path):
    with decided(tmp_path, ACTING) as at:
        (tmp_path / "juni.md").write_text(MINUTES, "utf-8")
        beside = installed_beside(tmp_path, at.world, products=str(tmp_path / "products.yml"))
        asked = ("decisions", "extract", str(tmp_path / "juni.md"), "--pull-request", API)
        assert "ingen kontrol" not in beside.run(*asked, "--apply").stderr
        (pull,) = at.pulls()
        number = pull["number"]
        at.look(number, LOG)
        assert at.checks(number) == {CHECK: "action_required"}
        for by, then in (("ida", "action_required"), ("bo", "success")):
            at.review(number, by)
            at.look(number, LOG)
            assert at.checks(number) == {CHECK: then}, by
        before = at.writes
        assert not at.look(number, LOG).writes()
        assert at.writes == before

        at.write(FILE, at.file(FILE, BRANCH).replace("samlet", "hver for sig"), BRANCH, by="bo")
        at.review(number, "bo")
        at.look(number, LOG)
        assert at.checks(number) == {CHECK: "action_required"}
        told = [one.da for one in at.reconciler.plan(at.subject(number, LOG)).decision]
        assert "bo har godkendt, men har selv skrevet i den." in told
        at.review(number, "kim")
        review = frozenset({"pull_request_review"})  # told of by GitHub, and no rule asks for it
        seen = at.reconciler.observer.observe(at.subject(number, LOG), told=review)
        assert seen.facts.log is not None
        at.look(number, LOG)
        assert at.checks(number) == {CHECK: "success"}


def test_a_pull_request_of_somebody_elses_from_such_a_branch_gets_no_such_check(tmp_path: Path):
    with decided(tmp_path, ACTING) as at:
        main = at.get(f"/repos/{LOG}/git/ref/heads/main")["object"]["sha"]
        branch = "beslutning/referat-falsk"
        at.send("bo", "POST", f"/repos/{LOG}/git/refs", ref=f"refs/heads/{branch}", sha=main)
        at.write(FILE, "# Drift\n", branch)
        made = at.send(
            "bo", "POST", f"/repos/{LOG}/pulls", head=branch, base="main", title="X", body="Y"
        )
        at.look(made["number"], LOG)
        assert CHECK not in at.checks(made["number"])


def test_two_meetings_and_an_issue_never_get_one_number(tmp_path: Path):
    other = MINUTES.replace("4. juni", "5. juni").replace("driften", "indkøbet")
    with decided(tmp_path) as at:
        proposed(at, MINUTES, other)
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        heads = [one["head"]["ref"] for one in at.pulls()]
        files = [
            at.file(path, head)
            for head in heads
            for path in at.files(head)
            if path.startswith("beslutninger/") and path not in at.files()
        ]
        numbers = [line for text in files for line in text.split("\n") if "**Nr.**" in line]
        assert len(numbers) == len(set(numbers)) == 3


def test_a_number_that_another_decision_got_meanwhile_is_not_given_again(tmp_path: Path):
    with decided(tmp_path) as at:
        for _ in range(3):
            open_issue(at.world, "ida", {"title": "Intet", "body": ""})
        (seen,) = looked_at(at, MINUTES)
        number = at.decision(body="Vi deler driften.")
        observer = at.reconciler.observer
        before = observer.observe(at.subject(number))
        assert [one.id for _, one in seen.entries] == [str(number)]
        proposer(at).propose(seen)
        counted = observer.counted_again(before)
        plan = decide(counted.facts, counted.policy, "act", at.clock())
        given = [one.content for one in plan.actions if gives_number(one)]
        assert given == [str(number + 1)]

        (seen,) = looked_at(at, MINUTES.replace("driften", "koden"), name="juli.md")
        assert [one.id for _, one in seen.entries] == [str(number + 1)]
        at.look(number)
        with pytest.raises(NumberTaken, match=f"no. {number + 1}"):
            proposer(at).propose(seen)
        assert proposed(at, MINUTES.replace("driften", "koden"), name="juli.md") == "new"


@pytest.mark.parametrize("then", ["502-after-write", "500"])
def test_wherever_it_is_cut_off_there_is_one_pull_request_in_the_end(tmp_path: Path, then: str):
    with decided(tmp_path) as at:
        places = ("/git/trees$", "/git/commits$", "/git/refs$", "/pulls$")
        for place, path in enumerate(places):
            name = f"{'abcd'[place]}.md"
            text = MINUTES.replace("driften", f"sag {'abcd'[place] * 5}")
            order_fault(at.world, path, then, "POST")
            with pytest.raises(ForgeError):
                proposed(at, text, name=name)
            assert proposed(at, text, name=name) in ("new", "there")
            pulls = [one for one in at.pulls() if one["head"]["ref"].endswith(f"-{name[0]}")]
            assert len(pulls) == 1, path
            assert commits(at, pulls[0]["number"]) == 1, path
            before = at.writes
            assert proposed(at, text, name=name) == "there"
            assert at.writes == before, path
            key = f"minutes:201:{pulls[0]['head']['ref']}"
            receipts = ledger.receipts_of(at.installation.database, key)
            assert [one.state for one in receipts if one.action == "decision:propose"] == (
                ["skipped", "applied"] if (path, then) in ANEW else ["applied"]
            ), path


def test_a_log_in_a_format_that_is_read_only_gets_no_proposal(tmp_path: Path):
    assert "format" not in POLICY
    with decided(tmp_path) as at:
        minutes = [extract("juni.md", MINUTES)]
        section = Decisions(repository=LOG, format="page")
        (found,) = proposer(at).seen(minutes, 0.6, section, Policy(version=1))
        assert (found.stage, found.actions) == ("unwritable", ())
