"""Reads an office document on standard input and writes its Markdown: `office` runs this."""

import io
import sys

_MEMORY = 2 * 1024**3  # bytes of address space
_SECONDS = 30  # of processor time


def main() -> None:
    """Convert; a failure's last line on standard error names its type."""
    _limit()
    # An extra: heavy, and maybe not there. One converter alone, since with all of them a broken PDF
    # is taken for text.
    from markitdown import StreamInfo, converters

    suffix = sys.argv[1]
    reader = getattr(converters, f"{suffix[1:].capitalize()}Converter")()
    raw = io.BytesIO(sys.stdin.buffer.read())
    try:
        done = reader.convert(raw, StreamInfo(extension=suffix))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes
        sys.exit(" ".join(f"{type(error).__name__}: {error}".split()))
    sys.stdout.buffer.write(done.markdown.encode("utf-8", "replace"))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the time limit of the parent holds there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
