"""Documents cut into passages, for the tests of how they are cut."""

from index.passages import Parsed, Source
from index.reading.documents import passages

SOURCE = Source(name="os2", location="", url="https://example.org/{path}#{anchor}")


def cut(text: str, path: str = "a.md") -> list[Parsed]:
    return passages(text, path, SOURCE)


def prose(count: int) -> str:
    return " ".join(f"ord{number}" for number in range(count))


def headings(text: str) -> list[tuple[str, ...]]:
    return [parsed.passage.heading for parsed in cut(text)]
