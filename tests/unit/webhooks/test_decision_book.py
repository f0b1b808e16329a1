"""The public decisions as one book: what each is called, and what replaced it."""

from datetime import date

import pytest

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.store.decisions import DecisionLog, Logged
from webhooks.decisions.addresses import address, leads_to
from webhooks.decisions.book import Book, Place, Shown, book_of
from webhooks.decisions.found import Asked, found

LOG = DecisionLog("github:7:beslutninger", "os2demo", public=True, repository=7)
DAY = date(2026, 6, 4)


def logged(
    title: str = "Drift",
    path: str = "",
    log: DecisionLog = LOG,
    day: date | None = DAY,
    status: str = "Accepteret",
    **more: object,
) -> Logged:
    decision = Decision(title=title, date=day, status_text=status, **more)  # type: ignore[arg-type]
    path = path or f"{title}.md"
    return Logged(log, Entry(decision, "files", path), f"https://example.org/log/{path}")


def names(*these: Logged) -> list[str]:
    return sorted(one.place.name for one in book_of(these).decisions)


def one(book: Book, name: str) -> Shown:
    return book.at[Place("os2demo", name)]


def test_a_decision_is_called_by_its_number_else_its_file_else_its_title():
    assert names(logged(id="42")) == ["42"]
    assert names(logged(path="beslutninger/2026-06-04-drift.md")) == ["2026-06-04-drift"]
    on_a_page = logged("Fælles drift", "LOG.md"), logged("To godkendelser", "LOG.md")
    assert names(*on_a_page) == ["faelles-drift", "to-godkendelser"]


def test_what_goes_by_one_number_has_an_address_each_and_is_found_by_the_number():
    book = book_of([logged("API først", "adr/001.md", id="1"), logged("Drift", id="1")])
    assert {shown.place.name for shown in book.decisions} == {"001", "Drift"}
    assert set(book.aliases[Place("os2demo", "1")]) == set(book.at)


def test_even_what_is_the_same_in_all_has_an_address_each():
    same = [logged("Drift", "LOG.md") for _ in range(3)]
    assert len(names(*same)) == len(set(names(*same))) == 3


@pytest.mark.parametrize("path", ["../../etc/passwd.md", "a b/æ?#&.md", "<script>.md", "%2e.md"])
def test_a_name_is_fit_for_an_address(path: str):
    (name,) = names(logged("Drift", path))
    assert name
    assert not set(name) & set("/?#&<> %")
    assert not name.startswith(".")


def test_products_do_not_share_names():
    other = DecisionLog("github:8:adr", "os2andet", public=True)
    book = book_of([logged(id="1"), logged(id="1", log=other)])
    assert set(book.at) == {Place("os2demo", "1"), Place("os2andet", "1")}


def test_a_log_of_all_products_says_of_each_entry_whose_it_is():
    shared = DecisionLog("source:os2", "", public=True)
    book = book_of([logged(log=shared, product="OS2forms"), logged("Fælles", log=shared)])
    assert {shown.place.product for shown in book.decisions} == {"os2forms", "-"}


def test_what_a_later_decision_replaces_holds_no_more_whatever_its_own_file_says():
    book = book_of([logged("Ny", id="2", supersedes=("1",)), logged("Gammel", id="1")])
    assert one(book, "1").status == "superseded"
    assert one(book, "1").replaced_by == (Place("os2demo", "2"),)
    assert one(book, "2").replaces == (Place("os2demo", "1"),)
    assert book.in_force(one(book, "1")) == one(book, "2")


def test_a_file_that_names_its_successor_is_enough():
    book = book_of([logged("Ny", id="2"), logged("Gammel", id="1", status="Erstattet af SDR-2")])
    assert one(book, "1").replaced_by == (Place("os2demo", "2"),)
    assert one(book, "2").replaces == (Place("os2demo", "1"),)


@pytest.mark.parametrize("status", ["Forslag", "Afvist", ""])
def test_what_is_only_proposed_replaces_nothing(status: str):
    proposal = logged("Ny", id="2", supersedes=("1",), status=status)
    book = book_of([proposal, logged("Gammel", id="1")])
    assert one(book, "1").status == "accepted"
    assert book.in_force(one(book, "1")) is None


def test_a_chain_leads_to_what_holds_now_and_a_cycle_to_nothing():
    chain = [logged("C", id="3", supersedes=("2",)), logged("B", id="2", supersedes=("1",))]
    book = book_of([*chain, logged("A", id="1")])
    assert book.in_force(one(book, "1")) == one(book, "3")
    cycle = book_of([*chain, logged("A", id="1", supersedes=("3",))])
    assert cycle.in_force(one(cycle, "1")) is None


