"""A repository's discussions in which an answer was marked, as questions with answers."""

from collections.abc import Iterable, Mapping

from os2kb.forges.port import Discussion, Forge
from os2kb.governance.facts import Repository
from os2kb.knowledge.sources.fetched import Left, Page
from os2kb.knowledge.sources.question_page import (
    VULNERABILITY,
    Question,
    looks_like_a_vulnerability,
    question_page,
)
from os2kb.products.remote import Remote


def read_discussions(
    remote: Remote, forge: Forge, repository: Repository, known: Mapping[str, str]
) -> Iterable[Page | Left]:
    """Every answered discussion of the category and with the label, where they are named.

    The list brings the texts along, so that nothing more is asked for.
    """
    for found in forge.answered_discussions(repository):
        if _wanted(found, remote):
            path, tag = f"{found.number}.md", found.updated_at.isoformat()
            yield Page(path, tag, None) if known.get(path) == tag else _page(path, tag, found)


def _wanted(found: Discussion, remote: Remote) -> bool:
    category, label = remote.category.casefold(), remote.label.casefold()
    return (not category or category in (found.category.casefold(), found.slug.casefold())) and (
        not label or label in {name.casefold() for name in found.labels}
    )


def _page(path: str, tag: str, found: Discussion) -> Page | Left:
    if found.answer.author.is_bot:
        return Left(path, "answered by a bot", tag)
    if looks_like_a_vulnerability(found.title, [found.body, found.answer.body]):
        return Left(path, VULNERABILITY, tag)
    question = Question(
        title=found.title,
        body=found.body,
        answers=(found.answer.body,),
        anchor=f"discussioncomment-{found.answer.id}",
        date=f"{found.answer.created_at:%Y-%m-%d}",
    )
    return Page(path, tag, question_page(question))
