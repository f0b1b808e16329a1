"""Documents and texts that hypothesis draws: of plain words, and of all that could act."""

from hypothesis import strategies as st

from os2kb.backlog.markup.document import (
    Block,
    Code,
    Document,
    Heading,
    Item,
    List,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)

MARKS: tuple[Mark, ...] = (
    "strong", "emphasis", "deleted", "inserted", "superscript", "subscript",
)  # fmt: skip
NASTY = (
    *("*", "**", "_", "__", "-", "--", "---", "----", "+", "^", "~", "~~", "`", "```", "|", "||"),
    *("\\", "\\\\", "[", "]", "(", ")", "{", "}", "{{", "}}", "!", "?", "??", "#", "# ", "<", ">"),
    *("&", "&amp;", "&#42;", "&nbsp;", "=", "===", ":", "$x$", "1.", "1) x", "- x", "* x", "h1. x"),
    *("bq. x", "[ ]", "[x]", "[x] y", "{code}", "{code:python}", "{noformat}", "{quote}"),
    "{color}",
    *("{color:red}", "{panel:title=x}", "{*}", "{_}", "[~bo]", "[^fil.png]", "!fil.png!", "(x)"),
    *("(/)", ":)", "(*)", "[a|https://a.dk]", "[https://a.dk]", "[a](https://a.dk)", "~~~", "[^1]"),
    *("https://a.dk/b_c*d", "https://a.dk/(x)", "<https://a.dk>", "![a](https://a.dk/b.png)"),
    *("[^1]: x", "[x]: https://a.dk", "@ida", "#12", "GH-7", "<b>", "</b>", "<br>", "<!-- x -->"),
    *("<script>", "<details>", "<a href='https://a.dk'>", "</a>", "<!-- os2kb:status -->", "| - |"),
    *("\0", "\ud800", "\u202e", "\u200b", "\r", "\t", "🇩🇰", "👩‍👧", "æøå", "é", "x", "a b"),
    *("code", "info", "quote"),
)  # fmt: skip
WORDS = st.sampled_from(("ord", "og", "et til", " ", "æ", "1", ".", ", ", "–"))
TEXT = st.lists(st.sampled_from(NASTY) | WORDS | st.text(max_size=4), max_size=4).map("".join)
LINK = st.sampled_from(
    ("", "", "", "https://a.dk", "https://a.dk/b_(c)", "https://a.dk/?x=1&y=æ|[*]", "docs/x.md",
     "javascript:x", "mailto:ida@a.dk", "HTTP://A.DK/\\x")
)  # fmt: skip
RUN = st.builds(
    Run,
    TEXT,
    st.frozensets(st.sampled_from(MARKS), max_size=2),
    LINK,
    st.sampled_from((False, False, True)),
)
LINE = st.lists(RUN, max_size=4).map(tuple)
LINES = st.lists(LINE, max_size=3).map(tuple)
ROW = st.lists(LINES, max_size=3).map(tuple)
CODE = st.lists(TEXT | st.just("    x"), max_size=4).map("\n".join)
LEAF: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, LINES),
    st.builds(Paragraph, LINES),
    st.builds(Heading, st.integers(1, 6), LINE),
    st.builds(Code, CODE, st.sampled_from(("", "python", "js", "c#", "typescript", "x y", "`"))),
    st.builds(Table, ROW, st.lists(ROW, max_size=3).map(tuple)),
    st.just(Rule()),
)


def _within(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(blocks, max_size=3).map(tuple)
    items = st.lists(st.builds(Item, some, st.sampled_from((None, None, True, False))), max_size=3)
    return st.builds(Quote, some) | st.builds(List, items.map(tuple), st.booleans())


BLOCK = st.recursive(LEAF, _within, max_leaves=8)
DOCUMENTS = st.lists(BLOCK, max_size=4).map(lambda blocks: Document(tuple(blocks)))
RAW = st.lists(st.sampled_from(NASTY) | WORDS | st.just("\n") | st.just("\n\n"), max_size=25).map(
    "".join
)
