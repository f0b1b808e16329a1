"""Which of two durations of a model is the longer one."""

from os2kb.policy.sections.escalation import Hours, amount

_HOURS_OF_A_WEEK = 168


def length(duration: str, hours: Hours) -> float:
    """A duration in clock hours, as working time comes out over a whole week.

    With 40 working hours a week, a working hour is worth 4.2 clock hours and a working day 33.6.
    So hours at work and hours on the clock can be compared, whatever moment they begin.
    """
    number, unit = amount(duration)
    if unit == "ch":
        return number
    worth = _HOURS_OF_A_WEEK / (len(hours.days) * day_hours(hours))
    return number * worth * (day_hours(hours) if unit == "d" else 1)


def day_hours(hours: Hours) -> float:
    """How many hours a working day has."""
    return (minutes(hours.end) - minutes(hours.start)) / 60


def minutes(time: str) -> int:
    """Minutes since midnight of a time of day."""
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)
