"""`/os2 pause`, `/os2 resume` and `/os2 ignore`, and what `/os2 recheck` says meanwhile."""

from dataclasses import replace

import pytest

from os2kb.governance.commands.given.pending import pending_questions
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import own_comment
from tests.unit.governance.asked import after, effects, given, said
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    BO,
    NOW,
    POLICY,
    body,
    checks,
    comment,
    issue,
    keys,
    plan,
    pull,
)


def test_a_pause_stops_every_write_but_replies() -> None:
    asked = given("/os2 pause", pull())
    assert keys(asked) == ["hold:pause", "command:30", "comment:reply:30"]
    paused = applied(asked, plan(asked).writes())
    assert keys(paused) == []
    assert keys(given("/os2 help", paused, number=40)) == ["comment:reply:40"]
    assert "Jeg holder pause her" in said(given("/os2 why", paused, number=40), 40)


def test_a_pause_does_not_silence_what_looks_like_a_vulnerability() -> None:
    paused = after("/os2 pause", issue(labels=("Bug",)))
    report = replace(paused, title="XSS i søgefeltet", history=())
    assert keys(report) == ["label:add:It-sikkerhed", "comment:security"]
    told = applied(report, plan(report).writes())
    assert keys(told) == []
    assert keys(after("/os2 ignore security-report", told, 40)) == []


def test_what_a_person_asks_for_is_done_in_a_pause() -> None:
    assert after("/os2 label Bug", after("/os2 pause", pull()), 40).labels == ("Bug",)


def test_resuming_takes_up_what_is_due() -> None:
    resumed = after("/os2 resume", after("/os2 pause", pull()), 40)
    assert set(resumed.labels) == {"mangler issue", "mangler changelog"}


def test_an_ignored_rule_has_nothing_to_say_and_takes_its_label_back() -> None:
    judged = applied(pull(), plan(pull()).writes())
    asked = given("/os2 ignore linked-issue", judged)
    quiet = applied(asked, plan(asked).writes())
    assert quiet.labels == ("mangler changelog",)
    findings = {one.rule: one.verdict for one in plan(quiet).findings}
    assert findings["linked-issue"] == "n/a"
    assert findings["changelog"] == "fail"
    assert "/os2 ignore" in said(given("/os2 why", quiet, number=40), 40)


def standing(text: str, facts: Facts) -> Facts:
    """The subject, on which everything was told before the command was carried out."""
    return after(text, applied(facts, plan(facts).writes()))


def status(facts: Facts) -> str:
    ours = own_comment(facts, "status")
    assert ours is not None
    return ours.body


def test_what_is_left_out_is_never_told_as_well() -> None:
    quiet = standing("/os2 ignore linked-issue\n/os2 ignore changelog", pull())
    told = "jeg ser bort fra 2 regler (kim har bedt om det: `linked-issue`, `changelog`)."
    assert f"Intet at rette; {told}" in status(quiet)
    assert "følger" not in status(quiet)
    assert "<details>" not in status(quiet)  # there is nothing to fold
    rechecked = said(given("/os2 recheck", quiet, number=40), 40)
    assert "på plads" not in rechecked
    assert "fandt ikke noget, der skal rettes.\n\nJeg ser bort fra 2 regler (kim" in rechecked
    why = said(given("/os2 why", quiet, number=40), 40)
    assert "`changelog` **gælder ikke** (anbefaling): kim har skrevet /os2 ignore" in why
    assert why.count("Det kan ændre sig, når nogen skriver /os2 resume.") == 2


def test_what_is_left_out_is_told_beside_what_has_to_be_mended_and_what_is_advised() -> None:
    missing = standing("/os2 ignore changelog", pull())
    assert "Én ting skal rettes" in status(missing)
    assert "Jeg ser bort fra én regel (kim har bedt om det: `changelog`)." in status(missing)
    advised = standing("/os2 ignore linked-issue", pull())
    assert "Intet at rette; jeg ser bort fra én regel (kim" in status(advised)
    assert "Overvej også:" in status(advised)
    assert "følger kravene" not in said(given("/os2 recheck", advised, number=40), 40)
    english = standing("/os2 ignore", pull(language="en"))
    assert "Nothing to mend; I leave out 2 rules (kim asked for it: `li" in status(english)


def test_who_left_a_rule_out_is_told_while_their_comment_stands() -> None:
    quiet = standing("/os2 ignore changelog", pull())
    gone = replace(quiet, comments=tuple(one for one in quiet.comments if one.author.is_self))
    assert "nogen har bedt om det: `changelog`" in body(gone, "comment:status")
    both = after("/os2 ignore", gone, 40)
    assert "(kim og nogen har bedt om det: `linked-issue`, `changelog`)" in status(both)


