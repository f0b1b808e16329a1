"""A field that goes between GitHub and Jira needs words for both, or the Policy's owner is told."""

import pytest

from os2kb.policy.load import load_policy
from os2kb.policy.wordless import wordless

ESCALATION = "escalation: {severities: {kritisk: {criteria: Ingen kan arbejde}}}\n"


@pytest.mark.parametrize(
    ("labels", "jira", "told"),
    [
        ("{}", "{status: both}", ["jira.statuses"]),
        ("{type: {bug: Bug}}", "{type: both}", ["jira.types"]),
        ("{severity: {kritisk: Haster}}", "{severity: github-to-jira}", ["jira.priorities"]),
        ("{}", "{due: both}", ["sættes kun i Jira"]),
        ("{}", "{status: off, title: both, due: github-to-jira}", []),
    ],
)
def test_what_is_missing_is_named(labels: str, jira: str, told: list[str]):
    policy = load_policy(
        f"version: 1\n{ESCALATION}labels: {labels}\njira: {{project: DEMO, fields: {jira}}}\n"
    )
    found = list(wordless(policy))
    assert len(found) == len(told)
    for (keys, said), word in zip(found, told, strict=True):
        assert keys[:2] == ("jira", "fields")
        assert word in said.da


def test_with_words_for_both_nothing_is_told():
    policy = load_policy(
        f"""version: 1
{ESCALATION}labels: {{type: {{bug: Bug}}, severity: {{kritisk: Haster}}}}
jira:
  project: DEMO
  fields: {{status: both, type: both, severity: both}}
  statuses: {{open: [To Do]}}
  types: {{bug: Fejl}}
  priorities: {{kritisk: Highest}}
"""
    )
    assert list(wordless(policy)) == []
