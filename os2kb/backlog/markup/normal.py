"""The one form of a document: what both languages can hold, and what that took.

`normal` is done once for all: the normal form of a normal form is itself, and what a writer makes
of it is read as it again. So two sides are compared by it, never by their raw text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from os2kb.backlog.markup.document import (
    Block,
    Code,
    Document,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    Run,
    Table,
)
from os2kb.backlog.markup.lines import marked, normal_text, one_line
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.seen import seen

_DEEPEST = 8
"""Lists and quotes within each other; Markdown parsers stop at some depth, too."""
_MOST_PADDING = 2_000
"""Empty cells that may be added to make the rows of a table equally long."""
_TASK = re.compile(r"\[([ xX])\] ")
_LANGUAGE = re.compile(r"[a-z0-9][a-z0-9+#._-]{0,29}")
# Languages that Jira colours, by the names that GitHub has for them.
_ALIASES = {
    "c++": "cpp", "c#": "csharp", "cs": "csharp", "html5": "html", "htm": "html",
    "js": "javascript", "node": "javascript", "objc": "objective-c", "py": "python",
    "python3": "python", "rb": "ruby", "shell": "bash", "sh": "bash", "zsh": "bash",
    "golang": "go", "vb": "visualbasic", "yml": "yaml",
}  # fmt: skip
_LANGUAGES = frozenset((
    "actionscript", "ada", "applescript", "bash", "c", "cpp", "csharp", "css", "erlang",
    "go", "groovy", "haskell", "html", "java", "javascript", "json", "lua", "objective-c",
    "perl", "php", "python", "r", "ruby", "scala", "sql", "swift", "visualbasic", "xml",
    "yaml",
))  # fmt: skip
_NO_LANGUAGE = ("none", "text", "txt", "plain", "plaintext")


def normal(document: Document) -> Document:
    """The document as both languages can hold it, with all that was lost."""
    made = _Normal(set(document.losses))
    blocks = tuple(made.blocks(document.blocks, depth=0, quoted=False))
    return Document(blocks, frozenset(made.losses))


@dataclass(slots=True)
class _Normal:
    losses: set[Loss] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block], *, depth: int, quoted: bool) -> list[Block]:
        found: list[Block] = []
        for block in blocks:
            for one in self._block(block, depth, quoted):
                last = found[-1] if found else None
                if isinstance(one, List) and isinstance(last, List) and _alike(one, last):
                    found[-1] = replace(last, items=last.items + one.items)
                else:
                    found.append(one)
        return found

    def _block(self, block: Block, depth: int, quoted: bool) -> Iterator[Block]:
        match block:
            case Paragraph():
                if text := normal_text(block.text):
                    yield Paragraph(text)
            case Heading():
                if line := one_line(normal_text([block.line])):
                    yield Heading(min(max(block.level, 1), 6), line)
            case Code():
                yield from self._code(block)
            case Quote():
                yield from self._quote(block, depth, quoted)
            case List():
                if items := self._items(block, depth, quoted):
                    yield List(tuple(items), block.ordered)
            case Table():
                yield from self._table(block)
            case Rule():
                yield block

    def _code(self, block: Code) -> Iterator[Code]:
        lines = [line if line.strip() else "" for line in seen(block.text).split("\n")]
        text = "\n".join(lines).strip("\n")
        language = self._language(block.language)
        if language and "{code}" in text:
            self.losses.add("code-language")
            language = ""
        if "{noformat}" in text and "{code}" in text:
            self.losses.add("code-text")
            text = text.replace("{code}", "{ code}")
        if text:
            yield Code(text, language)

    def _language(self, written: str) -> str:
        words = written.lower().split()
        if not words or words[0] in _NO_LANGUAGE:
            return ""
        name = words[0] if _LANGUAGE.fullmatch(words[0]) else ""
        language = _ALIASES.get(name, name)
        if language in _LANGUAGES:
            return language
        self.losses.add("code-language")
        return ""

    def _quote(self, block: Quote, depth: int, quoted: bool) -> Iterator[Block]:
        flat = quoted or depth >= _DEEPEST
        blocks = self.blocks(block.blocks, depth=depth + 1, quoted=True)
        if flat:
            self.losses.add("nesting")
            yield from blocks
        elif blocks:
            yield Quote(tuple(blocks))

    def _items(self, block: List, depth: int, quoted: bool) -> list[Item]:
        """The items that begin with something of their own; a list alone joins the one before."""
        found: list[Item] = []
        for item in block.items:
            kept = self._item(item.blocks, depth, quoted)
            own = [one for one in kept if not isinstance(one, List)]
            lists = [one for one in kept if isinstance(one, List)]
            if own and depth < _DEEPEST:
                done, first = _task(own[0], item.done)
                found.append(Item((first, *own[1:], *lists), done))
                continue
            if lists:
                self.losses.add("nesting")
            if own:
                found.append(Item(tuple(own)))
            if found and not own:
                joined = self.blocks((*found[-1].blocks, *lists), depth=depth, quoted=quoted)
                found[-1] = replace(found[-1], blocks=tuple(joined))
            else:
                found += [inner for one in lists for inner in one.items]
        return found

    def _item(self, blocks: Iterable[Block], depth: int, quoted: bool) -> list[Block]:
        """Lines, code, quotes, and then lists: what comes after a list joins its last item."""
        kept: list[Block] = []
        for block in self.blocks(blocks, depth=depth + 1, quoted=quoted):
            simple = self._simple(block)
            if simple is not None:
                _add(kept, simple, self.losses)
        return kept

    def _simple(self, block: Block) -> Block | None:
        """A block as it may stand in an item."""
        match block:
            case Heading():
                self.losses.add("in-list")
                return Paragraph(normal_text(marked((block.line,), "strong")))
            case Table():
                self.losses.add("in-list")
                rows = [row for row in (block.header, *block.rows) if row]
                return Paragraph(normal_text(_in_one_line(row) for row in rows))
            case Rule():
                self.losses.add("in-list")
                return None
            case _:
                return block

    def _table(self, block: Table) -> Iterator[Block]:
        rows = [tuple(normal_text(cell) for cell in row) for row in (block.header, *block.rows)]
        width = max(map(len, rows), default=0)
        missing = sum(width - len(row) for row in rows)
        if missing > _MOST_PADDING + sum(map(len, rows)):
            self.losses.add("table")
            if text := normal_text(_in_one_line(row) for row in rows if any(row)):
                yield Paragraph(text)
            return
        padded = [row + ((),) * (width - len(row)) for row in rows]
        header = padded[0] if any(padded[0]) else ()
        if width and (header or padded[1:]) and any(map(any, padded)):
            yield Table(header, tuple(padded[1:]))


def _alike(one: List, other: List) -> bool:
    return one.ordered == other.ordered


def _add(kept: list[Block], block: Block, losses: set[Loss]) -> None:
    last = kept[-1] if kept else None
    if isinstance(last, List) and not isinstance(block, List):
        losses.add("in-list")
        *before, item = last.items
        inside = list(item.blocks)
        _add(inside, block, losses)
        kept[-1] = replace(last, items=(*before, replace(item, blocks=tuple(inside))))
    elif isinstance(last, Paragraph) and isinstance(block, Paragraph):
        losses.add("in-list")
        kept[-1] = Paragraph(last.text + block.text)
    elif isinstance(last, List) and isinstance(block, List) and _alike(last, block):
        kept[-1] = replace(last, items=last.items + block.items)
    else:
        kept.append(block)


def _in_one_line(row: Row) -> tuple[Run, ...]:
    runs: list[Run] = []
    for cell in row:
        runs += [Run(" | "), *one_line(cell)] if runs else one_line(cell)
    return tuple(runs)


def _task(first: Block, done: bool | None) -> tuple[bool | None, Block]:
    """Whether an item is a task that is done, by the box that it begins with; and what follows."""
    if done is not None or not isinstance(first, Paragraph):
        return (done if isinstance(first, Paragraph) else None), first
    (run, *runs), *lines = first.text
    box = _TASK.match(run.text) if _is_plain(run) else None
    if box is None or not (runs or run.text[box.end() :]):
        return None, first
    rest = replace(run, text=run.text[box.end() :])
    return box[1] != " ", Paragraph(normal_text([(rest, *runs), *lines]))


def _is_plain(run: Run) -> bool:
    return not (run.marks or run.link or run.code)