def test_a_number_that_two_go_by_replaces_neither():
    twice = [logged("A", "a.md", id="1"), logged("B", "b.md", id="1")]
    book = book_of([*twice, logged("Ny", id="2", supersedes=("1",))])
    assert {shown.status for shown in book.decisions} == {"accepted"}


def test_a_number_means_the_own_logs_entry_before_another_logs():
    other = DecisionLog("github:8:adr", "os2demo", public=True)
    book = book_of([
        logged("Ny", "ny.md", id="2", supersedes=("1",)),
        logged("Vores", "vores.md", id="1"),
        logged("Deres", "deres.md", id="1", log=other),
    ])  # fmt: skip
    assert {shown.decision.title: shown.status for shown in book.decisions} == {
        "Ny": "accepted",
        "Vores": "superseded",
        "Deres": "accepted",
    }


def test_what_a_source_repeats_of_a_log_in_step_is_shown_once():
    source = DecisionLog("source:docs", "os2demo", public=True)
    repeated = logged("Drift", "drift.md", log=source, status="Forslag")
    alone = logged("Andet", "andet.md", log=source)
    book = book_of([logged("Drift", "beslutninger/drift.md"), repeated, alone])
    assert sorted((shown.decision.title, shown.status) for shown in book.decisions) == [
        ("Andet", "accepted"),
        ("Drift", "accepted"),
    ]


def test_what_a_source_repeats_of_a_log_of_issues_is_shown_once():
    source = DecisionLog("source:log", "os2demo", public=True)
    issue = "os2demo/log#7"
    book = book_of([
        logged("Drift", issue, id="7", issue=issue),
        logged("Drift", "7.md", log=source, id="7", issue=issue),
    ])  # fmt: skip
    assert [shown.place.name for shown in book.decisions] == ["7"]


def test_the_newest_stand_first_and_what_has_no_date_last():
    book = book_of([
        logged("Uden", day=None), logged("Gammel", day=date(2024, 1, 1)), logged("Ny", day=DAY)
    ])  # fmt: skip
    assert [shown.decision.title for shown in book.decisions] == ["Ny", "Gammel", "Uden"]


BOOK = book_of([
    logged("Fælles testmiljø", id="3", type="SDR", decision="Leverandøren driver miljøet."),
    logged("API først", id="2", type="ADR", day=date(2024, 11, 26)),
    logged("Åbne møder", id="1", type="SDR", day=date(2024, 3, 1), status="Afvist"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), ["3", "2", "1"]),
        (Asked(q="testmiljø"), ["3"]),
        (Asked(q="TESTMILJOE"), ["3"]),
        (Asked(q="miljøer"), ["3"]),
        (Asked(q="leverandør"), ["3"]),
        (Asked(q="miljø api"), []),
        (Asked(q="api"), ["2"]),
        (Asked(q="pi"), []),
        (Asked(q="?!"), ["3", "2", "1"]),
        (Asked(type="SDR"), ["3", "1"]),
        (Asked(status="rejected"), ["1"]),
        (Asked(year="2024"), ["2", "1"]),
        (Asked(year="2024", type="ADR"), ["2"]),
        (Asked(product="os2andet"), []),
        (Asked(limit=1, offset=1), ["2"]),
    ],
)
def test_decisions_are_found_by_words_and_by_what_they_are(asked: Asked, expected: list[str]):
    assert [shown.place.name for shown in found(BOOK, asked).decisions] == expected


def test_a_facet_counts_what_there_would_be_were_it_chosen():
    facets = found(BOOK, Asked(year="2024", type="ADR")).facets
    assert facets == {
        "product": {"os2demo": 1},
        "type": {"ADR": 1, "SDR": 1},
        "status": {"accepted": 1},
        "year": {"2024": 1},
    }


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("2026-06-04-ny.md", "/decisions/os2demo/2026-06-04-ny"),
        ("../beslutninger/2026-06-04-ny.md#status", "/decisions/os2demo/2026-06-04-ny"),
        ("../krav.md", "https://example.org/krav.md"),
        ("/krav.md", "https://example.org/krav.md"),
        ("#status", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_a_link_in_a_text_leads_to_the_decision_or_to_what_it_means_in_its_file(
    target: str, leads: str
):
    book = book_of([logged("Ny", "2026-06-04-ny.md"), logged("Gammel", "gammel.md")])
    assert leads_to(book, one(book, "gammel"), target) == leads


def test_an_address_holds_the_name_of_a_repository_that_is_its_own_product():
    assert address(Place("os2demo/api", "a?b")) == "/decisions/os2demo/api/a%3Fb"
