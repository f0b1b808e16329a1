"""Where one kind of file is changed, another has to be changed too."""

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding, Place
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.files.changes import (
    MOST_NAMED,
    first_changed_line,
    has_new_content,
    named,
)
from os2kb.governance.rules.rule import not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.rules.pull_request.files import Companions


def companions(
    rule: str,
    facts: Facts,
    options: Companions,
    what: Phrase,
    remedy: Phrase,
    *,
    shows_where: bool = False,
) -> Finding:
    """Whether a pull request that changes `when` also changes `then`.

    Args:
        rule: whose Finding it is.
        facts: the pull request.
        options: which files ask for which.
        what: the companion, as in “no … is changed”.
        remedy: how to mend it.
        shows_where: the change that asks for it stands in few lines, which are pointed at.
    """
    pull = pull_of(facts)
    present = [one for one in pull.files if matches(one.path, options.then)]
    asking = [
        one
        for one in pull.files
        if has_new_content(one)
        and matches(one.path, options.when)
        and not matches(one.path, options.then)
    ]
    kept = [one for one in present if one.change != "removed"]
    if pull.files_cut and not (asking and kept):
        return unsure(
            rule,
            "Der er ændret flere filer, end jeg kan se.",
            "More files are changed than can be seen here.",
        )
    if not asking:
        return not_applicable(
            rule,
            "Ingen af de filer, der kræver det, er ændret.",
            "None of the files that ask for it is changed.",
        )
    if kept:
        return passes(rule, f"{named(kept)} er ændret.", f"{named(kept)} is changed.")
    places = tuple(Place(one.path, first_changed_line(one)) for one in asking[:MOST_NAMED])
    return Finding(
        rule,
        "fail",
        Phrase(
            f"{named(asking)} er ændret, men ingen {what.da} er det.",
            f"{named(asking)} is changed, but no {what.en} is.",
        ),
        remedy,
        label="status.needs-change",
        places=places if shows_where else (),
    )
