"""What the console consists of, in the order of its menu."""

from typing import NamedTuple

from os2kb.phrases import Phrase


class Section(NamedTuple):
    """A page of the menu, under the name of its template."""

    name: str
    address: str
    title: Phrase


SECTIONS = (
    Section("now", "/console", Phrase("Nu", "Now")),
    Section("subjects", "/console/subjects", Phrase("Emner", "Subjects")),
    Section("escalation", "/console/escalation", Phrase("Eskalering", "Escalation")),
    Section("decisions", "/console/decisions", Phrase("Beslutninger", "Decisions")),
    Section("jira", "/console/jira", Phrase("Jira", "Jira")),
    Section("questions", "/console/questions", Phrase("Spørgsmål", "Questions")),
    Section("knowledge", "/console/knowledge", Phrase("Viden", "Knowledge")),
    Section("policies", "/console/policy", Phrase("Policy", "Policy")),
    Section("deliveries", "/console/deliveries", Phrase("Leveringer", "Deliveries")),
    Section("health", "/console/health", Phrase("Drift", "Health")),
)
