"""What can be asked of the index, as data for another process, and the JSON that it gives."""

from dataclasses import dataclass

from pydantic_core import from_json, to_json

from index.passages import Kind, Language
from index.search import Index
from index.shapes import results_json, suggestions_json


@dataclass(frozen=True, slots=True)
class Search:
    """A search of public knowledge; see `Index.search`."""

    query: str
    product: str | None
    lang: Language | None
    kind: Kind | None
    limit: int
    offset: int
    explain: bool

    def body(self, index: Index) -> bytes:
        """The body of `GET /api/v1/search`."""
        results = index.search(
            self.query,
            product=self.product,
            lang=self.lang,
            kind=self.kind,
            limit=self.limit,
            offset=self.offset,
            explain=self.explain,
        )
        return to_json(results_json(results))


@dataclass(frozen=True, slots=True)
class Suggest:
    """Suggestions from public knowledge; see `Index.suggest`."""

    query: str
    product: str | None
    limit: int

    def body(self, index: Index) -> bytes:
        """The body of `GET /api/v1/suggest`."""
        found = index.suggest(self.query, product=self.product, limit=self.limit)
        return to_json(suggestions_json(found))


Asked = Search | Suggest
_SORTS: dict[str, type[Asked]] = {"search": Search, "suggest": Suggest}
_NAMES = {sort: name for name, sort in _SORTS.items()}


def as_line(asked: Asked) -> bytes:
    """One line of JSON, without its end."""
    return to_json([_NAMES[type(asked)], asked])


def from_line(line: bytes) -> Asked:
    """What `as_line` wrote."""
    name, fields = from_json(line)
    return _SORTS[name](**fields)
