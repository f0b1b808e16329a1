"""An export from OS2loop: questions with answers, as JSON or CSV.

OS2loop is a Drupal site. Its content type `os2loop_question` has the text in
`os2loop_question_content`; answers are comments of the type `os2loop_question_answer`
(https://github.com/os2loop/os2loop, config/sync). Read are what the modules JSON:API
(`/jsonapi/node/os2loop_question?include=…`) and Views data export write, and any list of objects
or table whose columns have plain names in Danish or English.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from os2kb.knowledge.sources.fetched import Left, Page, Unreachable
from os2kb.knowledge.sources.question_page import (
    NOT_ANSWERED,
    VULNERABILITY,
    Question,
    looks_like_a_vulnerability,
    question_page,
)

_LARGEST = 200 * 1024 * 1024  # bytes
_QUESTION, _ANSWER = "os2loop_question", "os2loop_question_answer"
# What a field may be called, the surest name first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("nid", "drupal_internal__nid", "id", "uuid"),
    "title": ("title", "titel", "question", "spørgsmål", "spoergsmaal"),
    "body": ("os2loop_question_content", "body", "content", "description", "beskrivelse", "tekst"),
    "answers": ("answers", "svar", "answer", "os2loop_question_answers", "comments", _ANSWER),
    "date": ("changed", "created", "date", "dato", "ændret", "oprettet"),
    "status": ("status", "published", "udgivet"),
    "type": ("type", "bundle", "indholdstype"),
}
_ANSWER_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("cid", "drupal_internal__cid", "id"),
    "body": (_ANSWER, "os2loop_question_answer_body", "body", "comment_body", "text", "svar"),
    "correct": ("correct", "is_correct", "accepted", "os2loop_upvote_correct_answer", "korrekt"),
    "status": ("status", "published", "udgivet"),
}
_YES = frozenset({"1", "true", "on", "til", "ja", "yes", "correct", "korrekt"})
# What is stated and is none of these is not shown: a word that we do not know must not publish.
_PUBLISHED = _YES | {"", "published", "udgivet", "enabled", "answered", "besvaret"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:\w+|#\d+);")


@dataclass(frozen=True, slots=True)
class _Answer:
    body: str
    id: str = ""
    correct: bool = False


@dataclass(frozen=True, slots=True)
class _Record:
    """One question of the export."""

    id: str
    title: str
    body: str
    date: str
    published: bool
    answers: tuple[_Answer, ...]


def read_os2loop(export: Path, known: Mapping[str, str]) -> Iterable[Page | Left]:
    """Every published question of an export.

    Raises:
        Unreachable: there is no such file, or it cannot be read as an export.
    """
    for record in _merged(_records(_text(export))):
        tag = sha256(json.dumps(asdict(record)).encode()).hexdigest()[:16]
        path = f"{record.id}.md"
        yield Page(path, tag, None) if known.get(path) == tag else _page(path, tag, record)


def _page(path: str, tag: str, record: _Record) -> Page | Left:
    answers = sorted(record.answers, key=lambda answer: not answer.correct)
    texts = [text for answer in answers if (text := _markdown(answer.body))]
    body = _markdown(record.body)
    if not record.published:
        return Left(path, "not published", tag)
    if looks_like_a_vulnerability(record.title, [body, *texts]):
        return Left(path, VULNERABILITY, tag)
    if not texts or not record.title:
        return Left(path, NOT_ANSWERED, tag)
    anchor = f"comment-{answers[0].id}" if answers[0].id else ""
    return Page(path, tag, question_page(Question(record.title, body, texts, anchor, record.date)))


def _text(export: Path) -> str:
    try:
        if export.stat().st_size > _LARGEST:
            raise Unreachable(
                f"{export.name} is larger than {_LARGEST // 1024 // 1024} MB; export only the "
                "content type os2loop_question"
            )
        raw = export.read_bytes()
    except OSError as error:
        raise Unreachable(f"cannot read {export.name}: {error.strerror}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _records(text: str) -> Iterator[_Record]:
    if text.lstrip()[:1] not in ("{", "["):
        yield from _rows(text)
        return
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreachable("the export is neither JSON nor CSV; export it again") from error
    if isinstance(said, dict) and isinstance(said.get("data"), list):
        yield from _json_api(said)
        return
    if isinstance(said, dict):
        said = next((value for value in said.values() if isinstance(value, list)), [said])
    for number, item in enumerate(said, 1):
        if isinstance(item, dict) and _is_question(item):
            yield _record(item, str(number))


def _rows(text: str) -> Iterator[_Record]:
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreachable(f"the export cannot be read as CSV: {error}") from error
    if not rows or not _field(rows[0], "title", present=True):
        raise Unreachable("the export has no column `title` (or `titel`, `spørgsmål`); add it")
    for number, row in enumerate(rows, 1):
        if _is_question(row):
            yield _record(row, str(number))


def _json_api(said: Mapping[str, Any]) -> Iterator[_Record]:
    """Nodes with the comments that were included.

    https://www.drupal.org/docs/core-modules-and-themes/core-modules/jsonapi-module
    """
    things = [
        thing
        for part in ("data", "included")
        for thing in said.get(part) or ()
        if isinstance(thing, dict) and isinstance(thing.get("attributes"), dict)
    ]
    answers: dict[str, list[Mapping[str, Any]]] = {}
    for thing in things:
        if str(thing.get("type", "")).endswith(f"--{_ANSWER}"):
            related = ((thing.get("relationships") or {}).get("entity_id") or {}).get("data") or {}
            answers.setdefault(str(related.get("id")), []).append(thing["attributes"])
    for number, thing in enumerate(things, 1):
        if str(thing.get("type", "")).endswith(f"--{_QUESTION}"):
            own = answers.get(str(thing.get("id")), [])
            yield _record({**thing["attributes"], "answers": own}, str(number))


def _is_question(item: Mapping[str, Any]) -> bool:
    kind = _words(_field(item, "type"))
    if not _field(item, "title"):
        return False
    return not kind or "question" in kind.lower() or "spørgsmål" in kind.lower()


def _record(item: Mapping[str, Any], number: str) -> _Record:
    title = _plain(_words(_field(item, "title")))
    given = re.sub(r"[^\w-]", "", _words(_field(item, "id")))[:60]
    return _Record(
        id=given
        or (sha256(title.encode("utf-8", "replace")).hexdigest()[:12] if title else number),
        title=title,
        body=_words(_field(item, "body")),
        date=_day(_words(_field(item, "date"))),
        published=_is_published(_field(item, "status")),
        answers=tuple(_answers(_field(item, "answers"))),
    )


def _is_published(status: Any) -> bool:
    return _words(status).strip().lower() in _PUBLISHED


def _answers(said: Any) -> Iterator[_Answer]:
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict) and not _is_published(_named(one, _ANSWER_NAMES["status"])):
            continue
        named = _named(one, _ANSWER_NAMES["body"]) if isinstance(one, dict) else None
        text = _words(named if named is not None else one)
        if text.strip():
            about = one if isinstance(one, dict) else {}
            number = re.sub(r"\D", "", _words(_named(about, _ANSWER_NAMES["id"])))
            correct = _words(_named(about, _ANSWER_NAMES["correct"])).lower() in _YES
            yield _Answer(text, number, correct)


def _merged(records: Iterable[_Record]) -> Iterable[_Record]:
    """One record for each question: a table has a row for each of its answers.

    A row that is not published says so of its question or of its answer; none is shown by it.
    """
    merged: dict[str, _Record] = {}
    for record in records:
        before = merged.get(record.id)
        if before and before.published > record.published:
            continue
        if before and before.published == record.published:
            answers = (*before.answers, *record.answers)
            record = replace(record, answers=tuple(dict.fromkeys(answers)))
        merged[record.id] = record
    return merged.values()


def _field(item: Mapping[str, Any], field: str, *, present: bool = False) -> Any:
    if present:
        lowered = {str(key).strip().lower() for key in item}
        return any(name in lowered for name in _NAMES[field])
    return _named(item, _NAMES[field])


def _named(item: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The value under the surest of the names; None where there is none."""
    lowered = {str(key).strip().lower().removeprefix("field_"): key for key in item}
    found = (item[lowered[name]] for name in names if name in lowered)
    return next((value for value in found if value not in (None, "", [])), None)


