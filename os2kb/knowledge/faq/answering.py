"""A coordinator's answer: kept, with the questions that it settles, and indexed at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from os2kb.answers.journal.masked import masked
from os2kb.governance.actions import Remember
from os2kb.governance.ledger.marks import stored_hash
from os2kb.governance.receipts import next_plan
from os2kb.knowledge.refresh.work import KEY
from os2kb.phrases import SaidInBoth
from os2kb.store import ledger, wakes
from os2kb.store.asked import faq, questions
from os2kb.store.asked.faq import Answered

LONGEST_ANSWER = 10_000


class BadAnswer(SaidInBoth):
    """It cannot be kept as an answer. The message says why."""


def answer(
    database: Engine, number: int, text: str, by: str, now: datetime, also: Sequence[int] = ()
) -> Answered:
    """Keep an answer as public knowledge, and have the index take it up now.

    Args:
        number: of the question; one that was answered before gets this answer instead.
        text: Markdown.
        by: who answers.
        also: open questions that it settles, too.

    Raises:
        BadAnswer: there is no such question, or the answer is empty, too long, or holds what is
            personal.
    """
    question = questions.read(database, number)
    if question is None:
        raise BadAnswer("Det spørgsmål findes ikke.", "There is no such question.")
    said = _checked(text)
    kept = Answered(number, question.text, said, question.product, question.lang, by, now)
    with database.begin() as connection:
        faq.keep_with(connection, kept)
        questions.settle_with(connection, (number, *also), "answered")
        wakes.bring_forward_with(connection, KEY, now)
    _note(database, number, "faq:answer", stored_hash(said), by, now)
    return kept


def close(database: Engine, numbers: Sequence[int], by: str, now: datetime) -> int:
    """Take open questions out of the queue unanswered; returns how many there were."""
    count = questions.close(database, numbers)
    if count:
        for number in numbers:
            _note(database, number, "faq:close", "", by, now)
    return count


def _note(database: Engine, number: int, action: str, content: str, by: str, now: datetime) -> None:
    """Have the ledger tell who did it; of an answer, a hash."""
    key = f"question:{number}"
    plan = next_plan(ledger.receipts_of(database, key))
    noted = ledger.plan(database, key, [(plan, Remember(action, content, because=by))], now)
    for receipt, _ in noted:
        ledger.settle(database, receipt, "applied")


def _checked(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not any(map(str.isalpha, said)):
        raise BadAnswer("Skriv et svar først.", "Write an answer first.")
    if len(said) > LONGEST_ANSWER:
        raise BadAnswer(
            f"Svaret må højst fylde {LONGEST_ANSWER} tegn.",
            f"The answer may have {LONGEST_ANSWER} characters at most.",
        )
    if masked(said) != said:
        raise BadAnswer(
            "Svaret bliver offentligt: tag CPR-numre, private adresser, telefonnumre og "
            "adgangskoder ud af det.",
            "The answer becomes public: take personal numbers, private addresses, telephone "
            "numbers and passwords out of it.",
        )
    return said
