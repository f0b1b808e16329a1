"""Who somebody is in Jira.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-user-search/#api-rest-api-2-user-search-get
"""

from os2kb.trackers.jira.as_read import account
from os2kb.trackers.jira.errors import understood
from os2kb.trackers.jira.transport import Transport


def account_of(jira: Transport, email: str, *, is_cloud: bool) -> str:
    """The one account that shows this very address, and may be given work; else empty.

    Jira also finds who has such a name, or an address that begins so: neither is believed.
    """
    if "@" not in email:
        return ""
    found = jira.get("user/search", **{"query" if is_cloud else "username": email})
    with understood("user/search"):
        same = {
            account(one)
            for one in found
            if str(one.get("emailAddress", "")).casefold() == email.casefold()
            and one.get("active") is not False
            and one.get("accountType", "atlassian") == "atlassian"
        }
    return same.pop() if len(same) == 1 else ""
