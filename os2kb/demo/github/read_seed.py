"""Reading a seed: YAML or JSON, and the files beside it."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from os2kb.demo.github.seed import FileSeed, Seed


class BadSeed(ValueError):
    """A seed that cannot be used. The message says where and why."""


def read_seed(text: str | bytes, folder: Path | None = None) -> Seed:
    """Read a seed from YAML or JSON.

    Args:
        text: the seed.
        folder: where `{file: …}` is looked up; None where files may not be read.

    Raises:
        BadSeed: it is no seed; the message names every place that is wrong.
    """
    try:
        raw: Any = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadSeed(f"the seed is not YAML or JSON: {error}") from error
    try:
        seed = Seed.model_validate(raw)
    except ValidationError as error:
        places = (
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        raise BadSeed("the seed is wrong: " + "; ".join(places)) from error
    for repository in seed.repositories.values():
        repository.files = _texts(repository.files, folder)
        for branch in repository.branches.values():
            for commit in branch.commits:
                commit.files = _texts(commit.files, folder)
    return seed


def read_seed_file(path: Path) -> Seed:
    """Read a seed from a file; `{file: …}` is relative to it."""
    return read_seed(path.read_bytes(), path.parent)


def _texts(files: dict[str, str | FileSeed], folder: Path | None) -> dict[str, str | FileSeed]:
    texts: dict[str, str | FileSeed] = {}
    for path, source in files.items():
        if isinstance(source, str):
            texts[path] = source
        elif folder is None:
            raise BadSeed(f"{path}: a seed sent over HTTP cannot name a file; write its text")
        else:
            try:
                texts[path] = (folder / source.file).read_text(encoding="utf-8")
            except OSError as error:
                raise BadSeed(f"{path}: cannot read {source.file}: {error.strerror}") from error
    return texts
