"""The Tracker port on Jira's REST API, version 2."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any
from urllib.parse import quote

from os2kb.governance.tickets.ticket import Ticket
from os2kb.trackers.jira.errors import odd
from os2kb.trackers.jira.fields import to_write
from os2kb.trackers.jira.parse import address, known_as, ticket
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import LinkTo, NewTicket, NoTicket

PROPERTY = "os2kb"
"""The property of an issue that says what it is linked to, and of a comment what it tells."""
NEEDED = (
    *("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "SCHEDULE_ISSUES"),
    *("LINK_ISSUES", "ADD_COMMENTS"),
)
_READ = {"fields": "*all,-comment,-worklog,-attachment,-description", "expand": "names,changelog"}
_PAGE = 50
# Of our own latest tickets, those among which one that was lost is sought.
_LOOKED_THROUGH = 200
_LONGEST_SUMMARY = 255


class Jira:
    """One Jira. See `os2kb.trackers.port.Tracker` for what each method promises."""

    def __init__(self, transport: Transport) -> None:
        self._jira = transport

    @property
    def name(self) -> str:
        """What our account is called there."""
        return str(self._jira.get("myself").get("displayName", "?"))

    @property
    def known_account(self) -> frozenset[str]:
        """What our account is known by, once that was asked for."""
        known: frozenset[str] = self.__dict__.get("account", frozenset())
        return known

    @cached_property
    def account(self) -> frozenset[str]:
        """What our account is known by."""
        with _understood("myself"):
            known = known_as(self._jira.get("myself"))
        if not known:  # or all that we ever did would be taken for somebody else's doing
            raise odd("myself")
        return known

    @cached_property
    def is_cloud(self) -> bool:
        """Whether it is Atlassian's own, which searches in another way than a data center."""
        with _understood("serverInfo"):
            return bool(self._jira.get("serverInfo").get("deploymentType") == "Cloud")

    def lacking(self, project: str) -> tuple[str, ...]:
        """The permissions that we need in a project and do not have, as Jira calls them."""
        asked = {"projectKey": project, "permissions": ",".join(NEEDED)}
        told = self._jira.get("mypermissions", **asked)["permissions"]
        return tuple(name for name in NEEDED if not told.get(name, {}).get("havePermission"))

    def address(self, key: str) -> str:
        """Where people read the ticket of that key."""
        return address(self._jira.url, key)

    def ticket(self, name: str) -> Ticket:
        """The ticket of that key or id. Read itself, and not found by a search: that may lag."""
        data, own = self._jira.get(_issue(name), **_READ), self.account
        with _understood(_issue(name)):
            return ticket(data, self._jira.url, own)

    def linked(self, mark: str) -> tuple[Ticket, ...]:
        """The tickets that carry a link with this mark, as far as the index knows of it."""
        found = self.search(f"issue in issuesWithRemoteLinksByGlobalId({_quoted(mark)})")
        return tuple(self.ticket(one) for one in found)

    def create(self, new: NewTicket, *, begun: bool) -> Ticket:
        """The ticket that carries the mark, created where there is none yet.

        One whose answer was lost has no link yet, and no index knows of its property: it is sought
        among the latest of our own, and each is asked. A search may lag; the caller waits first.
        """
        found = self.linked(new.mark) or (self._lost(new.mark) if begun else ())
        for one in found:
            if one.project == new.project:
                return one
        fields = {
            "project": {"key": new.project},
            "issuetype": {"name": new.type},
            "summary": " ".join(new.summary.split())[:_LONGEST_SUMMARY],
            "description": new.description,
        }
        # In the same request, so that there is no ticket without its mark.
        mark = {"key": PROPERTY, "value": {"mark": new.mark}}
        made = self._jira.write("POST", "issue", {"fields": fields, "properties": [mark]})
        with _understood("issue"):
            id_ = str(made["id"])
        return self.ticket(id_)

    def link(self, ticket: str, to: LinkTo) -> None:
        """Link a ticket to something, and say on it that it is linked."""
        self.show(ticket, to)
        self._jira.write("PUT", f"{_issue(ticket)}/properties/{PROPERTY}", {"mark": to.mark})

    def unlink(self, ticket: str, mark: str) -> None:
        """Take that link off again; nothing is done where it is gone."""
        self.hide(ticket, mark)
        self._delete(f"{_issue(ticket)}/properties/{PROPERTY}")

    def show(self, ticket: str, to: LinkTo) -> None:
        """Put a link on a ticket. Jira keeps one link of each `globalId`.

        https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-remote-links/
        """
        shown: dict[str, Any] = {"url": to.url, "title": to.title}
        if to.status:
            shown |= {"summary": to.status, "status": {"resolved": to.over}}
        link = {"globalId": to.mark, "relationship": to.kind, "object": shown}
        self._jira.write("POST", f"{_issue(ticket)}/remotelink", link)

    def shows(self, ticket: str, mark: str) -> bool:
        """Whether a ticket has the link with this mark."""
        try:
            self._jira.get(f"{_issue(ticket)}/remotelink", globalId=mark)
        except NoTicket:
            return False
        return True

    def hide(self, ticket: str, mark: str) -> None:
        """Take that link off again; nothing is done where it is gone."""
        self._delete(f"{_issue(ticket)}/remotelink", globalId=mark)

    def comment(self, ticket: str, mark: str, body: str) -> str:
        """The id of our comment with the mark, made where there is none among the latest.

        The mark is a property of it, which people do not see. A list of comments tells none, so
        each of our own is asked.

        https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-comment-properties/
        """
        path = f"{_issue(ticket)}/comment"
        said, us = self._jira.get(path, orderBy="-created", maxResults=str(_PAGE)), self.account
        with _understood(path):
            ours = [str(one["id"]) for one in said["comments"] if known_as(one["author"]) & us]
        for one in ours:
            if self._mark_of(f"comment/{one}") == mark:
                return one
        kept = {"key": PROPERTY, "value": {"mark": mark}}
        made = self._jira.write("POST", path, {"body": body, "properties": [kept]})
        with _understood(path):
            return str(made["id"])

    def set_field(self, ticket: str, field: str, value: str) -> None:
        """Set a field, by its name, to a value as people read it."""
        told = self._jira.get(f"{_issue(ticket)}/editmeta")
        with _understood(f"{_issue(ticket)}/editmeta"):
            fields = to_write(told["fields"], ticket, field, value)
        self._jira.write("PUT", _issue(ticket), {"fields": fields})

    def search(self, jql: str, most: int = _LOOKED_THROUGH) -> Iterator[str]:
        """The ids of the issues that a query finds, as many as wanted, as the index has them."""
        asked = {"jql": jql, "fields": "id", "maxResults": str(_PAGE)}
        seen, following = 0, {} if self.is_cloud else {"startAt": "0"}
        while seen < most:
            path = "search/jql" if self.is_cloud else "search"
            page = self._jira.get(path, **asked, **following)
            with _understood(path):
                ids = [str(one["id"]) for one in page["issues"]]
            yield from ids[: most - seen]
            seen += len(ids)
            if not ids or page.get("isLast") or seen >= page.get("total", most):
                return
            if not self.is_cloud:
                following = {"startAt": str(seen)}
            elif token := page.get("nextPageToken"):
                following = {"nextPageToken": token}
            else:
                return

    def _lost(self, mark: str) -> Iterator[Ticket]:
        ours = 'creator = currentUser() AND created >= "-8d" ORDER BY created DESC'
        for one in self.search(ours):
            if self._mark_of(_issue(one)) == mark:
                yield self.ticket(one)

    def _delete(self, path: str, **named: str) -> None:
        with suppress(NoTicket):
            self._jira.write("DELETE", path, **named)

    def _mark_of(self, path: str) -> str:
        """The mark of an issue or a comment; empty for none."""
        try:
            kept = self._jira.get(f"{path}/properties/{PROPERTY}")["value"]
        except NoTicket:
            return ""
        return str(kept.get("mark", "")) if isinstance(kept, dict) else ""


@contextmanager
def _understood(request: str) -> Iterator[None]:
    """A proxy, or a page that asks to sign in, may answer in Jira's place.

    Raises:
        TrackerUnavailable: the answer has another shape than Jira's.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise odd(request) from error


def _issue(name: str) -> str:
    return f"issue/{quote(name, safe='')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
