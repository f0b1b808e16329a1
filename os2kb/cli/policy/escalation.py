"""An escalation model on the command line: `os2kb policy explain --escalation`."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from os2kb.cli.rows import add_row

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.policy.escalation.shown import ShownModel
    from os2kb.policy.load import ReadPolicy

_NO_MODEL = (
    "Policyen har ingen eskaleringsmodel. Begynd med linjen: escalation: {}",
    "The Policy has no escalation model. Begin with the line: escalation: {}",
)
_HEADS = (
    ("Alvorsgrad", "Hvad hører til", "Svar inden", "Plan inden", "Rettet inden"),
    ("Class", "What belongs in it", "Answer within", "Plan within", "Mended within"),
)
_RUNGS = (("Trin", "", "Hvem får besked", "Hvornår"), ("Rung", "", "Who is told", "When"))
_LEFT_OUT = (
    "Ikke på stigen, for ingen folk er skrevet ind: {}. Skriv dem under `people`, eller lad den, "
    "der driver os2kb, skrive dem under `teams` i OS2KB_PRODUCTS.",
    "Not on the ladder, for no people are named: {}. Name them under `people`, or have whoever "
    "runs os2kb name them under `teams` in OS2KB_PRODUCTS.",
)
_NOBODY = ("Ingen står på stigen.", "Nobody is on the ladder.")


def model_json(read: "ReadPolicy") -> dict[str, object]:
    """The model in words, as JSON; null for none."""
    from os2kb.policy.escalation.shown import shown

    model = read.policy.escalation
    told = asdict(shown(model)) | {"left_out": list(_left_out(read))} if model else None
    return {"escalation": told}


def show_model(read: "ReadPolicy", *, english: bool) -> None:
    """Print the model as tables: classes, ladder, and what else holds."""
    from os2kb.policy.escalation.shown import shown

    console = Console(markup=False, highlight=False)  # what is shown comes from files
    if read.policy.escalation is None:
        console.print(_NO_MODEL[english], soft_wrap=True)
        return
    model = shown(read.policy.escalation)
    console.print(model.status.in_language("en" if english else "da"), style="bold")
    for table in (_classes(model, english=english), _rungs(model, english=english)):
        console.print(table)
    if not model.rungs:
        console.print(_NOBODY[english])
    if lost := ", ".join(_left_out(read)):
        console.print(_LEFT_OUT[english].format(lost), soft_wrap=True)
    console.print(_terms(model, english=english))


def _left_out(read: "ReadPolicy") -> tuple[str, ...]:
    """The rungs of the default ladder that are not there; none where a ladder is written."""
    from os2kb.policy.escalation.default_ladder import left_out

    written = read.layers.data.get("escalation") or {}
    return () if written.get("ladder") else left_out(read.policy)


def _classes(model: "ShownModel", *, english: bool) -> Table:
    language: Language = "en" if english else "da"
    rows = [
        (one.name, one.criteria, *(time.in_language(language) or "–" for time in one.times))
        for one in model.classes
    ]
    return _table(_HEADS[english], rows)


def _rungs(model: "ShownModel", *, english: bool) -> Table:
    language: Language = "en" if english else "da"
    rows = [
        (str(at), one.name, ", ".join(one.notify), one.when.in_language(language))
        for at, one in enumerate(model.rungs, 1)
    ]
    return _table(_RUNGS[english], rows)


def _terms(model: "ShownModel", *, english: bool) -> Table:
    language: Language = "en" if english else "da"
    rows = (tuple(said.in_language(language) for said in term) for term in model.terms)
    return _table(("", ""), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:

    table = Table(*heads, box=None, show_header=any(heads))
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        add_row(table, *row)
    return table
