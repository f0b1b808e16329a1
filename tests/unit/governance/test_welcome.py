"""Somebody's first contribution is greeted with the two links they need."""

import pytest

from os2kb.governance.facts import Account, ChangedFile, Facts, Linked
from tests.unit.governance.cases import REPOSITORY, body, keys, pull

NEW = Account("ida", association="FIRST_TIME_CONTRIBUTOR")


def said(facts: Facts, **changes: object) -> str:
    return body(facts, "comment:status", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("association", ["FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER"])
def test_somebody_new_is_welcomed_with_two_links(association: str) -> None:
    text = said(pull(author=Account("ida", association=association)))
    assert "Velkommen, ida, og tak for dit første bidrag." in text
    assert f"({REPOSITORY.url}/blob/main/docs/CONTRIBUTING.md)" in text
    assert f"[spørg her]({REPOSITORY.url}/issues/new/choose)" in text
    english = said(pull(author=NEW, language="en"))
    assert "Welcome, ida, and thank you" in english


@pytest.mark.parametrize("association", ["", "NONE", "CONTRIBUTOR", "MEMBER"])
def test_everybody_else_is_thanked(association: str) -> None:
    text = said(pull(author=Account("ida", association=association)))
    assert "Velkommen" not in text
    assert "Tak for dit bidrag." in text


def test_without_guidelines_somebody_new_is_shown_where_to_begin() -> None:
    text = said(pull(author=NEW, guidelines=""))
    assert f"[retningslinjerne]({REPOSITORY.url}/contribute)" in text


def test_quiet_welcomes_nobody_whose_contribution_is_in_order() -> None:
    fine = pull(ChangedFile("README.md", "modified", "+x"), linked=(Linked(12),), author=NEW)
    assert keys(fine) == []


def test_a_hostile_login_reaches_nobody() -> None:
    text = said(pull(author=Account("ida](https://evil.example) @bo", association="FIRST_TIMER")))
    assert "](https://evil" not in text
    assert "@bo" not in text
