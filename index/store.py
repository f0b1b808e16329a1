"""What a version of the index looks like on disk, and how it is written and read back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from index.passages import Parsed, Passage, Section

MANIFEST = "manifest.json"
PASSAGES = "passages.jsonl"
ENRICHED = "enriched.json"
KEYS = "texts.keys"
FAISS = "vectors.faiss"
TWINS = "twins.npy"
LSA = "lsa"
FITTED_ON = f"{LSA}/texts.keys"

_PASSAGE = tuple(field.name for field in fields(Passage))
_SECTION = tuple(field.name for field in fields(Section))
_PARSED = tuple(field.name for field in fields(Parsed) if field.name != "passage")


class Corrupt(Exception):
    """A version on disk is incomplete or not what was written. Build the index again."""


def write_passages(path: Path, corpus: Iterable[Parsed]) -> None:
    """One JSON object per line."""
    with path.open("w", encoding="utf-8") as out:
        for parsed in corpus:
            out.write(json.dumps(_row(parsed), ensure_ascii=False) + "\n")


def _row(parsed: Parsed) -> dict[str, Any]:
    """As `asdict` would, which copies every string and takes eight times as long."""
    sections = [_fields(section, _SECTION) for section in parsed.passage.sections]
    passage = {**_fields(parsed.passage, _PASSAGE), "sections": sections}
    return {**_fields(parsed, _PARSED), "passage": passage}


def _fields(one: Parsed | Passage | Section, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def read_passages(path: Path) -> tuple[Parsed, ...]:
    """What `write_passages` wrote."""
    with path.open(encoding="utf-8") as lines:
        return tuple(_parsed(json.loads(line)) for line in lines)


def write_enriched(folder: Path, enriched: Sequence[str]) -> None:
    """What an enricher wrote for each passage, apart from what its document says."""
    (folder / ENRICHED).write_text(json.dumps(enriched, ensure_ascii=False), "utf-8")


def read_enriched(folder: Path) -> tuple[str, ...]:
    """What `write_enriched` wrote."""
    return tuple(json.loads((folder / ENRICHED).read_text("utf-8")))


def read_corpus(folder: Path) -> tuple[Parsed, ...]:
    """The passages as they were indexed: with what an enricher wrote for them."""
    corpus = read_passages(folder / PASSAGES)
    return with_asked(corpus, read_enriched(folder))


def with_asked(corpus: Sequence[Parsed], enriched: Sequence[str]) -> tuple[Parsed, ...]:
    """The passages with what else they are asked for by; nothing at all is no enrichment."""
    return (
        tuple(corpus)
        if not enriched
        else tuple(
            replace(parsed, asked=f"{parsed.asked}\n{extra}".strip()) if extra else parsed
            for parsed, extra in zip(corpus, enriched, strict=True)
        )
    )


def _parsed(row: dict[str, Any]) -> Parsed:
    passage = row.pop("passage")
    passage["lines"] = tuple(passage["lines"])
    passage["heading"] = tuple(passage["heading"])
    sections = passage.pop("sections", ())
    passage["sections"] = tuple(
        Section(**{**section, "heading": tuple(section["heading"])}) for section in sections
    )
    return Parsed(passage=Passage(**passage), **row)


def write_keys(path: Path, keys: Iterable[bytes]) -> None:
    """Which texts vectors were made of, or a model was fitted on: 16 bytes each."""
    path.write_bytes(b"".join(keys))


def read_keys(path: Path) -> list[bytes]:
    """What `write_keys` wrote."""
    whole = path.read_bytes()
    return [whole[at : at + 16] for at in range(0, len(whole), 16)]


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a version but its manifest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def read_manifest(folder: Path, *, verify: bool = True) -> dict[str, Any]:
    """A version's manifest.

    Raises:
        Corrupt: it is missing or unreadable, or a file differs from its checksum.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        written = manifest["checksums"]
        if verify and checksums(folder) != written:
            raise Corrupt(f"{folder} is damaged: a file differs from its checksum")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Corrupt(f"{folder} is no complete version of the index: {error}") from error
    return manifest
