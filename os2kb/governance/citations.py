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
    topics = {rule.id: rule.topic for rule in rules}
    cited: dict[str, Citation] = {}
    for documents in sources:
        lacking = set(topics.values()) - cited.keys()
        found: dict[str, list[Found]] = {}
        for document in documents:  # all that is sought in one at once: it is dear to read
            for topic in lacking:
                if paragraph := _paragraph(document, topic):
                    found.setdefault(topic, []).append(paragraph)
        cited |= {topic: max(every, key=_weight).citation for topic, every in found.items()}
    return MappingProxyType(
        {rule: cited[topic] for rule, topic in topics.items() if topic in cited}
    )


def _weight(found: Found) -> tuple[bool, float]:
    return found.citation.status == "current", found.share


def _paragraph(guideline: Guideline, topic: str) -> Found | None:
    known = _known(guideline)
    if topic not in known:
        known[topic] = best_paragraph(guideline.text, guideline.path, topic, url=guideline.url)
    return known[topic]


# A guideline seldom changes, and every subject of a product cites it.
@lru_cache(maxsize=1024)
def _known(guideline: Guideline) -> dict[str, Found | None]:  # noqa: ARG001 - the key
    """What was found in a document by topic, filled as it is looked through."""
    return {}
