"""Purpose: enough people from enough organisations have looked at the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.facts import Account, Facts, Review
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.people import People

ID = "reviews"
# https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
_STRANGERS = frozenset({"NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"})
_ASK_AGAIN = Phrase(
    "Ret det, der bliver bedt om, og bed om et nyt review.",
    "Mend what is asked for, and ask for a new review.",
)
_ASK_ANOTHER = Phrase(
    "Bed også om et review fra en anden organisation.",
    "Ask for a review from another organisation too.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Counts each reviewer's latest word, and the organisations that `people` gives them."""
    options = policy.guidelines.rules.reviews
    said = _said(facts, policy.people)
    if said.objecting:
        names = ", ".join(said.objecting)
        return Finding(
            ID,
            "fail",
            Phrase(f"{names} beder om ændringer.", f"{names} asks for changes."),
            _ASK_AGAIN,
        )
    wanted = max(options.count, options.organisations)
    if len(said.approving) < wanted:
        return _too_few(said, wanted)
    return _organisations(said.approving, policy.people, options.organisations)


@dataclass(frozen=True, slots=True)
class _Said:
    """Logins by what they said last. `strangers` approve, and nothing says who they are."""

    approving: tuple[str, ...]
    objecting: tuple[str, ...]
    strangers: tuple[str, ...]


def _said(facts: Facts, people: People) -> _Said:
    known = {login.casefold() for login in people.coordinators} | set(_organisation_of(people))
    latest: dict[str, Review] = {}
    for review in sorted(pull_of(facts).reviews or (), key=lambda one: one.at):
        if _counts(review, facts.author):
            latest[review.author.login.casefold()] = review
    strangers = [
        review
        for login, review in latest.items()
        if review.author.association in _STRANGERS and login not in known
    ]
    ours = [review for review in latest.values() if review not in strangers]
    return _Said(
        _who(ours, "approved"), _who(ours, "changes_requested"), _who(strangers, "approved")
    )


def _counts(review: Review, author: Account) -> bool:
    """Whether a review says yes or no, or takes that back; authors and bots do not count."""
    if review.author.is_bot or review.author.login.casefold() == author.login.casefold():
        return False
    return review.state not in ("commented", "pending")


def _who(reviews: Iterable[Review], state: str) -> tuple[str, ...]:
    return tuple(one.author.login for one in reviews if one.state == state)


def _too_few(said: _Said, wanted: int) -> Finding:
    count = len(said.approving)
    if count + len(said.strangers) >= wanted:
        names = ", ".join(said.strangers)
        return unsure(
            ID,
            f"{names} har godkendt, men policyens people siger ikke, hvem det er.",
            f"{names} approved, but the Policy's people does not say who that is.",
        )
    return Finding(
        ID,
        "fail",
        Phrase(
            f"{count or 'Ingen'} har godkendt; der skal {wanted} til.",
            f"{count or 'Nobody'} approved; {wanted} {'has' if wanted == 1 else 'have'} to.",
        ),
        Phrase(
            f"Bed om review, til {'én' if wanted == 1 else wanted} har godkendt.",
            f"Ask for reviews until {'one has' if wanted == 1 else f'{wanted} have'} approved.",
        ),
    )


def _organisations(approving: tuple[str, ...], people: People, wanted: int) -> Finding:
    organisation_of = _organisation_of(people)
    known = {name for login in approving if (name := organisation_of.get(login.casefold()))}
    unknown = [login for login in approving if login.casefold() not in organisation_of]
    names = ", ".join(approving)
    if wanted == 1 or len(known) >= wanted:
        return passes(ID, f"{names} har godkendt.", f"{names} approved.")
    if len(known) + len(unknown) >= wanted:
        return unsure(
            ID,
            f"Policyens people siger ikke, hvilken organisation {', '.join(unknown)} hører til.",
            f"The Policy's people does not say which organisation {', '.join(unknown)} is from.",
        )
    listed = ", ".join(sorted(known))
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Godkendelserne kommer kun fra {listed}.", f"The approvals come only from {listed}."
        ),
        _ASK_ANOTHER,
    )


def _organisation_of(people: People) -> Mapping[str, str]:
    """Login, folded, to the first organisation that has it."""
    found: dict[str, str] = {}
    for name, members in people.organisations.items():
        for login in members:
            found.setdefault(login.casefold(), name)
    return found


RULE = Rule(
    id=ID,
    asks=Phrase("er godkendt af dem, der skal", "is approved by those who have to"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "hver +pull request skal have to +godkendelser / "
        "+godkendelser fra hver sin +organisation / "
        "kode skal gennemgå +review / "
        "bidrag skal +gennemses af andre / "
        "members +review your +proposed change / "
        "your pull request will be +reviewed and approved / "
        "organiserer +review af koden / "
        "+request code +review from a contributor of an +other company"
    ),
    concepts=(),
    setting=lambda rules: rules.reviews,
    check=check,
    needs=frozenset({"reviews"}),
    events=frozenset({"pull_request", "pull_request_review"}),
)
