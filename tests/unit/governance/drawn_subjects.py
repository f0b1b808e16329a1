"""Subjects drawn at random: issues and pull requests with a past."""

from dataclasses import replace

from hypothesis import strategies as st

from os2kb.governance.facts import ChangedFile, Facts, Linked, Role
from tests.unit.governance.cases import (
    ANSWER,
    BO,
    IDA,
    OTHER_BOT,
    REPOSITORY,
    SELF,
    comment,
    event,
    issue,
    pull,
)
from tests.unit.governance.test_neutralise import ATTACKS

TITLES = (
    *("Kalenderen opdateres ikke", "Ønske om eksport", "Eksport", "XSS i søgefeltet"),
    *("Hvordan gør jeg?", "Fejl i dokumentationen", "[12]: Ret"),
)


BODIES = (
    *("", "Tak.", "/os2 help", "/os2 why", "/os2 ask Hvem?", "/os2 x", "Sikkerhedshul her"),
    *(
        "/os2 recheck",
        "/os2 label bug",
        "/os2 label Spørgsmål",
        "/os2 label wontfix",
        "/os2 label x",
    ),
    *("/os2 ignore", "/os2 ignore linked-issue", "/os2 ignore security-report", "/os2 pause"),
    *("/os2 resume", "/os2 resume linked-issue", "/os2 undo", "/os2 pause\n/os2 label Bug"),
)


FILES = (
    ChangedFile("src/app.php", "modified", "+x"),
    ChangedFile("README.md", "modified", "+x"),
    ChangedFile("CHANGELOG.md", "modified", "@@ -1 +1,2 @@\n ## [Unreleased]\n+- x"),
    ChangedFile("CHANGELOG.md", "modified", None),
)


labels = st.sampled_from(REPOSITORY.labels)


texts = st.sampled_from(TITLES) | st.sampled_from(ATTACKS) | st.text(max_size=20)


@st.composite
def subjects(draw: st.DrawFn) -> Facts:
    """Issues and pull requests with a past: labels and comments by people, bots and us."""
    whole = issue if draw(st.booleans()) else pull
    people = st.sampled_from((IDA, BO, OTHER_BOT, SELF))
    comments = tuple(
        comment(draw(st.sampled_from(BODIES)), 100 + place, draw(people))
        for place in range(draw(st.integers(0, 3)))
    )
    history = tuple(
        event(draw(labels), added=draw(st.booleans()), actor=draw(people), minute=minute)
        for minute in range(draw(st.integers(0, 4)))
    )
    facts = replace(
        whole(),
        title=draw(texts),
        body=draw(texts | st.sampled_from(BODIES)),
        author=draw(st.sampled_from((IDA, OTHER_BOT))),
        open=draw(st.booleans()) or draw(st.booleans()),
        locked=draw(st.booleans()) and draw(st.booleans()),
        labels=tuple(draw(st.lists(labels, unique=True, max_size=3))),
        comments=comments,
        history=history,
        language=draw(st.sampled_from(("da", "en"))),
        answers={one.id: ANSWER for one in comments},
        linked=draw(st.sampled_from(((), (Linked(12),)))),
        roles={"ida": draw(st.sampled_from(Role)), "bo": draw(st.sampled_from(Role))},
        proposed_policy_problems=draw(st.sampled_from((None, ()))),
    )
    if facts.pull_request is None:
        return facts
    files = tuple(draw(st.lists(st.sampled_from(FILES), max_size=2)))
    return replace(facts, pull_request=replace(facts.pull_request, files=files))
