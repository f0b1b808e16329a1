"""From an issue to the log and back: one proposal, approved by somebody else, and told of."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.forges.port import Forbidden
from os2kb.store import ledger
from tests.loopback import HTTP
from tests.service.decided import API, LABELS, LOG, POLICY, SEED, Decided, decided
from tests.service.people import open_issue

pytestmark = pytest.mark.slow
CHECK = "os2kb / decision"
OLD = "beslutninger/2025-03-17-drift.md"


def own_file(at: Decided, branch: str) -> str:
    (path,) = [one for one in at.files(branch) if one not in at.files()]
    return path


def test_a_closed_issue_becomes_an_entry_once_somebody_else_approves_it(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.reconciler.plan(at.subject(number))
        assert at.writes == 0

        at.look(number)
        (pull,) = at.pulls()
        branch = f"beslutning/101-{number}"
        assert (pull["head"]["ref"], pull["user"]["login"]) == (branch, "os2kb[bot]")
        assert pull["title"] == f"Beslutning {number}: Fælles drift"
        assert "Foreslået af `kim` den " in pull["body"]
        text = at.file(own_file(at, branch), branch)
        assert "## Beskrivelse af beslutningen\n\nVi deler driften. @<!-- -->ida" in text
        assert "closes #<!-- -->2" in text
        assert "hvorfor?" not in text
        assert f"- **Status**: Erstattet af SDR-{number}" in at.file(OLD, branch)
        assert at.labels(number) == {"Beslutning", "Foreslået"}

        assert at.checks(pull["number"]) == {CHECK: "action_required"}
        for by, then in (("kim", "action_required"), ("ida", "action_required"), ("bo", "success")):
            at.review(pull["number"], by)
            at.look(number)
            assert at.checks(pull["number"]) == {CHECK: then}, by
        assert "`bo` har godkendt den" in at.said(number)

        at.merge(pull["number"])
        at.look(number)
        assert f"Beslutningen står i loggen som **nr. {number}**" in at.said(number)
        assert "- Godkendt af `bo`" in at.said(number)
        assert at.labels(number) == {"Beslutning", "Besluttet"}
        receipts = ledger.receipts_of(at.installation.database, at.subject(number).key)
        (noted,) = [json.loads(one.content) for one in receipts if one.action == "decision:logged"]
        (merged,) = at.pulls()
        assert (noted["proposed_by"], noted["approved_by"], noted["merged_by"]) == (
            "kim",
            ["bo"],
            "bo",
        )
        assert noted["commit"] == merged["merge_commit_sha"]

        before = at.writes
        assert at.look(number).writes() == ()
        assert at.writes == before


def test_what_a_person_edits_in_the_proposal_stays_and_has_to_be_approved_anew(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        (pull,) = at.pulls()
        branch = pull["head"]["ref"]
        at.review(pull["number"], "bo")
        at.look(number)
        assert at.checks(pull["number"]) == {CHECK: "success"}
        path = own_file(at, branch)
        at.write(path, at.file(path, branch).replace("Vi deler", "I deler"), branch, by="kim")
        at.send("ida", "PATCH", f"/repos/os2display/api/issues/{number}", body="Noget helt andet")
        at.look(number)
        assert "I deler driften" in at.file(path, branch)
        assert at.checks(pull["number"]) == {CHECK: "action_required"}
        assert "rettet af et menneske" in at.said(number)


def test_an_issue_that_changes_changes_its_proposal_and_what_was_approved_holds_no_more(
    tmp_path: Path,
):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        (pull,) = at.pulls()
        at.review(pull["number"], "bo")
        at.send(
            "kim", "PATCH", f"/repos/os2display/api/issues/{number}", body="### Beslutning\n\nNej"
        )
        at.look(number)
        (same,) = at.pulls()
        assert same["number"] == pull["number"]
        assert "Nej" in at.file(own_file(at, pull["head"]["ref"]), pull["head"]["ref"])
        assert at.checks(pull["number"]) == {CHECK: "action_required"}


def test_a_decision_that_is_unmade_takes_its_proposal_along_and_back(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        at.reopen(number)
        at.look(number)
        (pull,) = at.pulls()
        assert pull["state"] == "closed"
        assert "trukket tilbage" in at.said(number)
        (why,) = at.world.bot_comments(LOG, pull["number"])
        assert f"os2display/api#<!-- -->{number}" in why
        assert "er åbnet igen" in why
        assert at.labels(number) == {"Beslutning"}
        at.close(number, reason="not_planned")
        assert at.look(number).writes() == ()
        at.reopen(number)
        at.close(number)
        at.look(number)
        (pull,) = at.pulls()
        assert pull["state"] == "open"
        assert at.labels(number) == {"Beslutning", "Foreslået"}
        at.send("kim", "DELETE", f"/repos/{API}/issues/{number}/labels/Beslutning")
        at.look(number)
        (why,) = at.world.bot_comments(LOG, pull["number"])
        assert "er taget tilbage" in why


def test_a_proposal_that_a_person_closed_stays_closed_until_it_is_decided_anew(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        (pull,) = at.pulls()
        later(at)
        at.send("bo", "PATCH", f"/repos/os2display/log/pulls/{pull['number']}", state="closed")
        at.look(number)
        assert "blev lukket uden at blive flettet" in at.said(number)
        assert at.look(number).writes() == ()
        assert at.pulls()[0]["state"] == "closed"
        later(at)
        at.comment("bo", number, "/os2 decide Vi gør det alligevel.")
        at.look(number)
        (pull,) = at.pulls()
        assert pull["state"] == "open"
        assert "Vi gør det alligevel." in at.file(
            own_file(at, pull["head"]["ref"]), pull["head"]["ref"]
        )


def later(at: Decided) -> None:
    """What comes next happens a minute later; GitHub's clock tells whole seconds."""
    at.advance(timedelta(minutes=1))


