"""The numbers that were given to decisions on their way to a log."""

from sqlalchemy import Engine

from os2kb.governance.decision_log.minutes import minutes_key, noted_numbers
from os2kb.governance.decision_log.standing import number_key
from os2kb.phrases import SaidInBoth
from os2kb.store import ledger

COUNTED = "counted"
"""The turn in which what is counted over all subjects is read and noted."""


class NumberTaken(SaidInBoth):
    """Another decision was given a number since it was seen to be free."""


def numbers_given(database: Engine, log: int, subject: str) -> frozenset[int]:
    """Those of all but one subject, whether issues or minutes.

    Args:
        database: the store.
        log: the id of the log's repository.
        subject: the key of the one that asks.
    """
    of_issues = ledger.values_of_others(database, number_key(log), subject)
    of_minutes = ledger.values_of_others(database, minutes_key(log), subject)
    given = frozenset(int(one) for one in of_issues if one.isdecimal())
    return given.union(*map(noted_numbers, of_minutes))
