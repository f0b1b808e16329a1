"""A fault that is moved to another product while its clock runs."""

from datetime import timedelta

import pytest

from tests.service.escalation.stage import API, MONDAY, OTHER, Stage, key_of
from tests.service.people import comment

pytestmark = pytest.mark.slow


def test_the_new_product_rules_from_then_on_and_nobody_hears_of_it_twice(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    comment(stage.github, "kim", number, "/os2 escalate Hele landet venter", API)
    stage.hear(number)
    was_told = [("2026-03-02T09:00:00Z", "@bo"), ("2026-03-02T09:00:00Z", "@kim")]
    assert stage.mentions(number) == was_told
    stage.until(MONDAY + timedelta(hours=1))
    moved = stage.move(number)
    before = len(stage.github.writes)
    stage.hear(moved, OTHER)
    written = stage.github.writes[before:]
    assert [method for method, _ in written] == ["PATCH"], "the status, and no answer to /os2"
    (status,) = [one for one in stage.github.bot_comments(OTHER, moved) if "os2kb:status" in one]
    assert "Svar: senest mandag den 2. marts kl. 15.00" in status, "four hours from the move"
    assert "Plan" not in status

    stage.until(MONDAY + timedelta(days=30))
    assert stage.next_wake is None, "nobody waits at the old place"
    assert stage.mentions(moved, OTHER) == [*was_told, ("2026-03-02T14:00:00Z", "@os2demo/anden")]
    stage.hear(number)
    assert [path for _, path in stage.github.writes if path.startswith(f"/repos/{API}/")] == [
        path for _, path in stage.github.writes[:before]
    ]
    assert key_of(number) != key_of(moved, OTHER)


def test_what_a_person_wrote_in_the_status_before_the_move_stays(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    with stage.github.person("kim") as kim:
        found = kim.get(f"/repos/{API}/issues/{number}/comments").json()
        (status,) = [one for one in found if "os2kb:status" in one["body"]]
        path = f"/repos/{API}/issues/comments/{status['id']}"
        kim.patch(path, json={"body": f"{status['body']}\nVi ringer."}).raise_for_status()
    moved = stage.move(number)
    stage.hear(moved, OTHER)
    (kept,) = [one for one in stage.github.bot_comments(OTHER, moved) if "os2kb:status" in one]
    assert kept.endswith("Vi ringer.")
