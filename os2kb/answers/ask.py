"""Questions in, answers out: retrieve, compose, verify, or abstain."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Protocol

from index.language import detect
from index.masking import mask
from index.passages import Hit, Language, Visibility
from index.search import Index
from os2kb.answers.answer import Answer, Composer, Reason
from os2kb.answers.composers.extractive import ExtractiveComposer
from os2kb.answers.composers.support import margin
from os2kb.answers.draft import Composes, Draft, Found
from os2kb.answers.question import clean, reason_to_decline, said_instead
from os2kb.answers.verify import verified
from os2kb.answers.written import texts
from os2kb.answers.written.render import (
    NOTHING_SEARCHED,
    Searched,
    abstention_text,
    answer_text,
    nearest_headings,
)
from os2kb.phrases import Phrase, SaidInBoth

HITS = 8
# The confidence below which the hits are not even worth a look. Of the questions that the sample
# handbook and OS2's documents answer, 3 of 76 lie below it; "Hvad er klokken?" has 0.02.
WORTH_A_LOOK = 0.1
NO_DRAFT = Draft((), "extractive")
PUBLIC: frozenset[Visibility] = frozenset({"public"})


class NotIndexed(SaidInBoth):
    """There is no index yet. The cure is `os2kb index build`."""

    def __init__(self) -> None:
        super().__init__(
            "Der er intet indeks endnu; byg et med: os2kb index build",
            "There is no index yet; build one with: os2kb index build",
        )


class Serves(Protocol):
    """Knows the index in force; `index.versions.Versions` does."""

    def current(self) -> Index | None:
        """The index in force; None before the first build."""


class Answerer:
    """Answers questions from the index in force. Synchronous and thread-safe.

    Args:
        versions: where the index in force comes from.
        composer: how hits become a draft; extractive unless given.
        contact: whom an abstention tells to ask: a name, a mailbox or an address of the web.
        key: the installation's own, up to 64 bytes: without it, who knows a question could tell its
            answer's id, and learn from a vote whether somebody had asked it.
    """

    def __init__(
        self,
        versions: Serves,
        composer: Composes | None = None,
        contact: str = "",
        key: bytes = b"",
    ) -> None:
        self._versions, self._contact, self._key = versions, contact, key
        self._composer: Composes = composer or ExtractiveComposer()

    def ask(
        self,
        question: str,
        *,
        product: str | None = None,
        lang: Language | None = None,
        visibility: frozenset[Visibility] = PUBLIC,
    ) -> Answer:
        """Answer or abstain; what the question says can never make this raise.

        Args:
            question: any text.
            product: also knowledge shared by all products is searched.
            lang: of the answer's own words; of the question unless given. Sources in another
                language are still quoted, as they stand.
            visibility: which passages may be quoted where this answer will be shown.

        Raises:
            NotIndexed: there is no index yet.
        """
        index = self._versions.current()
        if index is None:
            raise NotIndexed
        cleaned = clean(question)
        language = lang or detect(cleaned[:2_000])
        scope = _Scope(cleaned, product, lang, visibility, index.version, language, self._key)
        declined = reason_to_decline(cleaned)
        if declined:
            # A private question is not repeated, not even to the one who asked it.
            shown = "" if declined == "private-topic" else cleaned
            return scope.abstention(declined, said_instead(declined, cleaned), shown=shown)
        results = index.search(cleaned, product=product, visibility=visibility, limit=HITS)
        draft = Draft((), self._composer.name)
        if results.confidence >= WORTH_A_LOOK:
            above = margin(results.confidence, index.floor)
            found = Found(results.hits, results.asked, above, results.read_as)
            draft = verified(self._composer.compose(cleaned, found, language), results.hits)
        if draft.claims:
            answer = replace(scope.answer(draft), nearest=nearest_headings(results.hits, language))
        else:
            answer = scope.abstention(
                "no-evidence",
                hits=results.hits if results.confidence >= WORTH_A_LOOK else (),
                searched=_searched(index, product, visibility),
                draft=draft,
                contact=self._contact,
            )
        return replace(
            answer,
            corrected=tuple(results.corrected.items()),
            confidence=results.confidence,
            support=draft.support if draft.claims else None,
        )


def _searched(index: Index, product: str | None, visibility: frozenset[Visibility]) -> Searched:
    shared = index.held(product="", visibility=visibility)  # no product is called that
    return Searched(*index.held(product=product, visibility=visibility), shared.documents)


class _Scope:
    """What an answer depends on besides the documents, and what all its outcomes share."""

    def __init__(
        self,
        question: str,
        product: str | None,
        lang: Language | None,
        visibility: frozenset[Visibility],
        version: str,
        language: Language,
        key: bytes,
    ) -> None:
        self.question, self.product, self.language = question, product, language
        self._key = key
        # The id is kept where the question is masked, so it must not give away what was masked.
        self._depends_on = [mask(question), product, lang, sorted(visibility), version]

    def answer(self, draft: Draft) -> Answer:
        rendered = answer_text(draft, self.language)
        return Answer(
            question=self.question,
            text=rendered.text,
            abstained=False,
            citations=rendered.citations,
            composer=draft.composer,
            lang=self.language,
            answer_id=self._id(draft.composer),
            conflicts=rendered.conflicts,
            note=self._note(draft),
        )

    def abstention(
        self,
        reason: Reason,
        said: Phrase | None = None,
        *,
        shown: str | None = None,
        hits: Sequence[Hit] = (),
        searched: Searched = NOTHING_SEARCHED,
        draft: Draft = NO_DRAFT,
        contact: str = "",
    ) -> Answer:
        nearest = nearest_headings(hits, self.language)
        note = self._note(draft)
        text = abstention_text(
            reason,
            self.language,
            said=said,
            searched=searched,
            product=self.product,
            nearest=nearest,
            contact=contact,
        )
        return Answer(
            question=self.question if shown is None else shown,
            text=f"{text}\n\n_{note}_" if note else text,
            abstained=True,
            citations=(),
            composer=draft.composer,
            lang=self.language,
            answer_id=self._id(draft.composer),
            reason=reason,
            nearest=nearest,
            note=note,
        )

    def _note(self, draft: Draft) -> str:
        return texts.FALLBACK.in_language(self.language) if draft.fallback else ""

    def _id(self, composer: Composer) -> str:
        said = json.dumps([*self._depends_on, composer], ensure_ascii=True)
        return blake2b(said.encode("ascii"), digest_size=10, key=self._key).hexdigest()
