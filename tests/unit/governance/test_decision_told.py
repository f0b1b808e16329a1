"""What `/os2 why` and `os2kb plan` say of a decision: where it stands, and what is in its way."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from os2kb.cli.subjects import show_plan
from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.entry import entry_of
from os2kb.decisions.proposal.seen import Home, Log, Made, Proposal, Review
from os2kb.governance.decide import decide
from os2kb.governance.decision_log.made import decided, origin_of
from os2kb.governance.decision_log.noted import LOGGED
from os2kb.governance.facts import Facts, Role, TurnEvent
from os2kb.governance.plan_json import plan_json
from os2kb.phrases import Phrase
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import BO, IDA, NOW, body, comment, issue, plan, policy, receipt

POLICY = policy(
    "mode: act\nlanguage: da\ncommands: {decide: maintain}\n"
    "decisions: {repository: os2demo/log, label: Beslutning}\n"
)
HOME = Home(9, "os2demo/log", "main", "abc", "https://github.example/os2demo/log")
OPEN = Proposal("beslutning/7-42", head="c1", number=12)
ENTRY = Decision(
    "Fælles drift", date(2026, 3, 2), "Accepteret", id="42", issue="os2demo/os2demo#42"
)
BY_LABEL = "Det er en beslutning, fordi issuet er lukket som løst med etiketten “Beslutning”."
MUST_APPROVE = "Den mangler en godkendelse af en, der må skrive i os2demo/log, og som hverken"


def closed(reason: str = "completed", **changes: object) -> Facts:
    turn = TurnEvent("closed", IDA, NOW - timedelta(minutes=5))
    labels = ("Beslutning",)
    return replace(
        issue(), open=False, state_reason=reason, turns=(turn,), labels=labels, **changes
    )  # type: ignore[arg-type]


def with_log(facts: Facts, proposal: Proposal = OPEN, *entries: Decision, **home: object) -> Facts:
    found = tuple(Entry(one, "files", "beslutninger/faelles-drift.md") for one in entries)
    at = replace(HOME, **home)  # type: ignore[arg-type]
    return replace(facts, log=Log(at, "beslutninger", "files", found, proposal))


def told(facts: Facts, by: object = POLICY) -> list[str]:
    return [one.da for one in decide(facts, by, "observe", NOW).decision]  # type: ignore[arg-type]


def reviewed(login: str, opinion: str = "approved", commit: str = "c1", may: bool = True) -> Review:
    return Review(login, opinion, commit, may)  # type: ignore[arg-type]


def test_a_proposal_tells_why_it_is_one_and_who_must_approve_it() -> None:
    first, second, third, last = told(with_log(closed()))
    assert (first, second) == (BY_LABEL, "Den regnes for foreslået af ida.")
    assert third == "Den er foreslået til os2demo/log som nr. 42 i os2demo/log#12."
    assert last.startswith(MUST_APPROVE)


@pytest.mark.parametrize(
    ("review", "why"),
    [
        (reviewed("Ida"), "Ida har godkendt, men har selv foreslået den."),
        (reviewed("kim"), "kim har godkendt, men har selv skrevet i den."),
        (
            reviewed("bo", may=False),
            "bo har godkendt, men må ikke skrive i loggens repository.",
        ),
        (
            reviewed("bo", commit="c0"),
            "bo har godkendt, men det var en anden tekst end den, der står nu.",
        ),
        (reviewed("bo", "changes_requested"), "bo har bedt om ændringer."),
    ],
)
def test_an_approval_that_does_not_count_is_told_with_its_reason(review: Review, why: str) -> None:
    proposal = replace(OPEN, reviews=(review,), writers=frozenset({"kim"}))
    *_, lacking, said = told(with_log(closed(), proposal))
    assert lacking.startswith(MUST_APPROVE)
    assert said == why


def test_one_that_counts_is_all_it_takes() -> None:
    proposal = replace(OPEN, reviews=(reviewed("bo"), reviewed("ida")))
    *_, can, other = told(with_log(closed(), proposal))
    assert can == "bo har godkendt den, så den kan flettes."
    assert other.startswith("ida har godkendt, men")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (with_log(closed(), Proposal("b")), "Den foreslås til os2demo/log som nr. 42."),
        (
            with_log(
                replace(closed(), repository=replace(issue().repository, private=True)),
                Proposal("b"),
            ),
            "Issuet er privat og loggen os2demo/log offentlig, så beslutningen foreslås ikke dér.",
        ),
        (with_log(closed(), Proposal("b"), archived=True), "Den kan ikke foreslås til os2demo/log"),
        (
            with_log(closed(), replace(OPEN, state="closed", closed_at=NOW)),
            "os2demo/log#12 blev lukket uden at blive flettet, så den står ikke i os2demo/log.",
        ),
        (
            with_log(closed(), replace(OPEN, state="merged")),
            "os2demo/log#12 er flettet, men beslutningen står ikke længere i os2demo/log.",
        ),
        (
            with_log(closed("not_planned")),
            "Forslaget os2demo/log#12 til os2demo/log gælder ikke længere.",
        ),
        (
            closed(log_problem=Phrase("den er væk.", "it is gone.")),
            "Beslutningsloggen kan ikke læses: den er væk.",
        ),
    ],
)
def test_what_stands_in_the_way_is_told(facts: Facts, says: str) -> None:
    assert told(facts)[-1].startswith(says)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (closed("not_planned"), "Issuet er lukket som ikke planlagt eller som en dublet"),
        (replace(closed(), turns=()), "Det er ikke sagt endnu, hvem der lukkede issuet"),
        (issue(labels=("Beslutning",)), "Det bliver en beslutning, når issuet lukkes som løst med"),
    ],
)
def test_where_nothing_was_decided_it_is_told_what_that_takes(facts: Facts, says: str) -> None:
    assert [one.startswith(says) for one in told(facts)] == [True]


def test_a_decision_that_is_old_is_left_to_people() -> None:
    long_ago = TurnEvent("closed", IDA, NOW - timedelta(days=40))
    *_, last = told(with_log(replace(closed(), turns=(long_ago,)), Proposal("b")))
    assert last.startswith("Beslutningen var mere end tredive dage gammel")


def test_an_entry_is_told_with_who_let_it_in_what_changed_since_and_what_replaced_it() -> None:
    merged = replace(OPEN, state="merged", merged_by="kim", reviews=(reviewed("bo"),))
    before = with_log(closed(), merged, ENTRY)
    assert told(before)[-2:] == [
        "Den står i os2demo/log som nr. 42: Accepteret.",
        "Den kom i loggen med os2demo/log#12, godkendt af bo, flettet af kim.",
    ]
    noted = applied(before, decide(before, POLICY, "act", NOW).writes())
    now = replace(ENTRY, title="Drift", status_text="Erstattet", superseded_by=("43", "drift.md"))
    assert told(with_log(noted, merged, now))[-2:] == [
        "Siden den kom i loggen, er dette rettet dér: titel, status, hvad den er erstattet af.",
        "Den er erstattet af 43, drift.md.",
    ]


def test_of_a_private_log_a_public_issue_tells_neither_titles_nor_names_of_files() -> None:
    replaced = replace(ENTRY, status_text="Erstattet", superseded_by=("43", "hemmelig-drift.md"))
    said = "\n".join(told(with_log(closed(), Proposal("b"), replaced, private=True)))
    assert "Den er erstattet af 43." in said
    assert "Indførslen er skrevet i hånden." in said
    assert "drift" not in said.replace("Indførslen", "")


def test_of_a_private_log_a_public_issue_names_none_of_its_people() -> None:
    reviews = (reviewed("bo"), reviewed("kim", commit="c0"), reviewed("Ida", "changes_requested"))
    waits = with_log(closed(), replace(OPEN, reviews=reviews), private=True)
    assert told(waits)[-3:] == [
        "Den er godkendt, så den kan flettes.",
        "nogen har godkendt, men det var en anden tekst end den, der står nu.",
        "nogen har bedt om ændringer.",
    ]
    merged = replace(OPEN, state="merged", merged_by="kim", reviews=reviews)
    entered = with_log(closed(), merged, ENTRY, private=True)
    noted = applied(entered, decide(entered, POLICY, "act", NOW).writes())
    later = with_log(noted, merged, replace(ENTRY, title="Hemmelig drift"), private=True)
    assert told(later)[-1] == "Den kom i loggen med os2demo/log#12."
    for facts in (waits, entered):
        said = body(facts, "comment:decision", POLICY)
        assert not re.search(r"\b(?:bo|kim|Ida)\b", said)
    assert "Den er godkendt, så den kan flettes." in body(waits, "comment:decision", POLICY)


def test_nobody_approved_what_was_merged_all_the_same() -> None:
    merged = replace(OPEN, state="merged", merged_by="ida", reviews=(reviewed("ida"),))
    facts = with_log(closed(), merged, ENTRY)
    assert told(facts)[-2:] == [
        "Den kom i loggen med os2demo/log#12 uden godkendelse, flettet af ida.",
        "ida har godkendt, men har selv foreslået den.",
    ]
    assert "- **Flettet uden godkendelse**" in body(facts, "comment:decision", POLICY)


def noted(facts: Facts) -> dict[str, object]:
    """What our ledger keeps of the entry once the plan was carried out."""
    (note,) = [one for one in decide(facts, POLICY, "act", NOW).writes() if one.key == LOGGED]
    return json.loads(note.content)


def test_who_approved_only_after_the_merge_is_told_apart_and_changes_nothing_of_it() -> None:
    merged = replace(OPEN, state="merged", merged_by="kim", commit="m1")
    later = replace(merged, later=(reviewed("bo"), reviewed("ida"), reviewed("kim", may=False)))
    for facts in (
        with_log(closed(), later, ENTRY),
        with_log(
            applied(
                with_log(closed(), merged, ENTRY),
                decide(with_log(closed(), merged, ENTRY), POLICY, "act", NOW).writes(),
            ),
            later,
            ENTRY,
        ),
    ):
        said = body(facts, "comment:decision", POLICY)
        assert "- **Flettet uden godkendelse**\n- Godkendt bagefter af `bo`\n" in said
        assert "- Godkendt af" not in said
        assert "uden godkendelse, flettet af kim." in "\n".join(told(facts))
        assert told(facts)[-1] == "Den er godkendt bagefter af bo."
        assert (noted(facts)["approved_by"], noted(facts)["approved_later"]) == ([], ["bo"])


def test_who_had_approved_it_stays_so_when_they_may_write_there_no_more() -> None:
    merged = replace(OPEN, state="merged", merged_by="kim", commit="m1", reviews=(reviewed("bo"),))
    before = with_log(closed(), merged, ENTRY)
    after = applied(before, decide(before, POLICY, "act", NOW).writes())
    gone = replace(merged, reviews=(reviewed("bo", may=False),))
    assert told(with_log(after, gone, ENTRY))[-1].endswith("godkendt af bo, flettet af kim.")
    assert decide(with_log(after, gone, ENTRY), POLICY, "act", NOW).writes() == ()


def test_of_a_private_log_a_public_issue_tells_that_nobody_had_approved_it_and_no_names() -> None:
    merged = replace(OPEN, state="merged", merged_by="kim", later=(reviewed("bo"),))
    facts = with_log(closed(), merged, ENTRY, private=True)
    assert told(facts)[-2:] == [
        "Den kom i loggen med os2demo/log#12 uden godkendelse.",
        "Den er godkendt bagefter af nogen.",
    ]
    said = body(facts, "comment:decision", POLICY)
    assert "- **Flettet uden godkendelse**\n- Godkendt bagefter\n" in said
    assert not re.search(r"\b(?:bo|kim)\b", said)


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (POLICY, "bo skrev /os2 decide, men må ikke beslutte her; det er for dem med rollen"),
        (
            policy("mode: act\ndecisions: {repository: os2demo/log}\n"),
            "bo skrev /os2 decide, men det må ingen her, før policyen siger hvem",
        ),
        (policy("mode: act\n"), "/os2 decide har intet at foreslå til: policyen har ingen"),
    ],
)
def test_who_was_refused_a_decision_is_told_why(by: object, says: str) -> None:
    asked = issue(comments=(comment("/os2 decide Vi deler driften.", author=BO),))
    done = applied(asked, decide(asked, by, "act", NOW).writes())  # type: ignore[arg-type]
    assert told(done, by)[-1].startswith(says)


def test_who_may_decide_is_not_told_that_they_may_not() -> None:
    asked = issue(
        comments=(comment("/os2 decide Vi deler driften.", author=BO),), roles={"bo": Role.MAINTAIN}
    )
    done = replace(applied(asked, decide(asked, POLICY, "act", NOW).writes()), roles={})
    assert told(done) == ["Det er en beslutning, fordi bo skrev /os2 decide."]


def test_a_decision_that_was_taken_back_says_so() -> None:
    note = decided("bo", "Vi deler driften.", NOW, "/os2 decide")
    kept = receipt(note.key, "/os2 decide", "undone", content=note.content)
    assert told(with_log(issue(receipts=(kept,)), Proposal("b")))[0] == (
        "Beslutningen blev taget tilbage med /os2 undo."
    )


def test_of_a_text_that_holds_what_must_not_be_passed_on_only_that_is_told() -> None:
    private = replace(with_log(closed(), Proposal("b")), body="Borgeren 010180-1234 klager.")
    assert told(private)[0].startswith("Teksten ser ud til at rumme noget, der ikke må gives")
    assert not any("foreslås til" in one for one in told(private))


def test_nothing_is_told_where_no_decision_is_at_stake() -> None:
    assert told(issue()) == []
    assert told(replace(issue(), comments=(comment("Vi må decide noget"),))) == []


def test_why_tells_it_harmlessly_and_so_does_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = with_log(replace(closed(), comments=(comment("/os2 why"),)))
    said = body(asked, "comment:reply:77", POLICY)
    assert "Om beslutningen:\n\n- Det er en beslutning" in said
    assert "os2demo/log#<!-- -->12" in said
    made = plan(asked, POLICY)
    assert plan_json(made, "en")["decision"][1] == "It counts as proposed by ida."
    assert json.loads(json.dumps(plan_json(made, "da"))) == plan_json(made, "da")
    show_plan(made, "da", as_json=False)
    assert f"Beslutning\n  {BY_LABEL[:60]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Fejl: Ingen kan logge ind", "Ingen kan logge ind"),
        ("[Bug] Ingen kan logge ind", "Ingen kan logge ind"),
        ("Forslag: Fælles drift", "Fælles drift"),
        ("[Beslutning] Fælles drift", "Fælles drift"),
        ("Beslutning: Fælles drift", "Fælles drift"),
        ("Drift: fælles eller ej?", "Drift: fælles eller ej?"),
        ("Fejl:", "Fejl:"),
    ],
)
def test_an_entry_is_called_what_was_decided_without_what_kind_of_issue_it_was(
    title: str, kept: str
) -> None:
    made = entry_of(origin_of(issue(title), POLICY), Made("ida", NOW), "42")
    assert made.title == kept


def test_what_stands_in_a_log_does_nothing_in_the_reply() -> None:
    hostile = ("@ida lukker \N{RIGHT-TO-LEFT OVERRIDE}", "\0[x](javascript:y)\ud800 <b>`")
    replaced = replace(ENTRY, status_text="Erstattet", superseded_by=hostile)
    asked = replace(closed(), comments=(comment("/os2 why"),))
    said = body(with_log(asked, Proposal("b"), replaced), "comment:reply:77", POLICY)
    assert "Den er erstattet af @<!-- -->ida lukker, " in said
    assert not [part for part in ("](javascript", "<b>") if part in said]
    assert not set("\N{RIGHT-TO-LEFT OVERRIDE}\0\ud800") & set(said)
