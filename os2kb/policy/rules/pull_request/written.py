"""Options of the rules about what an author writes."""

from typing import Annotated

from pydantic import Field

from os2kb.policy.pattern import Pattern
from os2kb.policy.rules.setting import RuleSetting
from os2kb.policy.section import Name


class LinkedIssue(RuleSetting):
    """Options of `linked-issue`.

    Attributes:
        also: RE2 pattern of what counts as an issue, too, for a backlog that is kept elsewhere:
            `DISPLAY-[0-9]+`, or the address of a ticket
    """

    also: Pattern | None = None


class ApprovedIssue(RuleSetting):
    """Options of `approved-issue`.

    Attributes:
        labels: those of the repository's labels that say an issue is approved. On GitHub only
            people with the triage role or a stronger one can put them on.
    """

    labels: tuple[Name, ...] = ("Godkendt", "Approved")


class Title(RuleSetting):
    """Options of `title`.

    Attributes:
        pattern: RE2 pattern that must be found in the title; any title where left out.
        max_length: characters; any number where left out.
        past_tense: it must not begin with a verb in another tense (`Fix`, `Tilføjer`).
        final_period: whether it may end with a period.
        commits: whether the first lines of commit messages are asked for the same.
    """

    pattern: Pattern | None = None
    max_length: Annotated[int, Field(ge=10, le=256)] | None = None
    past_tense: bool = False
    final_period: bool = True
    commits: bool = False


class Template(RuleSetting):
    """Options of `template`.

    Attributes:
        headings: those that must be kept; empty for all of the repository's template.
        checklist: whether each item has to be ticked, or the text below the list to say why not.
    """

    headings: tuple[Name, ...] = ()
    checklist: bool = True


class Screenshot(RuleSetting):
    """Options of `screenshot`.

    Attributes:
        paths: globs of the files that make up the interface; `!` takes files out again.
    """

    paths: tuple[Name, ...] = (
        *("*.css", "*.scss", "*.sass", "*.less", "*.svg", "*.html", "*.twig", "*.vue"),
        *("*.svelte", "*.jsx", "*.tsx", "!*.test.*", "!*.spec.*", "!docs/*"),
    )
