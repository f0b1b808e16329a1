"""The figures of a backfill, and its page."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from index.passages import Language
from os2kb.backfill.report import report
from os2kb.backfill.row import Row, row_of, unread
from os2kb.backfill.summary import Summary, summary, summary_json
from os2kb.backfill.words import done, label_headings
from os2kb.cli.reading import months_before
from os2kb.forges.port import Conversation
from os2kb.governance.findings import VERDICTS
from os2kb.phrases import Phrase
from tests.unit.governance.cases import IDA, START, issue, plan, policy, pull

NASTY = "<script>alert(1)</script> \u202e\0\ud800 120190-1234 {{ 7*7 }}"


def conversation(number: int, title: str = "Kalenderen", *, pull: bool = False) -> Conversation:
    return Conversation(
        number=number,
        title=title,
        body="",
        author=IDA,
        open=True,
        state_reason="",
        locked=False,
        labels=(),
        created_at=START,
        updated_at=START,
        url=f"https://github.example/os2demo/os2demo/issues/{number}",
        is_pull_request=pull,
    )


def rows() -> list[Row]:
    return [
        row_of(conversation(1, "Fejl: Nede"), plan(issue("Fejl: Nede"))),
        row_of(conversation(2, NASTY, pull=True), plan(pull())),
        row_of(conversation(3), plan(issue(labels=("Bug",)))),
        unread("github:os2demo/os2demo#4", conversation(4), Phrase("404 <b>", "404 <b>")),
    ]


def made() -> Summary:
    return summary("os2demo/os2demo", "observe", rows())


def test_verdicts_are_counted_by_rule_and_labels_by_what_happens_to_them():
    found = made()
    assert (found.read, found.changing) == (3, 2)
    assert found.verdicts["type-label"] == {"pass": 2, "fail": 0, "unknown": 0, "n/a": 0}
    assert found.verdicts["linked-issue"] == {"pass": 0, "fail": 1, "unknown": 0, "n/a": 0}
    assert found.labels == {"Bug": (1, 0), "mangler changelog": (1, 0), "mangler issue": (1, 0)}


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_says_verdicts_and_labels_in_the_words_of_the_terminal(language: Language):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    would = report(made(), at, language)
    assert all(f">{word.in_language(language)}</th>" in would for word in VERDICTS.values())
    headings = [one.in_language(language) for one in label_headings(0)]
    assert all(f">{heading}</th>" in would for heading in headings)
    did = report(replace(made(), mode="act", written=3), at, language)
    assert not any(heading in did for heading in headings)
    assert done(3).in_language(language) in did


def test_the_page_tells_the_hour_in_denmark_and_what_every_rule_asks():
    danish = report(made(), datetime(2026, 11, 21, 21, 42, tzinfo=UTC))
    assert "21.11.2026 kl. 22.42 ·" in danish
    assert "<code>security-report</code><small>beskriver ingen sårbarhed åbent</small>" in danish
    assert "<code>personal-data</code><small>er uden personoplysninger</small>" in danish
    english = report(made(), datetime(2026, 7, 1, 21, 42, tzinfo=UTC), "en")
    assert "2026-07-01 23:42 CEST ·" in english


def test_a_policy_that_is_only_tried_tells_why_it_cannot_know():
    compared = [
        row_of(conversation(1), plan(issue(), policy("guidelines: {rules: {duplicate: advise}}")))
    ]
    tried = summary("os2demo/os2demo", "observe", compared, tried=True)
    assert "derfor “ved ikke”" in report(tried, datetime(2026, 3, 2, tzinfo=UTC))
    assert not replace(tried, tried=False).not_looked_up
    assert not replace(made(), tried=True).not_looked_up


def test_a_rule_that_holds_nowhere_is_not_shown():
    assert "title" not in made().verdicts


def test_every_subject_is_counted_once_in_every_rule_that_holds_for_it():
    for counts in made().verdicts.values():
        assert sum(counts.values()) in (1, 2, 3)
    assert sum(made().verdicts["security-report"].values()) == 3


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_is_whole_and_nothing_from_outside_becomes_part_of_it(language: Language):
    page = report(made(), datetime(2026, 3, 2, tzinfo=UTC), language)
    seen = Tags()
    seen.feed(page)
    assert seen.open == []
    assert "script" not in seen.met
    assert not set(page) & {"\0", "\u202e", "\ud800"}
    assert "120190-1234" not in page
    assert "{{ 7*7 }}" in page
    page.encode("utf-8")


def test_an_address_that_does_not_lead_to_the_web_is_no_link():
    strange = replace(conversation(1), url="javascript:alert(1)")
    assert row_of(strange, plan(issue())).url == ""
    assert row_of(conversation(1), plan(issue())).url.startswith("https://")


def test_json_holds_each_subject_and_nothing_that_breaks_it():
    found = summary_json(made(), "en")
    assert [item["subject"][-2:] for item in found["items"]] == ["42", "42", "42", "#4"]
    assert found["unread"] == 1
    assert found["items"][3]["error"] == "404 <b>"
    assert "120190-1234" not in str(found)


def test_an_empty_repository_makes_an_empty_page():
    empty = summary("os2demo/os2demo", "observe", [])
    assert "Ingen regler gælder her." in report(empty, datetime(2026, 3, 2, tzinfo=UTC))


def test_months_are_counted_back_to_the_same_day_or_the_last_one():
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 13) == datetime(
        2024, 12, 15, tzinfo=UTC
    )


class Tags(HTMLParser):
    """Which elements a page has, and which are left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
