"""`os2kb decisions extract`: the decisions in minutes of meetings, proposed as entries."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.folder import log_in
from os2kb.cli.decisions.told import UNREADABLE, share, why
from os2kb.cli.language import English, language
from os2kb.cli.policy.files import IN_A_REPOSITORY, policy_file, show_problems
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they take time to import, which would slow down `os2kb --help`
    from os2kb.decisions.decision import Decision
    from os2kb.decisions.minutes.extract import Found, Minutes

LEAST = 0.6
"""The confidence below which something is shown, and not proposed: rows of tables of actions."""
_NONE = Phrase(
    "{}: ingen beslutninger fundet. Skriv dem som “Det blev besluttet …” eller “Beslutning: …”.",
    "{}: no decisions found. Write them as “Det blev besluttet …” or “Beslutning: …”.",
)
_MEETING = Phrase("møde", "meeting")
_SURE = Phrase("sikkerhed", "confidence")
_ACTION = Phrase("opgave", "action")
_DECISION = Phrase("beslutning", "decision")
_WROTE = Phrase(
    "{} forslag er skrevet i {}. Læs dem igennem, før de kommer i loggen.",
    "{} proposals were written to {}. Read them before they enter the log.",
)
_KNOWN = Phrase(
    "Intet er skrevet: alt det, der er fundet, er i {} i forvejen.",
    "Nothing was written: all that was found is in {} already.",
)
_NOTHING = Phrase(
    "Intet er skrevet: intet er fundet med sikkerhed {} eller mere. Vælg en mindre med --least.",
    "Nothing was written: nothing was found with a confidence of {} or more. Choose less with "
    "--least.",
)
_NEXT = Phrase(
    "Intet er skrevet. --to MAPPE skriver dem som filer, --patch som en ændring til git apply, og "
    "--pull-request EJER/REPO foreslår dem til loggen.",
    "Nothing was written. --to FOLDER writes them as files, --patch as a change for git apply, and "
    "--pull-request OWNER/REPO proposes them to the log.",
)
_BOTH = Phrase(
    "Vælg en af --to, --patch og --pull-request; --json viser kun.",
    "Choose one of --to, --patch and --pull-request; --json only shows.",
)
_APPLY = Phrase(
    "--apply hører til --pull-request EJER/REPO.", "--apply belongs to --pull-request OWNER/REPO."
)


def extract_decisions(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Minutes: Markdown, text, DOCX or PDF.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Write proposals here, as files.")
    ] = None,
    as_patch: Annotated[
        bool, typer.Option("--patch", help="Print a patch that puts them into `beslutninger`.")
    ] = False,
    pull_request: Annotated[
        str,
        typer.Option(
            "--pull-request",
            metavar="OWNER/REPO",
            help="Propose them to the log that this repository's Policy names.",
        ),
    ] = "",
    apply: Annotated[
        bool, typer.Option("--apply", help="Open or update that pull request, within the modes.")
    ] = False,
    least: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Propose what is at least this sure.")
    ] = LEAST,
    policy: Annotated[
        Path, typer.Option(metavar="FILE", help="The Policy that says whether names may be copied.")
    ] = IN_A_REPOSITORY,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Find the decisions in minutes, with quote, lines, meeting, date, group and confidence.

    Nothing enters a log by itself. Names of those who were there are left out, unless the Policy
    has `decisions: {names: true}`. What the log has already is not proposed again.
    """
    if sum((to is not None, as_patch, as_json or bool(pull_request))) > 1:
        _end(_BOTH, english)
    if apply and not pull_request:
        _end(_APPLY, english)
    if pull_request:
        from os2kb.cli.decisions.pull_request import propose_minutes

        def read(names: bool) -> "list[Minutes]":
            return [_read(path, names=names, english=english) for path in files]

        propose_minutes(pull_request, read, least, apply=apply, as_json=as_json)
        return
    spoken = language(english=english)
    names = _may_copy_names(policy, english=english)
    minutes = [_read(path, names=names, english=english) for path in files]
    if as_json:
        items = [_as_data(found, one) for one in minutes for found in one.found]
        print_json({"items": items})
    elif as_patch:
        from os2kb.decisions.writing.patch import patch_of

        made = _proposals(minutes, least, Path("beslutninger"), english=english)
        typer.echo(
            patch_of({f"beslutninger/{name}": text for name, text in made.items()}), nl=False
        )
    elif to is not None:
        made = _proposals(minutes, least, to, english=english)
        if not made:
            some = any(found.confidence >= least for one in minutes for found in one.found)
            said = _KNOWN.in_language(spoken).format(to)
            typer.echo(said if some else _NOTHING.in_language(spoken).format(share(least, spoken)))
            return
        _write(to, made, english=english)
    else:
        _show(minutes, english=english)


