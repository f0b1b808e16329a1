"""`os2kb search`: the passages of the index."""

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from rich.console import Console

from index.passages import Kind, Language
from os2kb.cli.internal import Internal, left_out, seen
from os2kb.cli.knowledge.output import AsJson, print_json
from os2kb.cli.knowledge.serving import serving_index
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from index.passages import Results

_READ_AS = Phrase("Søgte efter: {read_as}", "Searched for: {read_as}")


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
    from index.shapes import results_json

    wanted_lang = _one_of("--lang", lang, get_args(Language))
    wanted_kind = _one_of("--kind", kind, get_args(Kind))
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
        _print_results(results)
        if sentence := left_out(index, "da", internal=internal):
            typer.echo(sentence)


def _one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def _print_results(results: "Results") -> None:
    """Search results, for a terminal."""
    from index.language import detect
    from index.shapes import printable, without_marks

    console = Console(markup=False, highlight=False)
    if results.corrected:
        read_as = printable(results.read_as)
        console.print(_READ_AS.in_language(detect(read_as)).format(read_as=read_as))
    console.print(f"{results.total} passages in {results.took_ms:.1f} ms")
    for number, hit in enumerate(results.hits, 1):
        passage = hit.passage
        heading = " › ".join((passage.title, *passage.heading))
        first, last = passage.lines
        console.print(f"\n{number}. {heading}", style="bold")
        console.print(
            f"   {passage.url or passage.path} · {passage.path}:{first}-{last}", style="dim"
        )
        if passage.status != "current":
            console.print(f"   {passage.status}", style="yellow")
        console.print(f"   {without_marks(hit.snippet)}")
        for twin in hit.twins:
            console.print(f"   also: {twin.url or twin.path} · {twin.path}", style="dim")
        if hit.why:
            legs = ", ".join(f"{name} {share:.2f}" for name, share in hit.why.legs.items())
            console.print(f"   why: {', '.join(hit.why.words)} in {', '.join(hit.why.fields)}")
            console.print(f"        {legs}; times {hit.why.prior:.2f} for its status", style="dim")
