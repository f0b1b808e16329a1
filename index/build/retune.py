"""A version with other weights or another floor: nothing is read, parsed or embedded again."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index import store
from index.build.before import Given, version_of
from index.tuned import read_tuned, write_tuned
from index.versions import BuildRefused, Versions


class NothingToTune(BuildRefused):
    """There is no version to tune. Build the index first."""


def retune(root: Path, key: str, entry: Mapping[str, Any] | None) -> str:
    """Write `tuned.json`, and let a version that is tuned by it serve; readers never wait.

    The new version shares its files with the one before, which stays for a rollback.

    Args:
        root: see `index.versions`.
        key: `weights` or `floor`.
        entry: see `index.tuned.write_tuned`.

    Returns:
        The name of the version that serves now; equal tuning gives an equal name.

    Raises:
        BuildBusy: a build is running.
        NothingToTune: no version serves, or it is damaged.
        BadTuning: `tuned.json` cannot be used.
    """
    versions = Versions(root)
    with versions.building() as folder:
        serving = versions.folder()
        try:
            manifest = store.read_manifest(serving) if serving else None
        except store.Corrupt:
            manifest = None
        if serving is None or manifest is None:
            raise NothingToTune("There is no index to tune; build one with: os2kb index build")
        write_tuned(root, key, entry)
        tuned = read_tuned(root)
        given = Given.again(manifest, tuned)
        version = version_of(given, store.read_enriched(serving))
        if version == manifest["version"]:
            return version
        shutil.copytree(
            serving,
            folder,
            copy_function=_shared,
            ignore=shutil.ignore_patterns(store.MANIFEST),
            dirs_exist_ok=True,
        )
        held = {
            **manifest,
            "version": version,
            "input": given.digest,
            "weights": tuned.weights,
            "floor": tuned.floor,
            "tuned": tuned.origin,
        }
        written = json.dumps(held, ensure_ascii=False, indent=1)
        (folder / store.MANIFEST).write_text(written, "utf-8")
        os.utime(folder)  # it is the newest, although its files are not
        versions.swap_in(folder, version)
    return version


def _shared(file: str, other: str) -> None:
    """The same file by another name, which costs nothing; a copy where the disk knows no links."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copy2(file, other)
