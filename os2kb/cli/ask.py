"""`os2kb ask`: a cited answer on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from index.passages import Citation, Language
from index.reading.decoding import printable
from os2kb.answers.answer import Answer, Answers
from os2kb.cli.as_json import print_json
from os2kb.cli.internal import Internal, left_out, seen
from os2kb.cli.language import speak, spoken, told
from os2kb.cli.places import headings, place, status_word
from os2kb.phrases import Phrase
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.versions import Versions

_SOURCES = Phrase("Kilder", "Sources")
_ANSWER = Phrase("Svar", "Answer")
_NO_ANSWER = Phrase("Intet svar", "No answer")
_READ_AS = Phrase("Læst som: {words}", "Read as: {words}")
_NOT_WRITTEN_DOWN = Phrase(
    "Spørgsmålet bliver ikke skrevet ned: {}", "The question is not written down: {}"
)
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
    internal: Internal = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False,
) -> None:
    """Answer a question with quotes from the documents, or say that there is no answer."""
    from index.language import detect
    from os2kb.knowledge.embedders.choose import versions_for

    speak(lang or detect(question))
    versions = versions_for(load_settings())
    with _answers(versions) as answers:
        visibility = seen(internal=internal)
        answer = answers.ask(question, product=product, lang=lang, visibility=visibility)
        if as_json:
            from os2kb.answers.written.answer_json import answer_json

            print_json(answer_json(answer))
        else:
            Console().print(_shown(answer))
            index = versions.current()
            if index is not None and answer.reason == "no-evidence":
                _say(left_out(index, answer.lang, internal=internal))


def _say(sentence: str) -> None:
    if sentence:
        Console(highlight=False).print(sentence)


@contextmanager
def _answers(versions: "Versions") -> Iterator[Answers]:
    """What answers here; what it answers is written down after it is shown."""
    from os2kb.answers.ask import Answerer
    from os2kb.answers.choose import composer_for, method_of
    from os2kb.answers.journal.cache import CachedAnswers
    from os2kb.answers.journal.journal import Journal
    from os2kb.answers.journal.key import key_of_answers
    from os2kb.answers.journal.logged import LoggedAnswers
    from os2kb.clock import now
    from os2kb.store.database import StoreUnavailable, open_database, upgrade

    settings = load_settings()
    composer = composer_for(settings, now)
    try:
        database = open_database(settings.store_url)
        upgrade(database)
        key = key_of_answers(database)
    except StoreUnavailable as error:
        why = _NOT_WRITTEN_DOWN.in_language(spoken())
        typer.echo(why.format(told(error)), err=True)
        yield Answerer(versions, composer, settings.contact)
        return
    answers = Answerer(versions, composer, settings.contact, key)
    journal = Journal(database, settings.answer_log_days, now)
    journal.start()
    try:
        cached = CachedAnswers(answers, versions, journal, method_of(settings, composer))
        yield LoggedAnswers(cached, versions, journal, "cli")
    finally:
        journal.stop()


def _shown(answer: Answer) -> Group:
    from rich.markdown import Markdown  # late: no other command shows any

    title = _NO_ANSWER if answer.abstained else _ANSWER
    # Addresses of nearest headings are links of the terminal's; what was escaped stays text.
    body: RenderableType = Panel(
        Markdown(answer.text), title=title.in_language(answer.lang), title_align="left"
    )
    if answer.corrected:
        words = ", ".join(f"{wrong} → {meant}" for wrong, meant in answer.corrected)
        body = Group(Text(_READ_AS.in_language(answer.lang).format(words=printable(words))), body)
    if not answer.citations:
        return Group(body)
    sources = [
        _source(number, each, answer.lang) for number, each in enumerate(answer.citations, start=1)
    ]
    return Group(body, Text(_SOURCES.in_language(answer.lang), style="bold"), *sources)


def _source(number: int, citation: Citation, language: Language) -> Group:
    quote = printable(" ".join(citation.quote.split()))
    text = Text(place("", citation.path, citation.lines), style="cyan")
    about = [citation.date, status_word(citation.status, language), citation.url]
    text.append("".join(f" · {each}" for each in about if each), style="dim")
    text.append(f"\n“{quote[:_SHOWN]}{'…' if len(quote) > _SHOWN else ''}”", style="default")
    named = Text(f"[{number}] {headings(citation.title, citation.heading)}", style="bold")
    return Group(named, Padding(text, (0, 0, 0, 4)))
