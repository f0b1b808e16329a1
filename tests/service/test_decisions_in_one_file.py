"""A log in one file: an entry for each decision, and the next made anew when one was merged."""

import json
from pathlib import Path

import pytest

from tests.service.decided import LOG, POLICY, SEED, Decided, decided

pytestmark = pytest.mark.slow
FILE = "DECISION_LOG.md"
OLD = "# Beslutninger\n\nSkrevet i hånden.\n\n## BDR-#3: Drift hver for sig (2025-03-17)\n\nJa.\n"
ONE = POLICY.replace("  label: Beslutning", f"  path: {FILE}\n  format: log\n  label: Beslutning")
ONE_FILE = SEED.replace(json.dumps(POLICY), json.dumps(ONE)).split("      beslutninger/")[0] + (
    f"      {FILE}: {json.dumps(OLD)}\n"
)


def approve_and_merge(at: Decided, number: int) -> None:
    at.review(number, "bo")
    at.merge(number)


def test_two_decisions_at_once_are_both_merged_and_all_else_stays(tmp_path: Path):
    with decided(tmp_path, ONE_FILE) as at:
        first = at.decision("Fælles drift", "Vi deler driften.")
        second = at.decision("Fælles kode", "Vi deler koden.")
        for number in (first, second):
            at.look(number)
        newest, oldest = at.pulls()
        assert f"## BDR-#{first}: Fælles drift" in at.file(FILE, oldest["head"]["ref"])
        approve_and_merge(at, oldest["number"])
        for number in (first, second):
            at.look(number)
        assert f"nr. {first}" in at.said(first)
        branch = at.file(FILE, newest["head"]["ref"])
        assert "Fælles drift" in branch
        assert "Fælles kode" in branch
        assert len(at.pulls()) == 2
        approve_and_merge(at, newest["number"])
        at.look(second)
        assert f"nr. {second}" in at.said(second)
        whole = at.file(FILE)
        assert whole.startswith("# Beslutninger\n\nSkrevet i hånden.\n\n## BDR-#")
        assert whole.endswith("## BDR-#3: Drift hver for sig (2025-03-17)\n\nJa.\n")
        assert at.installation.follower is not None
        assert at.installation.follower.out_of_step(201) == ()


def test_an_approval_outlasts_another_entry_and_no_other_text_of_its_own(tmp_path: Path):
    with decided(tmp_path, ONE_FILE) as at:
        first = at.decision("Fælles drift", "Vi deler driften.")
        second = at.decision("Fælles kode", "Vi deler koden.")
        for number in (first, second):
            at.look(number)
        newest, oldest = at.pulls()
        at.review(newest["number"], "bo")
        approve_and_merge(at, oldest["number"])
        at.look(second)
        assert "Fælles drift" in at.file(FILE, newest["head"]["ref"]), "its branch was made anew"
        assert at.checks(newest["number"]) == {"os2kb / decision": "success"}
        text = {"body": "Vi deler koden, og kim lukker."}
        at.send("kim", "PATCH", f"/repos/os2display/api/issues/{second}", **text)
        at.look(second)
        assert at.checks(newest["number"]) == {"os2kb / decision": "action_required"}


def test_what_a_person_wrote_in_the_branch_is_not_made_anew(tmp_path: Path):
    with decided(tmp_path, ONE_FILE) as at:
        number = at.decision("Fælles drift", "Vi deler driften.")
        at.look(number)
        (pull,) = at.pulls()
        branch = pull["head"]["ref"]
        edited = at.file(FILE, branch).replace("Vi deler driften.", "I deler driften.")
        at.write(FILE, edited, branch, by="kim")
        at.write(FILE, OLD.replace("Ja.", "Ja, alle."))
        at.look(number)
        assert at.file(FILE, branch) == edited
        assert "rettet af et menneske" in at.said(number)
        assert len(at.get(f"/repos/{LOG}/pulls/{pull['number']}/commits")) == 2