def test_ignoring_everything_leaves_the_alarms() -> None:
    quiet = after("/os2 ignore", pull())
    assert quiet.labels == ()
    report = replace(quiet, title="XSS i søgefeltet")
    assert keys(report) == ["label:add:It-sikkerhed", "comment:security"]


def test_a_false_alarm_is_ignored_by_its_name_and_questions_are_answered_again() -> None:
    asked = issue("XSS i søgefeltet", comments=(comment("/os2 ask Hvem retter det?", 20),))
    assert pending_questions(asked, POLICY, NOW) == ()
    quiet = after("/os2 ignore security-report", asked)
    unanswered = replace(quiet, comments=(comment("/os2 ask Hvem retter det?", 50),))
    assert pending_questions(unanswered, POLICY, NOW) == ((50, "Hvem retter det?"),)


@pytest.mark.parametrize("text", ["/os2 resume linked-issue", "/os2 undo"])
def test_an_ignored_rule_holds_again_when_a_person_says_so(text: str) -> None:
    quiet = after("/os2 ignore linked-issue", pull())
    assert "mangler issue" not in quiet.labels
    assert "mangler issue" in after(text, quiet, 40).labels


def test_resuming_names_the_rules_that_are_still_left_out() -> None:
    quiet = after("/os2 pause", after("/os2 ignore linked-issue", pull()), 40)
    assert "Jeg ser stadig bort fra `linked-issue`" in said(
        given("/os2 resume", quiet, number=50), 50
    )


@pytest.mark.parametrize("reason", ["fordi det er en test", ", hemmeligt", ": aftalt på mødet"])
def test_a_reason_may_follow_the_rule_and_is_not_repeated(reason: str) -> None:
    asked = given(f"/os2 ignore `linked-issue` {reason}", pull())
    assert said(asked).startswith("Jeg ser bort fra `linked-issue` her, indtil")
    quiet = applied(asked, plan(asked).writes())
    resumed = after(f"/os2 resume linked-issue {reason}", quiet, 40)
    assert "mangler issue" in resumed.labels


def test_a_reason_without_a_rule_leaves_nothing_out() -> None:
    asked = given("/os2 ignore fordi det er en test", pull())
    assert "hold:ignore:*" not in keys(asked)
    assert "Sådan en regel er der ikke." in said(asked)
    assert "hold:ignore:*" in keys(given("/os2 ignore alle, fordi det er en test", pull()))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("changlog fordi", "Mente du `changelog`?"),
        ("linked", "Mente du `linked-issue`? `/os2 why` viser dem, der gælder her."),
        ("changlog", "Mente du `changelog`? `/os2 why` viser dem, der gælder her."),
        ("stavning@bo", "Sådan en regel er der ikke. `/os2 why` viser dem, der gælder her."),
    ],
)
def test_a_rule_that_is_none_is_told_the_nearest_that_holds_here(written: str, told: str) -> None:
    asked = given(f"/os2 ignore {written}", pull())
    assert effects(asked) == []
    assert told in said(asked)
    assert "stavning" not in said(asked)


def test_recheck_says_what_is_missing_and_what_to_do() -> None:
    reply = said(given("/os2 recheck", pull()))
    assert "Én ting skal rettes:" in reply
    assert "`changelog` **anbefales rettet**" in reply
    assert "`linked-issue` **skal rettes**" in reply
    assert "opret et issue først" in reply


@pytest.mark.parametrize(("text", "again"), [("/os2 recheck", True), ("/os2 why", False)])
def test_recheck_sets_the_check_again_though_it_says_what_is_so(text: str, again: bool) -> None:
    judged = pull()
    judged = applied(judged, plan(judged).writes())
    assert not checks(judged, "guidelines")
    asked = given(text, judged)
    assert bool(checks(asked, "guidelines")) is again
    assert not checks(applied(asked, plan(asked).writes()), "guidelines")


def test_recheck_sets_no_check_for_who_may_not_ask_or_where_the_bot_observes() -> None:
    judged = pull()
    judged = applied(judged, plan(judged).writes())
    assert not checks(replace(given("/os2 recheck", judged), roles={}), "guidelines")
    assert not checks(given("/os2 recheck", judged), "guidelines", mode="observe")


def test_recheck_never_says_that_what_sets_an_alarm_off_meets_the_requirements() -> None:
    reply = said(given("/os2 recheck", issue(body="Jeg har fundet en sårbarhed i login.")))
    assert "Én ting skal rettes" in reply
    assert "følger kravene" not in reply


def test_recheck_says_that_all_is_well() -> None:
    asked = given("/os2 recheck", issue("Fejl: login virker ikke"), by=BO)
    assert said(asked) == "Jeg har vurderet det igen, og alt er på plads."
