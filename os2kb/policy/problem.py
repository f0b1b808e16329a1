"""What can be wrong with a Policy."""

from dataclasses import dataclass

from os2kb.phrases import Phrase, SaidInBoth


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One thing wrong with a Policy file: where, what, and how to mend it. `line` is 1-based."""

    path: str
    line: int | None
    message: Phrase

    def __str__(self) -> str:
        """As compilers write it: `path:line: message`, in Danish."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message.da}"


class BadPolicy(ValueError):
    """A Policy that cannot be acted on."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Unacceptable(SaidInBoth, ValueError):
    """A value of the right type that a Policy may not have."""
