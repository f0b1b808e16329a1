"""Offering an answer of people to git, and making a question an issue: asked for, and done once.

Both are planned in the ledger first, under the question, so that one that was cut off is carried on
and not made twice. Nothing is written but within the modes.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from sqlalchemy import Engine

from os2kb.decisions.proposal.seen import Home, State
from os2kb.forges.logs import Draft, LogFiles
from os2kb.forges.port import Forbidden, Forge, NotFound, Rejected
from os2kb.governance.actions import Remember
from os2kb.governance.harmless.neutralise import neutralise, scrub, shortened
from os2kb.governance.ledger.marks import marker_line, stored_hash
from os2kb.governance.receipts import next_plan
from os2kb.knowledge.faq.documents import document, heading
from os2kb.modes import Mode, weaker
from os2kb.observe.in_force import policy_in_force
from os2kb.phrases import SaidInBoth
from os2kb.policy.problem import BadPolicy
from os2kb.products.products import FaqEntry, Products
from os2kb.store import ledger
from os2kb.store.asked import faq, questions
from os2kb.store.asked.faq import Answered
from os2kb.store.locks import key_lock

_OFFER, _ISSUE = "faq:offer", "faq:issue"
_LONGEST_TITLE = 120


class CannotOffer(SaidInBoth):
    """It cannot be offered or made an issue. The message names the cure."""


@dataclass(frozen=True, slots=True)
class Offering:
    """Writes to GitHub what people asked and answered.

    Args:
        mode: the installation's bound on every Policy.
    """

    forge: Forge
    database: Engine
    products: Products
    mode: Mode
    now: Callable[[], datetime]

    def offer(self, number: int, by: str) -> str:
        """Open or renew the pull request that brings an answer into the product's FAQ.

        Returns:
            Its address.

        Raises:
            CannotOffer: there is no such answer, no FAQ to bring it to, or nothing may be written.
            ForgeError: it could not be written; Rejected where a person closed it.
        """
        one = faq.read(self.database, number)
        if one is None:
            raise CannotOffer(
                "Det spørgsmål har intet svar, der ikke allerede er i git.",
                "That question has no answer that is not in git already.",
            )
        place = self._place(one)
        self._check_mode(place.repository)
        files = self.forge.logs.files(place.repository, place.path)
        home, branch = files.home, f"faq/{number}"
        path, text = self._file(files, place, one)
        before = self.forge.logs.proposal(home, branch)
        if before.state == "merged":  # what is to be better is mended there
            return before.url
        draft = Draft(
            branch,
            before.head,
            ((path, text),),
            # Nothing of the question: a title that says `fixes #3` would close it when merged.
            message=f"Besvar spørgsmål {number} fra søgningen",
            title=f"Besvar spørgsmål {number} fra søgningen",
            body=_body(one),
            anew=bool(before.head),
        )

        def write(_: str) -> str:
            made = self.forge.logs.propose(home, draft)
            return f"{home.url}/pull/{made.number}"

        address = self._once(number, Remember(_OFFER, stored_hash(text), because=by), write)
        faq.offered(self.database, number, address)
        return address

    def fate(self, one: Answered) -> State | None:
        """What became of the pull request that offers an answer; None where there is none.

        Raises:
            CannotOffer: the product has no FAQ any more.
            ForgeError: it cannot be told now.
        """
        if not one.pull:
            return None
        place = self._place(one)
        home = self.forge.logs.files(place.repository, place.path).home
        return self.forge.logs.proposal(home, f"faq/{one.id}").state

    def make_issue(self, number: int, repository: str, by: str) -> str:
        """Make an open question an issue of one of its product's repositories.

        Returns:
            Its address.

        Raises:
            CannotOffer: there is no such open question, the repository is not its product's, or
                nothing may be written there.
            ForgeError: it could not be written.
        """
        one = questions.read(self.database, number)
        if one is None or one.state not in ("open", "issue"):
            raise CannotOffer("Det spørgsmål er ikke åbent.", "That question is not open.")
        product = self.products.product_of(repository)
        if product is None or one.product not in (None, product):
            raise CannotOffer(
                f"{repository} hører ikke til spørgsmålets produkt.",
                f"{repository} does not belong to the question's product.",
            )
        self._check_mode(repository)
        there, marker = self.forge.repository(repository), f"question:{number}"
        title = _title(one.text)
        asked = f"Stillet {one.asked} {'gang' if one.asked == 1 else 'gange'} uden at få svar."
        body = f"{marker_line(marker)}\n{neutralise(one.text, 2_000)}\n\n{asked}\n"

        def write(known: str) -> str:
            issue = self.forge.put_issue(there, marker, title, body, known.rpartition("/")[2])
            return self.forge.conversation(there, int(issue)).url

        action = Remember(_ISSUE, repository.casefold(), because=by)
        address = self._once(number, action, write)
        with self.database.begin() as connection:
            questions.settle_with(connection, [number], "issue", address)
        return address

    def _once(self, number: int, action: Remember, write: Callable[[str], str]) -> str:
        """Do what the ledger has not seen done; returns the address of what came of it.

        Args:
            write: is given the address of what an earlier one of these wrote; empty for none.
        """
        key = f"question:{number}"
        with key_lock(self.database, key):
            receipts = ledger.receipts_of(self.database, key)
            ours = [one for one in receipts if one.action == action.key and one.state == "applied"]
            known = ours[-1].reference if ours else ""
            if ours and ours[-1].content == action.content:
                return known
            plan = [(next_plan(receipts), action)]
            ((receipt, _),) = ledger.plan(self.database, key, plan, self.now())
            try:
                address = write(known)
            except (Forbidden, NotFound, Rejected) as error:
                ledger.settle(self.database, receipt, "skipped", note=str(error))
                raise
            ledger.settle(self.database, receipt, "applied", reference=address)
        return address

    def _place(self, one: Answered) -> FaqEntry:
        entry = self.products.entries.get(one.product or "")
        if entry is None or entry.faq is None:
            raise CannotOffer(
                "Produktet har ingen FAQ; skriv `faq: {repository, path}` ved det i "
                "OS2KB_PRODUCTS.",
                "The product has no FAQ; write `faq: {repository, path}` in OS2KB_PRODUCTS.",
            )
        return entry.faq

    def _check_mode(self, repository: str) -> None:
        product = self.products.product_of(repository)
        grant = self.products.grant(product or repository)
        try:
            policy = policy_in_force(self.forge, repository, grant).policy
        except BadPolicy as bad:
            raise CannotOffer(
                f"Policyen i {repository} har fejl, og så længe skrives der intet.",
                f"The Policy of {repository} has mistakes, and nothing is written while it does.",
            ) from bad
        if weaker(self.mode, policy.mode) != "act":
            raise CannotOffer(
                f"Der skrives først i {repository} med mode: act i policyen og i OS2KB_MODE.",
                f"Writing in {repository} takes mode: act in the Policy and in OS2KB_MODE.",
            )

    def _file(self, files: LogFiles, place: FaqEntry, one: Answered) -> tuple[str, str]:
        """Path and text: a file of its own in a folder, or a section more of the one file."""
        if not place.path.endswith(".md"):
            return _free(place.path.strip("/"), one.id, files.files), document(one)
        path = place.path.strip("/")
        text = self._text(files.home, files, path)
        return path, f"{text.rstrip()}\n\n## {heading(one.question)}\n\n{one.answer}\n".lstrip()

    def _text(self, home: Home, files: LogFiles, path: str) -> str:
        known = files.files.get(path)
        if known is None:
            return ""
        text = self.forge.logs.texts(home.full_name, [known])[known]
        if text is None:
            raise CannotOffer(f"{path} er ingen tekst.", f"{path} is no text.")
        return text


def _free(folder: str, number: int, there: Collection[str]) -> str:
    """A name for a new file, which no other is written over by."""
    names = chain([str(number)], (f"{number}-{more}" for more in count(2)))
    return next(path for name in names if (path := f"{folder}/{name}.md") not in there)


def _title(question: str) -> str:
    return shortened(" ".join(scrub(question).split()), _LONGEST_TITLE)


def _body(one: Answered) -> str:
    asked = neutralise(one.question, 1_000)
    return (
        f"{asked}\n\nSpørgsmålet fandt intet svar ved en søgning. En koordinator har besvaret det, "
        "og svaret kan findes; når det er flettet, er det her, det læses.\n"
    )
