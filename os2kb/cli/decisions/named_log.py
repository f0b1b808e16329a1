"""The decision log that a repository's Policy names."""

from typing import TYPE_CHECKING

import typer

from os2kb.cli.language import spoken
from os2kb.cli.policy.files import show_problems
from os2kb.cli.reading import named_repository
from os2kb.cli.subjects import reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.installation import Installation
    from os2kb.policy.policy import Policy
    from os2kb.policy.sections.decisions import Decisions

_NO_LOG = Phrase(
    "Policyen i {} har ingen beslutningslog; skriv den ind under `decisions`.",
    "The Policy of {} has no decision log; name it under `decisions`.",
)


def log_named_by(
    installation: "Installation", repository: str, *, as_json: bool = False
) -> "tuple[Policy, Decisions]":
    """A repository's Policy and the log in it.

    Ends the command with 2 where it names none, and with 1 for a Policy with mistakes.

    Raises:
        BadSubject: it is no repository's name.
        NotOurs: the repository belongs to no product.
        ForgeError: it cannot be read.
    """
    from os2kb.observe.in_force import policy_in_force
    from os2kb.observe.observe import of_no_product
    from os2kb.policy.problem import BadPolicy

    observer = reconciler_of(installation).observer
    product = observer.products.product_of(named_repository(repository))
    if product is None:
        raise of_no_product(repository)
    try:
        policy = policy_in_force(
            observer.forge, repository, observer.products.grant(product)
        ).policy
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=spoken() == "en")
        raise typer.Exit(1) from None
    if policy.decisions is None:
        typer.echo(_NO_LOG.in_language(spoken()).format(repository), err=True)
        raise typer.Exit(2)
    return policy, policy.decisions
