"""Words of Jira and words of GitHub that mean the same, as the Policy has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from os2kb.policy.sections.jira import Jira, State
from os2kb.policy.sections.labels import TypeConcept

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What means the same.

    Attributes:
        statuses: state of the issue to the statuses that mean it, the one to set first.
        resolutions: state to the resolution that goes with it.
        types: the bot's concept of a type to the type of ticket.
        users: account in Jira, as its API names it, to login on GitHub.
    """

    statuses: Mapping[State, tuple[str, ...]] = field(default_factory=dict)
    resolutions: Mapping[State, str] = field(default_factory=dict)
    types: Mapping[TypeConcept, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)

    def state(self, status: str, resolution: str = "") -> State | None:
        """The state that a ticket's status means; None where the Policy does not say.

        Statuses that are said of several states are told apart by their resolution.
        """
        meant = [
            state for state, names in self.statuses.items() if _among(status, names) is not None
        ]
        told = [
            state
            for state in meant
            if resolution and folded(self.resolutions.get(state, "")) == folded(resolution)
        ]
        return next(iter((*told, *meant)), None)

    def goals(self, state: State) -> tuple[str, ...]:
        """The statuses that mean a state."""
        return self.statuses.get(state, ())

    def concept(self, type_name: str) -> TypeConcept | None:
        """The concept that a type of ticket stands for."""
        return next(
            (key for key, one in self.types.items() if folded(one) == folded(type_name)), None
        )

    def login(self, account: str) -> str | None:
        """Who an account in Jira is on GitHub; nobody is guessed."""
        return self.users.get(account)

    def account(self, login: str) -> str | None:
        """Who a login on GitHub is in Jira; None where two accounts claim it."""
        found = [one for one, known in self.users.items() if folded(known) == folded(login)]
        return found[0] if len(found) == 1 else None


def vocabulary_of(jira: Jira, people: Mapping[str, str] = NOBODY) -> Vocabulary:
    """What the Policy says means the same.

    Args:
        jira: the Policy's section.
        people: account to login of others who are known to be the same.
    """
    return Vocabulary(jira.statuses, jira.resolutions, jira.types, {**people, **jira.users})


def label_name(label: str) -> str:
    """A label as both sides tell it from others."""
    return folded(jira_label(label))


def jira_label(label: str) -> str:
    """A label of GitHub as a label of Jira, which holds no space."""
    return "-".join(label.split())


def github_labels(labels: Iterable[str], existing: Iterable[str]) -> frozenset[str]:
    """Those of Jira's labels that the repository has, by its names for them.

    The bot creates no label, and what the repository does not have is left to Jira.
    """
    known = {label_name(label): label for label in existing}
    found = (known.get(label_name(label)) for label in labels)
    return frozenset(label for label in found if label is not None)


def _among(name: str, names: Iterable[str]) -> str | None:
    return next((one for one in names if folded(one) == folded(name)), None)


def folded(name: str) -> str:
    """A name as it is compared: neither case nor spaces count."""
    return " ".join(name.casefold().split())
