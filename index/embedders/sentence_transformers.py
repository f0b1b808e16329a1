"""A neural model that runs here, by sentence-transformers (the extra `neural`).

Importing it costs 6 to 15 seconds and 400 MB, so that happens late: not to see that nothing has
changed, and not in an installation that uses lsa.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedders import EVERYONE, EmbedderUnavailable
from index.embedders.vectors import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SCHEME = "sentence-transformers:"
_REMEMBERED = 1000  # questions; searching while one types, and asking after, repeats them
_BATCH = 32
_SMALL = 1_000_000  # bytes: what is larger is known by its size, its beginning and its end
_END = 65_536
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])")


class SentenceTransformers:
    """A model by its name on the hub, as far as it was fetched before, or by its folder.

    Args:
        model: the name, or the folder's path.
        threads: of the processor; 1 where many searches run side by side.
    """

    takes = EVERYONE

    def __init__(self, model: str, threads: int = 1) -> None:
        self._name = model
        self._threads = threads
        self._reading = Lock()
        self._read: SentenceTransformer | None = None
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._question)

    @cached_property
    def id(self) -> str:
        """The model's name and a digest of its files: the same name may get other weights.

        Raises:
            EmbedderUnavailable: it is not on this machine.
        """
        digest = _digest(self._folder)
        return f"{SCHEME}{Path(self._name).name if self._is_path else self._name}@{digest}"

    def ready(self) -> None:
        """Read the weights.

        Raises:
            EmbedderUnavailable: it is not on this machine, or cannot be read.
        """
        self._model()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        return self._encoded(texts, self._prompts[1])

    def question(self, text: str) -> Vectors:
        """The vector of a question. About 10 ms for a small model, on one thread."""
        return self._remembered(text)

    def fresh(self) -> "SentenceTransformer":
        """The model read once more, for one who means to change it.

        Raises:
            EmbedderUnavailable: it is not on this machine, or cannot be read.
        """
        return _read(self._folder, self._name, self._threads)

    def _question(self, text: str) -> Vectors:
        vector: Vectors = self._encoded([text], self._prompts[0])[0]
        return vector

    def _encoded(self, texts: Sequence[str], prompt: str) -> Vectors:
        # A tokenizer takes no lone surrogates.
        sendable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors = self._model().encode(
            sendable,
            prompt=prompt or None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)

    def _model(self) -> "SentenceTransformer":
        with self._reading:
            if self._read is None:
                self._read = _read(self._folder, self._name, self._threads)
            return self._read

    @property
    def _is_path(self) -> bool:
        return Path(self._name).is_dir()

    @cached_property
    def _folder(self) -> Path:
        return Path(self._name) if self._is_path else _fetched(self._name)

    @cached_property
    def _prompts(self) -> tuple[str, str]:
        return prompts(self._name, self._folder)


def fetch(model: str) -> None:
    """Have a model of the hub on this machine, so that nothing else needs the network.

    Raises:
        EmbedderUnavailable: the extra is not installed, or the hub does not have the model.
    """
    with _installed():
        from sentence_transformers import SentenceTransformer
    try:
        SentenceTransformer(model)
    except (OSError, ValueError, RuntimeError) as error:
        raise EmbedderUnavailable(
            f"{model} cannot be fetched ({_line(error)}); check the name and the network, "
            "or name a folder that holds the model"
        ) from error


def prompts(name: str, folder: Path) -> tuple[str, str]:
    """What a model wants before a question and before a passage: its own word, else by family.

    E5 models are trained with `query: ` and `passage: `, and instructed ones with a task:
    Wang et al., Multilingual E5 Text Embeddings (2024).
    """
    said = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    question, passage = said.get("query"), said.get("passage") or said.get("document")
    if question or passage:
        return question or "", passage or ""
    origin = _json(folder / "config.json").get("_name_or_path") or ""
    names = f"{name} {origin}".lower()
    if not _E5.search(names):
        return "", ""
    if "instruct" in names:
        return "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""
    return "query: ", "passage: "


def _read(folder: Path, name: str, threads: int) -> "SentenceTransformer":
    with _installed():
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EmbedderUnavailable(
            f"the model {name} cannot be read ({_line(error)}); fetch it anew: os2kb index download"
        ) from error


def _fetched(name: str) -> Path:
    with _installed():
        from huggingface_hub import snapshot_download
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError) as error:
        raise EmbedderUnavailable(
            f"the model {name} is not on this machine; fetch it once: os2kb index download"
        ) from error


class _installed:  # noqa: N801 - reads as what it asks for
    """Whether the extra is installed: what is imported inside comes with it."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, at: object) -> None:
        if isinstance(error, ImportError):
            raise EmbedderUnavailable(
                f"neural models need the extra `neural` ({_line(error)}): "
                "pip install torch and requirements/neural.txt, or set OS2KB_EMBEDDER=lsa"
            ) from error


def _digest(folder: Path) -> str:
    digest = sha256()
    for path in sorted(_files(folder)):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as content:
            if size <= _SMALL:
                digest.update(content.read())
            else:
                digest.update(content.read(_END))
                content.seek(-_END, 2)
                digest.update(content.read())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Iterable[Path]:
    """What the vectors depend on."""
    kinds = {".json", ".txt", ".safetensors", ".bin", ".model"}
    return (path for path in folder.rglob("*") if path.suffix in kinds and path.is_file())


def _json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
