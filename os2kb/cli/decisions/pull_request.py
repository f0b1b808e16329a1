"""`os2kb decisions extract --pull-request`: the decisions in minutes, proposed to a log."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from os2kb.cli.as_json import print_json
from os2kb.cli.decisions.named_log import log_named_by
from os2kb.cli.language import refuse, spoken
from os2kb.cli.reading import named_repository
from os2kb.cli.subjects import install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they take time to import, which would slow down `os2kb --help`
    from os2kb.decisions.minutes.extract import Minutes
    from os2kb.governance.decision_log.minutes import FromMinutes, Stage
    from os2kb.installation import Installation
    from os2kb.modes import Mode

_WHERE = Phrase("{} → {} ({}), gren {}", "{} → {} ({}), branch {}")
_SEEN_BY = (Phrase("offentligt", "public"), Phrase("privat", "private"))
_WITHHELD = Phrase(
    "{} er ikke foreslået: teksten kan handle om en sårbarhed.",
    "{} not proposed: the text may tell of a vulnerability.",
)
_BEYOND = Phrase(
    "{} er ikke med: en pull request får højst {}. Resten kan skrives med --to.",
    "{} left out: a pull request gets {} at most. The rest can be written with --to.",
)
_SAME_NAME = Phrase(
    "To af referaterne ville få grenen {}; omdøb den ene fil.",
    "Two of the minutes would get the branch {}; rename one file.",
)
_BOUND = Phrase(
    "Intet er skrevet: mode er {}. Der skrives først med mode: act i policyen og i OS2KB_MODE.",
    "Nothing was written: the mode is {}. Writing takes mode: act in the Policy and OS2KB_MODE.",
)
_SHOWN = Phrase(
    "Intet er skrevet. Med --apply kommer det i en pull request, som et menneske skal læse, "
    "godkende og flette.",
    "Nothing was written. With --apply it becomes a pull request that a person has to read, "
    "approve and merge.",
)
_UNCHECKED = Phrase(
    "{} har ingen policy med mode: act, så ingen kontrol venter dér på en godkendelse; det må et "
    "menneske se efter.",
    "{} has no Policy with mode: act, so no check waits there for an approval; a person has to "
    "see to it.",
)
_OPENED = Phrase("Pull request {} er åbnet: {}", "Pull request {} was opened: {}")
_UPDATED = Phrase("Pull request {} er opdateret: {}", "Pull request {} was updated: {}")
_STAGES: "dict[Stage, Phrase]" = {
    "nothing": Phrase(
        "Intet at foreslå: ingen beslutninger, som ikke står i loggen.",
        "Nothing to propose: no decisions that the log does not have.",
    ),
    "unwritable": Phrase(
        "Loggen er arkiveret eller i et format, der kun læses; skriv dem ind i hånden.",
        "The log is archived, or in a format that is read only; write them in by hand.",
    ),
    "new": Phrase("Ny pull request.", "A new pull request."),
    "changed": Phrase("Pull request {} skal opdateres.", "Pull request {} is to be updated."),
    "there": Phrase("Pull request {} siger det allerede.", "Pull request {} says it already."),
    "edited": Phrase(
        "Nogen har rettet i pull request {}; den bliver, som den er.",
        "Somebody has edited pull request {}; it stays as it is.",
    ),
    "refused": Phrase(
        "Pull request {} blev lukket; det foreslås ikke igen. Genåbn den, hvis det er forkert.",
        "Pull request {} was closed; that is not proposed again. Reopen it if that was wrong.",
    ),
    "merged": Phrase(
        "Pull request {} er flettet; hvad loggen endnu mangler, kan skrives med --to.",
        "Pull request {} was merged; what the log still lacks can be written with --to.",
    ),
}


def propose_minutes(
    repository: str,
    read: "Callable[[bool], Sequence[Minutes]]",
    least: float,
    *,
    apply: bool,
    as_json: bool,
) -> None:
    """Show what minutes would add to the log that a repository's Policy names, and propose it.

    Args:
        repository: `owner/name`.
        read: the minutes, with names copied or not.
        least: the confidence of what is proposed.
        apply: write it, within the modes.
        as_json: print JSON.
    """
    from os2kb.decision_log.minutes import MinutesProposer
    from os2kb.governance.decision_log.minutes import branch_of_minutes
    from os2kb.modes import weaker

    installation = install_here()
    policy, section = log_named_by(installation, named_repository(repository), as_json=as_json)
    minutes = read(section.names)
    branches = Counter(map(branch_of_minutes, minutes))
    if twice := [one for one, count in branches.items() if count > 1]:
        refuse(Phrase(_SAME_NAME.da.format(twice[0]), _SAME_NAME.en.format(twice[0])))
    logs = reconciler_of(installation).observer.logs
    proposer = MinutesProposer(logs.logs, logs.database, logs.now, logs.shelf)
    found = proposer.seen(minutes, least, section, policy)
    mode = weaker(installation.settings.mode, policy.mode)
    wanted = [one for one in found if one.actions]
    written = {
        one.log.proposal.branch: proposer.propose(one)
        for one in (found if apply and mode == "act" else ())
    }
    numbers = {branch: number for branch, number in written.items() if number}
    if as_json:
        print_json({"mode": mode, "items": [_as_data(one, numbers) for one in found]})
    else:
        _show(found, numbers, mode if apply and wanted else None)
        if wanted and not _waits_for_approval(installation, section.repository):
            typer.echo(_UNCHECKED.filled(section.repository).in_language(spoken()), err=True)
    if apply and wanted and not numbers:
        raise typer.Exit(1)


def _waits_for_approval(installation: "Installation", log: str) -> bool:
    """Whether a pull request there gets the check that waits for somebody to approve it."""
    from os2kb.modes import weaker
    from os2kb.observe.in_force import policy_in_force
    from os2kb.policy.problem import BadPolicy

    observer = reconciler_of(installation).observer
    product = observer.products.product_of(log)
    if product is None:
        return False
    try:
        policy = policy_in_force(observer.forge, log, observer.products.grant(product)).policy
    except BadPolicy:
        return False
    return weaker(installation.settings.mode, policy.mode) == "act"


def _show(found: "Sequence[FromMinutes]", numbers: dict[str, int], asked_in: "Mode | None") -> None:
    """Print what is proposed, and what came of it.

    Args:
        found: of each minutes.
        numbers: branch to the pull request that was written.
        asked_in: the mode in which something was to be written; None where nothing was.
    """
    from os2kb.decisions.tidy import seen

    for one in found:
        typer.echo(seen("\n".join(_lines(one, numbers))))
    if numbers or not any(one.actions for one in found):
        return
    said = _SHOWN if asked_in is None else _BOUND
    typer.echo(said.in_language(spoken()).format(asked_in), err=True)


def _lines(one: "FromMinutes", numbers: dict[str, int]) -> Iterator[str]:
    language, home, proposal = spoken(), one.log.home, one.log.proposal
    seen_by = _SEEN_BY[home.private].in_language(language)
    where = (one.minutes.path, home.full_name, seen_by, proposal.branch)
    yield _WHERE.in_language(language).format(*where)
    for path, decision in one.entries:
        yield f"  {path}: {decision.title}"
        yield f"      “{decision.decision}”"
    if one.withheld:
        yield "  " + _WITHHELD.in_language(language).format(one.withheld)
    if one.beyond:
        yield "  " + _BEYOND.in_language(language).format(one.beyond, len(one.entries))
    if number := numbers.get(proposal.branch):
        said = _UPDATED if proposal.number else _OPENED
        link = f"{home.url}/pull/{number}"
        yield "  " + said.in_language(language).format(f"#{number}", link)
    else:
        yield "  " + _STAGES[one.stage].in_language(language).format(f"#{proposal.number}")


def _as_data(one: "FromMinutes", numbers: dict[str, int]) -> dict[str, object]:
    branch = one.log.proposal.branch
    return {
        "minutes": one.minutes.path,
        "log": one.log.home.full_name,
        "public": not one.log.home.private,
        "branch": branch,
        "stage": one.stage,
        "entries": [
            {"path": path, "id": decision.id, "title": decision.title, "quote": decision.decision}
            for path, decision in one.entries
        ],
        "withheld": one.withheld,
        "beyond": one.beyond,
        "pull_request": numbers.get(branch) or one.log.proposal.number or None,
        "written": branch in numbers,
    }
