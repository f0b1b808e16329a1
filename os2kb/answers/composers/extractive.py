"""The composer that needs no language model: the sentences that answer, word for word."""

from index.language import detect
from index.passages import Language
from os2kb.answers.answer import Composer
from os2kb.answers.composers.asked_for import asks_how
from os2kb.answers.composers.candidates import candidates
from os2kb.answers.composers.choice import chosen, ordered
from os2kb.answers.composers.support import weighed
from os2kb.answers.draft import Claim, Draft, Found

LEAST_SUPPORT = 0.0  # log-odds: below it, nothing answers


class ExtractiveComposer:
    """Picks a few verbatim sentences, list items or table rows, grouped by source."""

    name: Composer = "extractive"

    def compose(self, question: str, found: Found, language: Language) -> Draft:
        """Answer with quotes alone, or not at all where none is likely enough to answer."""
        question = found.read_as or question
        every = weighed(
            question, language, found, candidates(question, detect(question, language), found.hits)
        )
        if not every or every[0].support < LEAST_SUPPORT:
            return Draft((), self.name)
        quoted = ordered(chosen(every, asks_how=asks_how(question)))
        claims = tuple(Claim((each.quote,), head=each.head) for each in quoted)
        return Draft(claims, self.name, support=every[0].support)
