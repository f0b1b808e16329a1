"""Which class holds, who says so, and since when its deadlines count."""

import pytest

from os2kb.governance.escalation.happenings import Happening, history
from os2kb.governance.escalation.severity import classed
from tests.unit.governance.escalation.faults import POLICY, at, did, stands

OPENED = did("2026-02-02T09:00", "ida", "opened", "alvorlig")
BARE = did("2026-02-02T09:00", "ida", "opened")


def label(moment: str, by: str, what: str, *, on: bool = True) -> Happening:
    return did(f"2026-02-02T{moment}", by, "labeled" if on else "unlabeled", what)


def command(moment: str, severity: str) -> Happening:
    return did(f"2026-02-02T{moment}", "kim", "severity", severity)


CRITICAL, MINOR = label("10:00", "bo", "Fejl: kritisk"), label("10:00", "bo", "fejl: mindre")


@pytest.mark.parametrize(
    ("happened", "severity", "source"),
    [
        ((BARE,), None, "none"),
        ((OPENED,), "alvorlig", "form"),
        (
            (did("2026-02-02T09:00", "ida", "opened", "Alvorlig – vi er gået i stå"),),
            "alvorlig",
            "form",
        ),
        ((did("2026-02-02T09:00", "ida", "opened", "katastrofal"),), None, "none"),
        ((OPENED, did("2026-02-02T09:30", "ida", "edited", "kritisk")), "kritisk", "form"),
        ((OPENED, did("2026-02-02T09:30", "ida", "edited")), "alvorlig", "form"),
        # A person's label comes before the form, also a milder one; a bot's says nothing.
        ((OPENED, MINOR), "mindre", "label"),
        ((OPENED, label("10:00", "os2kb[bot]", "fejl: kritisk")), "alvorlig", "form"),
        ((OPENED, MINOR, label("10:30", "kim", "fejl: alvorlig")), "alvorlig", "label"),
        ((OPENED, CRITICAL, MINOR), "kritisk", "label"),
        # The command comes before labels, and ends with its own.
        ((OPENED, command("09:30", "alvorlig"), CRITICAL), "alvorlig", "command"),
        ((OPENED, CRITICAL, command("10:30", "mindre nu")), "mindre", "command"),
        ((OPENED, command("10:30", "kritisk"), command("10:40", "mindre")), "mindre", "command"),
        ((OPENED, command("10:30", "ukendt")), "alvorlig", "form"),
        (
            (OPENED, command("10:30", "kritisk"), label("11:00", "bo", "fejl: kritisk", on=False)),
            None,
            "none",
        ),
        (
            (
                BARE,
                CRITICAL,
                command("10:30", "mindre"),
                label("11:00", "bo", "fejl: mindre", on=False),
            ),
            "kritisk",
            "label",
        ),
        # Who takes a class's label off says that it is none; a bot says nothing.
        ((OPENED, label("10:00", "bo", "fejl: alvorlig", on=False)), None, "none"),
        ((OPENED, label("10:00", "os2kb[bot]", "fejl: alvorlig", on=False)), "alvorlig", "form"),
        ((OPENED, label("10:00", "bo", "fejl: alvorlig", on=False), MINOR), "mindre", "label"),
        ((OPENED, label("10:00", "bo", "afventer svar", on=False)), "alvorlig", "form"),
        # A suspected vulnerability is of the worst class, whatever the form says.
        ((OPENED, label("09:01", "os2kb[bot]", "it-sikkerhed")), "kritisk", "security"),
        ((OPENED, label("09:01", "os2kb[bot]", "it-sikkerhed"), MINOR), "mindre", "label"),
        (
            (
                OPENED,
                label("09:01", "os2kb[bot]", "it-sikkerhed"),
                label("09:30", "kim", "it-sikkerhed", on=False),
            ),
            "alvorlig",
            "form",
        ),
    ],
)
def test_the_class_and_who_says_so(
    happened: tuple[Happening, ...], severity: str | None, source: str
):
    now = stands("2026-02-02T12:00", *happened)
    assert (now.severity, now.source) == (severity, source)


@pytest.mark.parametrize(
    ("happened", "since"),
    [
        ((OPENED,), "09:00"),
        ((BARE, CRITICAL), "09:00"),  # never said to be milder
        ((OPENED, CRITICAL), "10:00"),  # raised
        ((OPENED, MINOR), "09:00"),  # lowered
        ((OPENED, command("10:30", "kritisk"), command("11:00", "alvorlig")), "09:00"),  # and back
        (
            (
                OPENED,
                CRITICAL,
                label("10:30", "bo", "fejl: kritisk", on=False),
                label("10:31", "bo", "fejl: kritisk"),
            ),
            "10:00",  # for a minute it was none, which is not milder
        ),
        (
            (BARE, MINOR, command("10:30", "alvorlig"), command("11:00", "kritisk")),
            "11:00",
        ),
        (
            (
                BARE,
                MINOR,
                command("10:30", "alvorlig"),
                command("11:00", "kritisk"),
                command("11:30", "alvorlig"),
            ),
            "10:30",  # since then it has been that severe, or worse
        ),
    ],
)
def test_since_when_deadlines_count(happened: tuple[Happening, ...], since: str):
    noon = at("2026-02-02T12:00")
    *_, now = classed(history(happened, noon), POLICY, noon)
    assert now.counts_from == at(f"2026-02-02T{since}")


def test_a_deadline_never_lies_before_the_class_was_given():
    late = did("2026-02-12T10:00", "kim", "labeled", "fejl: kritisk")
    one = stands("2026-02-12T10:00", BARE, late)
    assert {promise.due for promise in one.promises} == {at("2026-02-12T10:00")}


def test_it_is_private_while_the_label_of_vulnerabilities_is_on():
    on = label("09:01", "os2kb[bot]", "It-sikkerhed")
    assert stands("2026-02-02T12:00", OPENED, on).private
    assert not stands("2026-02-02T12:00", OPENED).private