def _words(value: Any) -> str:
    """A value as text, out of the wrappings that Drupal's serializers put around it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | int() | float():
            return str(value)
        case {"processed": str(text)} | {"value": str(text) | int(text) | bool(text)}:
            return str(text)
        case [first, *_]:
            return _words(first)
    return ""


def _day(text: str) -> str:
    """The ISO day of a moment, written as ISO 8601, day first, or in seconds since 1970."""
    if text.isascii() and text.isdigit() and 9 <= len(text) <= 10:
        return f"{datetime.fromtimestamp(int(text), UTC):%Y-%m-%d}"
    if match := re.match(r"(\d{4})-(\d\d)-(\d\d)", text):
        return match[0]
    if match := re.match(r"(\d\d?)[./-](\d\d?)[./-](\d{4})", text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return ""


def _plain(text: str) -> str:
    return " ".join(_markdown(text).split())


def _markdown(text: str) -> str:
    """HTML as Markdown; text without a tag stays as it is."""
    if not _TAG.search(text):
        return text.strip()
    # Imported late: only exports need them.
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(text, "html.parser")
    for unwanted in soup(["script", "style", "iframe", "object", "img", "form"]):
        unwanted.decompose()
    converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_underscores=False)
    try:
        return str(converter.convert_soup(soup)).strip()
    except RecursionError:  # nested deeper than anything a person would write: the words alone
        return " ".join(soup.get_text(" ").split())