def test_a_command_decides_in_an_open_issue_and_undo_takes_it_back(tmp_path: Path):
    with decided(tmp_path) as at:
        number = open_issue(at.world, "ida", {"title": "Fælles drift", "body": "Det er dyrt."})
        at.comment("ida", number, "/os2 decide Vi gør det.")
        at.look(number)
        assert at.pulls() == []
        at.comment("kim", number, "/os2 decide Vi deler driften.\nFra 2027.")
        at.look(number)
        (pull,) = at.pulls()
        text = at.file(own_file(at, pull["head"]["ref"]), pull["head"]["ref"])
        assert "Vi deler driften. Fra 2027." in text
        assert "## Kontekst / årsag\n\nDet er dyrt." in text
        assert "Foreslået af `kim` den " in pull["body"]
        at.comment("kim", number, "/os2 undo")
        at.look(number)
        assert at.pulls()[0]["state"] == "closed"
        assert any("beslutningen gælder ikke længere" in one for one in replies(at, number))


def replies(at: Decided, number: int) -> list[str]:
    return [one for one in at.world.bot_comments("os2display/api", number) if "os2kb:reply" in one]


def test_two_issues_of_one_number_get_two_numbers_and_two_files(tmp_path: Path):
    seed = (
        SEED
        + f"""\
  os2display/web:
    id: 102
    labels: {LABELS}
    collaborators: {{kim: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(POLICY)}
"""
    )
    with decided(tmp_path, seed) as at:
        here = at.decision(body="Vi gør det.")
        there = at.decision(body="Det gør vi også.", repository="os2display/web")
        assert here == there
        at.look(here)
        at.look(there, "os2display/web")
        titles = {one["title"] for one in at.pulls()}
        assert titles == {
            f"Beslutning {here}: Fælles drift",
            "Beslutning 4: Fælles drift",
        }
        for pull in at.pulls():
            at.review(pull["number"], "bo")
        first, second = sorted(at.pulls(), key=lambda one: one["number"])
        at.merge(first["number"])
        at.look(there, "os2display/web")
        branch = second["head"]["ref"]
        assert len([one for one in at.files(branch) if one not in at.files()]) == 1
        at.merge(second["number"])
        added = [one for one in at.files() if "faelles" in one]
        assert len(added) == 2


