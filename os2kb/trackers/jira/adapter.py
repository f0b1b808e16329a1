"""The Tracker port on Jira's REST API, version 2."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from os2kb.backlog.workflow import Step
from os2kb.governance.tickets.ticket import Ticket
from os2kb.trackers.jira import changes, comments, creating, many, people, workflows
from os2kb.trackers.jira.as_read import (
    PROPERTY,
    Json,
    comment,
    is_ours,
    is_serviced,
    ticket_as_read,
)
from os2kb.trackers.jira.errors import odd, understood
from os2kb.trackers.jira.fields import to_write
from os2kb.trackers.jira.parse import address, known_as, ticket
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import Changeable, LinkTo, NewTicket, NoTicket, Page, Read, Standing

NEEDED = (
    *("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "SCHEDULE_ISSUES"),
    *("LINK_ISSUES", "ADD_COMMENTS", "TRANSITION_ISSUES"),
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
    def _myself(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._jira.get("myself")
        return found

    @property
    def _zone(self) -> str:
        """The time zone that queries of our account are read in; empty where it is not told."""
        with understood("myself"):
            return str(self._myself.get("timeZone") or "")

    @cached_property
    def account(self) -> frozenset[str]:
        """What our account is known by."""
        with understood("myself"):
            known = known_as(self._myself)
        if not known:  # or all that we ever did would be taken for somebody else's doing
            raise odd("myself")
        return known

    @cached_property
    def is_cloud(self) -> bool:
        """Whether it is Atlassian's own, which searches in another way than a data center."""
        with understood("serverInfo"):
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
        with understood(_issue(name)):
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
            **creating.given(self._jira, new.project, new.type, new.given),
        }
        # In the same request, so that there is no ticket without its mark.
        mark = {"key": PROPERTY, "value": {"mark": new.mark}}
        made = self._jira.write("POST", "issue", {"fields": fields, "properties": [mark]})
        with understood("issue"):
            id_ = str(made["id"])
        return self.ticket(id_)

    def asked_at_creation(self, project: str, type_name: str) -> tuple[str, ...]:
        """The names of the fields that a new ticket must have besides what a `NewTicket` says."""
        return creating.asked(self._jira, project, type_name)

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
        """The id of our comment with the mark, made where there is none yet."""
        return comments.tell(self._jira, _issue(ticket), mark, body, self.account)

    def put_comment(
        self, ticket: str, mark: str, body: str, known: str = "", expects: str | None = None
    ) -> str:
        """Create or edit our one comment with the mark; returns its id."""
        return comments.put(self._jira, _issue(ticket), mark, body, known, expects, self.account)

    def delete_comment(self, ticket: str, id: str, expects: str | None = None) -> bool:  # noqa: A002
        """Delete a comment of ours; False where it was gone, or says what is not expected."""
        return comments.delete(self._jira, _issue(ticket), id, expects, self.account)

    def browses(self, project: str) -> bool:
        """Whether we may see the tickets of a project, but for those that are for some alone."""
        try:
            return "BROWSE_PROJECTS" not in self.lacking(project)
        except NoTicket:
            return False

    def read(self, name: str) -> Read:
        """All of a ticket that we may need to know. Read itself, as `ticket` is."""
        asked = {"fields": ",".join(many.FIELDS), "expand": ",".join(many.EXPAND)}
        data = dict(self._jira.get(_issue(name), **asked))
        with understood("issue"):
            steps = data.get("transitions") or ()
            if any(one.get("hasScreen") and "fields" not in one for one in steps):
                # What a screen asks for is promised by the list of transitions alone.
                path = f"{_issue(name)}/transitions"
                data |= self._jira.get(path, expand="transitions.fields")
        return self._read(data, {})

    def read_many(self, ids: Sequence[str]) -> Mapping[str, Read]:
        """The same of many, by id, in few reads."""
        found = list(many.issues(self._jira, ids, is_cloud=self.is_cloud))
        known: Mapping[str, Json] = {}
        with understood("issues"):
            told = (each for one in found for each in one["fields"]["comment"]["comments"])
            ours = [str(each["id"]) for each in told if is_ours(each, self.account)]
        if ours and self.is_cloud:
            known = many.marks(self._jira, ours)
        every = (self._read(one, known) for one in found)
        return {one.ticket.id: one for one in every}

    def changed(self, project: str, since: datetime, following: str = "") -> Page:
        """Tickets of a project that were changed since, as the index knows; perhaps a few more."""
        jql = many.changed_since(project, since, self._zone)
        return many.found(self._jira, jql, following, many.AT_ONCE, is_cloud=self.is_cloud)

    def change(self, ticket: str, field: Changeable, value: str, expects: str) -> bool:
        """Make a field say a value, where it says that or what is expected."""
        return changes.change(
            self._jira, _issue(ticket), field, value, expects, is_cloud=self.is_cloud
        )

    def change_labels(self, ticket: str, on: Set[str], off: Set[str]) -> None:
        """Put labels on and take labels off, as far as they are not so already."""
        changes.change_labels(self._jira, _issue(ticket), on, off)

    def take(self, ticket: str, step: Step, expects: str) -> bool:
        """Take a step from the status that is expected; True where its status is reached by now."""
        return changes.take(self._jira, _issue(ticket), step, expects)

    def standing(self, ticket: str) -> Standing:
        """Where a ticket stands in its workflow, and what leads on from there."""
        return workflows.standing(self._jira, _issue(ticket))

    def sample(self, project: str, type_name: str, status: str) -> str:
        """The id of some ticket of a type that has a status; empty where none is found."""
        found = self.search(
            f"project = {_quoted(project)} AND issuetype = {_quoted(type_name)} "
            f"AND status = {_quoted(status)} ORDER BY updated DESC",
            1,
        )
        return next(found, "")

    def account_of(self, email: str) -> str:
        """The one account that shows this address; else empty."""
        return people.account_of(self._jira, email, is_cloud=self.is_cloud)

    def set_field(self, ticket: str, field: str, value: str) -> None:
        """Set a field, by its name, to a value as people read it."""
        told = self._jira.get(f"{_issue(ticket)}/editmeta")
        with understood(f"{_issue(ticket)}/editmeta"):
            fields = to_write(told["fields"], ticket, field, value)
        self._jira.write("PUT", _issue(ticket), {"fields": fields})

    def search(self, jql: str, most: int = _LOOKED_THROUGH) -> Iterator[str]:
        """The ids of the issues that a query finds, as many as wanted, as the index has them."""
        seen, following = 0, ""
        while seen < most:
            ids, following = many.found(
                self._jira, jql, following, min(_PAGE, most - seen), is_cloud=self.is_cloud
            )
            yield from ids[: most - seen]
            seen += len(ids)
            if not following:
                return

    def _read(self, data: Mapping[str, Any], known: Mapping[str, Json]) -> Read:
        own = self.account
        with understood("issue"):
            every = many.comments_of(
                data, own, known, lambda id_: comments.comments(self._jira, _issue(id_))
            )
            serviced = is_serviced(data["fields"])
            said = [comment(one, own, serviced=serviced) for one in every]
            return Read(ticket(data, self._jira.url, own), ticket_as_read(data, said))

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


def _issue(name: str) -> str:
    return f"issue/{quote(name, safe='')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
