"""Whether ten digits are a Danish CPR number.

The first six are a date of birth, the seventh tells its century, and numbers given before October
2007 satisfy modulus 11: https://cpr.dk/cpr-systemet/opbygning-af-cpr-nummeret
"""

from datetime import date

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_WITHOUT_MODULUS = date(2007, 10, 1)
# The seventh digit, the last year of the century it stands for first, and the two centuries.
_CENTURIES = (
    (range(4), 99, 1900, 1900),
    (range(4, 5), 36, 2000, 1900),
    (range(5, 9), 57, 2000, 1800),
    (range(9, 10), 36, 2000, 1900),
)


def born(digits: str) -> date | None:
    """The date of birth that ten digits begin with; None where there is no such day."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    for sevenths, last, first_century, second_century in _CENTURIES:
        if int(digits[6]) in sevenths:
            century = first_century if year <= last else second_century
            try:
                return date(century + year, month, day)
            except ValueError:
                return None
    return None


def has_modulus(digits: str) -> bool:
    """Whether the weighted sum of ten digits can be divided by eleven."""
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def needs_modulus(day: date) -> bool:
    """Whether whoever was born that day has a number with modulus 11.

    Those of 1 January have run out: it is given to people whose day of birth is not known.
    """
    return day < _WITHOUT_MODULUS and (day.month, day.day) != (1, 1)
