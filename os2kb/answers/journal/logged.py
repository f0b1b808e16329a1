"""Answers that are written down in the journal, and counted."""

from prometheus_client import Counter

from index.passages import Language, Visibility
from index.versions import Versions
from os2kb.answers.answer import Answer, Answers
from os2kb.answers.journal.entry import PUBLIC, entry
from os2kb.answers.journal.journal import Journal
from os2kb.store.asked.answers import Place

ANSWERS = Counter(
    "os2kb_answers_total",
    "Questions asked, by place, composer and outcome: answered, or why not.",
    ["place", "composer", "outcome"],
)


class LoggedAnswers:
    """Answers as another does, and notes each in the journal.

    Args:
        place: where these questions are asked.
    """

    def __init__(
        self, answers: Answers, versions: Versions, journal: Journal, place: Place
    ) -> None:
        self._answers, self._versions = answers, versions
        self._journal, self._place = journal, place

    def ask(
        self,
        question: str,
        *,
        product: str | None = None,
        lang: Language | None = None,
        visibility: frozenset[Visibility] = PUBLIC,
    ) -> Answer:
        """Answer, or abstain."""
        answer = self._answers.ask(question, product=product, lang=lang, visibility=visibility)
        ANSWERS.labels(self._place, answer.composer, answer.reason or "answered").inc()
        # In a rush, masking the same texts again would cost more than looking the answer up.
        if not self._journal.days or self._journal.note_again(answer.answer_id, self._place):
            return answer
        index = self._versions.current()
        version = index.version if index else ""
        asked = entry(answer, self._place, product, visibility, version, self._journal.now())
        if asked is not None:
            self._journal.note(asked)
        return answer
