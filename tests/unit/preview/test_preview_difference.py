"""What two Policies make of the same subjects, and how it is said."""

import pytest

from index.passages import Language
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt
from os2kb.policy.policy import Policy
from os2kb.preview.difference import Difference, difference, outcome
from os2kb.preview.said import done
from tests.unit.governance.cases import NOW, POLICY, issue, policy, pull

NOTHING = Policy(version=1)
TITLES = policy("guidelines: {rules: {title: {level: required, max_length: 10}}}")
BUG = issue("Fejl: Login virker ikke")


def compared(before: Policy, after: Policy, *subjects: Facts) -> Difference:
    return difference([outcome(facts, before, after, NOW) for facts in subjects])


def test_the_same_policy_changes_nothing():
    found = compared(POLICY, POLICY, BUG, pull(), issue(open=False))
    assert found.changed == ()
    assert found.labels == {}
    assert all(before == after for before, after in found.rules.values())


def test_a_mode_alone_changes_no_outcome():
    observing = POLICY.model_copy(update={"mode": "observe"})
    assert compared(observing, POLICY, BUG, pull()).changed == ()


def test_labels_and_verdicts_that_would_change_are_counted():
    found = compared(NOTHING, POLICY, BUG, pull(), issue("Kalenderen"))
    assert found.labels == {"Bug": (1, 0), "mangler changelog": (1, 0), "mangler issue": (1, 0)}
    assert found.rules["linked-issue"] == (None, 1)
    assert len(found.changed) == 2
    back = compared(POLICY, NOTHING, BUG, pull())
    assert back.labels["Bug"] == (0, 1)
    assert back.rules["linked-issue"] == (1, None)


def test_what_is_closed_counts_as_if_it_were_open():
    assert compared(NOTHING, POLICY, issue("Fejl: Nede", open=False)).labels == {"Bug": (1, 0)}


@pytest.mark.parametrize("language", ["da", "en"])
def test_titles_are_shown_harmless_and_not_at_all_where_they_give_something_away(
    language: Language,
):
    nasty = "Fejl: @kim <b> | [x](y) \u202e 120190-1234\n# og"
    secret = issue("Sikkerhedshul i login 48151623", "Jeg har fundet en sårbarhed i login.")
    found = compared(NOTHING, POLICY, issue(nasty), secret)
    said = done(language, "abc", found, NOTHING, POLICY)
    assert "48151623" not in said.summary
    assert "120190-1234" not in said.summary
    assert "@kim" not in said.summary
    assert "<b>" not in said.summary
    assert "\u202e" not in said.summary
    assert "It-sikkerhed" in said.summary


def test_many_long_titles_still_fit_a_check():
    found = compared(NOTHING, POLICY, *(issue("Fejl: " + "[" * 10_000) for _ in range(100)))
    assert len(found.changed) == 100
    assert len(done("da", "abc", found, NOTHING, POLICY).summary) <= 60_000


def test_the_modes_are_told_where_they_change():
    acting = NOTHING.model_copy(update={"mode": "act"})
    assert "`observe` til `act`" in done("da", "a", difference([]), NOTHING, acting).summary
    assert "`act`" not in done("da", "a", difference([]), NOTHING, NOTHING).summary


def test_what_could_not_be_read_is_counted():
    found = difference([outcome(BUG, POLICY, POLICY, NOW)], unread=3)
    assert "3 kunne ikke læses." in done("da", "a", found, POLICY, POLICY).summary


def test_receipts_and_holds_count_as_they_do_for_real():
    held = Receipt("label:add:Bug", "undone", "type-label", NOW, "Bug")
    assert compared(NOTHING, POLICY, issue("Fejl: Nede", receipts=(held,))).labels == {}


LADDER = """escalation:
  status: {status}
  ladder:
    - {{name: leverandør, notify: ["@bo", "zulip:OS2demo/drift"]}}
    - {{name: styregruppe, notify: ["@os2demo/styregruppe"], when: fix, confirm: true}}
"""


def test_who_is_told_once_a_model_is_adopted_stands_there_and_nobody_is_mentioned():
    adopted = policy(LADDER.format(status='vedtaget\n  from: "2026-01-31"'))
    proposed = policy(LADDER.format(status="forslag"))
    said = done("da", "a", difference([]), proposed, adopted).summary
    assert "Eskaleringsmodellen er vedtaget og gælder fra 2026-01-31." in said
    assert "- leverandør, med det samme: `@bo`, en kanal i Zulip" in said
    assert "- styregruppe, når fejlen ikke er rettet i tide, og et menneske har bekræftet" in said
    assert "`@os2demo/styregruppe`" in said
    at_once = policy(LADDER.format(status="vedtaget"))
    assert "de seneste tre uger" in done("da", "a", difference([]), proposed, at_once).summary
    for before, after in ((adopted, adopted), (NOTHING, proposed)):
        assert "vedtaget" not in done("da", "a", difference([]), before, after).summary
