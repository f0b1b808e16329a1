"""The commands that a comment gives."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from os2kb.governance.commands.given.known import ALSO, KNOWN
from os2kb.governance.facts import Comment
from os2kb.governance.reading.prose import top_paragraphs

MOST_PER_COMMENT = 5

_MAYBE = re.compile(r"/os2", re.IGNORECASE)  # reading Markdown costs far more
_LINE = re.compile(r"/os2(?:\s+(?P<word>\S+)\s*(?P<text>.*))?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        word: in lower case, the usual one where there are two; one of `KNOWN`, or something this
            version has not.
        text: the rest of its line; of a question, the paragraph's next lines where it is empty, and
            of a decision those, too.
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

    @property
    def reads(self) -> bool:
        """Whether it is known and changes nothing."""
        return self.known and KNOWN[self.word].reads

    def asks_about(self) -> "tuple[Command, ...]":
        """The commands whose permission its answer depends on: of `help`, all of them."""
        if self.word != "help":
            return (self,) if self.known else ()
        return tuple(replace(self, word=word) for word in KNOWN)

    @property
    def because(self) -> str:
        """How Actions name it as their cause."""
        return f"/os2 {self.word}" if self.known else "/os2"


@lru_cache(maxsize=256)
def commands_in(comment: Comment) -> tuple[Command, ...]:
    """The commands a comment gives, in order, at most `MOST_PER_COMMENT`.

    Bots give none. Neither does an edited comment: a command runs as it was first written, once.
    """
    if not may_give_commands(comment):
        return ()
    written = _words_written(comment.body)
    found: list[Command] = []
    for lines in top_paragraphs(comment.body):
        for place, line in enumerate(lines):
            match = _LINE.match(line.strip())
            if match is None:
                continue
            text, word = (match["text"] or "").strip(), _word(match["word"] or "help")
            if word not in written:
                continue
            if word == "decide" or (word == "ask" and not text):
                text = f"{text} {_rest(lines[place + 1 :])}".strip()
            found.append(Command(word, text, comment.id, comment.author.login))
    return tuple(found[:MOST_PER_COMMENT])


def may_give_commands(comment: Comment) -> bool:
    """Whether a comment can give any; costs far less than reading its Markdown."""
    edited = comment.updated_at > comment.created_at
    if comment.author.is_bot or comment.author.is_self or edited:
        return False
    return _MAYBE.search(comment.body) is not None and bool(_words_written(comment.body))


def _words_written(body: str) -> frozenset[str]:
    r"""The words of commands that stand first on a line as it was typed.

    `\/os2 undo` and `**/os2 undo**` only tell of a command.
    """
    found = (_LINE.match(line.strip()) for line in body.splitlines())
    return frozenset(_word((match["word"] or "help").strip("*_")) for match in found if match)


def _word(written: str) -> str:
    word = written.lower()
    return ALSO.get(word, word)


def _rest(lines: tuple[str, ...]) -> str:
    """The lines up to the next command, as one."""
    taken: list[str] = []
    for line in lines:
        if _LINE.match(line.strip()):
            break
        taken.append(line.strip())
    return " ".join(taken).strip()
