"""The check on a pull request that touches the decision log, and suggestions that mend it."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from index.masking import mask
from index.reading.decoding import split_lines
from os2kb.decisions.lint.change import findings_of
from os2kb.decisions.lint.finding import Finding
from os2kb.decisions.tidy import seen
from os2kb.governance.actions import Annotation, PutReview, SetCheck, Suggestion
from os2kb.governance.facts import Facts, PullRequest
from os2kb.governance.harmless.neutralise import neutralise, scrub, shortened
from os2kb.governance.ledger.marks import is_said, marker_line
from os2kb.governance.rules.pull_request.files.changes import shown_lines
from os2kb.phrases import Phrase

NAME = "os2kb / decisions"
_FINE = Phrase("Beslutningsloggen er i orden.", "The decision log is in order.")
_FINE_SUMMARY = Phrase(
    "De ændrede filer er læst igennem sammen med resten af loggen.",
    "The files that change were read together with the rest of the log.",
)
_MEND = Phrase("{} ting skal rettes", "{} things to mend")
_LOOK = Phrase("Intet skal rettes; {} bør ses efter", "Nothing to mend; {} worth a look")
_SUMMARY = Phrase(
    "Filerne er læst sammen med resten af loggen. Hvor os2kb kender den rigtige linje, står den "
    "som et forslag på linjen.",
    "The files were read together with the rest of the log. Where os2kb knows the right line, it "
    "stands as a suggestion on the line.",
)
_REVIEW = Phrase(
    "Forslag til beslutningsloggen. Hvert kan tages med et klik.",
    "Suggestions for the decision log. Each can be taken with a click.",
)
_MOST_ANNOTATIONS = 50  # that one request may carry
_MOST_SUGGESTIONS = 20
_CHARS, _ALL_CHARS = 600, 50_000  # of a message, and of them all


def decisions_check(facts: Facts) -> tuple[SetCheck | PutReview, ...]:
    """The check and the suggestions, where they do not say so yet."""
    pull, change = facts.pull_request, facts.log_change
    if pull is None or change is None or not facts.open:
        return ()
    found = findings_of(change)
    check = _check(facts, pull, found)
    checks = () if is_said(facts, check.key, check.content) else (check,)
    return (*checks, *_review(facts, pull, found))


def _check(facts: Facts, pull: PullRequest, found: tuple[Finding, ...]) -> SetCheck:
    language = facts.language
    errors = sum(one.level == "error" for one in found)
    title = _MEND if errors else _LOOK if found else _FINE
    return SetCheck(
        name=NAME,
        head_sha=pull.head_sha,
        conclusion="failure" if errors else "neutral" if found else "success",
        title=title.in_language(language).format(errors or len(found)),
        summary="\n".join(_summary(facts, found)),
        because="decisions",
        annotations=tuple(_annotation(facts, one) for one in found[:_MOST_ANNOTATIONS]),
    )


def _summary(facts: Facts, found: tuple[Finding, ...]) -> Iterator[str]:
    yield (_SUMMARY if found else _FINE_SUMMARY).in_language(facts.language)
    yield from ([""] if found else [])
    written = 0
    for one in found:
        line = f"- {neutralise(f'{one.path}:{one.line}')}: {neutralise(_told(facts, one), _CHARS)}"
        written += len(line)
        if written > _ALL_CHARS:
            break
        yield line


def _annotation(facts: Facts, one: Finding) -> Annotation:
    """It is plain text there, no Markdown."""
    told = shortened(scrub(_told(facts, one)), _CHARS)
    return Annotation(one.path, one.line, told, "failure" if one.level == "error" else "warning")


def _told(facts: Facts, one: Finding) -> str:
    return " ".join(part.in_language(facts.language) for part in (one.said, one.cure))


def _review(facts: Facts, pull: PullRequest, found: tuple[Finding, ...]) -> tuple[PutReview, ...]:
    """Suggestions that are not made yet; the bot suggests nothing to itself."""
    if facts.author.is_self:
        return ()
    made = _made(facts)
    wanted = [
        one for one in _suggestions(facts, pull, found, made) if one.said not in made.values()
    ]
    if not wanted:
        return ()
    body = _REVIEW.in_language(facts.language)
    review = PutReview(pull.head_sha, tuple(wanted[:_MOST_SUGGESTIONS]), body, because="decisions")
    return () if is_said(facts, review.key, review.content) else (review,)


def _made(facts: Facts) -> dict[str, str]:
    """What the ledger knows of suggestions: marker to what was said last."""
    words = (
        word
        for one in facts.receipts
        if one.action == "review:suggestions" and one.state == "applied"
        for word in one.content.split()
    )
    return {word.partition("=")[0]: word for word in words}


def _suggestions(
    facts: Facts, pull: PullRequest, found: Iterable[Finding], made: dict[str, str]
) -> Iterator[Suggestion]:
    """One a line: two on one line could not both be taken."""
    shown = {file.path: shown_lines(file) for file in pull.files}
    taken: set[tuple[str, int]] = set()
    read = _lines(facts)
    for one in found:
        place = (one.path, one.line)
        old = shown.get(one.path, {}).get(one.line)
        if old is None or old.rstrip("\r") != read.get(place):
            continue  # a stray carriage return ends a line for us, and none for GitHub
        if one.suggestion is None or place in taken or not _fits(one.suggestion):
            continue
        taken.add(place)
        named = "\n".join((one.path, one.rule, old)).encode("utf-8", "replace")
        marker = f"suggestion:{sha256(named).hexdigest()[:12]}"
        body = _body(facts, one, one.suggestion, marker)
        yield Suggestion(one.path, one.line, marker, body, known=marker in made)


def _lines(facts: Facts) -> dict[tuple[str, int], str]:
    """The lines that Findings are about, as they were read, by path and number."""
    files = facts.log_change.after.items() if facts.log_change else ()
    read = ((path, split_lines(text)) for path, text in files if text is not None)
    return {(path, n): line for path, lines in read for n, line in enumerate(lines, 1)}


def _fits(suggestion: str) -> bool:
    """Whether the line may be shown again: nothing hidden in it, and nothing private."""
    return seen(suggestion) == suggestion and mask(suggestion) == suggestion


def _body(facts: Facts, one: Finding, suggestion: str, marker: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", suggestion)), default=0)
    fence = "`" * max(3, longest + 1)
    told = neutralise(_told(facts, one), _CHARS)
    return f"{marker_line(marker)}\n{told}\n\n{fence}suggestion\n{suggestion}\n{fence}"
