"""The classifier as the running bot asks it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import structlog

from index.embedders import Embedder, EmbedderUnavailable
from os2kb.governance.facts import Classified, Facts
from os2kb.policy.policy import Policy
from os2kb.policy.sections.labels import TypeConcept

if TYPE_CHECKING:  # it imports scikit-learn, which costs a second and 100 MB
    from os2kb.triage.model import Model

_CONCEPTS = frozenset(get_args(TypeConcept))

log = structlog.get_logger()


class Classifier:
    """Reads the version that serves when it is first asked, and anew when another one does.

    Args:
        root: the folder of versions.
        embedder: makes what the versions were fitted with.
    """

    def __init__(self, root: Path, embedder: Callable[[], Embedder | None]) -> None:
        self._root = root
        self._embedder = embedder
        self._read: tuple[str, Model | None] = ("", None)

    def classified(self, facts: Facts, policy: Policy) -> Classified | None:
        """What title and body are taken for; None without a classifier."""
        version, model = self._serving()
        if model is None:
            return None
        try:
            guess = model.guess(facts.repository.full_name, facts.title, facts.body)
        except EmbedderUnavailable as unavailable:
            log.warning("classifier_without_embedder", reason=str(unavailable))
            return None
        concept = _concept(guess.label, policy) if guess.label else ""
        return Classified(concept and f"type.{concept}", guess.confidence, version)

    def _serving(self) -> "tuple[str, Model | None]":
        try:
            version = (self._root / "current").read_text("utf-8").strip()
        except OSError:  # nobody trained one
            return "", None
        if self._read[0] != version:
            self._read = (version, self._load(version))
        return self._read

    def _load(self, version: str) -> "Model | None":
        from os2kb.triage.store import BadModel, load

        try:
            return load(self._root, self._embedder())
        except (BadModel, EmbedderUnavailable) as bad:
            log.warning("classifier_unreadable", version=version, reason=str(bad))
            return None


def _concept(label: str, policy: Policy) -> str:
    """The Policy's concept of what a classifier calls a type; files may hold the labels' names."""
    if label in _CONCEPTS:
        return label
    names = {name.casefold(): str(concept) for concept, name in policy.labels.type.items()}
    return names.get(label.casefold(), "")
