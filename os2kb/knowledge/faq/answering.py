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
from os2kb.store.asked.questions import Question

LONGEST_ANSWER = 10_000
_ANSWER, _WITHDRAW = "faq:answer", "faq:withdraw"


class BadAnswer(SaidInBoth):
    """It cannot be kept as an answer. The message says why."""


def answer(
    database: Engine,
    number: int,
    text: str,
    by: str,
    now: datetime,
    also: Sequence[int] = (),
    seen: str | None = None,
) -> Answered:
    """Keep an answer as public knowledge, and have the index take it up now.

    Args:
        number: of the question; one that was answered before gets this answer instead.
        text: Markdown.
        by: who answers.
        also: open questions that it settles, too.
        seen: the mark of the answer that it is to take the place of; None for whichever it is.

    Raises:
        BadAnswer: there is no such question, somebody else has answered it meanwhile, or the answer
            is empty, too long, or holds what is personal; or git has it, where it is mended.
    """
    question = questions.read(database, number)
    if question is None:
        raise BadAnswer("Det spørgsmål findes ikke.", "There is no such question.")
    if is_in_git(database, question):
        raise BadAnswer(
            "Svaret er flettet til git: ret det der.",
            "The answer is merged into git: mend it there.",
        )
    said = _checked(text)
    kept = Answered(number, question.text, said, question.product, question.lang, by, now)
    before = faq.read(database, number)
    if seen not in (None, mark_of(before)):
        raise _answered_meanwhile()
    with database.begin() as connection:
        if not faq.keep_with(connection, kept, before):
            raise _answered_meanwhile()
        questions.settle_with(connection, [number], "answered", among=("open", "closed"))
        questions.settle_with(connection, also, "answered")
        wakes.bring_forward_with(connection, KEY, now)
    _note(database, number, _ANSWER, stored_hash(said), by, now)
    return kept


def mark_of(one: Answered | None) -> str:
    """What tells an answer from all others to its question; empty for none."""
    return stored_hash(f"{one.at:%Y-%m-%dT%H:%M:%S.%f} {one.answer}") if one else ""


def withdraw(database: Engine, number: int, by: str, now: datetime) -> None:
    """Take an answer back: the index forgets it now, and its question waits for another.

    Raises:
        BadAnswer: it has none here.
    """
    if faq.read(database, number) is None:
        raise BadAnswer(
            "Det spørgsmål har intet svar her, der kan trækkes tilbage.",
            "That question has no answer here that could be taken back.",
        )
    with database.begin() as connection:
        faq.drop_with(connection, [number])
        questions.reopen_with(connection, number)
        wakes.bring_forward_with(connection, KEY, now)
    _note(database, number, _WITHDRAW, "", by, now)


def is_in_git(database: Engine, question: Question) -> bool:
    """Whether an answer was given to the very question, and is kept here no more."""
    if question.state != "answered" or faq.read(database, question.id):
        return False
    noted = (one.action for one in ledger.receipts_of(database, _key(question.id)))
    return [one for one in noted if one in (_ANSWER, _WITHDRAW)][-1:] == [_ANSWER]


def close(database: Engine, numbers: Sequence[int], by: str, now: datetime) -> int:
    """Take open questions out of the queue unanswered; returns how many there were."""
    count = questions.close(database, numbers)
    if count:
        for number in numbers:
            _note(database, number, "faq:close", "", by, now)
    return count


def _note(database: Engine, number: int, action: str, content: str, by: str, now: datetime) -> None:
    """Have the ledger tell who did it; of an answer, a hash."""
    key = _key(number)
    plan = next_plan(ledger.receipts_of(database, key))
    noted = ledger.plan(database, key, [(plan, Remember(action, content, because=by))], now)
    for receipt, _ in noted:
        ledger.settle(database, receipt, "applied")


def _answered_meanwhile() -> BadAnswer:
    return BadAnswer(
        "En anden har svaret imens. Se det svar, der står nu, og gem dit, hvis det skal gælde i "
        "stedet.",
        "Somebody else has answered meanwhile. Look at the answer that stands now, and keep yours "
        "if it is to hold instead.",
    )


def _key(number: int) -> str:
    return f"question:{number}"


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
