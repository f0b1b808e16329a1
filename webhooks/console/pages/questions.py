"""`/console/questions`: what found no answer, what asks the same, and answering it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import RedirectResponse, Response

from os2kb.decisions.proposal.seen import State
from os2kb.forges.port import ForgeError
from os2kb.knowledge.faq.alike import alike
from os2kb.knowledge.faq.answering import (
    BadAnswer,
    answer,
    close,
    is_in_git,
    mark_of,
    withdraw,
)
from os2kb.offering import CannotOffer, Offering
from os2kb.phrases import NOTHING, Phrase
from os2kb.store.asked import faq, questions
from os2kb.store.asked.faq import Answered
from os2kb.store.asked.questions import Question
from webhooks.console.console import MISSING, Acting, Console, Refused, Visitor, shown
from webhooks.console.gathered.reach import Reach
from webhooks.console.pages.knowledge import own_products
from webhooks.console.people import Role

PATH = "/console/questions"
_SEE_OTHER = 303
_MOST = 500
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_NO_GITHUB = Phrase("Der er ingen adgang til GitHub.", "There is no access to GitHub.")
_NOT_YOURS = Phrase(
    "Kun produktets koordinatorer kan svare.", "Only the product's coordinators can answer."
)
_SETTLED = Phrase(
    "Spørgsmålet er ikke åbent længere: en anden er kommet først.",
    "The question is open no longer: somebody else was first.",
)


def questions_router(console: Console) -> APIRouter:
    """The list, and the page of one question."""
    router = APIRouter(include_in_schema=False)
    installation = console.installation
    database = installation.database

    @router.get(PATH)
    def every(
        visitor: Visitor = Depends(console.visitor), done: Annotated[str, Query()] = ""
    ) -> Response:
        found = open_to(visitor)
        return shown(
            "questions",
            visitor.language,
            visitor,
            groups=list(_grouped(found)),
            waiting=[one for one in faq.every(database) if reads(visitor)(one.product)],
            done=done,
        )

    @router.get(PATH + "/{number}")
    def one(number: Number, visitor: Visitor = Depends(console.visitor)) -> Response:
        return page(visitor, number)

    @router.post(PATH + "/{number}/answer")
    def answered(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        visitor, form = acting.visitor, acting.form
        question = theirs(visitor, number)
        same = alike_to(question, open_to(visitor))
        also = [other.id for other in same if form.get(f"also-{other.id}")]
        text = form.get("answer", "")
        try:
            name, seen = visitor.person.name, form.get("seen", "")
            answer(database, number, text, name, installation.now(), also, seen)
        except BadAnswer as bad:
            return page(visitor, number, text=text, problem=bad.phrase, status=422)
        console.poke()
        return RedirectResponse(f"{PATH}?done=answered", _SEE_OTHER)

    @router.post(PATH + "/{number}/withdraw")
    def withdrawn(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        visitor = acting.visitor
        theirs(visitor, number)
        try:
            withdraw(database, number, visitor.person.name, installation.now())
        except BadAnswer as bad:
            return page(visitor, number, problem=bad.phrase, status=409)
        console.poke()
        return RedirectResponse(f"{PATH}?done=withdrawn", _SEE_OTHER)

    @router.post(PATH + "/{number}/close")
    def closed(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        theirs(acting.visitor, number)
        if not close(database, [number], acting.visitor.person.name, installation.now()):
            return page(acting.visitor, number, problem=_SETTLED, status=409)
        return RedirectResponse(f"{PATH}?done=closed", _SEE_OTHER)

    @router.post(PATH + "/{number}/offer")
    def offered(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        theirs(acting.visitor, number)
        name = acting.visitor.person.name
        return written(acting.visitor, number, lambda to_git: to_git.offer(number, name))

    @router.post(PATH + "/{number}/issue")
    def made_issue(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        visitor, repository = acting.visitor, acting.form.get("repository", "")
        question = theirs(visitor, number)
        if repository not in issue_places(visitor, question):
            raise Refused(404, MISSING)
        name = visitor.person.name
        return written(visitor, number, lambda to: to.make_issue(number, repository, name))

    def written(visitor: Visitor, number: int, write: Callable[[Offering], str]) -> Response:
        """Write it to GitHub; the question's page says why it could not be."""
        to_git = offering()
        if to_git is None:
            raise Refused(409, _NO_GITHUB)
        try:
            write(to_git)
        except (CannotOffer, ForgeError) as error:
            return page(visitor, number, problem=error.phrase, status=409)
        return RedirectResponse(f"{PATH}/{number}", _SEE_OTHER)

    def offering() -> Offering | None:
        if installation.forge is None:
            return None
        products, mode = console.people.products, installation.settings.mode
        return Offering(installation.forge, database, products, mode, installation.now)

    def fate(given: Answered | None) -> State | None:
        """What became of its pull request, where that can be told now."""
        to_git = offering()
        if to_git is None or given is None:
            return None
        with suppress(CannotOffer, ForgeError):
            return to_git.fate(given)
        return None

    def issue_places(visitor: Visitor, question: Question) -> list[str]:
        """The repositories in which somebody may make it an issue."""
        reach, products = Reach(visitor, database), console.people.products
        return [
            one
            for one in reach.repositories
            if reach.role(one) >= Role.COORDINATOR
            and question.product in (None, products.product_of(one))
        ]

    def page(
        visitor: Visitor,
        number: int,
        text: str = "",
        problem: Phrase = NOTHING,
        status: int = 200,
    ) -> Response:
        question = readable(visitor, number)
        given = faq.read(database, number)
        values: dict[str, Any] = {
            "question": question,
            "given": given,
            "seen": mark_of(given),
            "fate": fate(given),
            "in_git": is_in_git(database, question),
            "text": text or (given.answer if given else ""),
            "problem": problem,
            "same": alike_to(question, open_to(visitor)),
            "may": coordinates(console, visitor, question.product),
            "places": issue_places(visitor, question),
            "section": "questions",
        }
        return shown("question", visitor.language, visitor, status, **values)

    def reads(visitor: Visitor) -> Callable[[str | None], bool]:
        return own_products(console, Reach(visitor, database))

    def open_to(visitor: Visitor) -> list[Question]:
        may_read = reads(visitor)
        return [one for one in questions.newest(database, limit=_MOST) if may_read(one.product)]

    def readable(visitor: Visitor, number: int) -> Question:
        question = questions.read(database, number)
        if question is None or not reads(visitor)(question.product):
            raise Refused(404, MISSING)
        return question

    def theirs(visitor: Visitor, number: int) -> Question:
        question = readable(visitor, number)
        if not coordinates(console, visitor, question.product):
            raise Refused(403, _NOT_YOURS)
        return question

    return router


def coordinates(console: Console, visitor: Visitor, product: str | None) -> bool:
    """Whether somebody answers for a product; for what belongs to none, the operators do."""
    if visitor.is_operator:
        return True
    reach, products = Reach(visitor, console.installation.database), console.people.products
    return product is not None and any(
        products.product_of(one) == product and reach.role(one) >= Role.COORDINATOR
        for one in reach.repositories
    )


def alike_to(question: Question, open_ones: Sequence[Question]) -> list[Question]:
    """The open questions that ask much the same as one."""
    others = [one for one in open_ones if one.id != question.id]
    same = alike([question, *others])[question.id]
    return [one for one in others if one.id in same]


def _grouped(found: Sequence[Question]) -> list[list[Question]]:
    """Questions with those that ask the same below the one that was asked most."""
    same, taken = alike(found), set[int]()
    by_id = {one.id: one for one in found}
    groups = []
    for one in sorted(found, key=lambda one: -one.asked):
        if one.id not in taken:
            group = [one, *(by_id[other] for other in same[one.id] if other not in taken)]
            taken.update(each.id for each in group)
            groups.append(group)
    return groups
