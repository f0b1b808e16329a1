"""What Jira answers when it does not do as asked, in the project's words and with a cure."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from os2kb.trackers.port import (
    Denied,
    NoTicket,
    NotLetIn,
    TrackerError,
    TrackerUnavailable,
    Unacceptable,
)

_LONGEST_SAID = 300
_LEAST_PAUSE, _MOST_PAUSE = timedelta(seconds=1), timedelta(hours=6)


def is_to_a_stranger(headers: Mapping[str, str]) -> bool:
    """Whether Jira refused our credentials, and then answered as it would anybody.

    The Cloud does so where a token has run out: what strangers may see it answers with 200, and
    what they may not with 404, as if it were not there.
    """
    signs_in = _header(headers, "x-seraph-loginreason").upper()
    if not any(one in signs_in for one in ("AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED")):
        return False
    known = (_header(headers, name) for name in ("x-aaccountid", "x-ausername"))
    return all(one.casefold() in ("", "anonymous") for one in known)


def refused(
    status: int, said: str, headers: Mapping[str, str], request: str, now: datetime
) -> TrackerError:
    """A request that was answered 4xx or 5xx."""
    said = " ".join(said.split())[:_LONGEST_SAID]
    if is_to_a_stranger(headers):
        return not_let_in(timedelta(0))
    match status:
        case 401:
            return not_let_in(timedelta(0))
        case 403 if "CAPTCHA" in _header(headers, "x-authentication-denied-reason"):
            return not_let_in(timedelta(0))  # after some wrong passwords a person must sign in
        case 403:
            return Denied(
                f"vores konto i Jira mangler en tilladelse til {request} ({said}); giv den i "
                "projektets tilladelser, som docs/jira.md viser",
                f"our account in Jira lacks a permission for {request} ({said}); grant it in the "
                "project's permissions as docs/jira.md lists them",
            )
        case 404 | 410:
            return NoTicket(
                f"{request}: findes ikke i Jira, eller vores konto må ikke se det",
                f"{request}: not there in Jira, or our account may not see it",
            )
        case 429:
            return TrackerUnavailable(
                f"Jira beder os vente ({request})",
                f"Jira asks us to wait ({request})",
                retry_after(headers, now) or timedelta(minutes=1),
            )
        case status if status >= 500 or status in (409, 423):
            return TrackerUnavailable(
                f"Jira svarede {status} på {request}",
                f"Jira answered {status} to {request}",
                retry_after(headers, now) or timedelta(0),
            )
    return Unacceptable(
        f"Jira afviste {request}: {status} {said}", f"Jira refused {request}: {status} {said}"
    )


def lost(request: str, why: str) -> TrackerUnavailable:
    """A request that was not answered, or by something that is no answer."""
    return TrackerUnavailable(
        f"Jira svarede ikke på {request} ({why}); se efter i OS2KB_JIRA_URL",
        f"Jira did not answer {request} ({why}); check OS2KB_JIRA_URL",
    )


def odd(request: str) -> TrackerUnavailable:
    """An answer in another shape than Jira's."""
    return TrackerUnavailable(
        f"det, der svarede på {request}, svarer ikke, som Jira gør; se efter i OS2KB_JIRA_URL",
        f"what answered {request} does not answer as Jira does; check OS2KB_JIRA_URL",
    )


def waiting(pause: timedelta) -> TrackerUnavailable:
    """What is not even asked before Jira lets us."""
    return TrackerUnavailable("venter, som Jira bad om", "waiting, as Jira asked", pause)


def no_field(field: str, key: str) -> Unacceptable:
    """A field that a ticket cannot be given."""
    return Unacceptable(
        f"{key} har ikke feltet {field}, eller vores konto må ikke rette det; sæt det på "
        "projektets redigeringsskærm",
        f"{key} has no field {field}, or our account may not edit it; put it on the project's "
        "edit screen",
    )


def no_value(field: str, value: str, allowed: tuple[str, ...]) -> Unacceptable:
    """A value that a field does not take."""
    listed = ", ".join(allowed[:20])
    return Unacceptable(
        f"feltet {field} tager ikke “{value}”; det tager {listed}",
        f"the field {field} does not take “{value}”; it takes {listed}",
    )


def no_step(key: str, name: str, status: str) -> Unacceptable:
    """A transition that cannot be taken any more."""
    return Unacceptable(
        f"{key} har intet trin “{name}” fra {status}, som vores konto må tage; se projektets "
        "arbejdsgang",
        f"{key} has no transition “{name}” from {status} that our account may take; see the "
        "project's workflow",
    )


def no_comment(id: str) -> Unacceptable:  # noqa: A002
    """A comment that is gone, or that somebody else wrote."""
    return Unacceptable(
        f"kommentaren {id} er væk, eller den er ikke vores",
        f"comment {id} is gone, or not ours",
    )


def unknown_kind(field: str, kind: str) -> Unacceptable:
    """A field of a kind that this version does not set."""
    return Unacceptable(
        f"feltet {field} er af typen {kind}, som ikke kan sættes herfra",
        f"the field {field} is of the type {kind}, which cannot be set from here",
    )


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long we are asked to wait, in seconds or until a date; None where nothing is said.

    https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
    """
    said = _header(headers, "retry-after")
    if said.isascii() and said.isdigit():
        pause = timedelta(seconds=min(int(said), 10**6))
    else:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return None
        pause = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(pause, _LEAST_PAUSE), _MOST_PAUSE)


def _header(headers: Mapping[str, str], name: str) -> str:
    return {said.lower(): value for said, value in headers.items()}.get(name, "").strip()


def not_let_in(pause: timedelta) -> NotLetIn:
    """Credentials that Jira does not accept, or that it has just not accepted."""
    return NotLetIn(
        "Jira godtager ikke vores nøgle; se efter i OS2KB_JIRA_EMAIL og OS2KB_JIRA_TOKEN",
        "Jira does not accept our credentials; check OS2KB_JIRA_EMAIL and OS2KB_JIRA_TOKEN",
        pause,
    )


@contextmanager
def understood(request: str) -> Iterator[None]:
    """A proxy, or a page that asks to sign in, may answer in Jira's place.

    Raises:
        TrackerUnavailable: the answer has another shape than Jira's.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise odd(request) from error