def test_a_private_issue_is_not_proposed_where_everybody_reads(tmp_path: Path):
    seed = SEED.replace("    id: 101\n", "    id: 101\n    private: true\n")
    with decided(tmp_path, seed) as at:
        number = at.decision()
        at.look(number)
        assert at.pulls() == []
        assert "er privat" in at.said(number)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [("contents: read", "kunne ikke foreslås"), ("pull_requests: read", "kunne ikke foreslås")],
)
def test_without_a_permission_the_issue_says_so_and_nothing_else_suffers(
    tmp_path: Path, lacking: str, said: str
):
    all_of_it = (
        "{metadata: read, issues: write, pull_requests: write, checks: write, contents: write}"
    )
    name = lacking.partition(":")[0]
    fewer = all_of_it.replace(f"{name}: write", lacking)
    with decided(
        tmp_path, SEED + f"installations: [{{account: os2display, permissions: {fewer}}}]\n"
    ) as at:
        number = at.decision()
        with pytest.raises(Forbidden):
            at.look(number)
        assert at.look(number) is not None
        assert said in at.said(number)
        assert at.pulls() == []


def test_observing_writes_nothing(tmp_path: Path):
    with decided(tmp_path, SEED.replace("mode: act", "mode: observe")) as at:
        number = at.decision()
        plan = at.reconciler.apply(at.subject(number))
        assert any(one.key == "decision:propose" for one in plan.actions)
        assert at.writes == 0


def test_a_log_of_another_product_is_refused(tmp_path: Path):
    products = "products:\n  os2display: {repositories: [os2display/api]}\n"
    with decided(tmp_path, products=products) as at:
        number = at.decision()
        plan = at.reconciler.apply(at.subject(number))
        assert plan.problems
        assert at.pulls() == []


WEB = "os2display/web"
WITH_WEB = (
    SEED
    + f"""\
  {WEB}:
    id: 102
    labels: {LABELS}
    collaborators: {{kim: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(POLICY)}
"""
)


def test_an_issue_that_is_moved_keeps_its_one_proposal(tmp_path: Path):
    with decided(tmp_path, WITH_WEB) as at:
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        (pull,) = at.pulls()
        order = {"repository": "os2display/api", "number": number, "by": "kim", "to": WEB}
        assert HTTP.post(f"{at.world.github.web}/_demo/transfer-issue", json=order).is_success
        at.look(1, WEB)
        assert [one["number"] for one in at.pulls()] == [pull["number"]]
        at.review(pull["number"], "bo")
        at.merge(pull["number"])
        at.look(1, WEB)
        said = at.world.bot_comments(WEB, 1)
        assert len(said) == 1
        assert "Beslutningen står i loggen" in said[0]
        # Whose the old label is cannot be proved any more, so it is left to people.
        assert set(at.world.labels(WEB, 1)) == {"Beslutning", "Foreslået", "Besluttet"}


@pytest.mark.parametrize("reason", ["not_planned", "duplicate"])
def test_an_issue_that_is_closed_as_something_else_is_no_decision(tmp_path: Path, reason: str):
    with decided(tmp_path) as at:
        number = open_issue(at.world, "ida", {"title": "Fælles drift", "body": "Nej"})
        path = f"/repos/os2display/api/issues/{number}"
        at.send("kim", "POST", f"{path}/labels", labels=["Beslutning"])
        at.close(number, reason=reason)
        assert at.look(number).writes() == ()
        assert at.pulls() == []


def test_what_may_be_a_vulnerability_is_not_carried_into_the_log(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision("Sikkerhedshul i login", "Jeg har fundet en sårbarhed: ret tallet 481")
        at.look(number)
        assert at.pulls() == []


def test_what_was_decided_long_before_we_came_is_left_to_people(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.advance(timedelta(days=31))
        assert at.look(number).writes() == ()
        assert at.pulls() == []
