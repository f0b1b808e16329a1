"""Jira: whether it lets us in, and what we may do in the projects that products were given."""

from collections.abc import Iterator

from os2kb.clock import now
from os2kb.doctor.check import Check, as_it_is
from os2kb.phrases import Phrase
from os2kb.settings import Settings
from os2kb.trackers.jira import Jira, connect
from os2kb.trackers.port import TrackerError

_GRANT = Phrase(
    "Giv vores konto dem i projektets tilladelser i Jira; docs/jira.md viser, hvorfor.",
    "Grant them to our account in the project's permissions in Jira; docs/jira.md tells why.",
)


def jira(settings: Settings) -> Iterator[Check]:
    """Whether Jira knows us, and lets us work in each project."""
    tracker = connect(settings, now)
    if tracker is None:
        off = Phrase("OS2KB_JIRA_URL er ikke sat", "OS2KB_JIRA_URL is not set")
        yield Check("Jira", "off", off)
        return
    try:
        we, kind = tracker.name, "Cloud" if tracker.is_cloud else "Data Center"
    except TrackerError as error:
        cure = Phrase(
            "Se efter i OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL og OS2KB_JIRA_TOKEN.",
            "Check OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL and OS2KB_JIRA_TOKEN.",
        )
        yield Check("Jira", "wrong", error.phrase, cure)
        return
    yield Check("Jira", "ok", Phrase(f"vi er {we} ({kind})", f"we are {we} ({kind})"))
    entries = settings.grants().entries.values()
    for project in dict.fromkeys(key for entry in entries for key in entry.jira):
        yield _project(tracker, project)


def _project(tracker: Jira, project: str) -> Check:
    part = f"Jira project {project}"
    try:
        lacking = tracker.lacking(project)
    except TrackerError as error:
        cure = Phrase(
            "Er projektets nøgle rigtig i OS2KB_PRODUCTS, og må vores konto se det?",
            "Is the project's key right in OS2KB_PRODUCTS, and may our account see it?",
        )
        return Check(part, "wrong", error.phrase, cure)
    if lacking:
        listed = ", ".join(lacking)
        said = Phrase(f"tilladelser, der mangler: {listed}", f"permissions missing: {listed}")
        return Check(part, "wrong", said, _GRANT)
    return Check(part, "ok", as_it_is("ok"))
