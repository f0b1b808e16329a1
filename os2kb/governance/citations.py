"""The paragraph of the product's guidelines that each rule rests on. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from index.lookup import Found, best_paragraph, kind_of_text
from index.passages import Citation, Kind
from os2kb.governance.rules import REGISTRY, Rule
from os2kb.governance.rules.pull_request.files.changelog import is_changelog

_BINDING: frozenset[Kind] = frozenset({"guideline", "governance", "decision", "faq"})
_SEVERAL = 4
"""Of rules. A page of a manual touches on three at most, a guideline on six and more."""


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
            is cited; of a folder, the document that says it best, one in force before any other,
            among those that are about contributing.
    """
    topics = {rule.id: rule.topic for rule in rules}
    cited: dict[str, Citation] = {}
    for documents in map(_about_contributing, sources):
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


def _about_contributing(documents: Sequence[Guideline]) -> Sequence[Guideline]:
    """Of a folder, the documents that say how to contribute; all of them where none does.

    A manual, too, tells of tests, branches and screens. What it says of them binds nobody.
    """
    if len(documents) < 2:
        return documents
    return tuple(one for one in documents if _binds(one)) or documents


@lru_cache(maxsize=1024)
def _binds(guideline: Guideline) -> bool:
    """Whether it is a guideline by its kind, or speaks of several rules' matters.

    So does a long changelog, but only of what was done.
    """
    if is_changelog(guideline.path):
        return False
    if kind_of_text(guideline.text, guideline.path) in _BINDING:
        return True
    told = (rule for rule in REGISTRY if _paragraph(guideline, rule.topic))
    return len(tuple(islice(told, _SEVERAL))) == _SEVERAL


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
