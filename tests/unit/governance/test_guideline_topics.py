"""Each rule finds the paragraph of a guideline that it rests on, in either language."""

import pytest

from index.lookup import best_paragraph
from os2kb.governance.rules import REGISTRY

DANISH = {
    "security-report": "Meld sårbarheder privat og aldrig i et offentligt issue.",
    "personal-data": "Skriv ingen personoplysninger.",
    "type-label": "En fejl får etiketten Bug.",
    "area-label": "Vælg den del af løsningen, det drejer sig om.",
    "issue-form": "Udfyld alle felter i formularen.",
    "priority-reason": "Begrund en høj prioritet.",
    "severity": "Enhver fejl får en alvorlighed.",
    "language": "Vi skriver på dansk.",
    "linked-issue": "Skriv issuets nummer i pull requestens beskrivelse.",
    "approved-issue": "Udvikling må først påbegyndes efter koordinationsgruppens godkendelse.",
    "description": "Beskriv dine ændringer kort og præcist.",
    "template": "Udfyld hele skabelonen; tjeklisten skal besvares.",
    "screenshot": "Vedlæg et skærmbillede, hvis brugerfladen ændres.",
    "changelog": "Tilføj en linje under Unreleased i CHANGELOG.md.",
    "title": "Titlens længde er højst 69 tegn.",
    "branch-name": "Opret en ny branch til arbejdet, for eksempel feature/kalender.",
    "target-branch": "Pull requesten går til main fra din branch.",
    "merge-commits": "Rebase din branch, når main har flyttet sig.",
    "sign-off": "Alle commits skal signeres af den, der har skrevet dem.",
    "size": "Hellere små pull requests end én stor.",
    "licence": "Licens fremgår øverst i filerne.",
    "tests": "Tilføj tests til det nye.",
    "documentation": "Opdater dokumentationen samtidig.",
    "api-description": "Opdater OpenAPI, når et endepunkt ændres.",
    "reviews": "Der skal to godkendelser til, fra hver sin organisation.",
    "discussions": "Alle diskussioner skal være afsluttet.",
    "checks": "Automatiserede kontroller skal være bestået.",
    "rights-transfer": "Eksterne udviklere underskriver en overdragelse af rettigheder.",
    "takeover": "Når produktet overtager et bidrag, skal det have en vedligeholder.",
}
ENGLISH = {
    "security-report": "Report vulnerabilities privately, never in a public issue.",
    "personal-data": "Do not write personal data.",
    "type-label": "Labels for issues: bug, feature and question.",
    "area-label": "Choose the area label of the component.",
    "issue-form": "Fill in all fields of the form.",
    "priority-reason": "Justify a high priority.",
    "severity": "Every fault gets a severity.",
    "language": "All communication on GitHub should be in English.",
    "linked-issue": "The description should include a link to the issue.",
    "approved-issue": "Wait until the issue is accepted for inclusion.",
    "description": "Give a short description of the suggested change and your reasoning.",
    "template": "Fill in the template, and meet every requirement on the checklist.",
    "screenshot": "Include a screenshot if the user interface changes.",
    "changelog": "Add an entry to the changelog under Unreleased.",
    "title": "The first line of your commit message has at most 69 characters.",
    "branch-name": "Create a new branch and name it feature/calendar.",
    "target-branch": "Features merge into develop, hotfixes into master.",
    "merge-commits": "Rebase your branch instead of merging.",
    "sign-off": "Sign your commits with git commit -s.",
    "size": "Split large changes into several contributions.",
    "licence": "Every source file opens with the license header.",
    "tests": "Add tests for whatever is new.",
    "documentation": "Update the documentation in the same go.",
    "api-description": "Regenerate the API specification after changing an endpoint.",
    "reviews": "Core members will review your proposed change.",
    "discussions": "All discussions have to be resolved.",
    "checks": "The build must have a green status.",
    "rights-transfer": "External developers sign a transfer of rights.",
    "takeover": "Before the takeover of a contribution it needs a maintainer.",
}
RULES = {rule.id: rule for rule in REGISTRY}


def guide(paragraphs: dict[str, str]) -> str:
    """A guideline with one paragraph a heading, which says nothing itself."""
    return "\n".join(f"## {n}\n\n{text}\n" for n, text in enumerate(paragraphs.values(), 1))


@pytest.mark.parametrize("rule", DANISH)
@pytest.mark.parametrize("paragraphs", [DANISH, ENGLISH], ids=["da", "en"])
def test_a_rule_quotes_its_own_paragraph(rule: str, paragraphs: dict[str, str]) -> None:
    found = best_paragraph(guide(paragraphs), "docs/CONTRIBUTING.md", RULES[rule].topic)
    assert found is not None
    assert paragraphs[rule].startswith(found.citation.quote.split("\n")[0])


VAGUE = """\
# Tak, fordi du vil være med

Alle ændringer sker gennem pull requests. En pull request er et bidrag, og et issue er en sag.

We welcome pull requests and issues from everyone. Please be kind to one another.
"""


@pytest.mark.parametrize("rule", DANISH)
def test_a_rule_quotes_nothing_where_its_subject_is_not_mentioned(rule: str) -> None:
    assert best_paragraph(VAGUE, "docs/CONTRIBUTING.md", RULES[rule].topic) is None
