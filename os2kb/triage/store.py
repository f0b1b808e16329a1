"""The versions of the classifier on disk.

ROOT/current            the name of the version that serves
ROOT/versions/NAME/     model.json, weights.npz and, where an encoder was trained further,
                        encoder.safetensors: numbers and hashes, no text and nothing to run
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from index.embedders import Embedder
from index.embedders.sentence_transformers import SentenceTransformers
from os2kb.triage import encoder as encoders
from os2kb.triage.confidence import Calibration
from os2kb.triage.features import Known, Space
from os2kb.triage.model import Measured, Model
from os2kb.triage.ridge import Own, Weights
from os2kb.triage.tokens import BLOCKS

FORMAT = 1
_KEPT = 2
_ENCODER = "encoder.safetensors"


class BadModel(Exception):
    """There is no classifier to use. The message names the cure."""


@checked(frozen=True, slots=True)
class _Written:
    """model.json."""

    format: int
    trained_at: datetime
    labels: Annotated[tuple[str, ...], Field(min_length=2)]
    repositories: tuple[str, ...]
    trusted: frozenset[str]
    calibration: Calibration
    embedder: str
    data: str
    issues: int
    measured: Measured
    encoder: bool = False


_WRITTEN = TypeAdapter(_Written)


def save(model: Model, root: Path, now: datetime) -> Path:
    """Store a model as a new version and let it serve; the version before it is kept."""
    versions = root / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    folder = versions / f"{now:%Y%m%dT%H%M%S%f}-{model.data[:8]}"
    building = Path(mkdtemp(prefix="building-", dir=root))
    written = _Written(
        format=FORMAT,
        trained_at=now,
        labels=model.labels,
        repositories=tuple(model.weights.own),
        trusted=model.trusted,
        calibration=model.calibration,
        embedder=model.embedder,
        data=model.data,
        issues=model.issues,
        measured=model.measured,
        encoder=model.encoder is not None,
    )
    text = json.dumps(_WRITTEN.dump_python(written, mode="json"), ensure_ascii=False, indent=2)
    (building / "model.json").write_text(text + "\n", "utf-8")
    np.savez(building / "weights.npz", allow_pickle=False, **_arrays(model))
    if model.encoder:
        model.encoder.save(building / _ENCODER)
    building.rename(folder)
    _point(root, folder.name)
    for old in sorted(versions.iterdir())[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def load(root: Path, embedder: Embedder | None = None) -> Model:
    """The version that serves.

    Raises:
        BadModel: there is none, it cannot be read, or it was fitted with another embedder.
    """
    again = "train it anew: os2kb triage train"
    try:
        folder = root / "versions" / (root / "current").read_text("utf-8").strip()
        written = _WRITTEN.validate_json((folder / "model.json").read_bytes())
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            read = {name: arrays[name] for name in arrays.files}
        model = _model(written, read, embedder)
    except FileNotFoundError as missing:
        raise BadModel(f"no classifier in {root}; {again}") from missing
    except (OSError, ValueError, KeyError, BadZipFile, ValidationError) as wrong:
        raise BadModel(f"the classifier in {root} cannot be read; {again}") from wrong
    if model.embedder != (embedder.id if embedder else ""):
        raise BadModel(
            f"the classifier was fitted with {model.embedder or 'no embedder'}; "
            f"set OS2KB_EMBEDDER as it was, or {again}"
        )
    if not written.encoder:
        return model
    try:
        return replace(model, encoder=encoders.load(folder / _ENCODER, _fresh(embedder)))
    except (OSError, ValueError, KeyError, RuntimeError) as wrong:
        raise BadModel(f"the encoder in {folder} cannot be read; {again}") from wrong


def _fresh(embedder: Embedder | None) -> encoders.Fresh:
    if not isinstance(embedder, SentenceTransformers):
        raise ValueError("only a model that runs here is trained further")
    return embedder.fresh


def _arrays(model: Model) -> dict[str, Any]:
    arrays: dict[str, Any] = {"shared": model.weights.shared}
    for number, name in enumerate(BLOCKS):
        arrays[f"hashes-{number}"] = model.space.known[name].hashes
        arrays[f"rarity-{number}"] = model.space.known[name].rarity
    for number, own in enumerate(model.weights.own.values()):
        arrays[f"features-{number}"] = own.features
        arrays[f"own-{number}"] = own.weights
    return arrays


def _model(
    written: _Written, arrays: Mapping[str, NDArray[Any]], embedder: Embedder | None
) -> Model:
    if written.format != FORMAT:
        raise ValueError(f"format {written.format} is not {FORMAT}")
    known = {
        name: Known(arrays[f"hashes-{number}"], arrays[f"rarity-{number}"])
        for number, name in enumerate(BLOCKS)
    }
    own = {
        name: Own(arrays[f"features-{number}"], arrays[f"own-{number}"])
        for number, name in enumerate(written.repositories)
    }
    return Model(
        labels=written.labels,
        space=Space(known, embedder),
        weights=Weights(arrays["shared"], own),
        trusted=written.trusted,
        calibration=written.calibration,
        embedder=written.embedder,
        data=written.data,
        issues=written.issues,
        measured=written.measured,
    )


def _point(root: Path, name: str) -> None:
    """Swap atomically: a reader finds the old name or the new one."""
    draft = root / f"current.{os.getpid()}"
    draft.write_text(name, "utf-8")
    draft.replace(root / "current")