def _may_copy_names(path: Path, *, english: bool) -> bool:
    if not path.exists():
        return False
    from os2kb.policy.load import read_policy
    from os2kb.policy.problem import BadPolicy

    try:
        decisions = read_policy(policy_file(path, english=english), None).policy.decisions
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=False, english=english)
        raise typer.Exit(2) from None
    return decisions is not None and decisions.names


def _read(path: Path, *, names: bool, english: bool) -> "Minutes":
    from index.reading.contents import largest, text_of
    from index.reading.decoding import Unreadable
    from os2kb.decisions.minutes.extract import extract

    try:
        if path.stat().st_size > largest(path.name):
            _end(UNREADABLE, english, path, f"> {largest(path.name) // 1_000_000} MB")
        text = text_of(path.read_bytes(), path.name)
    except OSError as wrong:
        _end(UNREADABLE, english, path, why(wrong, language(english=english)))
    except Unreadable as wrong:
        _end(UNREADABLE, english, path, wrong)
    return extract(_shown(path), text, names=names)


def _shown(path: Path) -> str:
    """The file as an entry may name it, which is read elsewhere: never by its place here."""
    here = path.resolve().is_relative_to(Path.cwd())
    return path.resolve().relative_to(Path.cwd()).as_posix() if here else path.name


def _proposals(
    minutes: "Sequence[Minutes]", least: float, folder: Path, *, english: bool
) -> dict[str, str]:
    """File names and texts of the entries that the folder does not hold yet."""
    from os2kb.decisions.minutes.propose import proposed
    from os2kb.decisions.writing.files import written_file
    from os2kb.decisions.writing.names import file_name

    log: list[Decision] = []
    taken: set[str] = set()
    if folder.is_dir():
        log = [one.decision for one in log_in(folder, english=english).entries]
        taken = {one.name for one in folder.iterdir()}
    made: dict[str, str] = {}
    for decision in proposed(minutes, least, log):
        made[file_name(decision, taken | made.keys())] = written_file(decision)
    return made


def _write(folder: Path, files: Mapping[str, str], *, english: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as wrong:
        _end(UNREADABLE, english, folder, why(wrong, language(english=english)))
    typer.echo((_WROTE.en if english else _WROTE.da).format(len(files), folder))


def _show(minutes: "Sequence[Minutes]", *, english: bool) -> None:
    from os2kb.decisions.tidy import seen

    for one in minutes:
        if not one.found:
            typer.echo(seen((_NONE.en if english else _NONE.da).format(one.path)))
        for found in one.found:
            typer.echo(seen(_as_lines(found, one, english=english)))
    if any(one.found for one in minutes):
        typer.echo(_NEXT.en if english else _NEXT.da, err=True)


def _as_lines(found: "Found", minutes: "Minutes", *, english: bool) -> str:
    def told(phrase: Phrase) -> str:
        return phrase.en if english else phrase.da

    first, last = found.lines
    meeting = minutes.meeting
    about = (
        told(_ACTION if found.kind == "action" else _DECISION),
        f"{told(_SURE)} {share(found.confidence, language(english=english))}",
        found.group,
        str(meeting.date or ""),
        f"{told(_MEETING)}: {meeting.name}",
        found.item,
    )
    place = f"{minutes.path}:{first}" if first == last else f"{minutes.path}:{first}-{last}"
    return f"{place}: “{found.quote}”\n    {' · '.join(filter(None, about))}"


def _as_data(found: "Found", minutes: "Minutes") -> dict[str, object]:
    from os2kb.decisions.minutes.propose import title_of

    meeting = minutes.meeting
    return {
        "kind": found.kind,
        "quote": found.quote,
        "path": minutes.path,
        "lines": list(found.lines),
        "meeting": meeting.name,
        "date": meeting.date.isoformat() if meeting.date else None,
        "group": found.group or None,
        "item": found.item or None,
        "outcome": found.outcome,
        "title": title_of(found, alone=False),
        "confidence": found.confidence,
    }


def _end(said: Phrase, english: bool, *of: object) -> NoReturn:
    from os2kb.governance.harmless.neutralise import scrub

    typer.echo(scrub((said.en if english else said.da).format(*of)), err=True)
    raise typer.Exit(2)
