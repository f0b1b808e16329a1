"""What GitHub answers when it does not do as asked, in the project's words and with a cure."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from github import GithubException

from os2kb.forges.port import (
    Forbidden,
    ForgeError,
    Moved,
    NotFound,
    RateLimited,
    Rejected,
    Unavailable,
)

# Of a query that took GitHub too long it says no more than this, with the status 200.
_GAVE_UP = re.compile(r"something went wrong|timed? ?out|timeout", re.IGNORECASE)


def refused(error: GithubException, request: str, place: str, now: datetime) -> ForgeError:
    """A request that was answered 4xx or 5xx; `place` is what was asked for as people know it."""
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    data = error.data if isinstance(error.data, dict) else {}
    said = str(data.get("message", ""))
    if error.status in (403, 429) and (until := _limited_until(headers, said, now)):
        return _used_up(request, until)
    match error.status:
        case 401:
            return Unavailable(
                "GitHub godtager ikke vores nøgle; se efter i OS2KB_GITHUB_PRIVATE_KEY eller "
                "OS2KB_GITHUB_TOKEN",
                "GitHub does not accept our credentials; check OS2KB_GITHUB_PRIVATE_KEY or "
                "OS2KB_GITHUB_TOKEN",
            )
        case 403:
            return Forbidden(
                f"vi mangler tilladelse til {request} ({said}); giv App'en den, som "
                "docs/github-app.md viser",
                f"we lack a permission for {request} ({said}); grant it to the App as "
                "docs/github-app.md lists it",
            )
        case 404 | 410 | 451:
            return _not_there(place)
        case status if status >= 500 or status in (409, 423):
            return Unavailable(
                f"GitHub svarede {status} på {request}", f"GitHub answered {status} to {request}"
            )
    why = " ".join((said, *_wrong_fields(data)))
    return Rejected(
        f"GitHub afviste {request}: {error.status} {why}",
        f"GitHub refused {request}: {error.status} {why}",
    )


def refused_query(
    kinds: Collection[str], said: str, headers: Mapping[str, str], now: datetime
) -> ForgeError:
    """A GraphQL query that was answered 200, with errors of these types and messages."""
    if "RATE_LIMITED" in kinds:
        lowered = {name.lower(): value for name, value in headers.items()}
        return _used_up("POST /graphql", _limited_until(lowered, "rate limit", now) or now)
    if "NOT_FOUND" in kinds:
        return _not_there(said)
    if "FORBIDDEN" in kinds:
        return Forbidden(
            f"vi mangler en tilladelse ({said}); giv den, som docs/github-app.md viser",
            f"we lack a permission ({said}); grant it as docs/github-app.md lists it",
        )
    if _GAVE_UP.search(said):
        return Unavailable(
            f"GitHub opgav forespørgslen: {said}", f"GitHub gave up on the query: {said}"
        )
    why = said or "no data"
    return Rejected(f"GitHub afviste forespørgslen: {why}", f"GitHub refused the query: {why}")


def lost(request: str, error: Exception) -> Unavailable:
    """A request that was not answered, or by something that is no answer."""
    if isinstance(error, ValueError):
        return Unavailable(
            f"GitHubs svar på {request} er ikke JSON", f"GitHub's answer to {request} is not JSON"
        )
    why = type(error).__name__
    return Unavailable(
        f"GitHub svarede ikke på {request} ({why})", f"GitHub did not answer {request} ({why})"
    )


def waiting(until: datetime) -> RateLimited:
    """What is not even asked before GitHub lets us."""
    return RateLimited(
        "venter på GitHubs grænse for kald", "waiting for GitHub's rate limit", until
    )


def moved(name: str, full_name: str, number: int) -> Moved:
    """An issue that became another one elsewhere."""
    return Moved(
        f"{name} findes ikke mere: den er flyttet",
        f"{name} is no longer there: it was moved",
        full_name,
        number,
    )


def closed_or_not_ours(reference: str) -> Rejected:
    """An issue of ours that a person has closed, or one that was never ours."""
    return Rejected(
        f"{reference} er lukket eller ikke vores; genåbn den, hvis der skal skrives i den",
        f"{reference} is closed or not ours; reopen it to have it written",
    )


def no_milestone(full_name: str, title: str) -> Rejected:
    """A milestone that is not there, or that we may not set."""
    return Rejected(
        f"{full_name} har ingen milestone “{title}”, eller App'en må ikke sætte den; opret den",
        f"{full_name} has no milestone “{title}”, or the App may not set it; create it",
    )


def not_assignable(full_name: str, login: str) -> Rejected:
    """Somebody whom an issue cannot be given to."""
    return Rejected(
        f"{login} kan ikke få issues i {full_name}; giv adgang til repositoriet",
        f"{login} cannot be assigned in {full_name}; grant access to the repository",
    )


def not_ours(comment_id: int | str) -> Rejected:
    """A comment that somebody else wrote."""
    return Rejected(
        f"kommentaren {comment_id} er ikke vores", f"comment {comment_id} is not ours to change"
    )


def _wrong_fields(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with each field.

    https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
    """
    told = data.get("errors")
    for one in told if isinstance(told, list) else ():
        if isinstance(one, dict):
            yield f"({one.get('field', '')}: {one.get('message') or one.get('code', '')})"


def _used_up(request: str, until: datetime) -> RateLimited:
    return RateLimited(
        f"GitHubs grænse for kald er brugt op ({request})",
        f"GitHub's rate limit is used up ({request})",
        until,
    )


def _not_there(place: str) -> NotFound:
    return NotFound(
        f"{place}: findes ikke, eller App'en er ikke installeret der",
        f"{place}: not there, or the App is not installed there",
    )


def _limited_until(headers: Mapping[str, str], said: str, now: datetime) -> datetime | None:
    if (wait := headers.get("retry-after", "")).isdigit():
        return now + timedelta(seconds=int(wait))
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        # GitHub does not say when in that second the limit starts anew.
        return datetime.fromtimestamp(int(reset), UTC) + timedelta(seconds=1)
    if "rate limit" in said.lower():
        return now + timedelta(seconds=60)
    return None
