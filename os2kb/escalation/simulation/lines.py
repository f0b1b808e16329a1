"""A simulation as lines: one figure each, with a column for each model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from os2kb.escalation.simulation.simulated import Simulated
from os2kb.governance.escalation.figures.simulation import Simulation, Tally
from os2kb.phrases import Phrase
from os2kb.policy.sections.escalation import MOMENTS, Moment

_BROKEN: dict[Moment, Phrase] = {
    "respond": Phrase("ikke svaret i tide", "not answered in time"),
    "plan": Phrase("ingen plan i tide", "no plan in time"),
    "fix": Phrase("ikke rettet i tide", "not mended in time"),
}
_SUBJECTS = Phrase("sager", "issues")
_LATE = Phrase("mindst ét løfte brudt", "at least one promise broken")
_TOTAL = Phrase("I alt", "In all")
_OTHERS = Phrase("Uden for alvorsgraderne", "Outside the classes")
_MESSAGES = Phrase("Beskeder", "Messages")


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, of each model; None where a model has no such thing."""

    section: Phrase
    name: Phrase
    values: tuple[int | None, ...]


def lines(found: Simulated) -> tuple[Line, ...]:
    """The figures, class by class, then of all, then who would have been told."""
    return tuple(_lines(found.simulations))


def _lines(found: Sequence[Simulation]) -> Iterator[Line]:
    rungs = list(dict.fromkeys(name for one in found for name in one.rungs))
    for severity in dict.fromkeys(name for one in found for name in one.classes):
        tallies = [one.classes.get(severity) for one in found]
        yield from _of_tallies(Phrase(severity, severity), tallies, found, rungs)
    yield from _of_tallies(_TOTAL, [one.total for one in found], found, rungs)

    def of_each(name: Phrase, figure: Callable[[Simulation], int]) -> Line:
        return Line(_OTHERS, name, tuple(figure(one) for one in found))

    yield of_each(Phrase("uden alvorsgrad", "without a class"), lambda one: one.unclassed)
    yield of_each(Phrase("mulige sårbarheder", "possible vulnerabilities"), lambda one: one.private)
    for to in dict.fromkeys(to for one in found for to in one.messages):
        told = [one.messages.get(to) for one in found]
        yield Line(_MESSAGES, Phrase(to, to), tuple(one.times if one else 0 for one in told))
        most = Phrase(f"{to}, højst på en uge", f"{to}, most in a week")
        yield Line(_MESSAGES, most, tuple(one.most if one else 0 for one in told))


def _of_tallies(
    section: Phrase,
    tallies: Sequence[Tally | None],
    found: Sequence[Simulation],
    rungs: Sequence[str],
) -> Iterator[Line]:
    def line(name: Phrase, figure: Callable[[Tally], int | None]) -> Line:
        return Line(section, name, tuple(figure(one) if one else None for one in tallies))

    yield line(_SUBJECTS, lambda one: one.subjects)
    if not any(one and one.subjects for one in tallies):
        return
    for moment in MOMENTS:
        if any(one and moment in one.broken for one in tallies):
            yield line(_BROKEN[moment], lambda one, moment=moment: one.broken.get(moment))  # type: ignore[misc]
    yield line(_LATE, lambda one: one.late)
    for name in rungs:
        yield from _of_rung(section, name, tallies, found)


def _of_rung(
    section: Phrase, name: str, tallies: Sequence[Tally | None], found: Sequence[Simulation]
) -> Iterator[Line]:
    """How many it was told of, and how many wait for somebody to confirm it."""
    pairs = list(zip(tallies, found, strict=True))
    places = [
        one.rungs.index(name) + 1 if tally and name in one.rungs else 0 for tally, one in pairs
    ]
    told = [
        one.told.get(at, 0) if one and at else None for one, at in zip(tallies, places, strict=True)
    ]
    awaits = [
        one.awaits.get(at, 0) if one and at else None
        for one, at in zip(tallies, places, strict=True)
    ]
    if any(told) or not any(awaits):
        yield Line(section, Phrase(f"trin “{name}” får besked", f"rung “{name}” told"), tuple(told))
    if any(awaits):
        said = Phrase(f"trin “{name}” venter på et ja", f"rung “{name}” waits for a yes")
        yield Line(section, said, tuple(awaits))
