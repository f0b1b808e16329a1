"""What somebody wants to see, and its address: the same page for whoever is sent it. Pure."""

from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from index.apart.bodies import Search
from index.passages import Kind
from webhooks.pages.language import Reader

Facet = Literal["product", "kind"]

FACETS: tuple[Facet, ...] = ("product", "kind")

PAGE = "/"
ANSWER = "/answer"
VOTE = "/feedback"
RESULTS = 10
_A_QUESTION = 3  # words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted; what is empty does not matter.

    Attributes:
        q: what is searched for, cleaned.
        answer: whether the page is to hold the answer, as for who runs no script.
    """

    q: str = ""
    product: str = ""
    kind: Kind | None = None
    offset: int = 0
    answer: bool = False

    @property
    def is_question(self) -> bool:
        """Whether an answer is likely to be wanted: one or two words are looked for, not asked."""
        return self.q.endswith("?") or len(self.q.split()) >= _A_QUESTION

    def search(self) -> Search:
        """The search for it."""
        return Search(self.q, self.product or None, None, self.kind, RESULTS, self.offset, True)

    def without(self, facet: Facet) -> "Wanted":
        """The same without one facet, from the first result on."""
        first = replace(self, offset=0, answer=False)
        return replace(first, product="") if facet == "product" else replace(first, kind=None)

    def address(self, reader: Reader, path: str = PAGE, **changed: object) -> str:
        """Where the page is, with some of it changed."""
        said = {
            "q": self.q,
            "product": self.product,
            "kind": self.kind,
            "offset": self.offset,
            "lang": reader.said,
            **changed,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{path}?{query}" if query else path
