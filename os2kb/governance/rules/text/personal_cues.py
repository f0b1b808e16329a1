"""What in an issue's Markdown looks like somebody's personal data."""

from collections.abc import Mapping
from datetime import date

from index.personal.cues import Kind, may_hold, personal_in
from os2kb.governance.reading.prose import without_code


def personal_data(markdown: str, today: date) -> Mapping[Kind, frozenset[str]]:
    """What of each kind a text holds, each once; kinds it holds none of are left out.

    A CPR number with its hyphen is one wherever it stands. Other digits, and addresses, are none
    inside code, logs and web addresses.
    """
    if not may_hold(markdown):
        return {}
    return personal_in(without_code(markdown), today, markdown)
