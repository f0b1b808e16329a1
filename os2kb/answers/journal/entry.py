"""An answer as the log keeps it."""

from datetime import datetime

from index.passages import Visibility
from os2kb.answers.answer import Answer
from os2kb.answers.journal.masked import masked, masked_line
from os2kb.store.asked.answers import Asked, Place

PUBLIC: frozenset[Visibility] = frozenset({"public"})


def entry(
    answer: Answer,
    place: Place,
    product: str | None,
    visibility: frozenset[Visibility],
    version: str,
    now: datetime,
) -> Asked | None:
    """What is kept of an answer; None where nothing is.

    Neither a question on a private matter is, nor one without a letter.

    Args:
        place: where it was asked.
        version: of the index.
    """
    if answer.reason == "private-topic" or not any(map(str.isalpha, answer.question)):
        return None
    return Asked(
        id=answer.answer_id,
        place=place,
        question=masked_line(answer.question),
        text=masked(answer.text),
        abstained=answer.abstained,
        reason=answer.reason or "",
        citations=[
            {
                "path": masked_line(each.path),
                "lines": list(each.lines),
                "url": masked_line(each.url),
                "quote": masked(each.quote),
            }
            for each in answer.citations
        ],
        composer=answer.composer,
        lang=answer.lang,
        product=product,
        visibility="public" if visibility <= PUBLIC else "internal",
        version=version,
        asked=1,
        first_at=now,
        last_at=now,
    )
