"""What a Policy may name: nothing beyond its own product."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys, Place
from os2kb.policy.problem import PolicyProblem

if TYPE_CHECKING:  # its models take time to import, which reading the settings is spared
    from os2kb.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Grant:
    """What the installation gives a product.

    Attributes:
        product: its name in the installation.
        repositories: `owner/name`, upper and lower case alike; `owner/*` for all of an owner's.
        jira: project keys.
        chat: Zulip streams (`OS2display`) or single topics (`OS2display/styregruppe`).
        product_is_free: True for a repository that stands alone; its Policy may call the product
            what it likes.
    """

    product: str
    repositories: tuple[str, ...] = ()
    jira: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()
    product_is_free: bool = False


def beyond_grant(policy: "Policy", grant: Grant, place: Place) -> tuple[PolicyProblem, ...]:
    """What a Policy names that its product was not given; `place` finds the file and line."""
    return tuple(PolicyProblem(*place(keys), message) for keys, message in _beyond(policy, grant))


def matches(repository: str, patterns: tuple[str, ...]) -> bool:
    """Whether a repository is among those named, `owner/*` naming all of an owner's."""
    name = repository.casefold()
    return any(fnmatchcase(name, pattern.casefold()) for pattern in patterns)


def _beyond(policy: "Policy", grant: Grant) -> Iterator[tuple[Keys, Phrase]]:
    if policy.product not in (None, grant.product) and not grant.product_is_free:
        yield (
            ("product",),
            Phrase(
                f"Dette repository hører til {grant.product}; skriv `product: {grant.product}`.",
                f"This repository belongs to {grant.product}; write `product: {grant.product}`.",
            ),
        )
    if policy.decisions is not None:
        wanted = policy.decisions.repository
        if not matches(wanted, grant.repositories):
            yield ("decisions", "repository"), _not_given(wanted, grant)
    if policy.jira is not None and policy.jira.project not in grant.jira:
        yield ("jira", "project"), _not_given(policy.jira.project, grant)
    for place, source in enumerate(policy.guidelines.sources):
        if source.repository and not matches(source.repository, grant.repositories):
            yield ("guidelines", "source", place), _not_given(source.repository, grant)
    for rung, place, stream in _streams(policy):
        if stream not in grant.chat and stream.partition("/")[0] not in grant.chat:
            yield ("escalation", "ladder", rung, "notify", place), _not_given(stream, grant)


def _streams(policy: "Policy") -> Iterator[tuple[int, int, str]]:
    if policy.escalation is None:
        return
    for rung, step in enumerate(policy.escalation.ladder):
        for place, recipient in enumerate(step.notify):
            if recipient.startswith("zulip:"):
                yield rung, place, recipient.removeprefix("zulip:")


def _not_given(name: str, grant: Grant) -> Phrase:
    return Phrase(
        f"{grant.product} har ikke fået {name}; bed den, der driver os2kb, om at tilføje det i "
        "produktfilen.",
        f"{grant.product} was not given {name}; ask whoever runs os2kb to add it to the products "
        "file.",
    )
