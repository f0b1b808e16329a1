"""The rule that a person chooses the class of a fault, and what words in a text may suggest."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.actions import AddLabel
from os2kb.governance.facts import Facts
from os2kb.governance.reading.forms import Form, FormField
from os2kb.governance.reading.severity_answer import answered_severity, named
from os2kb.governance.rules.issue.severity_words import Suggestion, suggested
from os2kb.policy.load import load_policy
from os2kb.policy.sections.escalation import Escalation
from tests.unit.governance.cases import REPOSITORY, body, comment, finding, issue, plan, policy

CLASSES = ("kritisk", "alvorlig", "betydende", "mindre")
LABELS = "labels:\n  type: {feature: Udviklingsønsker}\n  severity:\n" + "".join(
    f"    {name}: 'fejl: {name}'\n" for name in CLASSES
)
MODEL = policy(f"mode: act\nescalation: {{}}\n{LABELS}")
HERE = replace(REPOSITORY, labels=(*REPOSITORY.labels, *(f"fejl: {name}" for name in CLASSES)))
MATRIX = Escalation.model_validate(
    {
        "field": "alvor",
        "matrix": {
            "impact": "hvem",
            "urgency": "Kan I arbejde?",
            "classes": {"Alle": {"Nej": "kritisk", "Ja": "alvorlig"}, "Få": {"Nej": "alvorlig"}},
        },
    }
)
FORM = Form(
    "fejl.yml",
    "Fejl",
    (FormField("Hvem rammer det?", True, "hvem"), FormField("Hvor slemt er det?", True, "alvor")),
)


def fault(title: str = "Fejl", text: str = "", **changes: object) -> Facts:
    return issue(title, text, **{"repository": HERE, "forms": (), **changes})


def test_words_suggest_a_class_with_the_reason_and_how_a_person_confirms() -> None:
    found = finding("severity", fault("Login nede", "Det sker på alle skærme."), MODEL)
    assert (found.verdict, found.label, found.required) == ("fail", "", False)
    assert found.evidence.da == (
        "Teksten siger noget i retning af “login nede”, så jeg foreslår kritisk."
    )
    assert "/os2 severity kritisk, or choose another class: alvorlig" in found.remedy.en


def test_the_suggestion_stands_in_the_status_comment_and_no_label_is_put_on() -> None:
    broken = fault("Login nede på alle skærme")
    said = body(broken, "comment:status", MODEL)
    assert "jeg foreslår kritisk" in said
    assert "/os2 severity kritisk" in said
    put = [one.label for one in plan(broken, MODEL).actions if isinstance(one, AddLabel)]
    assert not {f"fejl: {name}" for name in CLASSES} & set(put)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Login nede", "", "kritisk"),
        ("LOGIN NEDE!", "", "kritisk"),
        ("Fejl", "Login har været nede siden i går.", "kritisk"),
        ("Fejl", "Hos os er **alle** vores _skærme_ sorte.", "kritisk"),
        ("Fejl", "- Appen går tit ned", "alvorlig"),
        ("Stavefejl på forsiden", "", "mindre"),
        ("Typo", "Nobody can log in.", "kritisk"),  # the worst that is spoken of
        ("Fejl", "Login er ikke nede.", None),
        ("Fejl", "Ikke alle skærme er ramt.", None),
        ("Fejl", "Vi kan bruge login. Nede i kælderen er der koldt.", None),
        ("Fejl", "Login, som vi fik lavet sidste år, er nede.", None),
        ("Fejl", "> login nede", None),
        ("Fejl", "```\nlogin nede\n```", None),
        ("Fejl", "`login nede`", None),
        ("Fejl", "<!-- login nede -->", None),
        ("", "", None),
    ],
)
def test_an_entry_is_found_in_one_sentence_with_little_between_and_nothing_that_denies_it(
    title: str, text: str, expected: str | None
) -> None:
    model = MODEL.escalation
    assert model is not None
    found = suggested(title, text, model.suggest)
    assert (found.severity if found else None) == expected


def test_a_policy_edits_the_list_and_a_class_without_a_label_is_never_suggested() -> None:
    own = policy(f"escalation:\n  suggest: {{alvorlig: [kø ved skranken]}}\n{LABELS}")
    waiting = fault("Kø ved skranken", "Login er nede")
    assert "foreslår alvorlig" in finding("severity", waiting, own).evidence.da
    bare = policy("escalation: {}\nguidelines: {rules: {severity: required}}")
    assert finding("severity", waiting, bare).verdict == "n/a"
    absent = fault(
        "Login nede", repository=REPOSITORY
    )  # labels that the Policy names and the repository lacks
    assert finding("severity", absent, MODEL).verdict == "n/a"


def test_what_a_person_chose_ends_the_suggesting() -> None:
    assert finding("severity", fault("Login nede", labels=("fejl: mindre",)), MODEL).verdict == (
        "pass"
    )
    assert finding(
        "severity", fault("Login nede", labels=("Udviklingsønsker",)), MODEL
    ).verdict == ("n/a")
    said = fault("Login nede", "### severity\n\nMindre")
    assert finding("severity", said, MODEL).evidence.da == (
        "Alvorsgraden er mindre: det siger formularen."
    )


def test_a_question_that_the_policy_names_by_its_id_is_found_in_the_forms() -> None:
    form = Form("fejl.yml", "Fejl", (FormField("Hvor slemt er det?", True, "severity"),))
    said = "### Hvor slemt er det?\n\nMindre"
    assert finding("severity", fault("Login nede", said, forms=(form,)), MODEL).verdict == "pass"
    unread = finding("severity", fault("Login nede", said, forms=None), MODEL)
    assert unread.verdict == "unknown"  # nobody is nagged for what could not be read


def test_without_a_model_the_rule_is_off() -> None:
    bare = policy(LABELS)
    assert "severity" not in [one.rule for one in plan(fault("Login nede"), bare).findings]


def test_a_suggestion_is_left_out_by_command() -> None:
    ignored = fault("Login nede", comments=(comment("/os2 ignore severity"),))
    roles = replace(ignored, roles={"ida": 5})
    assert "comment:status" not in [one.key for one in plan(roles, MODEL).writes()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### Hvor slemt er det?\n\nKritisk", "kritisk"),
        ("### Hvor slemt er det?\n\nKRITISK (ingen kan arbejde)", "kritisk"),
        ("### alvor\n\nmindre", "mindre"),
        ("### Hvem rammer det?\n\nAlle\n\n### Kan I arbejde?\n\nNej", "kritisk"),
        ("### Hvem rammer det?\n\nfå\n\n### Kan I arbejde?\n\nNEJ", "alvorlig"),
        ("### Hvem rammer det?\n\nFå\n\n### Kan I arbejde?\n\nMåske", None),
        ("### Hvem rammer det?\n\nAlle", None),
        (
            "### Hvor slemt er det?\n\nMindre\n\n### Hvem rammer det?\n\nAlle\n\n"
            "### Kan I arbejde?\n\nNej",
            "mindre",
        ),
        ("### Hvor slemt er det?\n\n_No response_", None),
        ("Kritisk", None),
    ],
)
def test_a_form_names_the_class_or_the_matrix_gives_it(text: str, expected: str | None) -> None:
    assert answered_severity(text, (FORM,), MATRIX) == expected


def test_a_question_is_known_by_its_label_where_the_forms_were_not_read() -> None:
    assert answered_severity("### alvor\n\nKritisk", None, MATRIX) == "kritisk"
    assert answered_severity("### Hvor slemt er det?\n\nKritisk", None, MATRIX) is None


def test_the_longest_class_that_an_answer_begins_with_is_meant() -> None:
    assert named("Meget kritisk: alt er nede", ("kritisk", "meget kritisk", "meget")) == (
        "meget kritisk"
    )
    assert named("ikke kritisk", ("kritisk",)) is None
    assert named("", ("kritisk", "😀")) is None


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_is_looked_through_and_only_the_policys_own_words_are_repeated(
    text: str, entry: str
) -> None:
    found = suggested(text, text, {"kritisk": (entry,)})
    assert found is None or found.words == entry


@pytest.mark.timeout(30)
def test_a_long_text_is_looked_through_soon() -> None:
    assert suggested("", "login " * 50_000, {"kritisk": ("login login login nede",)}) is None


@pytest.mark.parametrize("name", ["@kim", "<img src=x>", "a](https://x.example)", "*_`#1`_*"])
def test_a_class_of_any_name_is_shown_and_does_nothing(name: str) -> None:
    model = {"severities": {name: {"criteria": name}}, "suggest": {name: ["login nede"]}}
    labels = {"severity": {name: "fejl: kritisk"}}
    written = {"version": 1, "mode": "act", "labels": labels, "escalation": model}
    said = body(fault("Login nede"), "comment:status", load_policy(json.dumps(written)))
    assert "foreslår" in said
    for live in ("@kim", "<img", "](https://x.example)", "`#1`"):
        assert live not in said


@pytest.mark.parametrize(
    "text",
    ["login\0nede", "login \ud800 nede", "login \u202enede", "login 😀 nede", "<b>login</b> nede"],
)
def test_strange_characters_between_the_words_do_not_hide_them(text: str) -> None:
    found = suggested("", text, {"mindre": ("😀",), "kritisk": ("login nede",)})
    assert found == Suggestion("kritisk", "login nede")
