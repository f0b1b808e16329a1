"""How promises were kept, as tables: the same in the terminal and on the page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.passages import Language
from os2kb.escalation.follow_up.result import Result
from os2kb.governance.escalation.clock import BECAUSE
from os2kb.governance.escalation.digest import SOON
from os2kb.governance.escalation.figures.follow_up import Figures, Near
from os2kb.governance.escalation.figures.outcome import Outcome
from os2kb.governance.escalation.figures.spread import Spread
from os2kb.phrases import Phrase
from os2kb.policy.sections.escalation import MOMENTS, Moment
from os2kb.reports.page import moment, number_in, percent_in

_WITHOUT = Phrase("uden alvorsgrad", "without a class")
_ALL = Phrase("i alt", "in all")
_NOBODY = Phrase("ingen bestemt", "nobody in particular")
_CLASS, _ISSUES = Phrase("Alvorsgrad", "Class"), Phrase("Sager", "Issues")
_ORGANISATION = Phrase("Organisation", "Organisation")
_MEDIAN, _NINE, _LONGEST = (
    Phrase("Median", "Median"),
    Phrase("90 % inden", "90% within"),
    Phrase("Længste", "Longest"),
)
PROMISED: dict[Moment, Phrase] = {
    "respond": Phrase("svar", "answer"),
    "plan": Phrase("plan", "plan"),
    "fix": Phrase("rettelse", "fix"),
}
_BROKEN_HEADS = tuple(Phrase(one.da.capitalize(), one.en.capitalize()) for one in PROMISED.values())

_FORECAST = Phrase("Prognose, hvis det går som hidtil", "Forecast, if it goes as it went")
HOW = Phrase(
    "Prognosen er antallet af åbne sager, der endnu ikke har brudt et løfte, gange den andel af de "
    "afgjorte, der brød mindst ét. En sag er afgjort, når den er lukket eller har brudt et løfte. "
    "Intervallet er andelens (95 %); det forudsætter, at de åbne ligner dem, der var.",
    "The forecast is the number of open issues that have broken no promise yet, times the share "
    "of the settled ones that broke one. An issue is settled once it is closed or has broken a "
    "promise. The interval is that of the share (95%); it takes the open ones to be like those "
    "that were.",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; the first column names what they are of.

    Attributes:
        id: of its place on the page.
        text_columns: how many columns, from the left, are words.
    """

    id: str
    title: Phrase
    heads: tuple[Phrase, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1


def tables(found: Result, language: Language) -> tuple[Table, ...]:
    """All of them, in the order in which they are read; one without rows is left out."""
    return tuple(one for one in _Tables(found, language).each() if one.rows)


@dataclass(frozen=True, slots=True)
class _Tables:
    found: Result
    language: Language

    def each(self) -> Iterator[Table]:
        yield self._spreads(
            "response",
            Phrase("Svartid i arbejdstimer", "Working hours to the first answer"),
            Phrase("Besvaret", "Answered"),
            lambda one: one.response,
        )
        yield self._spreads(
            "resolution",
            Phrase("Løsningstid i arbejdstimer", "Working hours to the end"),
            Phrase("Lukket", "Closed"),
            lambda one: one.resolution,
        )
        yield self._broken()
        yield self._parties()
        yield self._rungs()
        yield self._waiting()
        yield self._near()
        yield self._forecasts()

    def say(self, phrase: Phrase) -> str:
        return phrase.in_language(self.language)

    @property
    def _classes(self) -> Iterator[tuple[str, Figures]]:
        figures = self.found.figures
        for name, one in figures.classes.items():
            yield name or self.say(_WITHOUT), one
        if figures.total.subjects:
            yield self.say(_ALL), figures.total

    def _spreads(
        self, name: str, title: Phrase, count: Phrase, of: Callable[[Figures], Spread]
    ) -> Table:
        rows = (
            (severity, str(one.subjects), *self._spread(of(one))) for severity, one in self._classes
        )
        return Table(name, title, (_CLASS, _ISSUES, count, _MEDIAN, _NINE, _LONGEST), tuple(rows))

    def _spread(self, one: Spread) -> tuple[str, ...]:
        lengths = (one.median, one.ninth_tenth, one.longest)
        return (str(one.count), *(self._number(length) for length in lengths))

    def _number(self, value: float | None) -> str:
        return "–" if value is None else number_in(self.language)(value)

    def _broken(self) -> Table:
        percent = percent_in(self.language)
        rows = (
            (
                severity,
                str(one.subjects),
                *(str(one.broken[name]) for name in MOMENTS),
                f"{one.late} ({percent(one.late / one.subjects)})",
            )
            for severity, one in self._classes
        )
        heads = (_CLASS, _ISSUES, *_BROKEN_HEADS, Phrase("Mindst ét", "Any"))
        return Table("broken", Phrase("Brudte løfter", "Broken promises"), heads, tuple(rows))

    def _parties(self) -> Table:
        rows = (
            (
                name or self.say(_NOBODY),
                str(one.subjects),
                self._number(one.hours.median),
                self._number(one.hours.ninth_tenth),
                *(str(one.broken.get(promise, 0)) for promise in MOMENTS),
            )
            for name, one in self.found.figures.parties.items()
        )
        return Table(
            "parties",
            Phrase(
                "Hvem havde bolden: arbejdstimer for hver sag, og løfter, der imens blev brudt",
                "Who had the ball: working hours for each issue, and promises broken meanwhile",
            ),
            (_ORGANISATION, _ISSUES, _MEDIAN, _NINE, *_BROKEN_HEADS),
            tuple(rows),
        )

    def _rungs(self) -> Table:
        return Table(
            "rungs",
            Phrase("Trin, der er nået", "Rungs that were reached"),
            (Phrase("Trin", "Rung"), _ISSUES),
            tuple((name, str(count)) for name, count in self.found.figures.rungs.items()),
        )

    def _waiting(self) -> Table:
        rows = (
            (self.say(BECAUSE[because]), party or "–", str(count))
            for (because, party), count in self.found.figures.waiting.items()
        )
        return Table(
            "waiting",
            Phrase("Åbne sager: hvem venter de på?", "Open issues: for whom do they wait?"),
            (Phrase("Bolden", "The ball"), _ORGANISATION, _ISSUES),
            tuple(rows),
            text_columns=2,
        )

    def _near(self) -> Table:
        return Table(
            "near",
            Phrase(
                f"For sent, eller med frist inden for {SOON} arbejdsdage",
                f"Late, or due within {SOON} working days",
            ),
            (
                Phrase("Sag", "Issue"),
                _CLASS,
                Phrase("Løfte", "Promise"),
                Phrase("Frist", "Due"),
                Phrase("Hos", "With"),
            ),
            tuple(self._due(one) for one in self.found.figures.near),
            text_columns=5,
        )

    def _due(self, one: Near) -> tuple[str, ...]:
        late = self.say(Phrase(" – for sent", " – late")) if one.is_late else ""
        due = moment(one.promise.due, self.language) if one.promise.due else "–"
        promised = self.say(PROMISED[one.promise.name])
        return (
            self._name(one.outcome),
            one.outcome.severity or "–",
            f"{promised}{late}",
            due,
            one.outcome.stands.party or "–",
        )

    def _name(self, one: Outcome) -> str:
        """Without the repository, where there is but one."""
        if len(self.found.repositories) == 1:
            return f"#{one.name.rpartition('#')[2]}"
        return one.name

    def _forecasts(self) -> Table:
        number, percent = number_in(self.language), percent_in(self.language)
        rows = (
            (
                severity,
                str(one.open),
                f"{one.broke}/{one.settled} ({percent(one.broke / one.settled)})",
                number(one.expected),
                f"{number(one.low)} – {number(one.high)}",
            )
            for severity, one in self.found.figures.forecasts.items()
        )
        return Table(
            "forecast",
            _FORECAST,
            (
                _CLASS,
                Phrase("Åbne uden brud", "Open, none broken"),
                Phrase("Brød før", "Broke before"),
                Phrase("Ventet", "Expected"),
                Phrase("95 %", "95%"),
            ),
            tuple(rows),
        )


def named(classes: Mapping[str, Figures], language: Language) -> Sequence[tuple[str, Figures]]:
    """Classes with the name they are shown by."""
    return [(name or _WITHOUT.in_language(language), one) for name, one in classes.items()]
