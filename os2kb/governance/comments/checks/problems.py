"""What is wrong with a product's own files, as a check tells it."""

from collections.abc import Iterable, Sequence

from index.passages import Language
from os2kb.governance.actions import Annotation
from os2kb.governance.harmless.neutralise import neutralise, scrub, shortened
from os2kb.policy.problem import PolicyProblem

_SUMMARY_CHARS = 50_000  # GitHub takes 65,535, and 64 KB for an annotation
_MESSAGE_CHARS, _ANNOTATION_CHARS = 600, 1_000


def lines_of(problems: Sequence[PolicyProblem], language: Language) -> list[str]:
    """A list of Markdown, as long as a summary may be."""
    lines = [
        f"- {neutralise(place(one))}: "
        f"{neutralise(one.message.in_language(language), _MESSAGE_CHARS)}"
        for one in problems
    ]
    while sum(map(len, lines)) > _SUMMARY_CHARS:
        lines.pop()
    return lines


def annotations_of(problems: Iterable[PolicyProblem], language: Language) -> tuple[Annotation, ...]:
    """A remark at the line of each, the first line where there is none."""
    return tuple(
        Annotation(
            one.path,
            one.line or 1,
            shortened(scrub(one.message.in_language(language)), _ANNOTATION_CHARS),
        )
        for one in problems
    )


def place(problem: PolicyProblem) -> str:
    """The file and line of a problem, as compilers write it."""
    return problem.path if problem.line is None else f"{problem.path}:{problem.line}"
