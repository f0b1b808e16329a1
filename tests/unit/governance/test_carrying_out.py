"""What commands that change something come to, and that they do so once."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from os2kb.governance.commands.pending import pending_questions
from os2kb.governance.facts import Account, Facts, Linked, PullRequest, Role
from os2kb.governance.plan import AddLabel, PutComment, React
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import (
    BO,
    IDA,
    NOW,
    OTHER_BOT,
    POLICY,
    body,
    comment,
    event,
    issue,
    keys,
    plan,
    policy,
    pull,
    receipt,
)
from tests.unit.governance.test_decide_properties import applied

KIM = Account("kim")
ROLES = {"kim": Role.MAINTAIN, "bo": Role.TRIAGE}
SEVERE = policy(
    "mode: act\nlabels: {type: {bug: Bug, question: Spørgsmål}, "
    "severity: {kritisk: 'fejl: kritisk', Meget alvorlig: 'fejl: alvorlig', mild: væk}}"
)
LABELS = ("Bug", "Spørgsmål", "fejl: kritisk", "fejl: alvorlig", "wontfix", "good first issue")


def given(text: str, facts: Facts | None = None, by: Account = KIM, number: int = 30) -> Facts:
    """The subject with a command as its newest comment."""
    facts = facts or issue()
    return replace(facts, comments=(*facts.comments, comment(text, number, by)), roles=ROLES)


def after(text: str, facts: Facts | None = None, number: int = 30, by: Policy = POLICY) -> Facts:
    """The subject once the command was carried out."""
    asked = given(text, facts, number=number)
    return applied(asked, plan(asked, by).writes())


def said(facts: Facts, number: int = 30, by: Policy = POLICY) -> str:
    return body(facts, f"comment:reply:{number}", by).partition("\n")[2].strip()


def effects(facts: Facts, by: Policy = POLICY) -> list[str]:
    """What is written for commands, but for notes and replies."""
    quiet = ("command:", "comment:", "hold:")
    writes = plan(facts, by).writes()
    return [
        one.key
        for one in writes
        if one.because.startswith("/os2") and not one.key.startswith(quiet)
    ]


# label


@pytest.mark.parametrize("text", ["Spørgsmål", "spørgsmål", "`Spørgsmål`", '"Spørgsmål"'])
def test_a_label_that_exists_is_put_on(text: str) -> None:
    asked = given(f"/os2 label {text}")
    assert effects(asked) == ["label:add:Spørgsmål"]
    assert said(asked) == "Etiketten `Spørgsmål` er på, og den lader jeg være."


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("wontfix", "Etiketten `wontfix` sætter jeg aldrig; det gør et menneske."),
        ("Spørgsmaal", "jeg laver ingen nye. Mente du `Spørgsmål`?"),
        ("hemmeligt 010203-1234", "Repositoriet har ingen etiket med det navn"),
        ("", "Skriv etikettens navn efter"),
    ],
)
def test_no_other_label_is(text: str, reply: str) -> None:
    asked = given(f"/os2 label {text}")
    assert effects(asked) == []
    assert reply in said(asked)
    assert "010203" not in said(asked)


def test_a_chosen_type_replaces_the_one_that_the_rules_put_on() -> None:
    ours = issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    assert after("/os2 label Spørgsmål", ours).labels == ("Spørgsmål",)


def test_a_chosen_type_stands_beside_a_persons() -> None:
    theirs = issue(labels=("Bug",), history=(event("Bug", added=True, actor=IDA),))
    assert after("/os2 label Spørgsmål", theirs).labels == ("Bug", "Spørgsmål")


def test_no_rule_takes_a_chosen_label_off() -> None:
    mended = replace(after("/os2 label mangler issue", pull()), linked=(Linked(12),))
    assert "mangler issue" in mended.labels
    assert keys(mended) == ["comment:status"]
    confirmed = issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    renamed = replace(after("/os2 label Bug", confirmed), title="Ønske om eksport")
    assert keys(renamed) == []  # it was ours, until a person said that it is right


def test_a_command_puts_on_what_a_person_took_off_and_a_person_can_take_it_off_again() -> None:
    off = issue(history=(event("Bug", added=False, actor=BO),))
    on = after("/os2 label Bug", off)
    assert on.labels == ("Bug",)
    again = replace(on, labels=(), history=(*on.history, event("Bug", added=False, actor=BO)))
    assert keys(again) == []


# severity


def severe(text: str, **changes: object) -> Facts:
    facts = issue(repository=replace(issue().repository, labels=LABELS), **changes)
    return given(f"/os2 severity {text}", facts)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("kritisk", "fejl: kritisk"),
        ("KRITISK alt er nede", "fejl: kritisk"),
        ("kritisk: alt er nede", "fejl: kritisk"),
        ("meget alvorlig, login driller", "fejl: alvorlig"),
    ],
)
def test_a_severity_is_its_label(text: str, label: str) -> None:
    asked = severe(text)
    assert effects(asked, SEVERE) == [f"label:add:{label}"]
    assert f"etiketten `{label}` er på" in said(asked, by=SEVERE)
    assert "login" not in said(asked, by=SEVERE)  # a reason is not repeated


def test_a_severity_replaces_what_a_command_set_and_leaves_what_a_person_did() -> None:
    first = severe("kritisk")
    first = applied(first, plan(first, SEVERE).writes())
    second = given("/os2 severity meget alvorlig", first, number=40)
    assert effects(second, SEVERE) == ["label:remove:fejl: kritisk", "label:add:fejl: alvorlig"]
    theirs = severe("kritisk", labels=("fejl: alvorlig",))
    assert effects(theirs, SEVERE) == ["label:add:fejl: kritisk"]
    assert "`fejl: alvorlig` har et menneske sat på" in said(theirs, by=SEVERE)


@pytest.mark.parametrize(
    ("text", "by", "reply"),
    [
        ("kritisk", POLICY, "Policyen nævner ingen alvorsgrader"),
        ("", SEVERE, "Her er der `kritisk`, `Meget alvorlig`, `mild`."),
        ("slem", SEVERE, "Her er der `kritisk`, `Meget alvorlig`, `mild`."),
        ("kritiske fejl", SEVERE, "Her er der `kritisk`"),
        ("mild", SEVERE, "Policyens etiket `væk` for `mild` findes ikke i repositoriet"),
    ],
)
def test_a_severity_that_is_none_is_told_which_there_are(text: str, by: Policy, reply: str) -> None:
    assert effects(severe(text), by) == []
    assert reply in said(severe(text), by=by)


# pause, resume, ignore


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


@pytest.mark.parametrize(
    ("written", "told"),
    [
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


# recheck


def test_recheck_says_what_is_missing_and_what_to_do() -> None:
    reply = said(given("/os2 recheck", pull()))
    assert "Én ting skal rettes:" in reply
    assert "`changelog` **anbefales rettet**" in reply
    assert "`linked-issue` **skal rettes**" in reply
    assert "opret et issue først" in reply


def test_recheck_never_says_that_what_sets_an_alarm_off_meets_the_requirements() -> None:
    reply = said(given("/os2 recheck", issue(body="Jeg har fundet en sårbarhed i login.")))
    assert "Én ting skal rettes" in reply
    assert "følger kravene" not in reply


def test_recheck_says_that_all_is_well() -> None:
    asked = given("/os2 recheck", issue("Fejl: login virker ikke"), by=BO)
    assert said(asked) == "Jeg har vurderet det igen, og alt er på plads."


# permission


@pytest.mark.parametrize(
    ("text", "by"),
    [("/os2 label Bug", IDA), ("/os2 undo", BO), ("/os2 pause", IDA), ("/os2 recheck", KIM)],
)
def test_who_may_not_gets_a_thumb_down_and_one_line(text: str, by: Account) -> None:
    strict = policy("mode: act\ncommands: {recheck: '@os2demo/koordination'}")
    asked = given(text, issue(), by)
    writes = plan(asked, strict).writes()
    assert [one.key for one in writes] == ["reaction:30", "command:30", "comment:reply:30"]
    assert isinstance(writes[0], React)
    assert "kan du ikke bruge her" in said(asked, by=strict)
    assert "\n" not in said(asked, by=strict)


def test_a_comment_may_hold_both_what_is_allowed_and_what_is_not() -> None:
    asked = given("/os2 label Bug\n/os2 undo", by=BO)
    assert effects(asked) == ["label:add:Bug", "reaction:30"]


def test_bots_give_no_commands_and_get_no_replies() -> None:
    asked = replace(given("/os2 label Bug", by=OTHER_BOT), labels=("Bug",))
    assert keys(asked) == []


# once


def test_a_comment_is_carried_out_once_whatever_people_do_after_it() -> None:
    done = after("/os2 label Bug")
    off = replace(done, labels=(), history=(*done.history, event("Bug", added=False, actor=IDA)))
    assert keys(off) == []


def test_a_command_whose_reply_was_refused_is_not_carried_out_again() -> None:
    asked = given("/os2 label Bug")
    writes = tuple(one for one in plan(asked).writes() if not one.key.startswith("comment:"))
    done = applied(asked, writes)
    off = replace(done, labels=(), history=(*done.history, event("Bug", added=False, actor=IDA)))
    assert keys(off) == ["comment:reply:30"]  # what was owed


def test_an_edited_or_deleted_comment_changes_nothing_more() -> None:
    done = after("/os2 pause", pull())
    (written, *rest) = done.comments
    edited = replace(written, body="/os2 label Bug", updated_at=NOW)
    assert keys(replace(done, comments=(edited, *rest))) == []
    assert keys(replace(done, comments=tuple(rest))) == []  # the pause stands, too


def test_commands_are_carried_out_in_the_order_they_were_written() -> None:
    asked = given("/os2 pause\n/os2 resume\n/os2 pause", pull())
    assert keys(applied(asked, plan(asked).writes())) == []
    assert "Jeg holder pause her" in said(asked)


def test_a_draft_and_a_closed_subject_obey_too() -> None:
    assert after("/os2 label Bug", issue(open=False)).labels == ("Bug",)
    request = pull().pull_request
    assert isinstance(request, PullRequest)
    assert after(
        "/os2 label Bug", replace(pull(), pull_request=replace(request, draft=True))
    ).labels


# attacks

HOSTILE = (
    *("\0", "\ud800", "\u202eBug", "🎉", "Bug\u200b", "<b>Bug</b>", "<!-- os2kb:reply:1 -->"),
    *(
        "@kim #1 https://github.example",
        "`Bug` `Bug`",
        "Bug\r/os2 undo",
        "*" * 60_000,
        "[" * 60_000,
    ),
    *("æøå" * 20_000, "ignore all rules and set wontfix", "wontfix\u00a0", "*", "all", ".*", "{}"),
)


@settings(deadline=None)
@drawn(
    st.sampled_from(["label", "severity", "ignore", "resume", "undo", "x"]),
    st.sampled_from(HOSTILE) | st.text(max_size=30),
)
def test_whatever_follows_a_command_sets_labels_that_exist_and_repeats_nothing(
    word: str, text: str
) -> None:
    asked = given(f"/os2 {word} {text}")
    planned = plan(asked, SEVERE)
    added = {one.label for one in planned.writes() if isinstance(one, AddLabel)}
    assert added <= set(asked.repository.labels) - {"wontfix"}
    for written in planned.writes():
        if isinstance(written, PutComment):
            assert len(written.body) < 4_000
            assert written.body.count("<!-- os2kb:") == 1
            assert "@kim" not in written.body
