"""Git sources that the world may see no more: what was read of them must not be shown either.

A fetch that fails does not say why: of a private repository, git hears what it hears of a network
that is down. So GitHub is asked, without credentials, for what everyone may see.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from index.passages import Source
from index.reading.git import clone_folder, is_repository
from os2kb.knowledge.sources.followed import repository_at

_SECONDS = 20.0
_HIDDEN = {404, 410, 451}  # private or deleted, gone, closed by a court


def withdrawn(sources: Iterable[Source], web: str, api: str) -> dict[str, str]:
    """Which of these sources, that could not be fetched, are open to the world no more.

    Args:
        sources: all but public ones that are read without a password are left alone: a private
            repository may be shown to everyone on purpose, by whoever wrote its password down.
        web: where people read GitHub.
        api: where programs do.

    Returns:
        Name to why, and the cure.
    """
    found = {}
    for source in sources:
        repository = _read_as_everyone(source, web)
        if repository and not _may_be_seen(api, repository):
            found[source.name] = (
                f"{repository} is private or gone, so that nothing of it must be shown to "
                "everyone; write `visibility: internal`, or take the source out"
            )
    return found


def drop(source: Source, clones: Path) -> bool:
    """Delete the copy of a repository; False where there is none."""
    copy = clone_folder(source, clones)
    held = (copy / ".git").exists()
    shutil.rmtree(copy, ignore_errors=True)
    return held


def _read_as_everyone(source: Source, web: str) -> str:
    """The repository at GitHub that a public source reads without a password; else empty."""
    if source.visibility != "public" or not is_repository(source):
        return ""
    parts, forge = urlsplit(source.location), urlsplit(web)
    if (parts.scheme, parts.netloc) != (forge.scheme, forge.netloc):
        return ""
    return repository_at(source.address.partition("#")[0], web)


def _may_be_seen(api: str, repository: str) -> bool:
    """False only where GitHub says so: what it does not answer proves nothing."""
    import httpx  # late: most builds ask nobody

    try:
        answer = httpx.get(
            f"{api}/repos/{repository}",
            headers={"Accept": "application/vnd.github+json", "User-Agent": "os2kb"},
            timeout=_SECONDS,
            follow_redirects=True,  # of a repository that was renamed
        )
        return answer.status_code not in _HIDDEN and not (
            answer.is_success and answer.json().get("private") is True
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, AttributeError):
        return True
