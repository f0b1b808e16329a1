"""The decision log of a repository, and what a pull request there would leave otherwise.

A file of the log is known by the id that git gives its text, so that each text is read once.
"""

from collections.abc import Mapping

from os2kb.decisions.lint.change import LogChange
from os2kb.forges.port import Forge
from os2kb.forges.scene import At, File
from os2kb.governance.facts import Facts
from os2kb.observe.shelf import Shelf
from os2kb.policy.policy import Policy

_MOST = 50  # files of a pull request that are judged


def log_change(forge: Forge, shelf: Shelf, facts: Facts, policy: Policy) -> LogChange | None:
    """What a pull request would change of the log; None where it touches none that lives here.

    Raises:
        ForgeError: a read failed.
    """
    log, pull, here = policy.decisions, facts.pull_request, facts.repository.full_name
    if log is None or pull is None or log.format == "issues" or not facts.open or pull.draft:
        return None
    if log.repository.casefold() != here.casefold():
        return None
    touched = [one for one in pull.files if is_of_log(one.path, log.path)][:_MOST]
    if not touched:
        return None
    before = _before(forge, shelf, here, log.path)
    left = [one.path for one in touched if one.change != "removed"]
    after: dict[str, str | None] = dict.fromkeys(one.path for one in touched)
    after |= {one.previous: None for one in touched if one.previous}
    after |= _after(forge, shelf, here, pull.head_sha, left)
    return LogChange(log.path, before, after)


def is_of_log(path: str, log: str) -> bool:
    """Whether a file may hold decisions of the log at that folder or page."""
    log = log.strip("/")
    return path == log or (
        path.startswith(f"{log}/") and path.lower().endswith((".md", ".markdown"))
    )


def _before(forge: Forge, shelf: Shelf, full_name: str, path: str) -> Mapping[str, str]:
    files = forge.logs.files(full_name, path).files
    places = {
        name: At(full_name, f"text {one}", "")
        for name, one in files.items()
        if is_of_log(name, path)
    }
    missing = {at.commit.removeprefix("text "): at for at in shelf.lacks(places.values())}
    found: dict[At, str | None] = {}
    if missing:
        read = forge.logs.texts(full_name, tuple(missing))
        found = {at: read.get(one) for one, at in missing.items()}
        shelf.put({at: _file(text) for at, text in found.items()})
    texts = {name: found.get(at) or _held(shelf, at) for name, at in places.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _after(
    forge: Forge, shelf: Shelf, full_name: str, commit: str, paths: list[str]
) -> Mapping[str, str | None]:
    places = {path: At(full_name, commit, path) for path in paths}
    missing = [at.path for at in shelf.lacks(places.values())]
    if missing:
        read = forge.logs.at(full_name, commit, missing)
        shelf.put({places[path]: _file(read.get(path), path) for path in missing})
    return {path: _held(shelf, at) for path, at in places.items()}


def _file(text: str | None, path: str = "") -> File | None:
    return None if text is None else File(path, text, "")


def _held(shelf: Shelf, at: At) -> str | None:
    held = shelf.get(at)
    return held.text if isinstance(held, File) else None
