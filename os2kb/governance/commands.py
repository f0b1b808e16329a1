"""Commands: `/os2 …` in a conversation comment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from os2kb.governance.facts import Comment, Facts, Role
from os2kb.governance.prose import top_paragraphs
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

MOST_PER_COMMENT = 5

KNOWN: Mapping[str, Phrase] = {
    "help": Phrase("viser denne liste", "shows this list"),
    "ask": Phrase(
        "svarer på et spørgsmål ud fra retningslinjer, beslutninger og ofte stillede spørgsmål",
        "answers a question from guidelines, decisions and the FAQ",
    ),
    "why": Phrase(
        "viser, hvad hver regel fandt her, og hvilken retningslinje den bygger på",
        "shows what each rule found here, and the guideline it rests on",
    ),
}
"""The commands of this version. All of them only read."""

_MAYBE = re.compile(r"/os2", re.IGNORECASE)  # reading Markdown costs far more
_LINE = re.compile(r"/os2(?:\s+(?P<word>\S+)\s*(?P<text>.*))?\Z", re.IGNORECASE)
_ROLES = {
    "triage": Role.TRIAGE,
    "write": Role.WRITE,
    "maintain": Role.MAINTAIN,
    "admin": Role.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        word: as written, in lower case; one of `KNOWN`, or something this version has not.
        text: the rest of its line; of a question, the paragraph's next lines where it is empty.
        by: the login of who wrote it.
    """

    word: str
    text: str
    comment_id: int
    by: str

    @property
    def known(self) -> bool:
        """Whether this version has the command."""
        return self.word in KNOWN


@lru_cache(maxsize=256)
def commands_in(comment: Comment) -> tuple[Command, ...]:
    """The commands a comment gives, in order, at most `MOST_PER_COMMENT`.

    Bots give none. Neither does an edited comment: a command runs as it was first written, once.
    """
    edited = comment.updated_at > comment.created_at
    if comment.author.is_bot or comment.author.is_self or edited:
        return ()
    if _MAYBE.search(comment.body) is None:
        return ()
    found: list[Command] = []
    for lines in top_paragraphs(comment.body):
        for place, line in enumerate(lines):
            match = _LINE.match(line.strip())
            if match is None:
                continue
            text, word = (match["text"] or "").strip(), (match["word"] or "help").lower()
            if word == "ask" and not text:
                text = _rest(lines[place + 1 :])
            found.append(Command(word, text, comment.id, comment.author.login))
    return tuple(found[:MOST_PER_COMMENT])


def _rest(lines: tuple[str, ...]) -> str:
    """The lines up to the next command, as one."""
    taken: list[str] = []
    for line in lines:
        if _LINE.match(line.strip()):
            break
        taken.append(line.strip())
    return " ".join(taken).strip()


def permitted(command: Command, facts: Facts, policy: Policy) -> bool:
    """Whether who wrote a known command may give it here. A role not in the Facts is no role."""
    login = command.by.casefold()
    role = next((have for name, have in facts.roles.items() if name.casefold() == login), Role.NONE)
    return any(_is(who, login, role, facts) for who in getattr(policy.commands, command.word))


def needs_role(command: Command, policy: Policy) -> bool:
    """Whether a known command can only be permitted by knowing the writer's role."""
    who = getattr(policy.commands, command.word)
    return "anyone" not in who and any(level in _ROLES for level in who)


def _is(who: str, login: str, role: Role, facts: Facts) -> bool:
    if who == "anyone":
        return True
    if who == "author":
        return login == facts.author.login.casefold()
    if who in _ROLES:
        return role >= _ROLES[who]
    return who.casefold() == f"@{login}"
