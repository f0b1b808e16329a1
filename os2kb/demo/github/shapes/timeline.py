"""What happened in a conversation, in order."""

from os2kb.demo.github.shapes.issues import comment, event
from os2kb.demo.github.shapes.pulls import review
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import Event, Issue, Repository
from os2kb.demo.github.world.world import GitHub


def timeline_event(github: GitHub, repository: Repository, issue: Issue, happened: Event) -> Json:
    """A `timeline-issue-events`: an event, a comment or a review."""
    if happened.comment:
        shown = comment(github, repository, issue, happened.comment)
        return {**shown, "event": "commented", "actor": shown["user"]}
    if happened.review:
        return {**review(github, repository, issue, happened.review), "event": "reviewed"}
    return event(github, repository, happened)
