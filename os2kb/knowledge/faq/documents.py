"""Answers that are not in git yet as documents of the index, and which have come there since.

The store is where they are kept. A build writes them into folders, one a product, and reads those
like any other source; so an answer is found, quoted and cited as all else is.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from index import store as version_store
from index.passages import Parsed, Source
from index.versions import Versions
from os2kb.settings import Settings
from os2kb.store.asked import faq
from os2kb.store.asked.faq import Answered
from os2kb.store.database import open_database

NAME = "faq:"
"""What the names of these sources begin with; none of the products file can."""


def answered_sources(settings: Settings) -> tuple[Source, ...]:
    """A source for each product with answers of people, its documents written."""
    by_product: dict[str, list[Answered]] = defaultdict(list)
    for one in _kept(settings):
        by_product[one.product or ""].append(one)
    return tuple(_written(settings.index_dir, *item) for item in sorted(by_product.items()))


def drop_what_git_has(settings: Settings) -> bool:
    """Forget the answers whose question is one of another source's now; True where there were any.

    That is so once a pull request was merged and read, however its words were changed in it: a file
    of ours names the question in its front matter, too. What a language model or visitors' votes
    say that a document answers takes nothing away.
    """
    kept, folder = _kept(settings), Versions(settings.index_dir).folder()
    if not kept or folder is None:
        return False
    asked = set(_asked(version_store.read_passages(folder / version_store.PASSAGES)))
    there = [one.id for one in kept if (one.product, _plain(one.question)) in asked]
    if there:
        engine = open_database(settings.store_url)
        faq.drop(engine, there)
        engine.dispose()
    return bool(there)


def document(one: Answered) -> str:
    """An answer as it is indexed."""
    question = json.dumps(one.question, ensure_ascii=False)  # as YAML reads it, too
    head = f"---\ndate: {one.at:%Y-%m-%d}\nquestions:\n  - {question}\n---\n"
    return f"{head}# {heading(one.question)}\n\n{one.answer}\n"


def heading(question: str) -> str:
    """A question as a heading: what would be markup is text."""
    line = " ".join(question.split())
    return "".join(f"\\{one}" if one in "\\`*_[]<>#&" else one for one in line)


def _written(root: Path, product: str, answers: Sequence[Answered]) -> Source:
    name = f"{NAME}{product}"
    folder = root / "sources" / quote(name, safe="")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for one in answers:
        (folder / f"{one.id}.md").write_text(document(one), "utf-8")
    return Source(name, str(folder), product=product or None, kind="faq")


def _kept(settings: Settings) -> Sequence[Answered]:
    """Nothing where the store cannot be read: a build does without."""
    kind, _, place = settings.store_url.partition("?")[0].partition(":///")
    if kind == "sqlite" and not Path(place).exists():
        return ()
    engine = open_database(settings.store_url)
    try:
        return faq.every(engine)
    except SQLAlchemyError:
        return ()
    finally:
        engine.dispose()


def _asked(corpus: Iterable[Parsed]) -> Iterator[tuple[str | None, str]]:
    """Product, and heading or question, of all that is read elsewhere."""
    for parsed in corpus:
        one = parsed.passage
        if not one.source.startswith(NAME) and one.visibility == "public":
            headings = (one.title, *one.heading, *(h for s in one.sections for h in s.heading))
            texts = (*headings, *parsed.asked.splitlines())
            yield from ((one.product, _plain(text)) for text in texts)


def _plain(question: str) -> str:
    letters = (one for one in question.casefold() if one.isalnum() or one.isspace())
    return " ".join("".join(letters).split())
