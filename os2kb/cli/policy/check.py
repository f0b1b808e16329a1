"""`os2kb policy check` and `schema`: what a Policy file may say."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English
from os2kb.cli.policy.files import IN_A_REPOSITORY, policy_file, show_problems
from os2kb.cli.policy.wordings import problems_beside

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.grants import Grant
    from os2kb.policy.load import ReadPolicy
    from os2kb.policy.problem import PolicyProblem


def check_policy_file(
    file: Annotated[Path, typer.Argument(help="The Policy file.")] = IN_A_REPOSITORY,
    organisation: Annotated[
        Path | None, typer.Option("--organisation", help="The organisation's file, below it.")
    ] = None,
    product: Annotated[
        str | None,
        typer.Option(
            "--product", help="As one of OS2KB_PRODUCTS: by what it was given, with its teams."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Check a Policy file and the texts beside it; exit 1 for mistakes, 2 where it cannot be read.

    A mistake in the file holds the bot back; a text with one is not used, and ours is. A warning
    is told, and is no mistake.
    """
    from os2kb.policy.load import check_policy, read_policy
    from os2kb.policy.remarks import remarks

    own, shared = policy_file(file, english=english), None
    if organisation:
        shared = policy_file(organisation, english=english)
    grant = _grant(product, english=english) if product else None
    wrong = check_policy(own.text, own.path, grant, organisation=shared)
    warnings: tuple[PolicyProblem, ...] = ()
    if not wrong:
        read = read_policy(own, shared, grant)
        nobody, unseen = _not_reached(read, grant) if grant else ((), ())
        wrong = nobody
        warnings = (
            *remarks(read),
            *_sources_not_there(read, file),
            *_knowledge_not_there(read, file),
            *unseen,
            *(_asked_at_creation(read) if grant else ()),
        )
    problems = (*wrong, *problems_beside(file))
    show_problems(problems, warnings, as_json=as_json, english=english)
    if not problems and not as_json:
        typer.echo(f"{file}: " + ("it can be used." if english else "den kan bruges."))
    if problems:
        raise typer.Exit(1)


def _grant(product: str, *, english: bool) -> "Grant":
    from os2kb.settings import load_settings

    products = load_settings().grants()
    if product not in products.entries:
        known = ", ".join(products.entries)
        if english:
            wrong = f"“{product}” is no product of OS2KB_PRODUCTS ({known or 'none there'})"
        else:
            wrong = f"“{product}” er intet produkt i OS2KB_PRODUCTS (der er {known or 'ingen'})"
        raise typer.BadParameter(wrong, param_hint="--product")
    return products.grant(product)


def _not_reached(
    read: "ReadPolicy", grant: "Grant"
) -> "tuple[tuple[PolicyProblem, ...], tuple[PolicyProblem, ...]]":
    """Whom the ladder names and GitHub does not know, and what could not be looked up."""
    from os2kb.clock import now
    from os2kb.forges.github import connect
    from os2kb.forges.port import ForgeError
    from os2kb.observe.reached import unreached
    from os2kb.phrases import Phrase
    from os2kb.policy.problem import PolicyProblem
    from os2kb.settings import BadSettings, load_settings

    model = read.policy.escalation
    name = next((one for one in grant.repositories if "*" not in one), "")
    if model is None or not name:
        return (), ()
    try:
        forge = connect(load_settings(), now)
        found = tuple(unreached(forge, forge.repository(name), model))
    except BadSettings:
        return (), ()  # there is nobody to ask as
    except ForgeError as error:
        unasked = Phrase(
            f"Om folk og teams på stigen findes, er ikke set efter: {error.phrase.da}",
            f"Whether the ladder's people and teams are there was not looked up: {error.phrase.en}",
        )
        return (), (PolicyProblem(*read.layers.place(("escalation",)), unasked),)
    nobody, unseen = (
        tuple(
            PolicyProblem(*read.layers.place(one.place), one.said)
            for one in found
            if one.certain is certain
        )
        for certain in (True, False)
    )
    return nobody, unseen


