"""What people see of a fault: the label of its class, and how it stands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from os2kb.governance.actions import AddLabel, RemoveLabel
from os2kb.governance.comments.moments import in_words
from os2kb.governance.facts import Role
from os2kb.governance.plan import Plan
from tests.unit.governance.cases import OTHER_BOT
from tests.unit.governance.escalation.at_work import (
    BO,
    KIM,
    Desk,
    fault,
    form,
    minutes,
    model,
    moment,
)


def labels(plan: Plan) -> list[str]:
    return [
        f"{'+' if isinstance(one, AddLabel) else '-'}{one.label}"
        for one in plan.writes()
        if isinstance(one, AddLabel | RemoveLabel)
    ]


@pytest.mark.parametrize(
    ("when", "da", "en"),
    [
        ("2026-05-15T07:00", "fredag den 15. maj kl. 9.00", "Friday 15 May at 9:00"),
        ("2026-01-04T13:05", "søndag den 4. januar kl. 14.05", "Sunday 4 January at 14:05"),
        ("2027-01-04T08:30", "mandag den 4. januar 2027 kl. 9.30", "Monday 4 January 2027 at 9:30"),
        ("2026-10-25T00:30", "søndag den 25. oktober kl. 2.30", "Sunday 25 October at 2:30"),
        ("2026-10-25T01:30", "søndag den 25. oktober kl. 2.30", "Sunday 25 October at 2:30"),
    ],
)
def test_moments_are_told_as_the_clocks_in_denmark_show_them(when: str, da: str, en: str) -> None:
    at = datetime.fromisoformat(when).replace(tzinfo=UTC)
    assert in_words(at, "Europe/Copenhagen", "da", year=2026) == da
    assert in_words(at, "Europe/Copenhagen", "en", year=2026) == en


def test_what_the_form_says_we_put_on_with_the_rule_that_explains_it() -> None:
    plan = Desk(fault("Alvorlig")).look("2 10.05")
    assert AddLabel("fejl: alvorlig", because="severity") in plan.actions
    found = next(one for one in plan.findings if one.rule == "severity")
    assert found.evidence.da == "Alvorsgraden er alvorlig: det siger formularen."


def test_a_form_that_is_edited_takes_our_label_off_and_no_other() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.facts = replace(desk.facts, body=form("mindre"))
    assert labels(desk.look("2 10.30")) == ["+fejl: mindre", "-fejl: kritisk"]
    theirs = Desk(fault("kritisk"))
    theirs.label("fejl: kritisk", BO, "2 10.01")
    assert labels(theirs.look("2 10.05")) == []
    theirs.facts = replace(theirs.facts, body=form("mindre"))
    assert labels(theirs.look("2 10.30")) == []  # a person's label goes before the form


def test_a_persons_label_goes_before_the_form_and_ours_makes_room() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.label("fejl: mindre", KIM, "2 10.10")
    assert labels(desk.look("2 10.11")) == ["-fejl: kritisk"]
    assert "Alvorsgraden er mindre: nogen har sat etiketten på" in desk.status


def test_a_command_goes_before_both() -> None:
    desk = Desk(replace(fault("kritisk"), roles={"kim": Role.TRIAGE}))
    desk.look("2 10.05")
    desk.comment("/os2 severity alvorlig", KIM, "2 10.10")
    assert labels(desk.look("2 10.11")) == ["-fejl: kritisk", "+fejl: alvorlig"]
    assert "Alvorsgraden er alvorlig: nogen har valgt den med /os2 severity" in desk.status
    assert desk.plan("2 10.12").writes() == ()


def test_a_label_that_a_person_took_off_stays_off_and_ends_the_class() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.label("fejl: kritisk", BO, "2 10.10", on=False)
    assert labels(desk.look("2 10.11")) == []
    assert "Alvorsgraden" not in desk.status
    desk.facts = replace(desk.facts, body=form("alvorlig"))
    assert labels(desk.look("2 10.30")) == []
    assert desk.plan("2 10.30").wake_at is None


def test_our_own_label_is_no_persons_also_where_the_forge_does_not_list_it_yet() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.facts = replace(desk.facts, history=())
    assert desk.plan("2 10.06").writes() == ()
    assert "det siger formularen" in desk.status


def test_the_status_tells_how_it_stands() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    assert section(desk) == [
        "- Alvorsgraden er kritisk: det siger formularen",
        "- Svar: senest mandag den 2. marts kl. 12.00",
        "- Plan: senest tirsdag den 3. marts kl. 10.00",
        "- Rettet: senest torsdag den 5. marts kl. 10.00",
        "- Bolden er hos os siden mandag den 2. marts kl. 10.00",
        "- Trin 1 af 4 er nået: leverandør",
    ]


def section(desk: Desk, head: str = "Eskalering: kritisk") -> list[str]:
    folded = desk.status.partition(f"<details><summary>{head}</summary>")[2]
    return folded.partition("</details>")[0].strip().split("\n")


def test_once_it_is_closed_the_status_tells_how_it_went_and_nothing_that_looks_due() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.look("2 12.00")
    desk.comment("Vi er på den", BO, "2 13.00")
    desk.turn("closed", BO, "2 15.00")
    assert [one.key for one in desk.look("2 15.01").writes()] == ["comment:status"]
    assert section(desk, "Eskalering: kritisk, lukket") == [
        "- Alvorsgraden var kritisk: det siger formularen",
        "- Svar: mandag den 2. marts kl. 13.00, men senest var mandag den 2. marts kl. 12.00",
        "- Plan: lukket forinden",
        "- Lukket: mandag den 2. marts kl. 15.00, i tide",
        "- Trin 2 af 4 blev nået: produktkoordinator",
    ]
    assert desk.plan("9 10.00").writes() == ()
    desk.turn("reopened", BO, "9 10.00")
    desk.look("9 10.01")
    assert "- Rettet: senest onsdag den 11. marts kl. 13.00" in section(desk)


def test_closed_late_and_never_answered_is_told_as_it_was() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.turn("closed", BO, "6 10.00")
    desk.look("6 10.01")
    assert section(desk, "Eskalering: kritisk, lukket")[1:4] == [
        "- Svar: overskredet mandag den 2. marts kl. 12.00",
        "- Plan: overskredet tirsdag den 3. marts kl. 10.00",
        "- Lukket: fredag den 6. marts kl. 10.00, men senest var torsdag den 5. marts kl. 10.00",
    ]


def test_of_what_is_closed_only_the_section_is_written_anew_and_none_is_added() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    rest = desk.status.replace("\n".join(section(desk)), "")
    desk.facts = replace(desk.facts, title="x")
    desk.turn("closed", BO, "2 15.00")
    desk.look("2 15.01")
    after = desk.status.replace("\n".join(section(desk, "Eskalering: kritisk, lukket")), "")
    assert after == rest.replace("kritisk</summary>", "kritisk, lukket</summary>")
    untold = Desk(fault("kritisk"))
    untold.turn("closed", BO, "2 15.00")
    assert untold.plan("2 15.01").writes() == ()


def test_a_person_who_edited_the_status_keeps_it_also_when_it_is_closed() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    said = tuple(replace(one, body=f"{one.body}\nTak!") for one in desk.facts.comments)
    desk.facts = replace(desk.facts, comments=said)
    desk.turn("closed", BO, "2 15.00")
    assert desk.plan("2 15.01").writes() == ()


def test_a_milder_class_leaves_no_time_of_the_worse_one() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.label("fejl: mindre", KIM, "2 10.10")
    desk.look("2 10.11")
    assert section(desk, "Eskalering: mindre") == [
        "- Alvorsgraden er mindre: nogen har sat etiketten på",
        "- Svar: senest mandag den 9. marts kl. 10.00",
        "- Bolden er hos os siden mandag den 2. marts kl. 10.00",
        "- Trin 1 af 4 er nået: leverandør",
    ]


def test_the_status_says_who_holds_the_ball_and_what_was_missed() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.look("2 12.00")
    assert "Svar: overskredet mandag den 2. marts kl. 12.00" in desk.status
    assert "Trin 2 af 4 er nået: produktkoordinator" in desk.status
    desk.comment("Hvilken browser?", BO, "2 13.00")
    desk.label("afventer svar", BO, "2 13.01")
    desk.look("2 13.02")
    assert (
        "Svar: mandag den 2. marts kl. 13.00, men senest var mandag den 2. marts kl. 12.00"
        in desk.status
    )
    assert "Plan: uret står stille" in desk.status
    assert (
        "Melderen skylder svar (Kommunen) siden mandag den 2. marts kl. 13.01, og uret står stille"
        in desk.status
    )


def test_the_status_mentions_nobody() -> None:
    desk = Desk(fault("kritisk"), model(("{name: leverandør", "{name: '@os2demo/drift'")))
    desk.look("2 10.05")
    assert "@os2demo/drift" not in desk.status
    assert "os2demo/drift" in desk.status


@pytest.mark.parametrize("after", [1, 5, 119])
def test_it_is_not_written_again_while_nothing_it_says_has_changed(after: int) -> None:
    desk = Desk(fault("kritisk"))
    desk.look(minutes(1))
    assert desk.plan(minutes(after)).writes() == ()


def test_an_adopted_model_is_told_of_even_where_all_is_in_place_and_a_proposal_is_not() -> None:
    assert "comment:status" in [one.key for one in Desk(fault()).plan("2 10.05").writes()]
    proposed = Desk(fault("kritisk"), model(status="forslag"))
    assert [one.key for one in proposed.plan("2 10.05").writes()] == ["label:add:fejl: kritisk"]


def test_a_proposal_says_that_it_is_one() -> None:
    desk = Desk(fault("kritisk"), model(("mode: act", "mode: act\nquiet: false"), status="forslag"))
    desk.look("2 10.05")
    assert "<summary>Eskalering (forslag): kritisk</summary>" in desk.status
    assert "Modellen er et forslag, så ingen får besked" in desk.status


def test_english_issues_are_told_in_english() -> None:
    desk = Desk(replace(fault("kritisk"), language="en"))
    desk.look("2 10.05")
    assert "- Answer: by Monday 2 March at 12:00" in desk.status
    assert "- The ball is with us since Monday 2 March at 10:00" in desk.status


def test_it_looks_again_when_the_next_thing_is_due_and_not_once_it_is_closed() -> None:
    desk = Desk(fault("kritisk"))
    assert desk.plan("2 10.05").wake_at == moment("2 12.00")
    assert desk.plan("2 12.00").wake_at == moment("3 10.00")
    assert Desk(replace(fault(), open=False)).plan("2 10.05").wake_at is None
    assert Desk(replace(fault(), locked=True)).plan("2 10.05").wake_at is None
    assert Desk(fault("")).plan("2 10.05").wake_at is None


def test_a_pause_stops_writing_and_waking() -> None:
    desk = Desk(replace(fault(), roles={"kim": Role.TRIAGE}))
    desk.look("2 10.05")
    desk.comment("/os2 pause", KIM, "2 10.10")
    assert desk.look("2 10.11").wake_at is None
    assert desk.plan("2 15.00").writes() == ()
    assert section(desk) == [
        "- Alvorsgraden er kritisk: det siger formularen",
        "- Svar: uret står stille",
        "- Plan: uret står stille",
        "- Rettet: uret står stille",
        "- Der er holdt pause med /os2 pause siden mandag den 2. marts kl. 10.10, "
        "og uret står stille",
        "- Trin 1 af 4 er nået: leverandør",
    ]
    desk.comment("/os2 resume", KIM, "3 10.00")
    assert desk.look("3 10.01").wake_at == moment("3 11.50")  # ten minutes were used
    assert "- Svar: senest tirsdag den 3. marts kl. 11.50" in section(desk)


def test_nothing_is_told_in_public_of_what_may_be_a_vulnerability() -> None:
    desk = Desk(fault("kritisk"))
    desk.label("It-sikkerhed", BO, "2 10.01")
    plan = desk.look("2 10.05")
    assert "fejl: kritisk" not in desk.facts.labels
    assert "Eskalering" not in "".join(one.body for one in desk.facts.comments)
    assert plan.wake_at == moment("2 12.00")  # its own clock runs


def test_another_bots_label_gives_no_class() -> None:
    desk = Desk(fault(""))
    desk.label("fejl: kritisk", OTHER_BOT, "2 10.01")
    assert desk.plan("2 10.05").wake_at is None
