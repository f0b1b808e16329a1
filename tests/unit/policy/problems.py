"""What is told of a Policy file."""

from os2kb.policy.load import check_policy


def told(text: str | bytes) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message.en) for problem in check_policy(text)]
