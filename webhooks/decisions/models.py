"""The decision log as JSON: the models behind /openapi.json."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from os2kb.decisions.as_data import as_data, with_texts
from os2kb.decisions.entry import Format
from os2kb.decisions.words import Status, Text, Type
from webhooks.decisions.addresses import address
from webhooks.decisions.book import NO_PRODUCT, Book, Place, Shown
from webhooks.decisions.found import Facet, Found

Day = Annotated[str | None, Field(description="ISO 8601.", examples=["2026-06-04"])]
Holds = Annotated[
    Status,
    Field(
        description="What holds: `superseded` also where another decision says so, and its own "
        "file does not."
    ),
]


class Related(BaseModel):
    """Another decision of the product."""

    name: str = Field(examples=["42"])
    title: str
    date: Day
    status: Holds
    url: str = Field(description="Its page here.", examples=["/decisions/os2demo/42"])


class Approved(BaseModel):
    """Who had approved it when it came into the log, other than whoever proposed it."""

    by: list[str] = Field(
        description="Empty: it was merged without an approval.", examples=[["kim"]]
    )
    later: list[str] = Field(description="Who approved it only afterwards.")


class DecisionItem(BaseModel):
    """A decision, without its texts."""

    model_config = ConfigDict(extra="ignore")

    product: str | None = Field(description="None for what belongs to all.", examples=["os2demo"])
    name: str = Field(description="What it is called in its address.", examples=["42"])
    url: str = Field(description="Its page here.", examples=["/decisions/os2demo/42"])
    source: str | None = Field(description="Where its file is read.")
    id: str | None = Field(description="Its number in the log.", examples=["42"])
    type: Type | None = Field(description="Architecture, strategic or operational.")
    title: str = Field(examples=["Fælles drift"])
    date: Day
    status: Holds
    status_text: str = Field(
        description="As its file says it.",
        examples=["Godkendt på styregruppemødet den 4. juni 2026"],
    )
    deciders: list[str] = Field(examples=[["Styregruppen"]])
    issue: str | None = Field(examples=["os2demo/os2demo#42"])
    ticket: str | None = Field(examples=["DEMO-7"])
    path: str = Field(description="Of its file, in the log's repository or folder.")
    lines: tuple[int, int] = Field(description="First and last, 1-based.", examples=[[1, 40]])
    format: Format
    approval: Approved | None = Field(
        description="None for what came by no proposal of ours, such as an entry written by hand."
    )
    confidence: float = Field(description="How surely it was read, 0 to 1.")
    replaces: list[Related]
    replaced_by: list[Related]


class OtherSection(BaseModel):
    """What stands under a heading that only this log knows."""

    heading: str
    text: str = Field(description="Markdown.")


class WholeDecision(DecisionItem):
    """All of a decision."""

    texts: dict[Text, str] = Field(description="Markdown; empty where it says nothing.")
    extra: list[OtherSection]


class DecisionList(BaseModel):
    """Decisions, the newest first."""

    query: str
    total: int = Field(description="Before `limit` and `offset`.")
    items: list[DecisionItem]
    facets: dict[Facet, dict[str, int]] = Field(
        description="How many there would be of each, were it chosen and all else as it is.",
        examples=[{"status": {"accepted": 12, "superseded": 2}}],
    )


def list_of(book: Book, found: Found, query: str) -> DecisionList:
    """What was found, as JSON."""
    return DecisionList(
        query=query,
        total=found.total,
        items=[DecisionItem.model_validate(_data(book, one)) for one in found.decisions],
        facets={name: dict(counts) for name, counts in found.facets.items()},
    )


def whole(book: Book, one: Shown) -> WholeDecision:
    """One decision, as JSON."""
    return WholeDecision.model_validate(with_texts(one.entry) | _data(book, one))


def _data(book: Book, one: Shown) -> dict[str, object]:
    product = one.place.product
    return as_data(one.entry) | {
        "product": None if product == NO_PRODUCT else product,
        "name": one.place.name,
        "url": address(one.place),
        "source": one.url or None,
        "status": one.status,
        "replaces": _related(book, one.replaces),
        "replaced_by": _related(book, one.replaced_by),
    }


def _related(book: Book, places: Iterable[Place]) -> list[Related]:
    return [
        Related(
            name=one.place.name,
            title=one.decision.title,
            date=one.decision.date.isoformat() if one.decision.date else None,
            status=one.status,
            url=address(one.place),
        )
        for one in map(book.at.__getitem__, places)
    ]
