"""rights-transfer and takeover: what has to be in place before the product owns the code."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Account, Facts
from os2kb.governance.rules.pull_request.approval.rights_transfer import is_listed
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import OTHER_BOT, finding, policy, pull, strict, verdict

PATH = "docs/aftaler.md"
FILE = strict("rights-transfer", f", file: {PATH}")
LABEL = strict("rights-transfer", ", label: aftale på plads")
BOTH = strict("rights-transfer", ", file: docs/aftaler.md, label: aftale på plads")


def signed_in(text: str | None, **changes: object) -> Facts:
    """A pull request, and the list of those who signed; None where it cannot be read."""
    return pull(rights={} if text is None else {PATH: text}, **changes)


@pytest.mark.parametrize(
    ("rights", "labels", "by", "expected"),
    [
        ("- @ida", (), FILE, "pass"),
        ("- @bo", (), FILE, "fail"),
        ("", (), FILE, "fail"),
        (None, (), FILE, "unknown"),
        (None, ("Aftale på plads",), LABEL, "pass"),
        (None, (), LABEL, "fail"),
        (None, ("aftale på plads",), BOTH, "pass"),
        ("- @ida", (), BOTH, "pass"),
        (None, (), BOTH, "unknown"),
        ("- @ida", (), strict("rights-transfer"), "n/a"),
    ],
)
def test_an_outside_author_has_signed(
    rights: str | None, labels: tuple[str, ...], by: Policy, expected: str
) -> None:
    assert verdict("rights-transfer", signed_in(rights, labels=labels), by) == expected


@pytest.mark.parametrize(
    ("association", "expected"),
    [("MEMBER", "n/a"), ("OWNER", "n/a"), ("COLLABORATOR", "fail"), ("NONE", "fail"), ("", "fail")],
)
def test_the_products_own_people_sign_nothing(association: str, expected: str) -> None:
    facts = signed_in("", author=Account("ida", association=association))
    assert verdict("rights-transfer", facts, FILE) == expected


def test_whom_the_policy_names_has_an_agreement() -> None:
    by = policy(
        "guidelines: {rules: {rights-transfer: {level: required, file: docs/aftaler.md}}}\n"
        "people: {organisations: {Leverandør A/S: [Ida]}}"
    )
    assert verdict("rights-transfer", signed_in(""), by) == "n/a"
    assert verdict("rights-transfer", signed_in("", author=Account("bo")), by) == "fail"


def test_the_remedy_says_where_it_is_put_on_record() -> None:
    assert "docs/aftaler.md" in finding("rights-transfer", signed_in(""), BOTH).remedy.da
    assert "aftale på plads" in finding("rights-transfer", pull(), LABEL).remedy.en


def test_a_bot_owns_nothing() -> None:
    assert verdict("rights-transfer", signed_in("", author=OTHER_BOT), FILE) == "n/a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ida", True),
        ("* @Ida, 2026-03-01", True),
        ("| Kommunen | ida | 2026-03-01 |", True),
        ("ida;2026-03-01", True),
        ("- ida", True),
        ("ida: 2026-03-01", True),
        ("https://github.com/ida", True),
        ("[@ida](https://github.com/ida)\r\n", True),
        ("Aftalen med Ida er ikke underskrevet.", False),  # perhaps another's name
        ("@ida-2", False),
        ("@idam", False),
        ("post@ida", False),
        ("https://github.com/ida-2", False),
        ("", False),
        ("\x00@ida\ud800", True),
    ],
)
def test_a_login_is_found_where_it_can_be_nothing_else(text: str, expected: bool) -> None:
    assert is_listed("ida", text) is expected


TAKEOVER = strict("takeover", ", label: overtagelse")
DONE = """\
- [x] Vedligeholder: Leverandør A/S
- [x] Dokumentation ligger i docs/
- [x] Tests dækker det
- [x] Rettighederne er overdraget
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (DONE, "pass"),
        (DONE.replace("\n", "\r\n"), "pass"),
        (DONE.replace("[x] Tests", "[ ] Tests"), "fail"),
        (DONE.replace("- [x] Tests dækker det\n", ""), "fail"),
        ("Vedligeholder, dokumentation, tests og rettigheder er på plads.", "fail"),
        (
            "- [x] Maintained by us\n- [x] Documentation\n- [x] tested\n- [x] copyright",
            "pass",
        ),
        ("", "fail"),
    ],
)
def test_what_the_product_takes_over_is_in_order(body: str, expected: str) -> None:
    facts = pull(body=body, labels=("Overtagelse",))
    assert verdict("takeover", facts, TAKEOVER) == expected


def test_only_what_is_taken_over_is_asked() -> None:
    assert verdict("takeover", pull(), TAKEOVER) == "n/a"
    assert verdict("takeover", pull(labels=("overtagelse",)), strict("takeover")) == "n/a"


def test_what_is_missing_is_named_in_the_policys_words() -> None:
    facts = pull(body=DONE.replace("[x] Rett", "[ ] Rett"), labels=("overtagelse",))
    assert (
        finding("takeover", facts, TAKEOVER).evidence.da == "Det er ikke krydset af: rettigheder."
    )
    own = strict("takeover", ", label: overtagelse, checklist: [driftsaftale]")
    assert verdict("takeover", facts, own) == "fail"
    assert verdict("takeover", replace(facts, body="- [x] Driftsaftale"), own) == "pass"
