"""`os2kb search`: the passages of the index."""

from collections.abc import Iterator
from re import findall
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index.passages import Kind, Language
from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.internal import Internal, left_out, seen
from os2kb.cli.knowledge.serving import serving_index
from os2kb.cli.language import speak
from os2kb.cli.places import headings, place, status_word
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from index.passages import Hit, Results, Visibility, Why
    from index.search import Index

_READ_AS = Phrase("Søgte efter: {read_as}", "Searched for: {read_as}")
_FOUND = Phrase("{total} afsnit på {took} ms", "{total} passages in {took} ms")
_NO_PRODUCT = Phrase(
    "Ingen dokumenter hører til “{}”; der er: {}", "No document is of “{}”; there are: {}"
)
_ALSO = Phrase("også", "also")
_WORDS = Phrase("ord: {words} · i: {fields}", "words: {words} · in: {fields}")
_SHARES = Phrase(
    "andele: {legs} · ganget med {prior} for status og alder",
    "shares: {legs} · times {prior} for status and age",
)
_FIELDS = {
    "title": Phrase("titel", "title"),
    "heading": Phrase("overskrift", "heading"),
    "path": Phrase("sti", "path"),
    "text": Phrase("tekst", "text"),
    "asked": Phrase("andre måder at spørge på", "other ways to ask"),
}
_LEGS = {
    "stem": Phrase("ordstammer", "stem"),
    "gram": Phrase("bogstavfølger", "gram"),
    "dense": Phrase("betydning", "dense"),
    "near": Phrase("nærhed", "near"),
}


def search(
    query: Annotated[str, typer.Argument(help="A question, or a few words.")],
    product: Annotated[str | None, typer.Option(help="Only this product's passages.")] = None,
    lang: Annotated[str | None, typer.Option(help="da or en.")] = None,
    kind: Annotated[str | None, typer.Option(help=", ".join(get_args(Kind)) + ".")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    internal: Internal = False,
    why: Annotated[bool, typer.Option("--why", help="Say why each was found.")] = False,
    as_json: AsJson = False,
) -> None:
    """Search the passages of the index: the public ones, unless asked for all."""
    from index.language import detect
    from index.shapes import results_json

    wanted_lang = _one_of("--lang", lang, get_args(Language))
    wanted_kind = _one_of("--kind", kind, get_args(Kind))
    speak(detect(query))
    index = serving_index()
    results = index.search(
        query,
        product=product,
        lang=wanted_lang,
        kind=wanted_kind,
        visibility=seen(internal=internal),
        limit=limit,
        explain=why,
    )
    if as_json:
        print_json(results_json(results))
    else:
        language = detect(results.read_as)
        _print_results(results, language)
        if product and not results.total:
            _tell_products(index, product, language, seen(internal=internal))
        if sentence := left_out(index, language, internal=internal):
            typer.echo(sentence)


def _tell_products(
    index: "Index", product: str, language: Language, visibility: "frozenset[Visibility]"
) -> None:
    """Where no document is of a product: which there are."""
    of = {one.product for one in index.passages if one.visibility in visibility}
    named = sorted(one for one in of if one)
    if product not in named and named:
        typer.echo(_NO_PRODUCT.in_language(language).format(product, ", ".join(named)))


def _one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def _print_results(results: "Results", language: Language) -> None:
    """Search results, for a terminal."""
    from index.shapes import printable

    console = Console(markup=False, highlight=False)
    if results.corrected:
        read_as = printable(results.read_as)
        console.print(_READ_AS.in_language(language).format(read_as=read_as))
    took = _number(results.took_ms, 1, language)
    console.print(_FOUND.in_language(language).format(total=results.total, took=took))
    for number, hit in enumerate(results.hits, 1):
        passage = hit.passage
        console.print(f"\n{number}. {headings(passage.title, passage.heading)}", style="bold")
        below: list[tuple[str, str]] = [
            (place(passage.url, passage.path, passage.lines), "dim"),
            (status_word(passage.status, language), "yellow"),
            (_text(hit), ""),
        ]
        for twin in hit.twins:
            twin_at = place(twin.url, twin.path, twin.lines)
            below.append((f"{_ALSO.in_language(language)}: {twin_at}", "dim"))
        if hit.why:
            below += ((line, "dim") for line in _reasons(hit.why, results.read_as, language))
        for line, style in below:
            if line:
                console.print(Padding(Text(line, style), (0, 0, 0, 3), expand=False))


def _text(hit: "Hit") -> str:
    """The snippet, without the heading that stands above it already."""
    from index.shapes import without_marks

    text = without_marks(hit.snippet)
    for heading in hit.passage.heading[-1:]:
        text = text.removeprefix(heading).lstrip() or text
    return text


def _reasons(why: "Why", read_as: str, language: Language) -> Iterator[str]:
    """What a hit rests on; its words as they were written."""
    from index.danish import fold

    written = {fold(word): word for word in findall(r"\w+", read_as)}
    words = ", ".join(written.get(word, word) for word in why.words)
    fields = ", ".join(_FIELDS[name].in_language(language) for name in why.fields)
    yield _WORDS.in_language(language).format(words=words or "–", fields=fields or "–")
    legs = ", ".join(
        f"{_LEGS[name].in_language(language)} {_number(share, 2, language)}"
        for name, share in why.legs.items()
    )
    prior = _number(why.prior, 2, language)
    yield _SHARES.in_language(language).format(legs=legs, prior=prior)


def _number(value: float, decimals: int, language: Language) -> str:
    shown = f"{value:.{decimals}f}"
    return shown.replace(".", ",") if language == "da" else shown
