"""Whether tickets can be created as a Policy has it: asked of Jira before anybody needs one."""

from collections.abc import Iterator

from os2kb.phrases import Phrase
from os2kb.policy.sections.jira import Jira
from os2kb.trackers.port import Tracker, TrackerError

_LACKING = Phrase(
    "`jira.required`: {} kræver feltet {}, hvor en ticket af typen {} oprettes; giv det en værdi "
    "her, eller gør det frivilligt i Jira, ellers bliver ingen oprettet.",
    "`jira.required`: {} asks for the field {} where a ticket of the type {} is created; give it a "
    "value here, or make it optional in Jira, or none is created.",
)
_UNASKED = Phrase(
    "`jira`: om tickets kan oprettes, er ikke set efter: {}",
    "`jira`: whether tickets can be created was not looked up: {}",
)


def asked_in_jira(tracker: Tracker, section: Jira) -> Iterator[Phrase]:
    """What is asked for at a creation and given no value; or why that could not be asked."""
    given = {name.casefold() for name, value in section.required.items() if value}
    try:
        asked = tracker.asked_at_creation(section.project, section.type)
    except TrackerError as error:
        yield _UNASKED.filled(error.phrase)
        return
    for name in asked:
        if name.casefold() not in given:
            yield _LACKING.filled(section.project, name, section.type)
