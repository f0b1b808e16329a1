"""What our adapter changes of a ticket, on the demo Jira: on the Cloud and in a data center."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from os2kb.backlog.workflow import Step, Transition
from os2kb.demo.jira.changes import edit, transit
from os2kb.demo.wire.limits import read_fault
from os2kb.trackers.jira import Jira
from os2kb.trackers.port import (
    Changeable,
    Denied,
    NewTicket,
    NoTicket,
    TrackerUnavailable,
    Unacceptable,
)
from tests.contract.small_jira import SmallJira, small_jira

NEW = NewTicket("DEMO", "Fejl", "Alle skærme er sorte", "Fra GitHub", "github:101#7")
START = Step(Transition("21", "Start", "In Progress"), {})
RESOLVE = Step(Transition("31", "Resolve", "Done", ("Resolution",)), {"Resolution": "won't do"})
MARK = "github:101#7:copy:42"


@pytest.fixture(scope="module", params=["cloud", "server"])
def served(request: pytest.FixtureRequest) -> Iterator[SmallJira]:
    with small_jira(request.param) as world:
        yield world


@pytest.fixture
def world(served: SmallJira) -> SmallJira:
    served.jira.limits.clear()
    served.jira.traffic.clear()
    return served


@pytest.fixture
def us(world: SmallJira) -> Jira:
    return world.adapter()


@pytest.fixture
def key(world: SmallJira, us: Jira) -> str:
    """The key of a new ticket."""
    made = us.create(NEW, begun=False).key
    world.issue(made).properties.clear()
    world.jira.traffic.clear()
    return made


def someone(world: SmallJira, name: str) -> str:
    """Who somebody is there, as the Policy names them."""
    return world.jira.people[name].account_id if world.jira.is_cloud else name


def says(us: Jira, key: str, field: Changeable) -> str:
    read = us.read(key).read
    return {
        "title": read.summary,
        "description": read.description,
        "type": read.type,
        "priority": read.priority,
        "assignee": read.assignee,
        "fixVersion": ", ".join(read.versions),
        "due": read.due,
    }[field]


@pytest.mark.parametrize(
    ("field", "expects", "value", "then"),
    [
        ("title", NEW.summary, "Æblegrød 🙂 [x]", "Alle"),
        ("description", NEW.description, "h2. Drift\n\n* en\n" + "æ" * 32_000, ""),
        ("type", "fejl", "Opgave", "Fejl"),
        ("priority", "Medium", "Highest", "Low"),
        ("fixVersion", "", "1.0", "2.0"),
        ("fixVersion", "", "1.0", ""),
        ("due", "", "2026-03-05", ""),
    ],
)
def test_a_field_is_changed_once_and_again(
    world: SmallJira,
    us: Jira,
    key: str,
    field: Changeable,
    expects: str,
    value: str,
    then: str,
) -> None:
    assert us.change(key, field, value, expects)
    assert says(us, key, field) == value
    assert us.change(key, field, value, expects)
    assert [verb for verb, _, _ in world.writes] == ["PUT"]
    assert us.change(key, field, then, value)
    assert says(us, key, field) == then


def test_a_ticket_is_given_to_somebody_and_to_nobody(world: SmallJira, us: Jira, key: str) -> None:
    ida = someone(world, "ida")
    assert us.change(key, "assignee", ida, "")
    assert us.read(key).read.assignee == ida
    assert not us.change(key, "assignee", someone(world, "kim"), "")  # Ida has it
    assert us.change(key, "assignee", "", ida)
    assert us.read(key).read.assignee == ""


def test_what_a_person_changed_meanwhile_stays(world: SmallJira, us: Jira, key: str) -> None:
    ida = world.jira.people["ida"]
    edit(world.jira, ida, world.issue(key), {"summary": "Idas", "duedate": "2026-01-01"})
    assert not us.change(key, "title", "Vores", NEW.summary)
    assert not us.change(key, "due", "2026-03-05", "")
    assert (says(us, key, "title"), world.writes) == ("Idas", [])


def test_labels_go_on_and_off_one_by_one(world: SmallJira, us: Jira, key: str) -> None:
    us.change_labels(key, {"a", "ø-b"}, set())
    edit(
        world.jira, world.jira.people["ida"], world.issue(key), {}, {"labels": [{"add": "hendes"}]}
    )
    us.change_labels(key, {"c"}, {"a", "findes-ikke"})
    assert us.read(key).read.labels == {"c", "hendes", "ø-b"}
    before = world.writes
    us.change_labels(key, {"c"}, {"a"})
    assert world.writes == before
    with pytest.raises(Unacceptable):
        us.change_labels(key, {"to ord"}, set())


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("type", "Epos", "takes Opgave, Fejl"),
        ("fixVersion", "9.9", "takes 1.0, 2.0"),
        ("due", "i morgen", "refused"),
        ("assignee", "findes-ikke", "refused"),
        ("title", "to\nlinjer", "refused"),
        ("description", "x" * 32_768, "refused"),
    ],
)
def test_what_jira_does_not_take_is_refused_and_nothing_is_changed(
    world: SmallJira, us: Jira, key: str, field: Changeable, value: str, told: str
) -> None:
    before = world.issue(key).values.copy()
    with pytest.raises(Unacceptable, match=told):
        us.change(key, field, value, says(us, key, field))
    assert world.issue(key).values == before


def test_a_field_that_is_not_on_the_screen_is_named(world: SmallJira) -> None:
    with pytest.raises(Unacceptable, match="has no field due"):
        world.adapter("kim").change("LUKKET-1", "due", "2026-03-05", "")
    with pytest.raises(Denied):
        world.adapter().change("LUKKET-1", "title", "Nyt", "Kan kun ses")


@pytest.mark.parametrize("fault", ["502-after-write", "reset-after-write", "503"])
def test_a_change_whose_answer_was_lost_is_not_made_twice(
    world: SmallJira, us: Jira, key: str, fault: str
) -> None:
    world.jira.limits.faults.append(read_fault(fault, "PUT", "/issue/"))
    with pytest.raises(TrackerUnavailable):
        us.change(key, "title", "Nyt", NEW.summary)
    assert us.change(key, "title", "Nyt", NEW.summary)
    assert len(world.issue(key).changes) == 1


def test_a_ticket_goes_through_its_workflow_step_by_step(us: Jira, key: str) -> None:
    assert us.take(key, START, "to do")
    assert us.take(key, START, "to do"), "it is there already"
    assert not us.take(key, RESOLVE, "To Do"), "it stands elsewhere"
    assert us.take(key, RESOLVE, "In Progress")
    read = us.read(key).read
    assert (read.status, read.resolution) == ("Done", "Won't Do")
    with pytest.raises(Unacceptable, match="no transition “Resolve” from To Do"):
        us.take(us.create(NEW, begun=False).key, RESOLVE, "To Do")


def test_what_a_screen_asks_for_is_told_and_not_what_it_has_already(
    world: SmallJira, us: Jira, key: str
) -> None:
    us.take(key, START, "To Do")
    (resolve,) = us.read(key).read.transitions
    assert resolve == Transition("31", "Resolve", "Done", ("Resolution",), resolves=True)
    with pytest.raises(Unacceptable, match="takes Done, Won't Do, Duplicate"):
        us.take(key, Step(resolve, {"Resolution": "Vild"}), "In Progress")
    with pytest.raises(Unacceptable, match="refused"):
        us.take(key, Step(resolve, {}), "In Progress")
    world.issue(key).values["resolution"] = "Done"
    assert us.read(key).read.transitions == (Transition("31", "Resolve", "Done", resolves=True),)


def test_a_step_whose_answer_was_lost_is_not_taken_twice(
    world: SmallJira, us: Jira, key: str
) -> None:
    world.jira.limits.faults.append(read_fault("502-after-write", "POST", "/transitions"))
    with pytest.raises(TrackerUnavailable):
        us.take(key, START, "To Do")
    assert us.take(key, START, "To Do")
    assert len(world.issue(key).changes) == 1


def test_what_leads_on_from_a_status_is_seen_at_any_ticket_that_has_it(
    world: SmallJira, us: Jira, key: str
) -> None:
    kim = world.jira.people["kim"]
    transit(world.jira, kim, world.issue(key), "21", {})
    found = us.sample("DEMO", "Fejl", "In Progress")
    assert world.issue(found).status == "In Progress"
    assert us.sample("DEMO", "Fejl", 'Ukendt" OR status = "To Do') == ""
    standing = us.standing(found)
    assert standing[:3] == ("DEMO", "Fejl", "In Progress")
    assert [one.name for one in standing.transitions] == ["Resolve"]


def test_a_copy_is_made_once_found_again_and_brought_up_to_date(
    world: SmallJira, us: Jira, key: str
) -> None:
    world.jira.limits.faults.append(read_fault("reset-after-write", "POST", "/comment$"))
    with pytest.raises(TrackerUnavailable):
        us.put_comment(key, MARK, "Hej")
    made = us.put_comment(key, MARK, "Hej")
    assert us.put_comment(key, MARK, "Hej igen", made) == made
    assert us.put_comment(key, MARK, "Hej igen", made) == made
    (comment,) = us.read(key).read.comments
    assert (comment.id, comment.body, comment.ours, comment.copy_of) == (
        *(made, "Hej igen", True),
        MARK,
    )
    assert [verb for verb, path, _ in world.writes if "comment" in path] == ["POST", "PUT"]
    assert us.delete_comment(key, made)
    assert not us.delete_comment(key, made)
    with pytest.raises(Unacceptable, match="is gone"):
        us.put_comment(key, MARK, "Hej", made)


def test_what_somebody_made_of_our_copy_is_neither_overwritten_nor_deleted(
    world: SmallJira, us: Jira, key: str
) -> None:
    known = us.put_comment(key, MARK, "Hej", expects="")
    (ours,) = world.issue(key).comments
    ours.body = "Hej, siger Ida"  # who may edit all comments
    before = world.writes
    for remembered in (known, ""):
        assert us.put_comment(key, MARK, "Hej igen", remembered, "Hej") == ""
    assert not us.delete_comment(key, known, "Hej")
    assert (ours.body, world.writes) == ("Hej, siger Ida", before)
    assert us.put_comment(key, MARK, "Hej igen", known, "Hej, siger Ida") == known
    assert us.delete_comment(key, known, "Hej igen")


def test_what_a_creation_asks_for_is_told_and_given(world: SmallJira, us: Jira) -> None:
    assert us.asked_at_creation("DEMO", "fejl") == ()
    kind = next(id_ for id_, one in world.jira.fields.items() if one.name == "Alvor")
    project = world.jira.projects["DEMO"]
    project.asks_for = (kind, "duedate")
    try:
        assert set(us.asked_at_creation("DEMO", "Fejl")) == {"Alvor", "Due date"}
        with pytest.raises(Unacceptable, match="required"):
            us.create(replace(NEW, mark="github:101#8"), begun=False)
        given = {"alvor": "stor", "due": "2026-03-05", "Resolution": "Done"}
        made = us.create(replace(NEW, mark="github:101#8", given=given), begun=False)
        assert (made.value("alvor"), made.value("due")) == ("Stor", "2026-03-05")
        wild = replace(NEW, mark="github:101#9", given={**given, "alvor": "Vild"})
        with pytest.raises(Unacceptable, match="takes Stor, Lille"):
            us.create(wild, begun=False)
    finally:
        project.asks_for = ()
    with pytest.raises(Unacceptable, match="takes Opgave, Fejl"):
        us.asked_at_creation("DEMO", "Epos")
    with pytest.raises(NoTicket):
        us.asked_at_creation("LUKKET", "Fejl")


def test_whether_a_project_is_there_for_us_is_told(us: Jira) -> None:
    assert us.browses("DEMO")
    assert us.browses("LUKKET")
    assert not us.browses("FINDES_IKKE")


def test_what_somebody_else_said_is_neither_changed_nor_deleted(
    world: SmallJira, us: Jira, key: str
) -> None:
    kept = {"key": "os2kb", "value": {"mark": MARK}}
    said = world.http("kim").post(f"/issue/{key}/comment", json={"body": "A", "properties": [kept]})
    theirs = said.json()["id"]
    with pytest.raises(Unacceptable, match="not ours"):
        us.put_comment(key, MARK, "B", theirs)
    with pytest.raises(Unacceptable, match="not ours"):
        us.delete_comment(key, theirs)
    assert us.put_comment(key, MARK, "B") != theirs
    first, second = us.read(key).read.comments
    assert (first.copy_of, second.copy_of) == ("", MARK)


def test_a_ticket_that_is_archived_is_read_and_not_written(
    world: SmallJira, us: Jira, key: str
) -> None:
    world.issue(key).archived = True
    assert us.read(key).read.archived
    with pytest.raises(Denied, match="archived"):
        us.change(key, "title", "Nyt", NEW.summary)
    with pytest.raises(Denied, match="archived"):
        us.put_comment(key, MARK, "Hej")
