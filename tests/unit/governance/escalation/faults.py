"""Faults to test with: a model, and a history written as short as it can be."""

from datetime import datetime
from zoneinfo import ZoneInfo

from os2kb.governance.escalation.happenings import Happening, Kind, Side
from os2kb.governance.escalation.standing import Standing, standing
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy

HERE = ZoneInfo("Europe/Copenhagen")
MODEL = """
version: 1
labels:
  severity: {kritisk: "fejl: kritisk", alvorlig: "fejl: alvorlig", mindre: "fejl: mindre"}
  status: {needs-info: afventer svar, blocked: blokeret}
  security: It-sikkerhed
escalation:
  hours: {closed: ["12-24..12-31"]}
  severities:
    kritisk: {criteria: Ingen kan arbejde, respond: 2h, plan: 1d, fix: 3d}
    alvorlig: {criteria: En vigtig funktion svigter, respond: 4h, plan: 3d, fix: 10d}
    mindre: {criteria: En skønhedsfejl, respond: 5d}
  ladder:
    - {name: leverandør, notify: ["@os2demo/drift"]}
    - {name: produktkoordinator, notify: ["@kim"], when: respond}
    - {name: koordinationsgruppe, notify: ["@os2demo/koordination", "@kim"], when: plan}
    - {name: styregruppe, notify: ["zulip:OS2demo/styregruppe"], when: fix, confirm: true}
people: {organisations: {Kommunen: [ida], Leverandøren: [bo]}, coordinators: [kim]}
"""
POLICY = load_policy(MODEL)

SIDES: dict[str, Side] = {"ida": "reporter", "bo": "us", "kim": "us", "os2kb[bot]": "bot"}


def at(text: str) -> datetime:
    """A moment as the clocks in Denmark show it."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def did(moment: str, by: str, kind: Kind, what: str = "") -> Happening:
    """Something that ida (the reporter), bo or kim (ours), a bot, or somebody else did."""
    side: Side = "bot" if by.endswith("[bot]") else SIDES.get(by, "outside")
    return Happening(at(moment), kind, by, side, what, not what.endswith("[bot]"))


def stands(moment: str, *happened: Happening, policy: Policy = POLICY) -> Standing:
    return standing(happened, policy, at(moment))
