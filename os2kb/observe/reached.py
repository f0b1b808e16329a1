"""Whether those whom an escalation model names are there: a misspelt person is told nothing."""

from collections.abc import Iterator
from typing import NamedTuple

from os2kb.forges.port import Forbidden, Forge
from os2kb.governance.facts import Repository
from os2kb.phrases import Phrase
from os2kb.policy.document import Keys
from os2kb.policy.recipient import organisation_of
from os2kb.policy.sections.escalation import Escalation, Rung

_AT: Keys = ("escalation",)


class Unreached(NamedTuple):
    """Somebody a model names.

    Attributes:
        place: where in the Policy.
        certain: that they are not there; else we may not see it.
    """

    place: Keys
    said: Phrase
    certain: bool = True


def unreached(forge: Forge, repository: Repository, model: Escalation) -> Iterator[Unreached]:
    """Whom a mention in a repository does not reach, and which rung then reaches nobody.

    One read for each person and team that is named.

    Raises:
        ForgeError: a read failed.
    """
    reach = _Reach(forge, repository)
    for at, rung in enumerate(model.ladder):
        lost = [one for one in rung.notify if reach.lacks(one)]
        for one in lost:
            place = (*_AT, "ladder", at, "notify", rung.notify.index(one))
            yield Unreached(place, _told(one, rung, at + 1, alone=len(lost) == len(rung.notify)))
    for away, stand_in in model.substitutes.items():
        if reach.lacks(f"@{stand_in.to}"):
            yield Unreached(
                (*_AT, "substitutes", away, "to"),
                Phrase(
                    f"@{stand_in.to}, som skal træde til for {away}, {_NOT_THERE.da}",
                    f"@{stand_in.to}, who is to stand in for {away}, {_NOT_THERE.en}",
                ),
            )
    if reach.unseen:
        teams = ", ".join(reach.unseen)
        yield Unreached(
            (*_AT, "ladder"),
            Phrase(
                f"om {teams} findes, kan App'en ikke se; giv den organisationstilladelsen "
                "Members: read",
                f"whether {teams} is there, the App cannot see; give it the organisation "
                "permission Members: read",
            ),
            certain=False,
        )


_NOT_THERE = Phrase(
    "findes ikke på GitHub, eller kan ikke læse repositoriet; ret navnet",
    "is not on GitHub, or cannot read the repository; correct the name",
)
_NO_TEAM = Phrase(
    "er intet team på GitHub med nogen i; ret navnet",
    "is no team on GitHub with anybody in it; correct the name",
)


def _told(name: str, rung: Rung, number: int, *, alone: bool) -> Phrase:
    why = _NO_TEAM if organisation_of(name) else _NOT_THERE
    da, en = f"{name} {why.da}", f"{name} {why.en}"
    if alone:
        da += f" (så trin {number}, {rung.name}, når ingen)"
        en += f" (so that rung {number}, {rung.name}, reaches nobody)"
    return Phrase(da, en)


class _Reach:
    """What was asked of the forge; `unseen` are the teams that we may not see."""

    def __init__(self, forge: Forge, repository: Repository) -> None:
        self._forge, self._repository = forge, repository
        self._known: dict[str, bool] = {}
        self.unseen: dict[str, None] = {}

    def lacks(self, recipient: str) -> bool:
        """Whether a mention does not reach anybody; streams and mailboxes are none."""
        if not recipient.startswith("@"):
            return False
        name = recipient.removeprefix("@").casefold()
        if name not in self._known:
            try:
                self._known[name] = self._forge.reaches(self._repository, name)
            except Forbidden:
                self._known[name] = True
                self.unseen[recipient] = None
        return not self._known[name]
