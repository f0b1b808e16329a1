"""Purpose: whoever gives code from outside has signed that the product may have it.

Who signed stands in a file of the repository, or a person says it with a label. Nothing but
logins is read there, and nothing of it is repeated.
"""

import re
from datetime import datetime, timedelta

from os2kb.governance.facts import Account, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.labels import has
from os2kb.governance.rules.rule import Need, Rule, not_applicable, passes, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.rules import Rules
from os2kb.policy.rules.pull_request.approval import RightsTransfer
from os2kb.policy.sections.people import People

ID = "rights-transfer"
_OUR_OWN = frozenset({"OWNER", "MEMBER"})
_CELL = re.compile(r"[|,;:\t]")
_AROUND = " -*+`'\"()[]@/"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for the author's login in the file, or for the label."""
    options = policy.guidelines.rules.rights_transfer
    if options.file is None and options.label is None:
        return not_applicable(
            ID,
            "Policyen siger ikke, hvor det står, hvem der har underskrevet.",
            "The Policy does not say where it stands who signed.",
        )
    if _is_one_of_us(facts.author, policy.people):
        return not_applicable(
            ID, "Forfatteren er en af produktets egne.", "The author is one of the product's own."
        )
    if options.label is not None and has(facts, options.label):
        return passes(
            ID, f"Etiketten {options.label} er sat på.", f"The label {options.label} is on."
        )
    signed = facts.rights.get(options.file) if options.file is not None else None
    if options.file is not None and signed is None:
        return unsure(ID, f"{options.file} kan ikke læses.", f"{options.file} cannot be read.")
    if signed is not None and is_listed(facts.author.login, signed):
        return passes(
            ID, f"Forfatteren står i {options.file}.", f"The author stands in {options.file}."
        )
    return _not_signed(options)


def _is_one_of_us(author: Account, people: People) -> bool:
    """Whether somebody belongs to the repository's organisation, or the Policy names them."""
    named = [*people.coordinators, *(one for many in people.organisations.values() for one in many)]
    return author.association in _OUR_OWN or author.login.casefold() in map(str.casefold, named)


def is_listed(login: str, text: str) -> bool:
    """Whether a list has a login: as `@login`, as its address on GitHub, or alone in a cell.

    A login that only stands in a sentence may be somebody's name.
    """
    named = rf"(?:(?<![\w@/.-])@|github\.com/){re.escape(login)}(?![\w-])"
    if re.search(named, text, re.IGNORECASE):
        return True
    cells = (cell for line in text.splitlines() for cell in _CELL.split(line))
    return any(cell.strip(_AROUND).casefold() == login.casefold() for cell in cells)


def _not_signed(options: RightsTransfer) -> Finding:
    place = Phrase(f"bliv skrevet ind i {options.file}", f"have yourself entered in {options.file}")
    if options.file is None:
        place = Phrase(
            f"bed en vedligeholder sætte etiketten {options.label} på",
            f"ask a maintainer to put the label {options.label} on",
        )
    return Finding(
        ID,
        "fail",
        Phrase(
            "Det er ikke registreret, at forfatteren har overdraget sine rettigheder.",
            "It is not on record that the author has transferred their rights.",
        ),
        Phrase(
            f"Underskriv aftalen om overdragelse af rettigheder, og {place.da}.",
            f"Sign the agreement on the transfer of rights, and {place.en}.",
        ),
        label="status.blocked",
    )


def _options_need(rules: Rules) -> frozenset[Need]:
    return frozenset({"rights"} if rules.rights_transfer.file else ())


RULE = Rule(
    id=ID,
    asks=Phrase("har rettighederne på plads", "has its rights in place"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+rettighedsoverdragelsesaftale med leverandører / "
        "underskriv +overdragelse af +rettigheder / "
        "du har underskrevet en +rettighedsoverdragelse / "
        "transfer of +rights / "
        "contributor +license +agreement"
    ),
    concepts=("status.blocked",),
    setting=lambda rules: rules.rights_transfer,
    check=check,
    options_need=_options_need,
    look_again={"fail": timedelta(hours=1)},  # somebody is entered in the file
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
