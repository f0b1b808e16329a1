"""What may happen to an issue and its ticket, as random runs draw it."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from os2kb.backlog.sides import Side
from tests.onlooker import SIDES
from tests.service.in_step.scene import CLASSES, FEW, LABELS, LOGINS, MILESTONES, TYPES

SIDE = st.sampled_from(SIDES)
NEW = ""  # a word that nobody used before
EDITS: dict[str, tuple[str, ...]] = {
    "title": (NEW,),
    "description": (NEW, NEW, "none"),
    "status": ("open", "completed", "not_planned"),
    "assignee": (*LOGINS, "none"),
    "fixVersion": (*MILESTONES, "none"),
    "type": (*TYPES, "none"),
    "severity": (*CLASSES, "none"),
    **dict.fromkeys(LABELS, ("on", "off")),
}
Meanwhile = tuple[int, tuple[Side, str, str]] | None
"""What somebody does in the middle of a look, and before which of its requests."""
NAMES = ("title", "description", "status", "status", "assignee", "fixVersion")
NAMES += ("type", "severity", *LABELS[:2])
ALWAYS = {"jira": ("type", "severity")}
"""What a side cannot be without."""
BY_LABEL = ("type", "severity")
EDIT = st.tuples(SIDE, st.sampled_from(NAMES)).flatmap(
    lambda drawn: st.tuples(st.just(drawn[0]), st.just(drawn[1]), st.sampled_from(EDITS[drawn[1]]))
)
FAULT = st.tuples(
    st.sampled_from(("github", "jira")),
    st.sampled_from(
        ("502", "503", "reset", "502-after-write", "reset-after-write", "rate-limit:20")
    ),
    st.sampled_from(("", "GET", "POST", "PATCH", "PUT", "DELETE")),
    st.sampled_from(("", "comment", "label", "issue", "transitions", "properties")),
    st.integers(1, 2),
)
WHICH = st.integers(0, 20)
# What a run carries, that nothing but a person can have changed since.
TAKEN_BACK = ("title", "description", "assignee", "fixVersion", *BY_LABEL)


def thing(name: str, *drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Something that may happen: the name of the method, and what it is given."""
    return st.tuples(st.just(name), *drawn)


HAPPENS = st.one_of(
    EDIT.map(lambda drawn: ("edit", *drawn)),
    EDIT.map(lambda drawn: ("edit", *drawn)),
    EDIT.map(lambda drawn: ("edit", *drawn)),
    FAULT.map(lambda drawn: ("trouble", *drawn)),
    thing("say", SIDE, st.sampled_from(("", "", FEW))),
    thing("say_otherwise", WHICH, st.sampled_from(("edit", "edit", "delete"))),
    thing("meddle", WHICH, st.sampled_from(("edit", "delete"))),
    thing("deliver", WHICH, st.integers(0, 2)),
    thing("deliver", WHICH, st.integers(1, 2)),
    thing("ask", st.sampled_from(NAMES), SIDE),
    thing("schedule", st.integers(1, 28)),
    thing("wait", st.sampled_from((1, 5, 30, 400))),
)


PASSES: dict[str, Callable[[str], bool]] = {
    "status": lambda value: value == "open",  # from one ending to another
    **dict.fromkeys(BY_LABEL, lambda value: " and " in value),  # the next label before the last
}
