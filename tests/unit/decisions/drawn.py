"""Decisions that hypothesis draws: of plain words, and of all that could break a file."""

from hypothesis import strategies as st

from os2kb.decisions.decision import Decision, Section

NASTY = (
    "@ida", "@os2display/team", "closes #12", "Fixes: https://github.com/o/r/issues/1", "GH-7",
    "<script>alert(1)</script>", "<img src=x onerror=y>", "<!-- skjult -->", "<!-- -->", "<!--",
    "{{ site.x }}", "{% include x %}", "{: onclick='x'}", "{::nomarkdown}", "[x](javascript:y)",
    "[x]: data:y", "[x](https://example.org)", "<https://example.org/a>", "# En", "## Status",
    "### Konsekvenser", "#### Dato", "Konsekvenser", "===", "---", "***", "```", "```py", "~~~~",
    "  ```", "`", "> citat", "- **Status**: Afvist", "- **Dato**: 2020-01-01", "1. et", "Dato: x",
    "| a | b |",
    "| Forslag | Afvist |\n| - | x |", "Erstatter: 12", "- **Afløser**: #7 og [x](y.md)",
    "    kode", "\t", "\\", "*", "_", ":", "#", "&#58;", "&amp;#42;", "[SDR] x",
    "ADR 001 - x", "BDR-#42: x (2026-01-01)", "Beslutning 2: x", "(2026-01-01)", "2026",
    "🇩🇰 👩‍👩‍👧",
    "æøå", "\u202e", "\0", "\ud800", "\r\n", "010190-1234", "- [x] Udkast", "Uden dato", "Metadata",
    "Erstattet af SDR-9", "Godkendt på styregruppemødet den 4. juni 2026", "Forslag / Accepteret /",
)  # fmt: skip
PIECE = st.sampled_from(NASTY) | st.text(max_size=12) | st.sampled_from(("ord", "og", "et til"))
LINE = st.lists(PIECE, max_size=4).map(" ".join)
TEXT = st.lists(LINE, max_size=6).map("\n".join)
NAMES = st.lists(LINE, max_size=3).map(tuple)


def decisions(**fixed: st.SearchStrategy[object]) -> st.SearchStrategy[Decision]:
    """Any decision there can be."""
    parts: dict[str, st.SearchStrategy[object]] = {
        "title": LINE,
        "date": st.none() | st.dates(),
        "status_text": LINE,
        "id": st.sampled_from(("", "7", "0042", "#12", "x")),
        "type": st.sampled_from(("ADR", "SDR", "ODR", "")),
        "deciders": NAMES,
        **dict.fromkeys(("decision", "context", "consequences", "risks", "references"), TEXT),
        **dict.fromkeys(("supersedes", "superseded_by"), NAMES),
        **dict.fromkeys(("issue", "ticket", "product"), LINE),
        "extra": st.lists(st.builds(Section, LINE, TEXT), max_size=3).map(tuple),
    }
    return st.builds(Decision, **(parts | fixed))
