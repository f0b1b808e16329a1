"""A scenario to Facts: what observe would have read, had it been real."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import quote

from index.language import detect
from os2kb.governance import facts as known
from os2kb.governance import learned
from os2kb.governance.citations import Guideline, citations
from os2kb.governance.reading import forms
from os2kb.governance.reading.references import named_issues
from os2kb.governance.receipts import Receipt
from os2kb.governance.rules import REGISTRY, rules_for
from os2kb.policy.policy import Policy
from os2kb.policy.sections.guidelines import GuidelineSource, read_source
from os2kb.scenarios.history import SELF, Event, account
from os2kb.scenarios.moments import before
from os2kb.scenarios.pull_request import pull_request
from os2kb.scenarios.repository import IssueForm
from os2kb.scenarios.scenario import Scenario
from os2kb.scenarios.subject import Alike, Guess, Said, SubjectPart
from os2kb.subjects import Subject

_WEB = "https://github.example"
_COMMIT = "0" * 40


def facts_of(scenario: Scenario, policy: Policy, now: datetime) -> known.Facts:
    """The Facts of a scenario; what it leaves out was read and is not there."""
    one = scenario.subject
    repository = _repository(scenario, policy)
    kind = "pull" if one.kind == "pull_request" else "issues"
    url = f"{repository.url}/{kind}/{one.number}"
    author = account(one.author)
    facts = known.Facts(
        subject=Subject(repository.id, one.number, repository.full_name),
        repository=repository,
        title=one.title,
        body=one.body,
        author=author,
        open=one.open and not one.merged,
        state_reason=one.state_reason or "",
        locked=one.locked,
        labels=one.labels,
        created_at=before(one.created, now),
        updated_at=before(one.updated, now),
        url=url,
        issue_type=one.issue_type,
        comments=tuple(
            _comment(said, place, author, url, now) for place, said in enumerate(one.comments, 1)
        ),
        history=tuple(_event(event, now) for event in _of_labels(scenario)),
        receipts=tuple(
            _receipt(event, policy, now) for event in _of_labels(scenario) if event.by.login == SELF
        ),
        roles=roles_of(scenario),
        teams=_teams(scenario),
        guidelines=_guidelines_at(repository, policy),
        templates=MappingProxyType(dict(scenario.repository.templates)),
        rights=_rights(scenario, policy),
        wordings=MappingProxyType(dict(scenario.repository.wordings)),
        forms=tuple(_form(form) for form in scenario.repository.forms),
        near=tuple(_near(alike, repository.url) for alike in one.near),
        classified=_classified(one.classified),
        language=detect(f"{one.title}\n{one.body}"[:20_000], policy.language),
    )
    facts = _with_pull_request(facts, one, now) if one.kind == "pull_request" else facts
    sources = _guidelines(scenario, repository, policy)
    return replace(facts, citations=citations(sources, rules_for(facts, policy)))


def _rights(scenario: Scenario, policy: Policy) -> Mapping[str, str]:
    """The list of those who signed, where the Policy says that it stands."""
    path, text = policy.guidelines.rules.rights_transfer.file, scenario.repository.rights
    return MappingProxyType({path: text} if path and text is not None else {})


def _with_pull_request(facts: known.Facts, one: SubjectPart, now: datetime) -> known.Facts:
    named = named_issues(one.title, one.body, one.branch, facts.repository.full_name)
    linked = (
        tuple(known.Linked(number) for number in named if number != one.number)
        if one.linked is None
        else tuple(
            known.Linked(issue.number, issue.title, issue.open, issue.labels)
            for issue in one.linked
        )
    )
    return replace(
        facts,
        pull_request=pull_request(one, facts.repository.default_branch, account, now),
        linked=linked,
        changelogs=MappingProxyType(dict(one.changelogs)),
    )


def _repository(scenario: Scenario, policy: Policy) -> known.Repository:
    """With the labels it is said to have, else the Policy's, and those that somebody put on."""
    part = scenario.repository
    named = (*policy.labels.named(), *policy.guidelines.rules.labels())
    labels = named if part.labels is None else part.labels
    moved = (_label(event) for event in _of_labels(scenario))
    linked = (label for issue in scenario.subject.linked or () for label in issue.labels)
    every = dict.fromkeys((*labels, *scenario.subject.labels, *linked, *moved))
    return known.Repository(
        id=7,
        full_name=part.name,
        default_branch=part.default_branch,
        private=part.private,
        url=f"{_WEB}/{part.name}",
        labels=tuple(every),
    )


