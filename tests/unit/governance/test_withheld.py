"""CPR numbers and secrets stand in no text of ours, whatever they came in with."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.actions import Action, PutComment, PutReview, SetCheck
from os2kb.governance.facts import ChangedFile, Facts
from os2kb.governance.harmless.neutralise import code_span, link, neutralise, safe_address, scrub
from os2kb.governance.harmless.safe_markdown import quoted, safe_markdown
from os2kb.governance.harmless.withheld import withhold
from os2kb.governance.plan_json import plan_json
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.problem import PolicyProblem
from tests.unit.governance.cases import (
    ANSWER,
    CITATION,
    POLICY,
    REPOSITORY,
    comment,
    issue,
    plan,
    policy,
    pull,
)

CPR = "010203-1234"
TOKEN = "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8"
PRIVATE = (CPR, TOKEN)
HIDDEN = [
    *(CPR, "0102031234", "010203 1234", "610203-1234", TOKEN, f"x_{TOKEN}", f"ret/{TOKEN}/x"),
    *("github_pat_" + "a1" * 15, "glpat-" + "a1" * 12, "AKIA" + "ABCDEFGH12345678"),
    *("xoxb-1234567890-ab", "password: hemmelig123", "adgangskoden er hund2024x"),
    "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq4mVqZ\nh2+/abcdefghijklmnopqr",
    "https://ida:hemmelig@os2.eu",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_personal_data_and_secrets_are_withheld(text: str) -> None:
    for shown in (
        withhold(text),
        scrub(text),
        neutralise(text),
        code_span(text),
        quoted(text, 500),
    ):
        for secret in ("1234", "a1", "hund", "hemmelig", "MIIE", "abcdefgh", "zdWI", "ABCDEFGH"):
            assert secret not in shown, shown


@pytest.mark.parametrize(
    "text",
    [
        "Version 2.1.0",
        "12345678",
        "2026-03-02T09:00",
        "f4b1c2d3-0102",
        "token",
        "Skriv password: her",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert withhold(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("010203\u200b-1234", "010203\n1234", "010203   1234", "0102\u00ad03-1234"),
        *(TOKEN[:9] + "\u2060" + TOKEN[9:], "x " * 300 + TOKEN),
        *("0102**03**-1234", "010203<b></b>-1234", "&#48;10203-1234", "010203\\-1234"),
        *("`010203`-1234", "[010203](https://os2.eu)-1234", "- 010203 *-1234*"),
    ],
)
def test_disguises_do_not_help(text: str) -> None:
    for shown in (safe_markdown(text), quoted(text, 500), neutralise(text, 5_000)):
        seen = "".join(letter for letter in shown if letter.isalnum() or letter in "-_")
        if shown == neutralise(text, 5_000) and any(mark in text for mark in "*<&`\\["):
            continue  # there the markup is shown as it stands, between the digits
        assert "1234" not in seen
        assert TOKEN.replace("_", "") not in seen.replace("_", "")


@given(st.integers(0, 2_000), st.sampled_from(["x", "x ", "\u200b", "010203-1234 "]))
def test_no_part_of_a_secret_is_left_where_a_text_is_cut(before: int, filling: str) -> None:
    text = filling * before + " " + TOKEN + " " + filling * before
    for shown in (neutralise(text, 100), code_span(text, 100), safe_markdown(text, 100)):
        assert "ghp" not in shown


@pytest.mark.slow
@pytest.mark.timeout(30)
def test_a_long_text_of_secrets_does_not_hang() -> None:
    for piece in ("-eyJ", "token: ", "://a:", "0102031234", "_sk-", "-----BEGIN A", "é"):
        neutralise(piece * (300_000 // len(piece)))


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        (f"https://os2.eu/{CPR}", ""),
        ("https://os2.eu/010203%2D1234", ""),
        (f"https://os2.eu/?token={TOKEN}", ""),
        (f"https://os2.eu/{CPR}?x=@y", ""),
        (
            "https://github.com/a/b/blob/ab0102031234cdef0123456789abcdef01234567/d.md",
            "https://github.com/a/b/blob/ab0102031234cdef0123456789abcdef01234567/d.md",
        ),
        (
            "https://github.com/a/b/blob/c/d.md#issuecomment-2012345678",
            "https://github.com/a/b/blob/c/d.md#issuecomment-2012345678",
        ),
    ],
)
def test_an_address_that_holds_any_leads_nowhere(address: str, safe: str) -> None:
    assert safe_address(address) == safe
    assert CPR not in link(address, address)


def test_markdown_without_any_is_left_as_it_was() -> None:
    assert safe_markdown("Se **tabel** 12, `kode` og 2026-03-02.") == (
        "Se **tabel** 12, `kode` og 2026-03-02."
    )


def said_by(action: Action) -> str:
    match action:
        case PutComment():
            return action.body
        case SetCheck():
            notes = "".join(note.message for note in action.annotations)
            return action.title + action.summary + notes
        case PutReview():
            return action.content + "".join(one.body for one in action.suggestions)
        case _:
            return action.because


@pytest.mark.parametrize("private", PRIVATE)
def test_none_stands_in_any_text_that_a_plan_writes(private: str) -> None:
    for facts, by in hostile(private):
        planned = plan(facts, by)
        assert planned.actions
        for action in planned.actions:
            assert private not in said_by(action)
            assert private.replace("_", "\\_") not in said_by(action)
        told = plan_json(planned, "da")
        assert private not in str(told["findings"])


def hostile(private: str) -> list[tuple[Facts, Policy]]:
    """The same text as command, question, title, branch, file, label, quote and Policy key."""
    by = policy(
        "mode: act\nguidelines: {rules: {title: {level: required, max_length: 10}, "
        "branch-name: {level: required, patterns: ['feature/*']}, linked-issue: required, "
        "changelog: required, "
        f"target-branch: {{level: required, allow: {{'*': 'x/{private}'}}}}}}}}"
    )
    cited = replace(
        CITATION,
        quote=f"Se {private}.",
        title=private,
        heading=(private,),
        path=f"docs/{private}.md",
        url=f"https://github.example/{private}",
    )
    answer = replace(ANSWER, question=private, text=f"Ja {private}. [1]", citations=(cited,))
    abstention = replace(
        answer, abstained=True, citations=(), nearest=((private, f"https://x.example/{private}"),)
    )
    asked = (
        comment(f"/os2 {private}\n/os2 why"),
        comment(f"/os2 ask {private}", 78),
        comment(f"/os2 ask hvad er {private}", 79),
    )
    request = replace(
        pull(
            ChangedFile(f"src/{private}.php", "modified", "+x"),
            branch=f"ret-{private}",
            base=f"main/{private}",
            comments=asked,
            answers={78: answer, 79: abstention},
            citations={"linked-issue": cited, "changelog": cited, "branch-name": cited},
            proposed_policy_problems=(
                PolicyProblem(f"{private}.yml", 1, Phrase(f"Nøgle {private}.", f"Key {private}.")),
            ),
        ),
        title=f"Ret {private}",
    )
    report = issue(
        "XSS i søgefeltet",
        private,
        repository=replace(REPOSITORY, labels=(private,)),
    )
    labels = POLICY.labels.model_copy(update={"security": private})
    leaky = by.guidelines.rules.security_report.model_copy(
        update={"report_to": f"mailto:{private}@os2.eu"}
    )
    rules = by.guidelines.rules.model_copy(update={"security_report": leaky})
    channel = by.guidelines.model_copy(update={"rules": rules})
    security = by.model_copy(update={"labels": labels, "guidelines": channel})
    return [(request, by), (replace(request, language="en"), by), (report, security)]
