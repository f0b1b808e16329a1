"""Purpose: a change of the interface is shown, so that those who use it can judge it."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.files.changes import has_new_content, named
from os2kb.governance.rules.pull_request.written.pictures import has_picture
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "screenshot"
_REMEDY = Phrase(
    "Træk et skærmbillede af resultatet ind i beskrivelsen.",
    "Drag a screenshot of the result into the description.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for a picture or a film in the description and in people's comments."""
    paths, pull = policy.guidelines.rules.screenshot.paths, pull_of(facts)
    shown = [one for one in pull.files if has_new_content(one) and matches(one.path, paths)]
    if not shown and pull.files_cut:
        return unsure(
            ID,
            "Der er ændret flere filer, end jeg kan se.",
            "More files are changed than can be seen here.",
        )
    if not shown:
        return not_applicable(ID, "Brugerfladen er ikke ændret.", "The interface is not changed.")
    texts = [facts.body, *(one.body for one in facts.comments if not one.author.is_bot)]
    if any(has_picture(text) for text in texts):
        return passes(ID, "Der er et billede af resultatet.", "There is a picture of the result.")
    return Finding(
        ID,
        "fail",
        Phrase(
            f"{named(shown)} er ændret, men der er intet billede af resultatet.",
            f"{named(shown)} is changed, but there is no picture of the result.",
        ),
        _REMEDY,
        label="status.needs-info",
    )


RULE = Rule(
    id=ID,
    asks=Phrase("viser, hvordan det kommer til at se ud", "shows what it will look like"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+skærmbillede ved ændringer i brugerfladen / "
        "change of the user interface include a +screenshot"
    ),
    concepts=("status.needs-info",),
    setting=lambda rules: rules.screenshot,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request", "issue_comment"}),
    asks_bots=False,
)
