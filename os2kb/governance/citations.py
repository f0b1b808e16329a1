"""The paragraph of the product's guidelines that each rule rests on. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from index.lookup import Found, best_paragraph
from index.passages import Citation
from os2kb.governance.rules import Rule


@dataclass(frozen=True, slots=True)
class Guideline:
    """A document that Findings may cite. `url` is pinned to the commit it was read at."""

    path: str
    text: str
    url: str


def citations(
    sources: Sequence[Sequence[Guideline]], rules: Iterable[Rule]
) -> Mapping[str, Citation]:
    """Rule id to the paragraph it rests on, where there is one.

    Args:
        sources: each a document, or those of a folder. The first that has a paragraph on the matter
            is cited; of a folder, the document that says it best, one in force before any other.
    """
    found = {rule.id: _cited(sources, rule.topic) for rule in rules}
    return MappingProxyType({rule: cited for rule, cited in found.items() if cited})


def _cited(sources: Sequence[Sequence[Guideline]], topic: str) -> Citation | None:
    for documents in sources:
        found = [one for each in documents if (one := _paragraph(each, topic))]
        if found:
            return max(found, key=_weight).citation
    return None


def _weight(found: Found) -> tuple[bool, float]:
    return found.citation.status == "current", found.share


# A guideline seldom changes, and every subject of a product cites it.
@lru_cache(maxsize=8192)
def _paragraph(guideline: Guideline, topic: str) -> Found | None:
    return best_paragraph(guideline.text, guideline.path, topic, url=guideline.url)