def _guidelines_at(repository: known.Repository, policy: Policy) -> str:
    """The address of the first source, which is taken to be there."""
    source = next(iter(policy.guidelines.sources), None)
    return _address(repository, source, repository.default_branch) if source else ""


def _guidelines(
    scenario: Scenario, repository: known.Repository, policy: Policy
) -> tuple[tuple[Guideline, ...], ...]:
    """The documents of each source that the scenario has a text of."""
    written = scenario.repository.guidelines
    return tuple(
        tuple(
            Guideline(
                path.rpartition(":")[2],
                text,
                _address(repository, read_source(path) or source, _COMMIT),
            )
            for path, text in written.items()
            if path == str(source) or path.startswith(f"{source}/")
        )
        for source in policy.guidelines.sources
    )


def _address(repository: known.Repository, source: GuidelineSource, at: str) -> str:
    return f"{_WEB}/{source.repository or repository.full_name}/blob/{at}/{quote(source.path)}"


def _comment(
    said: Said, place: int, author: known.Account, url: str, now: datetime
) -> known.Comment:
    at = before(said.at, now)
    return known.Comment(
        id=place,
        author=account(said.author) if said.author else author,
        body=said.body,
        created_at=at,
        updated_at=at + timedelta(minutes=1) if said.edited else at,
        url=f"{url}#issuecomment-{place}",
    )


def _of_labels(scenario: Scenario) -> tuple[Event, ...]:
    return tuple(event for event in scenario.history if _label(event))


def _label(event: Event) -> str:
    return event.label_put_on or event.label_taken_off or ""


def _event(event: Event, now: datetime) -> known.LabelEvent:
    return known.LabelEvent(
        _label(event), event.label_put_on is not None, account(event.by), before(event.at, now)
    )


def _receipt(event: Event, policy: Policy, now: datetime) -> Receipt:
    """What the ledger knows of a label that the bot itself put on or took off, all in one Plan."""
    label = _label(event)
    verb = "add" if event.label_put_on else "remove"
    because = next(
        (
            rule.id
            for rule in REGISTRY
            if label in {policy.labels.of(concept) for concept in rule.concepts}
        ),
        "",
    )
    return Receipt(
        f"label:{verb}:{label}", "applied", because, before(event.at, now), label, plan=1
    )


def _near(alike: Alike, repository: str) -> learned.Near:
    url = f"{repository}/issues/{alike.number}"
    return learned.Near(alike.number, alike.title, url, alike.score)


def _classified(guess: Guess | None) -> learned.Classified | None:
    return learned.Classified(guess.concept, guess.confidence) if guess else None


def roles_of(scenario: Scenario) -> Mapping[str, known.Role]:
    """Login in lower case to role in the repository."""
    words = {"maintainer": "maintain", "coordinator": "triage"}
    return MappingProxyType(
        {
            login.casefold(): known.Role[words.get(member.role, member.role).upper()]
            for login, member in scenario.people.items()
        }
    )


def _teams(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    return MappingProxyType(
        {
            login: frozenset(team.removeprefix("@").casefold() for team in member.teams)
            for login, member in scenario.people.items()
        }
    )


def _form(form: IssueForm) -> forms.Form:
    fields = tuple(
        forms.FormField(question.label, question.required, question.id, question.options)
        for question in form.fields
    )
    return forms.Form(form.path, form.name, fields, form.labels)
