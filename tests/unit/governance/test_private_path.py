"""What an escalation model never does with a suspected vulnerability, and what it does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.actions import AddLabel, PutComment
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.standing import standing
from os2kb.governance.facts import Role
from os2kb.policy.escalation.lengths import length
from os2kb.policy.escalation.private import private_times
from os2kb.policy.grants import Grant
from os2kb.policy.load import check_policy
from os2kb.policy.sections.escalation import MOMENTS, Escalation
from tests.unit.governance.cases import (
    NOW,
    REPOSITORY,
    START,
    body,
    comment,
    issue,
    plan,
    policy,
)

MODEL = policy(
    """mode: act
quiet: false
labels:
  severity: {kritisk: "fejl: kritisk", alvorlig: "fejl: alvorlig"}
  security: It-sikkerhed
jira: {project: DEMO}
escalation:
  severities:
    kritisk: {criteria: Ingen kan arbejde, respond: 2h, plan: 2d, fix: 3d}
    alvorlig: {criteria: Noget svigter, respond: 4h, plan: 1d, fix: 10d}
  suggest: {kritisk: [login nede]}
  ladder:
    - {name: leverandør, notify: ["@os2demo/drift", "@bo", "jira:priority=Highest"]}
    - name: styregruppe
      notify: ["zulip:OS2demo/styregruppe", "mailto:drift@os2.example"]
      when: respond
  digest: {to: ["zulip:OS2demo/drift"]}
  security: {notify: ["mailto:sikkerhed@os2.example"], fix: 2d}
"""
)
HERE = replace(REPOSITORY, labels=(*REPOSITORY.labels, "fejl: kritisk", "fejl: alvorlig"))
REPORT = issue(
    "Sikkerhedshul i login",
    "Login nede: med hemmeligt kan man køre kode.",
    repository=HERE,
    comments=(comment("/os2 severity kritisk\n\n/os2 why"),),
    roles={"ida": Role.ADMIN},
)


def test_nobody_on_the_ladder_and_no_channel_is_told() -> None:
    everything = repr(plan(REPORT, MODEL).actions)
    for told in ("drift", "@bo", "styregruppe", "zulip", "Highest", "leverandør"):
        assert told not in everything, told


def test_nothing_of_the_report_is_repeated_and_no_class_is_suggested_for_it() -> None:
    written = [one.body for one in plan(REPORT, MODEL).actions if isinstance(one, PutComment)]
    assert written
    for said in written:
        assert "hemmeligt" not in said
        assert "login nede" not in said.casefold()
        assert "foreslår" not in said


def test_words_put_no_label_of_a_class_on_a_report() -> None:
    silent = replace(REPORT, comments=())
    put = [one.label for one in plan(silent, MODEL).actions if isinstance(one, AddLabel)]
    assert put == ["It-sikkerhed"]


def test_the_reporter_is_shown_the_private_page_and_the_mailbox() -> None:
    said = body(REPORT, "comment:security", MODEL)
    assert "/security/advisories/new) eller til [" in said
    assert "](mailto:sikkerhed@os2.example)" in said
    assert "drift@os2.example" not in said


def test_a_channel_that_the_policy_names_for_reports_is_the_only_one_shown() -> None:
    own = policy(
        "guidelines: {rules: {security-report: {report_to: 'https://os2.example/meld'}}}\n"
        "escalation: {security: {notify: ['mailto:sikkerhed@os2.example']}}"
    )
    assert "https://os2.example/meld" in body(REPORT, "comment:security", own)


def test_while_the_label_is_on_nobody_is_told_not_even_when_somebody_asks_for_it() -> None:
    at = START - timedelta(hours=3)
    happened = (
        Happening(at, "opened", "ida", "reporter", "kritisk"),
        Happening(at, "labeled", "os2kb[bot]", "bot", "It-sikkerhed"),
        Happening(START, "escalate", "kim", "us"),
    )
    stands = standing(happened, MODEL, NOW + timedelta(days=30))
    assert (stands.private, stands.notified) == (True, ())


def test_a_mailbox_that_the_product_was_not_given_is_told_nothing() -> None:
    text = "version: 1\nescalation:\n  security: {notify: ['mailto:sikkerhed@os2.example']}"
    given = Grant("os2demo", mailboxes=("sikkerhed@os2.example",))
    assert check_policy(text, grant=given) == ()
    (problem,) = check_policy(text, grant=Grant("os2demo", mailboxes=("drift@os2.example",)))
    assert (problem.line, "sikkerhed@os2.example" in problem.message.da) == (3, True)


@pytest.mark.parametrize(
    "address", ["@kim", "@os2demo/drift", "zulip:OS2demo/drift", "jira:priority=Highest", "issue"]
)
def test_no_other_way_is_private(address: str) -> None:
    text = f"version: 1\nescalation: {{security: {{notify: ['{address}']}}}}"
    (problem,) = check_policy(text)
    assert "A vulnerability may only go to a mailbox" in problem.message.en


def test_its_times_are_the_shortest_of_the_model_or_shorter() -> None:
    assert MODEL.escalation is not None
    assert private_times(MODEL.escalation) == {"respond": "2h", "plan": "1d", "fix": "2d"}


DURATIONS = st.none() | st.sampled_from(["1h", "2d", "9d", "3ch", "40ch", "400ch"])
CLASSES = st.lists(st.tuples(DURATIONS, DURATIONS, DURATIONS), min_size=1, max_size=4)


@given(CLASSES, st.none() | st.tuples(DURATIONS, DURATIONS, DURATIONS))
def test_whatever_the_classes_none_is_promised_anything_sooner(
    classes: list[tuple[str | None, ...]], own: tuple[str | None, ...] | None
) -> None:
    mailbox = {"notify": ("mailto:a@os2.example",)}
    data = {
        "severities": {
            str(n): {"criteria": "x", **dict(zip(MOMENTS, times, strict=True))}
            for n, times in enumerate(classes)
        },
        "security": mailbox | dict(zip(MOMENTS, own, strict=True)) if own else None,
    }
    model = Escalation.model_validate(data)
    found = private_times(model)
    for moment in MOMENTS:
        public = [one for each in model.severities.values() if (one := getattr(each, moment))]
        assert (found[moment] is None) <= (not public)
        said = getattr(model.security, moment, None)
        for one in [said] if said else public:
            assert length(found[moment] or "", model.hours) <= length(one, model.hours)
    known = [length(one, model.hours) for one in found.values() if one]
    assert known == sorted(known)
