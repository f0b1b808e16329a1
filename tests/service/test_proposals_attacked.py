"""A proposal to the decision log, attacked: it comes to rest, and harms no one else's file."""

from pathlib import Path

import pytest

from os2kb.store import ledger
from tests.service.decided import LOG, OLD, SEED, Decided, decided
from tests.service.people import open_issue

pytestmark = pytest.mark.slow
CHECK = "os2kb / decision"


def proposed(at: Decided) -> tuple[int, str]:
    """Number and branch of the one proposal."""
    (pull,) = at.pulls()
    return pull["number"], pull["head"]["ref"]


def test_many_files_that_a_person_adds_to_the_branch_do_not_unsettle_it(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        _, branch = proposed(at)
        for n in range(31):
            at.write(f"a/{n}.md", "Bilag", branch)
        at.look(number)
        before = at.writes
        assert at.look(number).writes() == ()
        assert at.writes == before


def test_a_file_that_somebody_prepared_under_that_name_is_not_written_over(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        _, branch = proposed(at)
        (name,) = [one for one in at.files(branch) if "faelles" in one]
    again = tmp_path / "again"
    again.mkdir()
    with decided(again) as at:
        at.write(name, "<!-- bos kladde -->\n")
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        _, branch = proposed(at)
        assert at.file(name, branch) == "<!-- bos kladde -->\n"
        assert len(at.files(branch)) == len(at.files()) + 1


def test_an_entry_that_took_the_name_of_a_withdrawn_one_is_not_removed(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        _, branch = proposed(at)
        (name,) = [one for one in at.files(branch) if "faelles" in one]
        at.reopen(number)
        at.look(number)
        at.send("kim", "DELETE", f"/repos/{LOG}/git/refs/heads/{branch}")
        at.write(name, OLD.replace("3\n", "77\n", 1))
        at.close(number)
        at.look(number)
        assert "**Nr.**: 77" in at.file(name, branch)


def test_what_a_private_log_says_is_not_told_where_everyone_reads(tmp_path: Path):
    with decided(tmp_path, SEED.replace("    id: 201\n", "    id: 201\n    private: true\n")) as at:
        number = at.decision()
        at.look(number)
        pull, branch = proposed(at)
        (name,) = [one for one in at.files(branch) if "faelles" in one]
        at.review(pull, "bo")
        at.merge(pull)
        text = at.file(name)
        text = text.replace("Fælles drift", "Opsigelse af leverandøren")
        text = text.replace("Accepteret", "Godkendt i lukket møde").replace(
            "Koordinationsgruppen", "Udvalget"
        )
        at.write(name, text)
        at.look(number)
        said = at.said(number)
        assert "Opsigelse" not in said
        assert "lukket" not in said
        assert "Udvalget" not in said
        assert "Beslutningen står i loggen" in said


def test_who_rewrote_a_proposal_does_not_approve_it_alone(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        pull, branch = proposed(at)
        (name,) = [one for one in at.files(branch) if "faelles" in one]
        at.write(name, at.file(name, branch).replace("Vi deler", "I deler"), branch, by="bo")
        at.review(pull, "bo")
        at.look(number)
        assert at.checks(pull) == {CHECK: "action_required"}


@pytest.mark.parametrize(("rewritten", "stands"), [(True, "action_required"), (False, "success")])
def test_who_rewrote_a_proposal_in_a_merge_does_not_approve_it_alone(
    tmp_path: Path, rewritten: bool, stands: str
):
    with decided(tmp_path) as at:
        number = at.decision()
        at.look(number)
        pull, branch = proposed(at)
        at.write("LÆSMIG.md", "Om loggen")
        at.merged_into(branch, by="bo", changed={"Vi deler": "I deler"} if rewritten else {})
        at.review(pull, "bo")
        at.look(number)
        assert at.checks(pull) == {CHECK: stands}


def test_an_approval_does_not_hold_for_a_file_that_came_into_it_later(tmp_path: Path):
    with decided(tmp_path) as at:
        number = at.decision(body="### Beslutning\n\nSlut.\n\n### Erstatter\n\n8\n")
        at.look(number)
        pull, branch = proposed(at)
        at.review(pull, "bo")
        at.look(number)
        assert at.checks(pull) == {CHECK: "success"}
        at.write("beslutninger/2025-05-05-otte.md", OLD.replace("3\n", "8\n", 1), branch="main")
        at.look(number)
        assert "Erstattet af" in at.file("beslutninger/2025-05-05-otte.md", branch)
        assert at.checks(pull) == {CHECK: "action_required"}


def test_private_data_in_a_command_is_not_kept(tmp_path: Path):
    with decided(tmp_path) as at:
        number = open_issue(at.world, "ida", {"title": "Fælles drift", "body": "Det er dyrt."})
        at.comment("kim", number, "/os2 decide Vi giver 010190-1234 adgang.")
        at.look(number)
        kept = ledger.receipts_of(at.installation.database, at.subject(number).key)
        assert not [one for one in kept if "010190" in one.content]
