"""What an escalation model comes to, in words to put before a steering group."""

from collections.abc import Iterator
from dataclasses import dataclass

from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.escalation.private import private_mailboxes, private_times
from os2kb.policy.sections.escalation import (
    MOMENTS,
    Escalation,
    Hours,
    Moment,
    PrivatePath,
    Severity,
)
from os2kb.policy.sections.escalation.words import Day, Unit, amount

_UNITS: dict[Unit, tuple[Phrase, Phrase]] = {
    "h": (Phrase("arbejdstime", "working hour"), Phrase("arbejdstimer", "working hours")),
    "d": (Phrase("arbejdsdag", "working day"), Phrase("arbejdsdage", "working days")),
    "ch": (Phrase("time på uret", "clock hour"), Phrase("timer på uret", "clock hours")),
}
_STATUS = {
    "forslag": Phrase("Forslag, ikke vedtaget", "A proposal, not adopted"),
    "vedtaget": Phrase("Vedtaget", "Adopted"),
}
_WHEN: dict[Moment | None, Phrase] = {
    None: Phrase("med det samme", "at once"),
    "respond": Phrase("når der ikke er svaret i tide", "when no answer came in time"),
    "plan": Phrase("når der ikke er en plan i tide", "when no plan came in time"),
    "fix": Phrase("når fejlen ikke er rettet i tide", "when it was not mended in time"),
}
_BY: dict[Moment, Phrase] = {
    "respond": Phrase("svar inden", "answer within"),
    "plan": Phrase("plan inden", "plan within"),
    "fix": Phrase("rettet inden", "mended within"),
}
_CONFIRMED = Phrase(
    ", og et menneske har bekræftet det (/os2 escalate)",
    ", and a person confirmed it (/os2 escalate)",
)
_DAYS: dict[Day, Phrase] = {
    "mon": Phrase("mandag", "Monday"),
    "tue": Phrase("tirsdag", "Tuesday"),
    "wed": Phrase("onsdag", "Wednesday"),
    "thu": Phrase("torsdag", "Thursday"),
    "fri": Phrase("fredag", "Friday"),
    "sat": Phrase("lørdag", "Saturday"),
    "sun": Phrase("søndag", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class ShownClass:
    """A class: what belongs in it, and its times for `respond`, `plan` and `fix`."""

    name: str
    criteria: str
    times: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ShownRung:
    """A rung: who is told, and when."""

    name: str
    notify: tuple[str, ...]
    when: Phrase


@dataclass(frozen=True, slots=True)
class ShownModel:
    """An escalation model in words. `terms` are what else holds, each with what it is of."""

    status: Phrase
    classes: tuple[ShownClass, ...]
    rungs: tuple[ShownRung, ...]
    terms: tuple[tuple[Phrase, Phrase], ...]


def shown(model: Escalation) -> ShownModel:
    """The model in words."""
    return ShownModel(
        _STATUS[model.status],
        tuple(
            ShownClass(name, one.criteria, _times(one)) for name, one in model.severities.items()
        ),
        tuple(
            ShownRung(rung.name, rung.notify, _when(rung.when, confirm=rung.confirm))
            for rung in model.ladder
        ),
        tuple(_terms(model)),
    )


def in_words(duration: str | None) -> Phrase:
    """`2h` as two working hours; nothing for no duration."""
    if duration is None:
        return NOTHING
    number, unit = amount(duration)
    one, many = _UNITS[unit]
    said = one if number == 1 else many
    return Phrase(f"{number} {said.da}", f"{number} {said.en}")


def _times(promised: Severity | PrivatePath) -> tuple[Phrase, ...]:
    return tuple(in_words(getattr(promised, moment)) for moment in MOMENTS)


def _when(moment: Moment | None, *, confirm: bool) -> Phrase:
    said = _WHEN[moment]
    if not confirm:
        return said
    return Phrase(said.da + _CONFIRMED.da, said.en + _CONFIRMED.en)


def _terms(model: Escalation) -> Iterator[tuple[Phrase, Phrase]]:
    if model.since:
        yield Phrase("Gælder fra", "Holds from"), Phrase(model.since, model.since)
    yield Phrase("Arbejdstid", "Working hours"), _working_hours(model.hours)
    quiet = model.quiet_hours
    worst = next(iter(model.severities))
    yield (
        Phrase("Ro", "Quiet"),
        Phrase(
            f"kun {worst} giver besked "
            + (f"{quiet.start}–{quiet.end}" if quiet else "uden for arbejdstiden"),
            f"only {worst} is told of "
            + (f"{quiet.start}–{quiet.end}" if quiet else "outside the working hours"),
        ),
    )
    yield (
        Phrase("Højst", "At most"),
        Phrase(
            f"{model.budget} beskeder til hver om dagen, heraf {model.share_of_claims} om det, som "
            "kun en udefra har sagt",
            f"{model.budget} messages each a day, {model.share_of_claims} of them of what only an "
            "outsider says",
        ),
    )
    yield Phrase("Alvorsgraden kommer fra", "The class comes from"), _sources(model)
    for away, one in model.substitutes.items():
        days = ", ".join(one.days)
        yield (
            Phrase("Stedfortræder", "Substitute"),
            Phrase(
                f"{one.to} for {away}" + (f" {days}" if days else ""),
                f"{one.to} for {away}" + (f" {days}" if days else ""),
            ),
        )
    if model.digest is not None:
        day, to = _DAYS[model.digest.day], ", ".join(model.digest.to)
        yield (
            Phrase("Ugentlig oversigt", "Weekly digest"),
            Phrase(f"{day.da} til {to}", f"{day.en} to {to}"),
        )
    yield Phrase("Sårbarheder", "Vulnerabilities"), _private(model)


def _working_hours(hours: Hours) -> Phrase:
    whole = list(_DAYS)[: len(hours.days)]  # from Monday on, without a gap
    if list(hours.days) == whole and len(whole) > 1:
        first, last = _DAYS[whole[0]], _DAYS[whole[-1]]
        days = Phrase(f"{first.da}–{last.da}", f"{first.en}–{last.en}")
    else:
        days = _joined([_DAYS[day] for day in hours.days])
    da, en = (f"{said} {hours.start}–{hours.end}" for said in (days.da, days.en))
    if hours.holidays:
        da, en = (
            f"{da}; ikke på helligdage ({hours.holidays})",
            f"{en}; not on public holidays ({hours.holidays})",
        )
    if closed := ", ".join(hours.closed):
        da, en = f"{da}, lukket {closed}", f"{en}, closed {closed}"
    return Phrase(da, en)


def _sources(model: Escalation) -> Phrase:
    """In the order in which they count."""
    found = [
        Phrase("/os2 severity", "/os2 severity"),
        Phrase("etiketten, som et menneske sætter", "the label that a person puts on"),
        Phrase(f"formularens “{model.field}”", f"the form's “{model.field}”"),
    ]
    if model.matrix is not None:
        both = f"“{model.matrix.impact}” × “{model.matrix.urgency}”"
        found.append(Phrase(f"formularens {both}", f"the form's {both}"))
    return _joined(found)


def _private(model: Escalation) -> Phrase:
    never = Phrase("aldrig op ad stigen", "never up the ladder")
    if model.security is None:
        return never
    to = ", ".join(private_mailboxes(model))
    times = [(_BY[moment], in_words(time)) for moment, time in private_times(model).items() if time]
    da = "".join(f"; {by.da} {time.da}" for by, time in times)
    en = "".join(f"; {by.en} {time.en}" for by, time in times)
    return Phrase(f"{never.da}, kun til {to}{da}", f"{never.en}, only to {to}{en}")


def _joined(phrases: list[Phrase]) -> Phrase:
    return Phrase(", ".join(one.da for one in phrases), ", ".join(one.en for one in phrases))