def _asked_at_creation(read: "ReadPolicy") -> "tuple[PolicyProblem, ...]":
    """What Jira asks for where a ticket is created, and the Policy gives no value."""
    from os2kb.clock import now
    from os2kb.observe.asked_in_jira import asked_in_jira
    from os2kb.policy.problem import PolicyProblem
    from os2kb.settings import load_settings
    from os2kb.trackers.jira import connect

    tracker, section = connect(load_settings(), now), read.policy.jira
    if tracker is None or section is None:
        return ()
    place = read.layers.place(("jira",))
    return tuple(PolicyProblem(*place, one) for one in asked_in_jira(tracker, section))


def _sources_not_there(read: "ReadPolicy", file: Path) -> "Iterator[PolicyProblem]":
    """Guidelines that are not in the working copy around a file; others are not looked for.

    A preset names several that a repository may have: one is enough.
    """
    from os2kb.phrases import Phrase
    from os2kb.policy.problem import PolicyProblem

    folder = file.resolve().parent
    if folder.name != IN_A_REPOSITORY.parent.name:
        return
    here = [(n, one) for n, one in enumerate(read.policy.guidelines.sources) if not one.repository]
    lost = [(n, one) for n, one in here if not (folder.parent / one.path).exists()]
    if read.from_preset("guidelines", "source"):
        if len(lost) == len(read.policy.guidelines.source) > 0:
            yield _none_of(", ".join(one.path for _, one in lost), read)
        return
    for n, one in lost:
        yield PolicyProblem(
            *read.layers.place(("guidelines", "source", n)),
            Phrase(
                f"`guidelines.source`: {one.path} findes ikke her, så intet bliver citeret derfra; "
                "opret filen, eller ret stien.",
                f"`guidelines.source`: {one.path} is not here, so nothing is quoted from it; "
                "create the file, or mend the path.",
            ),
        )


def _knowledge_not_there(read: "ReadPolicy", file: Path) -> "Iterator[PolicyProblem]":
    """Sources of knowledge that are not in the working copy around a file."""
    from os2kb.phrases import Phrase
    from os2kb.policy.problem import PolicyProblem

    folder = file.resolve().parent
    if folder.name != IN_A_REPOSITORY.parent.name or not read.policy.knowledge:
        return
    for n, source in enumerate(read.policy.knowledge.sources):
        if not (folder.parent / source.path).exists():
            yield PolicyProblem(
                *read.layers.place(("knowledge", "sources", n)),
                Phrase(
                    f"`knowledge.sources`: {source.path} findes ikke her, så der svares ikke ud "
                    "fra den; opret den, eller ret stien.",
                    f"`knowledge.sources`: {source.path} is not here, so nothing is answered from "
                    "it; create it, or mend the path.",
                ),
            )


def _none_of(paths: str, read: "ReadPolicy") -> "PolicyProblem":
    from os2kb.phrases import Phrase
    from os2kb.policy.problem import PolicyProblem

    return PolicyProblem(
        *read.layers.place(("preset",)),
        Phrase(
            f"Intet af det, som forvalget citerer ({paths}), findes her; opret en af filerne, "
            "eller skriv under `guidelines.source`, hvor jeres retningslinjer står.",
            f"Nothing that the preset quotes ({paths}) is here; create one of the files, or write "
            "under `guidelines.source` where your guidelines stand.",
        ),
    )


def print_schema(
    scenario: Annotated[bool, typer.Option("--scenario", help="Of scenario files.")] = False,
) -> None:
    """Print the JSON Schema of Policy files, or of scenario files, for editors."""
    from os2kb.policy.schema import policy_schema
    from os2kb.scenarios.schema import scenario_schema

    schema = scenario_schema() if scenario else policy_schema()
    print_json(schema)
