"""What the knowledge API takes and gives: the models behind /openapi.json (DESIGN 6.1)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from index.passages import Kind, Language, Status
from os2kb.answers.answer import Composer, Reason

LONGEST_QUERY = 1_000
LONGEST_PRODUCT = 100

Lines = Annotated[
    tuple[int, int],
    Field(description="First and last line in the file, 1-based.", examples=[[12, 18]]),
]
Path = Annotated[
    str, Field(description="Relative to its source.", examples=["docs/produktniveauer.md"])
]
Heading = Annotated[
    str,
    Field(
        description="Headings above it, outermost first.",
        examples=["Niveau 1: Sandkasse › Kriterier"],
    ),
]
Corrected = Annotated[
    dict[str, str],
    Field(
        description="Misspelt words, and what each was read as.",
        examples=[{"styregrppe": "styregruppe"}],
    ),
]
Date = Annotated[str | None, Field(description="Of the document, where it states one.")]


class Twin(BaseModel):
    """A passage that says the same as a result, and is not one of its own."""

    id: str
    title: str
    url: str
    path: Path
    lines: Lines
    product: str | None


class WhyFound(BaseModel):
    """What a result rests on."""

    words: list[str] = Field(description="Of the question: those that it holds a form or part of.")
    fields: list[Literal["title", "heading", "path", "text", "asked"]] = Field(
        description="Where they stand; `asked`: in another way to ask for it."
    )
    legs: dict[str, float] = Field(description="The share of each part of the ranking, 0 to 1.")
    prior: float = Field(description="What the score was multiplied by, for its status.")


class SearchResult(BaseModel):
    """One passage."""

    id: str
    title: str
    url: str = Field(description="Public address; empty for a source without one.")
    path: Path
    lines: Lines
    heading: Heading
    snippet: str = Field(
        description="HTML: `<mark>` around matches, all else escaped.",
        examples=["Kriterier for <mark>sandkassefasen</mark>"],
    )
    product: str | None
    kind: Kind
    lang: Language
    date: Date
    status: Status
    score: float
    twins: list[Twin] = []
    why: WhyFound | None = Field(None, description="Where it was asked for.")


class Facets(BaseModel):
    """How many of the matches are of each sort."""

    product: dict[str, int]
    kind: dict[str, int]
    lang: dict[str, int]


class SearchResponse(BaseModel):
    """What a search found. `total` counts all matches, before `limit` and `offset`."""

    query: str
    total: int
    took_ms: float
    results: list[SearchResult]
    facets: Facets
    corrected: Corrected = {}
    missing: list[Literal["dense"]] = Field(
        [], description="`dense` while the model that finds other words is not at hand."
    )


class SuggestionModel(BaseModel):
    """One thing the person may be about to ask for."""

    text: str = Field(examples=["Kriterier for sandkassefasen"])
    kind: Literal["title", "heading", "question"]
    url: str


class SuggestResponse(BaseModel):
    """Suggestions, best first."""

    suggestions: list[SuggestionModel]


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "Hvilke kriterier gælder i sandkassefasen?"},
                {"question": "Who approves a release?", "product": "os2display", "lang": "en"},
            ]
        },
    )

    question: str = Field(max_length=LONGEST_QUERY)
    product: str | None = Field(None, max_length=LONGEST_PRODUCT)
    lang: Language | None = Field(
        None, description="Of the answer's own words; of the question unless given."
    )


class CitationModel(BaseModel):
    """A verbatim quote, with where it stands. `n` is its number in the answer."""

    n: int
    title: str
    url: str
    path: Path
    lines: Lines
    heading: Heading
    quote: str = Field(
        description="Verbatim, as plain text: the characters of the file, without escapes. "
        "Whatever markup the document has is still in it.",
        examples=["- Løsningen skal være **open source**."],
    )
    date: Date
    status: Status
    superseded_by: str | None = Field(
        description="Of what is superseded: what took its place, where the document names it.",
        examples=["To godkendelser før fletning"],
    )


class Nearest(BaseModel):
    """A heading worth a look."""

    heading: str
    url: str


class AskResponse(BaseModel):
    """An answer whose every sentence rests on a citation, or an abstention with its reason."""

    answer: str = Field(
        description="Markdown (CommonMark), to be rendered before it is shown: characters that "
        "would be markup are escaped with a backslash. Each statement ends in the numbers of its "
        "citations. For the plain words, take the citations' `quote`.",
        examples=["Løsningen skal være open source. [1]"],
    )
    abstained: bool
    reason: Reason | None
    citations: list[CitationModel]
    nearest: list[Nearest] = Field(
        description="Offered with an abstention: nothing archived or superseded, a draft says that "
        "it is one; empty where the question is about something else."
    )
    conflicts: list[Annotated[list[int], Field(min_length=2, max_length=2)]] = Field(
        description="Pairs of citation numbers that disagree; both sources apply today."
    )
    composer: Composer
    note: str | None = Field(
        description="What to know of how the answer came about: that the language model could "
        "not answer, say. It stands in the answer too."
    )
    corrected: Corrected
    lang: Language
    answer_id: str


class FeedbackRequest(BaseModel):
    """Whether an answer helped."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "answer_id": "e7940a741513df10169a",
                    "helpful": False,
                    "comment": "Fristen er ændret.",
                }
            ]
        },
    )

    answer_id: str = Field(pattern="^[0-9a-f]{20}$", description="As `ask` gave it.")
    helpful: bool = Field(strict=True)
    comment: str | None = Field(
        None,
        max_length=LONGEST_QUERY,
        description="CPR numbers, private addresses, telephone numbers and secrets are masked.",
    )


class QuestionRequest(BaseModel):
    """A question for the coordinators."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "Hvem betaler for driften?", "product": "os2display"}]
        },
    )

    text: str = Field(max_length=LONGEST_QUERY, description="Masked as a comment is.")
    product: str | None = Field(None, max_length=LONGEST_PRODUCT)
    lang: Language | None = Field(None, description="Of the question, where it is known.")
    website: str = Field(
        "",
        max_length=LONGEST_QUERY,
        description="Leave it empty, and hide it in a form: what fills it in is no person.",
    )


class QuestionKept(BaseModel):
    """The question stands in the coordinators' queue."""

    state: Literal["kept"] = "kept"
