"""What a Policy may name: nothing beyond its own product."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys, Place
from os2kb.policy.problem import PolicyProblem
from os2kb.policy.recipient import RungName, organisation_of

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
        mailboxes: addresses, upper and lower case alike.
        teams: who stands on which rung of the default ladder, as recipients.
        product_is_free: True for a repository that stands alone; its Policy may call the product
            what it likes.
    """

    product: str
    repositories: tuple[str, ...] = ()
    jira: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    teams: tuple[tuple[RungName, tuple[str, ...]], ...] = ()
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
            yield ("decisions", "repository"), _not_given(wanted, "repositories", grant)
    if policy.jira is not None and policy.jira.project not in grant.jira:
        yield ("jira", "project"), _not_given(policy.jira.project, "jira", grant)
    for place, source in enumerate(policy.guidelines.sources):
        if source.repository and not matches(source.repository, grant.repositories):
            yield (
                ("guidelines", "source", place),
                _not_given(source.repository, "repositories", grant),
            )
    for keys, recipient in recipients_of(policy):
        if not may_be_told(recipient, grant):
            yield keys, _not_told(recipient, grant)


def recipients_of(policy: "Policy") -> Iterator[tuple[Keys, str]]:
    """Everybody whom the escalation model tells something, and where it says so."""
    model = policy.escalation
    if model is None:
        return
    for at, rung in enumerate(model.ladder):
        for place, recipient in enumerate(rung.notify):
            yield ("escalation", "ladder", at, "notify", place), recipient
    for place, recipient in enumerate(model.digest.to if model.digest else ()):
        yield ("escalation", "digest", "to", place), recipient
    for place, recipient in enumerate(model.security.notify if model.security else ()):
        yield ("escalation", "security", "notify", place), recipient


def may_be_told(recipient: str, grant: Grant) -> bool:
    """Whether a product may tell somebody something; people by their login always."""
    kind, _, address = recipient.partition(":")
    organisation = organisation_of(recipient)
    if any(recipient in named for _, named in grant.teams):
        return True
    if kind == "zulip":
        return address in grant.chat or address.partition("/")[0] in grant.chat
    if kind == "mailto":
        return address.casefold() in map(str.casefold, grant.mailboxes)
    if organisation is not None:
        owners = {name.partition("/")[0].casefold() for name in grant.repositories}
        return organisation.casefold() in owners
    return True


def _not_told(recipient: str, grant: Grant) -> Phrase:
    if organisation_of(recipient) is None:
        kind, _, address = recipient.partition(":")
        return _not_given(address, "chat" if kind == "zulip" else "mailboxes", grant)
    return Phrase(
        f"{recipient} er ikke et team i en organisation, der ejer et af {grant.product}s "
        "repositories, så GitHub giver det ingen besked; brug et derfra, eller skriv folk ind som "
        "@login.",
        f"{recipient} is no team of an organisation that owns one of {grant.product}'s "
        "repositories, so GitHub does not tell it anything; use one from there, or name people as "
        "@login.",
    )


def _not_given(name: str, key: str, grant: Grant) -> Phrase:
    return Phrase(
        f"{grant.product} har ikke fået {name}; bed den, der driver os2kb, om at tilføje det i "
        f"produktfilen, under `{key}`.",
        f"{grant.product} was not given {name}; ask whoever runs os2kb to add it to the products "
        f"file, under `{key}`.",
    )
