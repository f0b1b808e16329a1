"""What Jira's refusals are taken for."""

from datetime import UTC, datetime

import pytest

from os2kb.trackers.jira.errors import refused
from os2kb.trackers.port import Denied, NoTicket, NotLetIn, TrackerError

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (401, {}, NotLetIn),
        (403, {}, Denied),
        (403, {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=x"}, NotLetIn),
        (404, {}, NoTicket),
        (404, {"X-Seraph-Loginreason": "AUTHENTICATED_FAILED"}, NotLetIn),
        (404, {"X-Seraph-Loginreason": "OK", "X-AUSERNAME": "os2kb"}, NoTicket),
        # Somebody else mistyped this account's password: we are let in all the same.
        (404, {"X-Seraph-Loginreason": "AUTHENTICATION_DENIED", "X-AUSERNAME": "os2kb"}, NoTicket),
    ],
)
def test_an_account_that_must_sign_in_first_is_no_permission_that_is_missing(
    status: int, headers: dict[str, str], kind: type[TrackerError]
):
    found = refused(status, "Forbidden", headers, "GET issue/7", NOW)
    assert isinstance(found, kind)
    assert isinstance(found, NotLetIn) == (kind is NotLetIn)
