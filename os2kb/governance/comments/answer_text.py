"""An Answer as a reply on a forge."""

from index.passages import Citation, Language
from os2kb.answers.answer import Answer
from os2kb.governance.comments.render import source, status_word, text
from os2kb.governance.comments.views import indented
from os2kb.governance.harmless.neutralise import Markdown, link, neutralise
from os2kb.governance.harmless.safe_markdown import numbered, quoted, safe_markdown

_MOST_SOURCES = 10
_MOST_NEAREST = 5
_QUESTION_CHARS = 500
_QUOTE_CHARS = 800


def answer_text(answer: Answer, limit: int) -> Markdown:
    """The question, what was found or that nothing was, and every source; in the answer's language.

    An extractive answer is made of its quotes, so its sources do not repeat them.
    """
    language = answer.lang
    question = Markdown("> " + neutralise(answer.question, min(limit, _QUESTION_CHARS)))
    if answer.reason == "private-topic":  # it may hold what must not be repeated
        question = Markdown("")
    if answer.abstained:
        nearest = [link(heading, url) for heading, url in answer.nearest[:_MOST_NEAREST]]
        said = safe_markdown(_without_list(answer.text), limit)
        return text("abstention", language, question=question, answer=said, nearest=nearest)
    said, sources = answer_and_sources(answer, limit)
    return text(
        "answer",
        language,
        question=question,
        answer=said,
        sources=sources,
        composer=answer.composer,
    )


def answer_and_sources(answer: Answer, limit: int) -> tuple[Markdown, Markdown]:
    """What was found, and where it stands: a numbered list."""
    cited = answer.citations[:_MOST_SOURCES]
    sources = text(
        "sources",
        answer.lang,
        sources=[_source(one, answer.lang) for one in cited],
        quotes=[indented(quoted(one.quote, min(limit, _QUOTE_CHARS)), 3) for one in cited],
        composer=answer.composer,
    )
    said = safe_markdown(answer.text, limit)
    return numbered(said, [one.url for one in cited]), sources


def _without_list(abstention: str) -> str:
    """Its sentences; the list of places among them would lose its links, so it is set anew."""
    return "\n\n".join(part for part in abstention.split("\n\n") if "\n- " not in part)


def _source(citation: Citation, language: Language) -> dict[str, str]:
    return {
        "source": source(citation),
        "date": citation.date,
        "status": status_word(citation, language),
    }
