"""The walk in Danish sentences: deeds, events, findings and writes, as a colleague would tell."""

import re
from collections.abc import Callable, Iterable

from os2kb.demo.github.world.hooks import Delivery
from os2kb.demo.jira.world.hooks import Delivery as OfJira
from os2kb.demo.scenario import (
    Act,
    Close,
    Comment,
    CommentTicket,
    Commit,
    Edit,
    Label,
    MoveTicket,
    OpenIssue,
    OpenPullRequest,
)
from os2kb.demo.wire.traffic import Write
from os2kb.governance.actions import Action, PutComment
from os2kb.governance.findings import Finding
from os2kb.governance.rules import ALARMS
from os2kb.governance.told_actions import told_action

_RULES = {
    "security-report": "sårbarhed i åbent forum",
    "personal-data": "persondata i åbent forum",
    "type-label": "issuets type",
    "area-label": "issuets område",
    "language": "sproget",
    "duplicate": "om issuet findes i forvejen",
    "issue-form": "svar på formularens spørgsmål",
    "priority-reason": "begrundelse for prioriteten",
    "severity": "alvorsgraden",
    "linked-issue": "henvisning til et issue",
    "approved-issue": "godkendelse af issuet",
    "description": "beskrivelsen",
    "template": "skabelonen",
    "screenshot": "skærmbillede",
    "changelog": "linje i ændringsloggen",
    "title": "titlens form",
    "branch-name": "grenens navn",
    "target-branch": "grenen, der flettes ind i",
    "merge-commits": "merge-commits",
    "sign-off": "signerede commits",
    "size": "størrelsen",
    "licence": "licensen i nye filer",
    "tests": "tests",
    "documentation": "dokumentationen",
    "api-description": "API-beskrivelsen",
    "reviews": "godkendelser",
    "discussions": "diskussioner",
    "checks": "automatiske kontroller",
    "rights-transfer": "rettighederne",
    "takeover": "overtagelsen",
}
# GitHub's names of events: https://docs.github.com/en/webhooks/webhook-events-and-payloads
_EVENTS = {
    "issues.opened": "et issue blev oprettet",
    "issues.edited": "et issue blev rettet",
    "issues.closed": "et issue blev lukket",
    "issues.labeled": "et issue fik en etiket",
    "issues.unlabeled": "et issue mistede en etiket",
    "issue_comment.created": "en kommentar blev skrevet",
    "issue_comment.edited": "en kommentar blev rettet",
    "pull_request.opened": "en pull request blev åbnet",
    "pull_request.edited": "en pull request blev rettet",
    "pull_request.synchronize": "en pull request fik et commit",
    "pull_request.labeled": "en pull request fik en etiket",
    "pull_request.unlabeled": "en pull request mistede en etiket",
    "push": "commits blev lagt op",
    "check_run.created": "en kontrol begyndte",
    "check_run.completed": "en kontrol blev færdig",
    "check_run.rerequested": "en kontrol skulle laves igen",
    "check_suite.rerequested": "kontrollerne skulle laves igen",
    "jira:issue_created": "en ticket blev oprettet i Jira",
    "jira:issue_updated": "en ticket blev rettet i Jira",
    "comment_created": "en kommentar blev skrevet i Jira",
}


# Jira's ids of fields, as people call them.
_IN_JIRA = {
    "assignee": "den ansvarlige",
    "description": "teksten",
    "duedate": "fristen",
    "fixVersions": "versionen",
    "issuetype": "typen",
    "labels": "etiketterne",
    "priority": "prioriteten",
    "summary": "titlen",
}
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")


def told_deed(action: Act, filled: Callable[[str], str]) -> str:
    """What a person did; `filled` puts the numbers of issues into a text."""
    who = action.by
    match action:
        case OpenIssue():
            return f"{who} opretter et issue i {action.repository}: “{filled(action.title)}”"
        case OpenPullRequest():
            return f"{who} åbner en pull request i {action.repository}: “{filled(action.title)}”"
        case Comment():
            return f"{who} skriver: “{_first_line(action.body)}”"
        case Edit():
            return f"{who} retter teksten"
        case Commit():
            return f"{who} tilføjer et commit med {', '.join(action.files)}"
        case Label(do="label"):
            return f"{who} sætter etiketten “{action.label}” på"
        case Label():
            return f"{who} tager etiketten “{action.label}” af"
        case Close():
            return f"{who} lukker issuet"
        case MoveTicket():
            return f"{who} flytter ticketen {action.ticket} til {action.to} i Jira"
        case CommentTicket():
            return f"{who} skriver på ticketen {action.ticket} i Jira: “{_first_line(action.body)}”"


