"""The task lists of a Markdown text.

https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/about-tasklists
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from os2kb.governance.reading.prose import folded, lines_of, tokens

_MOST = 200  # each of a template's is held against each of a text's
_TASK = re.compile(r"\[(?P<tick>[ xX]?)\](?:\s+(?P<text>.*))?")


@dataclass(frozen=True, slots=True)
class Task:
    """An item of a task list.

    Attributes:
        more: what stands below its first line, in the same item.
    """

    text: str
    ticked: bool
    more: str = ""

    @property
    def is_struck(self) -> bool:
        """Whether it was crossed out, which says that it does not apply."""
        return self.text.startswith("~~") and self.text.rstrip(" .").endswith("~~")


def tasks(markdown: str) -> tuple[Task, ...]:
    """The first tasks outside quotes and code, in order."""
    found = (task for lines in _items(markdown) if (task := _task(lines)))
    return tuple(islice(found, _MOST))


def _items(markdown: str) -> Iterator[list[str]]:
    """The lines of each list item, those of items nested in it as items of their own."""
    quotes, depth, item = 0, 0, list[str]()
    for token in tokens(markdown):
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "list_item_open" | "list_item_close":
                yield item
                depth, item = depth + token.nesting, []
            case "inline" if depth and not quotes:
                item += lines_of(token, code=True)


def _task(lines: list[str]) -> Task | None:
    found = _TASK.fullmatch(lines[0].strip()) if lines else None
    if found is None:
        return None
    return Task((found["text"] or "").strip(), found["tick"] in ("x", "X"), "\n".join(lines[1:]))


def is_answered(asked: Task, given: tuple[Task, ...]) -> bool:
    """Whether a template's task was ticked or crossed out, or something was written to it."""
    wanted = folded(asked.text)
    for task in given:
        said = folded(task.text)
        if said == wanted and (task.ticked or task.is_struck or task.more.strip()):
            return True
        if said.startswith(f"{wanted} "):  # `- [ ] Tests: der er ingen kode i den`
            return True
    return False
