"""The walk in Danish sentences: deeds, findings and writes, as a colleague would tell of them."""

import re

from os2kb.demo.github.traffic import Write
from os2kb.demo.scenario import (
    Act,
    Close,
    Comment,
    Commit,
    Edit,
    Label,
    OpenIssue,
    OpenPullRequest,
)
from os2kb.governance.findings import Finding
from os2kb.governance.plan import Action, AddLabel, PutComment, RemoveLabel, SetCheck

_VERDICTS = {"pass": "i orden", "fail": "mangler", "unknown": "ved ikke", "n/a": "ikke relevant"}


def told_deed(action: Act) -> str:
    """What a person did."""
    who = action.by
    match action:
        case OpenIssue():
            return f"{who} opretter en sag i {action.repository}: “{action.title}”"
        case OpenPullRequest():
            return f"{who} åbner en pull request i {action.repository}: “{action.title}”"
        case Comment():
            return f"{who} skriver: “{_first_line(action.body)}”"
        case Edit():
            return f"{who} retter teksten"
        case Commit():
            return f"{who} tilføjer et commit med {', '.join(action.files)}"
        case Label(do="label"):
            return f"{who} sætter etiketten {action.label} på"
        case Label():
            return f"{who} tager etiketten {action.label} af"
        case Close():
            return f"{who} lukker sagen"


def told_finding(finding: Finding) -> str:
    """What a rule found, and the paragraph it rests on."""
    line = f"{finding.rule}: {_VERDICTS[finding.verdict]}. {finding.evidence.da}"
    if finding.citation is None:
        return line
    place = " › ".join((finding.citation.title, *finding.citation.heading))
    return f"{line} (bygger på “{place}”)"


def told_write(write: Write) -> str:
    """What the bot changed, as GitHub saw it."""
    match write.method, write.path.split("/")[4:]:
        case "POST", ["issues", number, "labels"]:
            return f"Satte etiketten {', '.join(write.body['labels'])} på #{number}"
        case "DELETE", ["issues", number, "labels", label]:
            return f"Tog etiketten {label} af #{number}"
        case "POST", ["issues", number, "comments"]:
            return f"Skrev på #{number}: “{_gist(write.body['body'])}”"
        case "PATCH", ["issues", "comments", _]:
            return f"Rettede sin kommentar: “{_gist(write.body['body'])}”"
        case _, ["check-runs", *_]:
            output = write.body["output"]
            return f"Satte kontrollen {write.body['name']}: {output['title']}"
    return f"{write.method} {write.path}"


def told_held_back(action: Action) -> str:
    """What the bot would have done, were it allowed to act."""
    match action:
        case AddLabel():
            return f"Ville have sat etiketten {action.label} på, men ser kun med her"
        case RemoveLabel():
            return f"Ville have taget etiketten {action.label} af, men ser kun med her"
        case PutComment():
            return f"Ville have skrevet “{_gist(action.body)}”, men ser kun med her"
        case SetCheck():
            return f"Ville have sat kontrollen {action.name}, men ser kun med her"


def _first_line(text: str) -> str:
    commands = [line for line in text.splitlines() if line.startswith("/os2")]
    return commands[0] if commands else text.strip().splitlines()[0]


def _gist(comment: str) -> str:
    """The first words of a comment that people see."""
    shown = re.sub(r"<!--.*?-->|<[^>]+>|[>*_#`]", "", comment, flags=re.DOTALL)
    words = " ".join(shown.split())
    return words if len(words) <= 110 else f"{words[:110].rsplit(' ', 1)[0]} …"
