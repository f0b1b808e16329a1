"""`os2kb ask`: a cited answer on the command line."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, Group
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

from index.passages import Citation, Language
from os2kb.answers.answer import Answer
from os2kb.phrases import Phrase
from os2kb.settings import load_settings

if TYPE_CHECKING:  # it imports the index, which would slow down `os2kb --help`
    from os2kb.answers.ask import Answerer

_SOURCES = Phrase("Kilder", "Sources")
_ANSWER = Phrase("Svar", "Answer")
_NO_ANSWER = Phrase("Intet svar", "No answer")
_SHOWN = 300  # characters of a quote


def ask(
    question: Annotated[str, typer.Argument(help="A question, in Danish or English.")],
    product: Annotated[
        str | None, typer.Option(help="A product: what belongs to it, and what belongs to none.")
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option(help="Of the answer's own words; of the question if not given."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False,
) -> None:
    """Answer a question with quotes from the public documents, or say that there is no answer."""
    answer = _answerer().ask(question, product=product, lang=lang)
    if as_json:
        from os2kb.answers.answer_json import answer_json

        typer.echo(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
        return
    Console().print(_shown(answer))


def _answerer() -> "Answerer":
    from index.versions import Versions
    from os2kb.answers.ask import Answerer
    from os2kb.answers.choose import composer_for
    from os2kb.clock import now

    settings = load_settings()
    return Answerer(Versions(settings.index_dir), composer_for(settings, now))


def _shown(answer: Answer) -> Group:
    title = _NO_ANSWER if answer.abstained else _ANSWER
    # Addresses of nearest headings are links of the terminal's; what was escaped stays text.
    body = Panel(Markdown(answer.text), title=title.in_language(answer.lang), title_align="left")
    if not answer.citations:
        return Group(body)
    sources = [_source(number, each) for number, each in enumerate(answer.citations, start=1)]
    return Group(body, Text(_SOURCES.in_language(answer.lang), style="bold"), *sources)


def _source(number: int, citation: Citation) -> Text:
    first, last = citation.lines
    where = f"{citation.path}:{first}" + (f"-{last}" if last != first else "")
    quote = " ".join(citation.quote.split())
    text = Text(f"[{number}] {' › '.join((citation.title, *citation.heading))}\n", style="bold")
    text.append(f"    {where}", style="cyan not bold")
    about = [citation.date, "" if citation.status == "current" else citation.status, citation.url]
    text.append("".join(f" · {each}" for each in about if each), style="dim not bold")
    text.append(f"\n    “{quote[:_SHOWN]}{'…' if len(quote) > _SHOWN else ''}”", style="not bold")
    return text
