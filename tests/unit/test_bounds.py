"""What a look may write, by the deliveries that ask for it."""

from datetime import UTC, datetime

from os2kb.bounds import BACKFILL, SYNC, bounds_of
from os2kb.governance.actions import AddLabel, CreateTicket, PutComment, SetField, Tell
from os2kb.governance.plan import carried_among, labels_among
from os2kb.store.deliveries import Delivery, of_run

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def delivery(event: str, identifier: str = "a", source: str = "cli") -> Delivery:
    return Delivery(
        *(1, source, identifier, event, "", AT, "accepted", "", "github:101#7", "o/r"),
        *(None, AT, 0, 0),
    )


def test_only_what_all_deliveries_ask_for_is_written_and_nothing_is_bound_by_what_else_waits():
    sync, backfill, comment = delivery(SYNC), delivery(BACKFILL), delivery("issue_comment")
    assert bounds_of([sync, sync], woken=False).among is carried_among
    assert bounds_of([backfill], woken=False).among is labels_among
    for waiting in ([sync, backfill], [sync, comment], [comment], []):
        assert bounds_of(waiting, woken=False).among is None
    assert bounds_of([sync], woken=True).among is None


def test_what_a_run_asked_for_belongs_to_it_also_beside_what_else_waits():
    of_seven = delivery(SYNC, of_run(7, "github:101#7"))
    assert bounds_of([delivery("issues"), of_seven], woken=True).run == 7
    assert bounds_of([delivery(SYNC)], woken=False).run == 0


def test_nobody_else_can_claim_to_be_a_run():
    assert delivery("issues", "run-7:github:101#7", source="github").run == 0
    assert [
        delivery("sync", name).run for name in ("run-", "run-:x", "run-x:y", "run-7", "7:x")
    ] == [*(0, 0, 0, 0, 0)]


def test_a_sync_writes_what_is_about_the_ticket_and_what_is_in_the_way_of_it():
    conflict = PutComment("conflict", "Vælg", because="jira")
    field = SetField("priority", "High", "", because="severity")
    created = CreateTicket("DEMO", "Fejl", "Nede", because="jira.create")
    rest = (
        AddLabel("Bug", because="type-label"),
        PutComment("status", "Hej", because="status"),
        Tell(("@kim",), "", "Hej", "ladder", because="ladder"),
    )
    assert carried_among((*rest, conflict, field, created)) == (conflict, field, created)
