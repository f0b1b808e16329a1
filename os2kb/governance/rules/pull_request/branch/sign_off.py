"""Purpose: every commit is signed off, so that its author vouches for the right to give it.

The Developer Certificate of Origin (https://developercertificate.org) is signed by a line
`Signed-off-by: Name <address>` in the commit message, of the commit's author. Addresses are
compared and never repeated.
"""

import re
from datetime import datetime

from os2kb.governance.facts import Commit, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "sign-off"
_TRAILER = re.compile(
    r"^Signed-off-by:[ \t]*(?P<name>[^<\n]{1,200}?)[ \t]*<(?P<email>[^>\s]{3,200})>[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the trailers of commits that people wrote; merges bring nothing of their own."""
    pull = pull_of(facts)
    commits = [one for one in pull.commits or () if one.parents < 2 and not one.is_by_bot]
    unsigned = [one for one in commits if not _is_signed(one)]
    if unsigned:
        return _unsigned(unsigned, len(commits))
    if pull.commits_cut:
        return unsure(
            ID,
            "Der er flere commits, end jeg kan se.",
            "There are more commits than can be seen here.",
        )
    if not commits:
        return not_applicable(ID, "Der er ingen commits.", "There are no commits.")
    return passes(ID, "Alle commits er signeret.", "All commits are signed off.")


def _is_signed(commit: Commit) -> bool:
    """Whether a sign-off is the author's own, by name or address; where neither is known, any."""
    own = {commit.author_name.casefold(), commit.author_email.casefold()} - {""}
    signed = [
        {match["name"].casefold(), match["email"].casefold()}
        for match in _TRAILER.finditer(commit.message)
    ]
    return any(not own or own & one for one in signed)


def _unsigned(unsigned: list[Commit], total: int) -> Finding:
    shas = ", ".join(one.sha[:7] for one in unsigned[:3]) + (", …" if len(unsigned) > 3 else "")
    return Finding(
        ID,
        "fail",
        Phrase(
            f"{len(unsigned)} af {total} commits mangler forfatterens Signed-off-by: {shas}.",
            f"{len(unsigned)} of {total} commits lack their author's Signed-off-by: {shas}.",
        ),
        Phrase(
            f"Kør git rebase --signoff HEAD~{total}, og push grenen igen med --force-with-lease.",
            f"Run git rebase --signoff HEAD~{total} and push the branch with --force-with-lease.",
        ),
        label="status.needs-change",
    )


RULE = Rule(
    id=ID,
    asks=Phrase("har signerede commits", "has signed-off commits"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "commits skal +signeres / Developer +Certificate of Origin / +sign your +commits / +DCO"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.sign_off,
    check=check,
    needs=frozenset({"commits"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
