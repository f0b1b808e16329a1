"""`os2kb questions`: what found no answer, for the coordinators to answer."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.rows import add_row
from os2kb.clock import now
from os2kb.settings import load_settings

if TYPE_CHECKING:  # they import the database's driver, which would slow down `os2kb --help`
    from collections.abc import Callable, Mapping

    from sqlalchemy import Engine

    from os2kb.offering import Offering
    from os2kb.store.asked.questions import Question

questions_app = typer.Typer(
    help="Questions that found no answer, for the coordinators.", no_args_is_help=True
)
_CLI = "os2kb questions"
Number = Annotated[int, typer.Argument(metavar="ID", help="As `os2kb questions list` has it.")]


@questions_app.command("list")
def list_questions(
    product: Annotated[str | None, typer.Option(help="Only this product's.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(help="Only what was put on that day (UTC) or later.", formats=["%Y-%m-%d"]),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    settled: Annotated[bool, typer.Option("--all", help="Also those that are settled.")] = False,
    as_json: AsJson = False,
) -> None:
    """The questions that people put to the coordinators, newest first, and which are alike."""
    from os2kb.answers.journal.export import question_line
    from os2kb.knowledge.faq.alike import alike
    from os2kb.store.asked import questions

    at = since.replace(tzinfo=UTC) if since else None
    found = questions.newest(_database(), product=product, since=at, limit=limit, settled=settled)
    same = alike(found)
    if as_json:
        print_json({"items": [question_line(one) | {"alike": list(same[one.id])} for one in found]})
    else:
        # No markup: what is shown comes from outside.
        Console(markup=False).print(_table(found, same))


@questions_app.command("show")
def show_question(number: Number, as_json: AsJson = False) -> None:
    """A question, what became of it, and the answer while it is not in git."""
    from os2kb.answers.journal.export import question_line
    from os2kb.store.asked import faq, questions

    database = _database()
    question, given = questions.read(database, number), faq.read(database, number)
    if question is None:
        raise _unknown()
    if as_json:
        answer = {"text": given.answer, "by": given.by, "pull": given.pull} if given else None
        print_json(question_line(question) | {"answer": answer})
        return
    console = Console(markup=False)
    console.print(f"{question.id}: {question.text}")
    console.print(f"{question.state}, put {question.asked} times {question.issue}".rstrip())
    if given:
        console.print(f"\n{given.answer}\n\n{given.by}, {given.at:%Y-%m-%d} {given.pull}".rstrip())


@questions_app.command("answer")
def answer_question(
    number: Number,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The answer, as Markdown; `-` to read it here.",
            exists=True,
            dir_okay=False,
            readable=True,
            allow_dash=True,
        ),
    ] = Path("-"),
    by: Annotated[str, typer.Option(help="Who answers.")] = _CLI,
    also: Annotated[
        list[int] | None, typer.Option(help="Another question that it settles; may be repeated.")
    ] = None,
) -> None:
    """Answer a question; a running service indexes the answer at once."""
    from os2kb.knowledge.faq.answering import BadAnswer, answer

    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file} is not text in UTF-8; save it as that.") from error
    try:
        answer(_database(), number, text, by, now(), also or ())
    except BadAnswer as bad:
        typer.echo(str(bad), err=True)
        raise typer.Exit(1) from bad
    typer.echo("Kept. A running service indexes it now; else `os2kb index build` does.")


@questions_app.command("offer")
def offer_answer(number: Number, by: Annotated[str, typer.Option(help="Who asks.")] = _CLI) -> None:
    """Open the pull request that brings an answer into the product's FAQ; again, once renewed."""
    typer.echo(_written(lambda offering: offering.offer(number, by)))


@questions_app.command("issue")
def make_issue(
    number: Number,
    repository: Annotated[str, typer.Argument(help="owner/repo of the question's product.")],
    by: Annotated[str, typer.Option(help="Who asks.")] = _CLI,
) -> None:
    """Make a question an issue, once, and take it out of the queue."""
    typer.echo(_written(lambda offering: offering.make_issue(number, repository, by)))


@questions_app.command("withdraw")
def withdraw_answer(
    number: Number, by: Annotated[str, typer.Option(help="Who takes it back.")] = _CLI
) -> None:
    """Take an answer that git does not have back; its question waits for another."""
    from os2kb.knowledge.faq.answering import BadAnswer, withdraw

    try:
        withdraw(_database(), number, by, now())
    except BadAnswer as bad:
        typer.echo(str(bad), err=True)
        raise typer.Exit(1) from bad
    typer.echo("Taken back. A running service forgets it now; else `os2kb index build` does.")


@questions_app.command("close")
def close_questions(numbers: Annotated[list[int], typer.Argument(metavar="ID…")]) -> None:
    """Take questions out of the queue without an answer."""
    from os2kb.knowledge.faq.answering import close

    count = close(_database(), numbers, _CLI, now())
    typer.echo(f"{count} closed.")
    if count < len(set(numbers)):
        typer.echo("Not all of them are in the queue; see `os2kb questions list`.", err=True)
        raise typer.Exit(1)


def _database() -> "Engine":
    from os2kb.store.database import open_database, upgrade

    database = open_database(load_settings().store_url)
    upgrade(database)
    return database


def _written(write: "Callable[[Offering], str]") -> str:
    """The address of what was written; ends the command where it cannot be."""
    from os2kb.cli.subjects import install_here, reconciler_of
    from os2kb.forges.port import ForgeError
    from os2kb.offering import CannotOffer, Offering

    installation = install_here()
    forge, settings = reconciler_of(installation).observer.forge, installation.settings
    offering = Offering(
        forge, installation.database, settings.grants(), settings.mode, installation.now
    )
    try:
        return write(offering)
    except (CannotOffer, ForgeError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _unknown() -> typer.Exit:
    typer.echo("There is no such question; see `os2kb questions list --all`.", err=True)
    return typer.Exit(1)


def _table(found: "list[Question]", same: "Mapping[int, tuple[int, ...]]") -> Table:
    table = Table("ID", "Last asked", "Times", "Question", "Alike", "Product", "State")
    for one in found:
        add_row(
            table,
            str(one.id),
            f"{one.last_at:%Y-%m-%d %H:%M}",
            str(one.asked),
            one.text,
            ", ".join(map(str, same[one.id])),
            one.product or "",
            one.state,
        )
    return table
