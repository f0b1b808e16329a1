"""What other issues make of one: the type it is taken for, and which say much the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """An issue of the product that says much the same. `score` is in 0–1."""

    number: int
    title: str
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Classified:
    """A type as the trained classifier sees it: `type.bug` and so on, with its confidence, 0–1.

    `concept` is empty where it is not sure enough; `likeliest` is what it takes it for even then.
    `by_llm`: a language model told the concept, and the classifier does not speak against it.
    """

    concept: str
    confidence: float
    trained: str = ""
    likeliest: str = ""
    by_llm: bool = False
