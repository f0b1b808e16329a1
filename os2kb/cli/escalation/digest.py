"""`os2kb escalation digest`: the weekly overview as it would be sent now."""

from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language
from os2kb.cli.reading import progress_shown, waiting
from os2kb.cli.subjects import install_here, reconciler_of
from os2kb.phrases import Phrase
from os2kb.subjects import BadSubject

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.escalation.digest.gather import Gathered, Place
    from os2kb.installation import Installation
    from os2kb.settings import Settings

_NONE = Phrase(
    "Ingen Policy i {} beder om en oversigt; skriv `digest` under `escalation`.",
    "No Policy of {} asks for an overview; write `digest` under `escalation`.",
)
_TO = Phrase("Til: {}", "To: {}")
_NOT_SENT = Phrase(
    "Bliver ikke sendt: modellen er et forslag eller gælder ikke endnu, eller Policy eller "
    "OS2KB_MODE er observe.",
    "Is not sent: the model is a proposal or does not hold yet, or the Policy or OS2KB_MODE is "
    "observe.",
)
_NO_WAY = Phrase("Bliver ikke sendt: {} er ikke sat.", "Is not sent: {} is not set.")


def digest(
    product: Annotated[str, typer.Argument(help="A product, or owner/repo where there is none.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Show the weekly overview of a product's faults as it would be sent now; sends nothing."""
    from os2kb.escalation.digest.gather import Gathered
    from os2kb.escalation.digest.work import is_sent

    shown_in = language(english=english)
    installation = install_here()
    with progress_shown() as progress:
        gathered = Gathered(
            reconciler_of(installation).observer.forge,
            installation.database,
            reconciler_of(installation).observer.products,
            _known(installation, product),
            installation.now(),
            waiting(progress, installation.now, shown_in),
        )
        found = [(one, _item(gathered, one)) for one in gathered.places(gathered.followers())]
    mode = installation.settings.mode
    for place, item in found:
        lacks = _lacking(place.to, installation.settings)
        item["lacks"] = lacks
        item["sent"] = not lacks and any(is_sent(one, mode, gathered.at) for one in place.of)
    if as_json:
        items = [item for _, item in found]
        print_json({"items": items})
        return
    if not found:
        typer.echo(_NONE.in_language(shown_in).format(product))
    for _, item in found:
        typer.echo(_TO.in_language(shown_in).format(item["to"]))
        if item["lacks"]:
            typer.echo(_NO_WAY.in_language(shown_in).format(item["lacks"]))
        elif not item["sent"]:
            typer.echo(_NOT_SENT.in_language(shown_in))
        typer.echo(f"\n{item['subject']}\n\n{item['text']}\n")


def _item(gathered: "Gathered", place: "Place") -> dict[str, object]:
    said = gathered.overview(place)
    return {
        "to": place.to,
        "subject": said.subject,
        "text": said.text,
        "faults": said.count,
        "repositories": [one.full_name for one in place.of],
    }


def _lacking(to: str, settings: "Settings") -> str:
    """The setting without which nothing can be sent there; empty where it is set."""
    if to.startswith("zulip:") and settings.zulip_key is None:
        return "OS2KB_ZULIP_SITE"
    return "OS2KB_SMTP_URL" if to.startswith("mailto:") and settings.smtp_url is None else ""


def _known(installation: "Installation", product: str) -> str:
    products = reconciler_of(installation).observer.products
    if product in products.entries or products.open_to_all:
        return product
    known = ", ".join(products.entries)
    raise BadSubject(
        f"{product} er intet produkt i OS2KB_PRODUCTS; der er {known}",
        f"{product} is no product in OS2KB_PRODUCTS; there are {known}",
    )
