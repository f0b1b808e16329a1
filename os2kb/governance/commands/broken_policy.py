"""`/os2 help` where the Policy has mistakes: whoever can mend it is told why all is silent."""

from datetime import datetime

from os2kb.governance.actions import PutComment, Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.repeats import Reply, told_once
from os2kb.governance.commands.given.unanswered import unanswered
from os2kb.governance.comments.checks.problems import lines_of
from os2kb.governance.comments.render import comment
from os2kb.governance.facts import Comment, Facts, Role
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.phrases import Phrase

_WHY = Phrase(
    "Der er fejl i policyfilen, så jeg gør intet her, før den er rettet:",
    "The Policy has mistakes, so I do nothing here until it is mended:",
)
_MORE = Phrase(
    "Det er den første af {}; `os2kb policy check` viser dem alle.",
    "It is the first of {}; `os2kb policy check` shows them all.",
)


def told_of_problems(facts: Facts, now: datetime) -> tuple[PutComment | Remember, ...]:
    """A reply to each comment that asks for help and nothing else, of whoever can write here.

    What else people ask waits until the Policy is mended: without one nobody may do anything.
    """
    if facts.locked:
        return ()
    made = [
        Reply(written, commands, _reply(written, facts))
        for written, commands in _asking(facts, now)
        if facts.roles.get(written.author.login, Role.NONE) >= Role.WRITE
    ]
    return told_once(facts, made)


def who_asks_for_help(facts: Facts, now: datetime) -> tuple[str, ...]:
    """The logins whose role says whether they are told, each once."""
    if facts.locked:
        return ()
    return tuple(dict.fromkeys(written.author.login for written, _ in _asking(facts, now)))


def _asking(facts: Facts, now: datetime) -> list[tuple[Comment, tuple[Command, ...]]]:
    return [
        (written, commands)
        for written, commands in unanswered(facts, now)
        if commands and all(one.word == "help" for one in commands)
    ]


def _reply(written: Comment, facts: Facts) -> PutComment:
    marker, language = f"reply:{written.id}", facts.language
    problems = facts.problems_told
    more = _MORE.in_language(language).format(len(problems)) if len(problems) > 1 else ""
    parts = (_WHY.in_language(language), *lines_of(problems[:1], language), more)
    said = Markdown("\n\n".join(filter(None, parts)) + "\n")
    return PutComment(marker, comment(marker, lambda _: said), because="/os2 help", asked=True)
