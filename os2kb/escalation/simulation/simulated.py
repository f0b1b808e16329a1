"""A repository's past, held against models."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from index.passages import Language
from os2kb.escalation.models import Model
from os2kb.governance.escalation.figures.outcome import outcome_of
from os2kb.governance.escalation.figures.simulation import Simulation, Tally, simulation
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import scrub
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Attributes:
        since: issues that were opened from then on,
        until: and before then; as they stood then.
        label: only those that carry it; empty for all.
        assumed: the class of those that nobody gave one; empty for none.
    """

    repository: str
    since: datetime
    until: datetime
    label: str = ""
    assumed: str = ""

    @property
    def days(self) -> tuple[datetime, datetime]:
        """A moment of the first day, and one of the last."""
        return self.since, self.until - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of it.

    Attributes:
        issues: how many could be read.
        unread: how many could not.
        simulations: of each model.
    """

    asked: Asked
    issues: int
    unread: int
    models: tuple[Model, ...]
    simulations: tuple[Simulation, ...]

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What has to be known to read the figures rightly."""
        return tuple(_notes(self))


def simulated(
    asked: Asked, past: Sequence[Facts], unread: int, models: tuple[Model, ...]
) -> Simulated:
    """The same past held against each model, as if it had held from the beginning."""
    always = [_always(model.policy, model.escalation) for model in models]
    found = tuple(
        simulation(
            (outcome_of(one, policy, asked.until, asked.assumed) for one in past),
            model.escalation,
        )
        for model, policy in zip(models, always, strict=True)
    )
    return Simulated(asked, len(past), unread, models, found)


def _always(policy: Policy, model: Escalation) -> Policy:
    """The Policy with a model that holds since ever: what was due before counts as well."""
    return policy.model_copy(update={"escalation": model.model_copy(update={"since": None})})


def _notes(found: Simulated) -> Iterator[Phrase]:
    if found.unread:
        yield Phrase(
            f"Sager, der ikke kunne læses og ikke er med: {found.unread}.",
            f"Issues that could not be read and are left out: {found.unread}.",
        )
    unclassed = max(one.unclassed for one in found.simulations)
    if unclassed:
        yield Phrase(
            f"Sager uden alvorsgrad: {unclassed}. I dem kan intet være for sent. Alvorsgraden står "
            "i formularen eller på etiketterne i `labels.severity`; --assume GRAD regner dem med.",
            f"Issues without a class: {unclassed}. In those nothing can be late. A class comes "
            "from the form or from the labels in `labels.severity`; --assume CLASS counts them in.",
        )
    if found.asked.assumed:
        yield Phrase(
            f"Sager, som ingen har givet en alvorsgrad, er regnet som {found.asked.assumed}.",
            f"Issues that nobody gave a class are counted as {found.asked.assumed}.",
        )
    if any(rung.confirm for model in found.models for rung in model.escalation.ladder):
        yield Phrase(
            "Et trin, som et menneske skal bekræfte, har ingen kunnet bekræfte: det venter.",
            "A rung that a person has to confirm could not be confirmed: it waits.",
        )
    yield Phrase(
        "Ingen fik besked dengang. Med modellen havde nogen måske svaret før.",
        "Nobody was told at the time. With the model somebody might have answered sooner.",
    )
    yield Phrase(
        "Et hold, en kanal og en postkasse tæller som én modtager. Stilletid og loftet over "
        "beskeder er ikke regnet med.",
        "A team, a stream and a mailbox count as one recipient. Quiet hours and the budget of "
        "messages are not reckoned with.",
    )
    yield FORGOTTEN


FORGOTTEN = Phrase(
    "GitHub husker ikke alt: slettede sager og kommentarer mangler, formularens svar er dem, der "
    "står nu, og hvem der hører til projektet, er som i dag. Pauser og valgte alvorsgrader kendes "
    "kun, hvis os2kb udførte dem her.",
    "GitHub does not remember everything: deleted issues and comments are gone, the form's answers "
    "are those that stand now, and who belongs to the project is as of today. Pauses and chosen "
    "classes are known only where this os2kb carried them out.",
)


def simulated_json(found: Simulated, language: Language) -> dict[str, Any]:
    """`{"repository", "since", "until", "issues", "unread", "notes", "items": [a model each]}`."""
    return {
        "repository": found.asked.repository,
        "since": found.asked.since.isoformat(),
        "until": found.asked.until.isoformat(),
        "label": scrub(found.asked.label),
        "assumed": found.asked.assumed,
        "issues": found.issues,
        "unread": found.unread,
        "notes": [one.in_language(language) for one in found.notes],
        "items": [
            _of_model(model, simulation, language)
            for model, simulation in zip(found.models, found.simulations, strict=True)
        ],
    }


def _of_model(model: Model, found: Simulation, language: Language) -> dict[str, Any]:
    return {
        "model": scrub(model.name.in_language(language)),
        "status": model.escalation.status,
        "rungs": [scrub(name) for name in found.rungs],
        "classes": {scrub(name): _tally(one) for name, one in found.classes.items()},
        "total": _tally(found.total),
        "unclassed": found.unclassed,
        "vulnerabilities": found.private,
        "messages": [
            {
                "to": scrub(to),
                "times": one.times,
                "most_in_a_week": one.most,
                "week": one.week.isoformat(),
            }
            for to, one in found.messages.items()
        ],
    }


def _tally(one: Tally) -> Mapping[str, Any]:
    """Rungs are counted from 1, as strings: keys of JSON are no numbers."""
    return {
        "subjects": one.subjects,
        "late": one.late,
        "broken": dict(one.broken),
        "told": {str(rung): count for rung, count in one.told.items()},
        "awaits": {str(rung): count for rung, count in one.awaits.items()},
    }
