"""PDF, DOCX and PPTX into Markdown, with `markitdown` in a process of its own.

Such files come from anywhere: a hostile or broken one may need endless time or memory, or crash
what reads it. So the extra `office` is imported only by the child, which may use half a minute and
two gigabytes, and sees nothing of the environment. Starting it costs about a second a file, paid
when the file is new or changed.
"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import yaml

from index.reading.decoding import Unreadable

_SECONDS = 30
_UNPACKED = 500 * 1024 * 1024  # bytes of all files in a DOCX or PPTX
_LONGEST = 5 * 1024 * 1024  # characters of the result
_LONGEST_TITLE = 100
_SLIDE = re.compile(r"^\s*<!-- Slide number: (?P<number>\d+) -->\s*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(#{1,5}) (?P<text>\S.*)$", re.MULTILINE)
_CHILD = "index.reading.formats.office_child"
_CURE = "needs the extra `office` (pip install 'os2kb[office]')"


def office_as_markdown(raw: bytes, suffix: str) -> str:
    """The text of an office document, front matter first.

    A page of a PDF is headed `Side 3`, whose anchor is `page=3`, which browsers go to; a slide of a
    PPTX is headed `Slide 3`.

    Args:
        raw: the file.
        suffix: `.pdf`, `.docx` or `.pptx`.

    Raises:
        Unreadable: the extra is missing, or the file is encrypted, broken, too large or too slow.
    """
    if find_spec("markitdown") is None:
        raise Unreadable(f"{suffix[1:].upper()} {_CURE}")
    if suffix != ".pdf":
        _check_archive(raw, suffix)
    text = _converted(raw, suffix)[:_LONGEST]
    if not text.strip():
        raise Unreadable("holds no text; it may be scanned pictures of pages")
    lines = list(_pages(text) if suffix == ".pdf" else _slides(text))
    return "\n".join([*_front(text, lines), *lines]) + "\n"


def _check_archive(raw: bytes, suffix: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise Unreadable(f"no {suffix[1:].upper()} file, or one that is encrypted") from None
    if unpacked > _UNPACKED:
        raise Unreadable(f"unpacks to {unpacked // 1024 // 1024} MB")


def _converted(raw: bytes, suffix: str) -> str:
    root = Path(__file__).parents[3]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, a fixed module
            [sys.executable, "-m", _CHILD, suffix],
            input=raw,
            capture_output=True,
            timeout=_SECONDS,
            cwd=root,
            env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"took more than {_SECONDS} seconds to read") from None
    if done.returncode:
        raise Unreadable(_reason(done.stderr.decode("utf-8", "replace"), suffix))
    return done.stdout.decode("utf-8", "replace").replace("\0", "")


def _reason(said: str, suffix: str) -> str:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "no message")
    if "PDFPasswordIncorrect" in said:
        return "encrypted: it cannot be read without its password"
    if "MissingDependencyException" in said:
        return f"{suffix[1:].upper()} {_CURE}"
    return f"cannot be read as {suffix[1:].upper()}: {last[:200]}"


def _front(text: str, lines: list[str]) -> list[str]:
    """A title: the first heading, else the first line, where that is not all there is."""
    heading = _HEADING.search(text)
    first = heading["text"] if heading else _COMMENT.sub("", text).strip().partition("\n")[0]
    if [first] == lines:
        return []
    title = " ".join(first.split())[:_LONGEST_TITLE]
    return ["---", *yaml.safe_dump({"title": title}, allow_unicode=True).splitlines(), "---"]


def _pages(text: str) -> Iterator[str]:
    for number, page in enumerate(text.split("\f"), 1):
        if page.strip():
            yield from ("", f"## Side {number} {{#page={number}}}", "", page.strip())


def _slides(text: str) -> Iterator[str]:
    if not _SLIDE.search(text):
        yield _COMMENT.sub("", text).strip()
        return
    before, *slides = _SLIDE.split(text)
    yield before.strip()
    for number, slide in zip(slides[::2], slides[1::2], strict=True):
        deeper = _HEADING.sub(r"#\1 \g<text>", _COMMENT.sub("", slide))
        yield from ("", f"# Slide {number}", "", deeper.strip())
