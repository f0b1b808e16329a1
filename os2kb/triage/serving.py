"""The classifier as the running bot asks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from index.embedders import Embedder, EmbedderUnavailable
from os2kb.governance.facts import Facts
from os2kb.governance.learned import Classified
from os2kb.governance.ledger.labels import has
from os2kb.logs import get_logger
from os2kb.policy.policy import Policy
from os2kb.policy.sections.labels import TypeConcept
from os2kb.triage.llm_guess import LlmGuesser

if TYPE_CHECKING:  # it imports scikit-learn, which costs a second and 100 MB
    from os2kb.triage.model import Model

_CONCEPTS = frozenset(get_args(TypeConcept))

log = get_logger()


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
        likeliest = _concept(guess.likeliest, policy)
        concept = likeliest if guess.label else ""
        return Classified(concept, guess.confidence, version, likeliest)

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
    names = {name.casefold(): str(concept) for concept, name in policy.labels.type.items()}
    concept = label if label in _CONCEPTS else names.get(label.casefold(), "")
    return concept and f"type.{concept}"


class Triage:
    """What an issue is taken for: by the classifier, else by the language model beside it."""

    def __init__(
        self, classifier: Classifier, llm: LlmGuesser | None, now: Callable[[], datetime]
    ) -> None:
        self._classifier, self._llm, self._now = classifier, llm, now

    def classified(self, facts: Facts, policy: Policy) -> Classified | None:
        """The classifier's word where it is sure, else the model's where nothing speaks against.

        What the model says counts for a type the Policy names, and only where the classifier, if
        there is one, thinks the same likeliest.
        """
        taken = self._classifier.classified(facts, policy)
        security = policy.labels.security
        if self._llm is None or (taken is not None and taken.concept):
            return taken
        if security is not None and has(facts, security):
            return taken
        said = self._llm.concept(facts, self._now())
        concept = f"type.{said}"
        if not said or policy.labels.of(concept) is None:
            return taken
        if taken is None:
            return Classified(concept, 0.0, likeliest=concept, by_llm=True)
        if taken.likeliest != concept:
            return taken
        return replace(taken, concept=concept, by_llm=True)
