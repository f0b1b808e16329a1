"""What a ticket shows and is told of a decision: once, as it stands, and nothing of anybody's."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from os2kb.backlog.markup.document import Paragraph
from os2kb.backlog.markup.wiki.reading import read_wiki
from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Home, Log, Made, Proposal, Review
from os2kb.governance.actions import LinkTicket, ShowDecision, TellOfDecision, Undo
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.undo import undo
from os2kb.governance.decide import decide
from os2kb.governance.decision_log.actions import decision_actions
from os2kb.governance.decision_log.standing import Stage, Standing, standing_here
from os2kb.governance.decision_log.ticket import ticket_actions
from os2kb.governance.escalation.from_facts import standing_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import ALREADY_SO
from os2kb.governance.plan_json import plan_json
from os2kb.governance.receipts import State
from os2kb.governance.tickets.ticket import NamedTicket
from os2kb.governance.tickets.told import why_ticket
from os2kb.phrases import Phrase
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import NOW, issue, policy
from tests.unit.governance.tickets.tickets import linked, ticket

POLICY = policy(
    "mode: act\nlanguage: da\njira: {project: DEMO}\ndecisions: {repository: os2demo/log}\n"
)
HOME = Home(9, "os2demo/log", "main", "abc", "https://github.example/os2demo/log")
LOG = Log(HOME, "beslutninger", "files")
URL = "https://github.example/os2demo/log/blob/main/beslutninger/faelles.md"
DAY = date(2026, 3, 2)
ACCEPTED = Decision("Fælles drift", DAY, "Accepteret", id="42")
Written = ShowDecision | TellOfDecision | Undo


def written(
    facts: Facts, decision: Decision | None = ACCEPTED, stage: Stage = "logged", later: int = 0
) -> list[Written]:
    entry = Entry(decision, "files", "beslutninger/faelles.md") if decision else None
    stands = Standing(stage, entry=entry)
    return list(ticket_actions(facts, POLICY, LOG, stands, NOW + timedelta(hours=later))[0])


def told(facts: Facts, decision: Decision = ACCEPTED) -> list[str]:
    return [one.body for one in written(facts, decision) if isinstance(one, TellOfDecision)]


def after(facts: Facts, *decisions: Decision) -> Facts:
    """When each of these stood in the log for a while."""
    for one in decisions:
        facts = applied(facts, tuple(written(facts, one)))
    return facts


def left(facts: Facts, state: State, note: str = "") -> Facts:
    """The same, but for what became of the last write."""
    *before, last = facts.receipts
    return replace(facts, receipts=(*before, replace(last, state=state, note=note)))


def test_a_decision_in_the_log_is_shown_and_told_once() -> None:
    facts = linked(issue())
    show, tell = written(facts)
    assert show == ShowDecision(
        ticket="10007",
        url=URL,
        title="Beslutning 42: Fælles drift",
        kind="Beslutning",
        status="Accepteret, 2026-03-02",
        over=False,
        because="decision",
    )
    assert isinstance(tell, TellOfDecision)
    assert tell.body == f"Beslutning 42 er godkendt: [Fælles drift|{URL}]"
    assert written(applied(facts, (show, tell))) == []


@pytest.mark.parametrize(
    ("reviews", "became"),
    [
        ((), "kom i loggen uden godkendelse"),
        ((Review("bo", "approved", "c1", True),), "er godkendt"),
    ],
)
def test_what_was_merged_unapproved_is_told_as_that(
    reviews: tuple[Review, ...], became: str
) -> None:
    merged = Proposal("b", "c1", 3, "merged", merged_by="kim", commit="m1", reviews=reviews)
    stands = Standing("logged", Made("ida", NOW), Entry(ACCEPTED, "files", "beslutninger/f.md"))
    log = replace(LOG, proposal=merged)
    actions, _ = ticket_actions(linked(issue()), POLICY, log, stands, NOW)
    (tell,) = [one for one in actions if isinstance(one, TellOfDecision)]
    assert tell.body.startswith(f"Beslutning 42 {became}: [Fælles drift|")


@pytest.mark.parametrize(
    ("facts", "by"),
    [
        (issue(), POLICY),
        (linked(issue(), ticket(project="ANDET")), POLICY),
        (linked(issue()), policy("decisions: {repository: os2demo/log}\n")),
    ],
    ids=["no ticket", "moved to another project", "no Jira in the Policy"],
)
def test_where_there_is_no_ticket_of_the_product_nothing_is_written(facts, by) -> None:
    stands = Standing("logged", entry=Entry(ACCEPTED, "files", "a.md"))
    assert ticket_actions(facts, by, LOG, stands, NOW) == ((), None)


def test_a_ticket_that_cannot_be_read_now_is_left_until_it_can() -> None:
    facts = linked(issue())
    assert facts.ticket is not None
    away = replace(facts.ticket, ticket=None, unread=Phrase("503", "503"), may_come=True)
    assert written(replace(facts, ticket=away)) == []


@pytest.mark.parametrize("stage", ["proposed", "refused", "withdrawn", "private", "stuck"])
def test_before_it_stands_in_the_log_nothing_is_written(stage: Stage) -> None:
    assert written(linked(issue()), None, stage) == []


@pytest.mark.parametrize("withheld", [False, True])
def test_of_an_issue_whose_text_may_not_be_forwarded_nothing_is_written(*, withheld: bool) -> None:
    entry = Entry(replace(ACCEPTED, issue="os2demo/os2demo#42"), "files", "beslutninger/faelles.md")
    merged = Proposal("beslutning/7-42", number=3, state="merged")
    facts = linked(issue(log=replace(LOG, entries=(entry,), proposal=merged)))
    stands = standing_here(facts, POLICY, NOW, withheld=withheld)
    done, _ = decision_actions(facts, POLICY, stands, NOW, withheld=withheld)
    written = [one for one in done if isinstance(one, ShowDecision | TellOfDecision)]
    assert len(written) == (0 if withheld else 2)


def test_however_long_a_title_is_jira_takes_it() -> None:
    endless = replace(ACCEPTED, title="å" * 300_000, status_text="Erstattet")
    endless = replace(endless, superseded_by=tuple(f"{n}" for n in range(1, 9_000)))
    show, tell = written(linked(issue()), endless)
    assert isinstance(show, ShowDecision)
    assert isinstance(tell, TellOfDecision)
    assert len(show.title) <= 255
    assert len(tell.body) <= 1_000


def test_a_new_title_mends_the_link_and_is_not_told() -> None:
    facts = after(linked(issue()), ACCEPTED)
    (show,) = written(facts, replace(ACCEPTED, title="Fælles drift i skyen"))
    assert isinstance(show, ShowDecision)
    assert show.title == "Beslutning 42: Fælles drift i skyen"


def test_each_new_status_is_told_once_also_where_it_comes_back() -> None:
    replaced = replace(ACCEPTED, status_text="Erstattet af SDR-43")
    facts = after(linked(issue()), ACCEPTED)
    assert told(facts, replaced) == [f"Beslutning 42 er erstattet af 43: [Fælles drift|{URL}]"]
    (show, _) = written(facts, replaced)
    assert isinstance(show, ShowDecision)
    assert (show.status, show.over) == ("Erstattet, 2026-03-02", True)
    facts = after(facts, replaced)
    assert told(facts, replaced) == []
    assert told(facts) == [f"Beslutning 42 er godkendt: [Fælles drift|{URL}]"]
    keys = [one.action for one in after(facts, ACCEPTED).receipts]
    assert [one for one in keys if one.startswith("ticket:tell:")] == [
        "ticket:tell:10007:accepted:1",
        "ticket:tell:10007:superseded:1",
        "ticket:tell:10007:accepted:2",
    ]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("Afvist", ["Beslutning 42 er afvist"]),
        ("Udgået", ["Beslutning 42 er udgået"]),
        ("Forslag", []),
        ("Hvem ved?", []),
    ],
)
def test_only_what_became_of_a_decision_is_worth_a_comment(status: str, says: list[str]) -> None:
    bodies = told(linked(issue()), replace(ACCEPTED, status_text=status))
    assert [one.partition(":")[0] for one in bodies] == says


@pytest.mark.parametrize(
    "title",
    ["[~ida] og [~accountid:712020:ida]", "{color:red}@ida{color}", "h1. !x! |a|b] *fed*", "# 1 ​‮x"],
)
def test_a_title_does_nothing_in_jiras_wiki_text(title: str) -> None:
    (body,) = told(linked(issue()), replace(ACCEPTED, title=title))
    (block,) = read_wiki(body).blocks
    assert isinstance(block, Paragraph)
    shown = "".join(run.text for line in block.text for run in line)
    assert shown == f"Beslutning 42 er godkendt: {replace(ACCEPTED, title=title).title}"
    assert {run.link for line in block.text for run in line} == {"", URL}


@pytest.mark.parametrize("title", ["Skriv til ida@example.org\ud800", "Ring til tlf. 20 30 40 50"])
def test_a_title_with_personal_data_stays_where_it_is(title: str) -> None:
    show, tell = written(linked(issue()), replace(ACCEPTED, title=title))
    assert isinstance(show, ShowDecision)
    assert isinstance(tell, TellOfDecision)
    assert show.title == "Beslutning 42"
    assert tell.body == f"[Beslutning 42 er godkendt|{URL}]"
    numbered = written(linked(issue()), replace(ACCEPTED, title="Adgang for 010190-1234"))
    assert "1234" not in str(numbered)


def test_a_link_that_a_person_took_off_stays_off() -> None:
    facts = after(linked(issue()), ACCEPTED)
    renamed = replace(ACCEPTED, title="Nyt navn")
    facts = left(after(facts, renamed), "skipped", ALREADY_SO)
    assert written(facts, renamed) == []


def test_what_jira_refused_is_tried_again_the_next_day_and_why_says_so() -> None:
    facts = left(applied(linked(issue()), (written(linked(issue()))[0],)), "skipped", "nej")
    assert [type(one) for one in written(facts)] == [TellOfDecision]
    assert [type(one) for one in written(facts, later=25)] == [ShowDecision, TellOfDecision]
    assert "Jira afviste linket til beslutningen" in why(facts)


def test_it_is_looked_at_a_day_later_whether_jira_refused_and_then_no_more() -> None:
    stands = Standing("logged", entry=Entry(ACCEPTED, "files", "beslutninger/faelles.md"))
    facts = linked(issue())
    done, again = ticket_actions(facts, POLICY, LOG, stands, NOW)
    assert again == NOW + timedelta(days=1)
    assert ticket_actions(applied(facts, done), POLICY, LOG, stands, again) == ((), None)


def test_what_was_sent_and_never_answered_is_sent_again_under_the_same_name() -> None:
    facts = linked(issue())
    (_, tell) = written(facts)
    assert written(left(after(facts, ACCEPTED), "planned")) == [tell]


def test_an_entry_that_was_removed_takes_its_link_along_and_a_new_one_brings_it_back() -> None:
    facts = after(linked(issue()), ACCEPTED)
    (back,) = written(facts, None, "gone")
    assert isinstance(back, Undo)
    assert back.receipt.action == "ticket:show:10007"
    facts = applied(facts, (back,))
    assert facts.ticket is not None
    assert written(facts, None, "gone") == []
    assert [type(one) for one in written(facts)] == [ShowDecision]


def test_undoing_the_link_to_the_ticket_takes_the_decision_off_it_first() -> None:
    facts = linked(issue(named_tickets={"DEMO-7": NamedTicket(ticket())}))
    facts = applied(facts, (LinkTicket("DEMO-7", because="/os2 jira"), *written(facts)))
    linked_by = replace(facts.receipts[0], plan=1)
    facts = replace(facts, receipts=(linked_by, *facts.receipts[1:]))
    taken = undo(Command("undo", "", 1, "kim"), facts, POLICY).actions
    assert [one.key for one in taken] == ["undo:ticket:show:10007", "undo:ticket:link:DEMO-7"]


def test_why_tells_what_the_ticket_shows_and_heard() -> None:
    said = why(after(linked(issue()), ACCEPTED))
    assert "Ticketen har et link til beslutningen i loggen." in said
    assert "Ticketen har fået at vide, at beslutningen er godkendt." in said
    assert "beslutningen" not in why(linked(issue()))


def why(facts: Facts) -> str:
    stands = standing_of(facts, POLICY, NOW)
    return "\n".join(why_ticket(facts, POLICY, stands, NOW))


def test_the_plan_is_printed_with_what_goes_to_the_ticket() -> None:
    facts = linked(issue())
    plan = replace(decide(facts, POLICY, "act", NOW), actions=tuple(written(facts)))
    show, tell = json.loads(json.dumps(plan_json(plan, "da")))["actions"]
    assert (show["kind"], show["title"], show["status"]) == (
        *("show-decision", "Beslutning 42: Fælles drift"),
        "Accepteret, 2026-03-02",
    )
    assert (tell["kind"], tell["ticket"], tell["writes"]) == ("tell-of-decision", "10007", True)
