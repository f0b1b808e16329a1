"""The last look at a version before it serves: can it be read, and does it find what was put in?"""

from collections.abc import Sequence
from pathlib import Path

from index import store
from index.danish import words
from index.embedders import EVERYONE, Embedder
from index.language import STOP_WORDS
from index.passages import Parsed
from index.search import Index
from index.versions import BuildRefused

_QUERY_WORDS = 40


class BadVersion(BuildRefused):
    """What was written does not hold what was put in. It is thrown away, and never serves."""


def check(folder: Path, corpus: Sequence[Parsed], embedder: Embedder | None) -> None:
    """Read a version as a search would, and search it for one of its passages.

    Raises:
        BadVersion: it is not what it should be.
    """
    cure = "what served before still serves; build again, and report it if it happens again"
    takes = embedder.takes if embedder else EVERYONE  # the question, too, may leave the machine
    askable = [parsed for parsed in corpus if parsed.passage.visibility in takes]
    longest = max(askable, key=lambda parsed: len(parsed.plain), default=None)
    asked = words(longest.plain)[:_QUERY_WORDS] if longest else []
    try:
        index = Index.load(folder, embedder)
        found = index.search(" ".join(asked), visibility=EVERYONE)
    except (store.Corrupt, OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise BadVersion(f"the new version cannot be searched ({error}); {cure}") from error
    if len(index.passages) != len(corpus):
        count = f"{len(index.passages)} passages instead of {len(corpus)}"
        raise BadVersion(f"the new version holds {count}; {cure}")
    if not found.hits and longest and not STOP_WORDS[longest.passage.lang].issuperset(asked):
        raise BadVersion(f"the new version does not find its longest passage; {cure}")
