"""From one side's text to the other's, and to the form in which both are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from os2kb.backlog.markup.document import Document
from os2kb.backlog.markup.github.reading import read_markdown
from os2kb.backlog.markup.github.writing import write_markdown
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.wiki.reading import read_wiki
from os2kb.backlog.markup.wiki.writing import write_wiki


@dataclass(frozen=True, slots=True)
class Markup:
    """A language: for another one, such as Atlassian's document format, give two functions more.

    Attributes:
        read: any text to a document in its normal form.
        write: a document to text that is read as the same document.
    """

    read: Callable[[str], Document]
    write: Callable[[Document], str]


MARKDOWN = Markup(read_markdown, write_markdown)


def wiki(people: Mapping[str, str] | None = None) -> Markup:
    """Jira's wiki text.

    Args:
        people: user of Jira to login on GitHub; a mention of anybody else becomes `@…`.
    """
    return Markup(lambda text: read_wiki(text, people), write_wiki)


WIKI = wiki()


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in another language, and what it lost."""

    text: str
    losses: frozenset[Loss]


def converted(text: str, source: Markup, target: Markup) -> Converted:
    """A text of one language in another."""
    document = source.read(text)
    return Converted(target.write(document), document.losses)


def comparable(text: str, source: Markup) -> str:
    """The Markdown that stands for all texts that say the same in the same form."""
    return write_markdown(source.read(text))