def told_events(deliveries: Iterable[Delivery], of_jira: Iterable[OfJira] = ()) -> str:
    """What GitHub, and Jira, told the bot, each kind of event once, in order."""
    names = [f"{one.event}.{one.action}" if one.action else one.event for one in deliveries]
    names += [one.event for one in of_jira]
    return ", ".join(_EVENTS.get(name, name) for name in dict.fromkeys(names)) or "ingenting"


def worth_telling(finding: Finding) -> bool:
    """Whether a finding says anything: an alarm does so only when something is wrong."""
    return finding.verdict != "n/a" and not (finding.rule in ALARMS and finding.verdict == "pass")


def told_finding(finding: Finding) -> str:
    """What a rule found, and the paragraph it rests on."""
    verdict = finding.verdict_in_words.da
    if finding.rule in ALARMS and finding.verdict == "fail":
        verdict = "OBS"
    about = _RULES.get(finding.rule, "regel")
    line = f"{about} ({finding.rule}): {verdict}. {finding.evidence.da}"
    if finding.citation is None:
        return line
    place = " › ".join((finding.citation.title, *finding.citation.heading))
    return f"{line} (bygger på “{place}”)"


def told_write(write: Write) -> str:
    """What the bot changed, as GitHub saw it."""
    match write.method, write.path.split("/")[4:]:
        case "POST", ["issues", number, "labels"]:
            return f"Satte etiketten “{', '.join(write.body['labels'])}” på #{number}"
        case "DELETE", ["issues", number, "labels", label]:
            return f"Tog etiketten “{label}” af #{number}"
        case "POST", ["issues", number, "comments"]:
            return f"Skrev på #{number}: “{_gist(write.body['body'])}”"
        case "POST", ["issues", "comments", _, "reactions"]:
            return "Satte en tommelfinger ned på kommentaren"
        case "DELETE", ["issues", "comments", _]:
            return "Slettede sin kommentar"
        case "PATCH", ["issues", "comments", _]:
            return f"Rettede sin kommentar: “{_gist(write.body['body'])}”"
        case "PATCH", ["issues", number] if "state" in write.body:
            return f"Lukkede #{number}" if write.body["state"] == "closed" else f"Åbnede #{number}"
        case "PATCH", ["issues", number]:
            return f"Rettede {'titlen' if 'title' in write.body else 'teksten'} på #{number}"
        case "POST", [*_, "reviews"]:
            return f"Foreslog {len(write.body['comments'])} linjer rettet"
        case "POST", ["git", "trees" | "commits"]:
            return "Skrev beslutningens fil i et commit"
        case "POST", ["git", "refs"]:
            return f"Lavede grenen {write.body['ref'].removeprefix('refs/heads/')}"
        case "POST", ["pulls"]:
            return f"Åbnede pull requesten “{write.body['title']}”"
        case _, ["check-runs", *_]:
            output = write.body["output"]
            return f"Satte kontrollen {write.body['name']}: {output['title']}"
    return f"{write.method} {write.path}"


def told_ticket_writes(writes: Iterable[Write]) -> list[str]:
    """What the bot changed in Jira, each kind of change once, in order."""
    return list(dict.fromkeys(filter(None, map(_told_ticket_write, writes))))


def _told_ticket_write(write: Write) -> str:
    """A change in Jira; empty for what nobody sees."""
    match write.method, write.path.split("/")[4:]:
        case "POST", ["issue"]:
            return f"Oprettede ticketen “{write.body['fields']['summary']}” i Jira"
        case "PUT", ["issue", _]:
            changed = {*write.body.get("fields", ()), *write.body.get("update", ())}
            return f"Rettede i Jira: {', '.join(_IN_JIRA.get(one, one) for one in sorted(changed))}"
        case "POST", ["issue", _, "remotelink"]:
            return "Satte et link til issuet på ticketen"
        case "POST", ["issue", _, "comment"]:
            return "Skrev en kommentar i Jira"
        case "POST", ["issue", _, "transitions"]:
            return "Flyttede ticketen i Jira"
    return ""


def told_held_back(action: Action) -> str:
    """What the bot would have done, were it allowed to act, and the first words of a comment."""
    said = f": “{_gist(action.body)}”" if isinstance(action, PutComment) else ""
    return f"Lod være, for her ser den kun med: {told_action(action).da}{said}"


def _first_line(text: str) -> str:
    commands = [line for line in text.splitlines() if line.startswith("/os2")]
    return commands[0] if commands else text.strip().splitlines()[0]


def _gist(comment: str) -> str:
    """The first words of a comment that people see."""
    shown = re.sub(r"<!--.*?-->|<[^>]+>|[>*_#`]", "", comment, flags=re.DOTALL)
    words = " ".join(_LINK.sub(r"\1", shown).split())
    return words if len(words) <= 110 else f"{words[:110].rsplit(' ', 1)[0]} …"
