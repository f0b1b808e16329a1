"""Deliveries in the console: who sees which, and trying one again."""

import json
from collections.abc import Iterator

import pytest

from os2kb.store.deliveries import read
from os2kb.store.ledger import receipts_of
from tests.service.console.consoled import SEED, Browser, Consoled, consoled, delivered
from tests.service.running import world

API, SECRET = "os2display/api", "os2display/secret"
TOLD = {"issue": {"title": "Login", "body": "Min kode er 010190-1234, siger <b>bo</b>"}}


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        yield running


@pytest.fixture
def coordinator(console: Consoled) -> Iterator[Browser]:
    with console.signed_in("ida") as browser:
        yield browser


def parked(console: Consoled, **more: object) -> int:
    given = {"state": "failed", "reason": "Unavailable: <b>502</b>", **more}
    body = json.dumps(TOLD).encode()
    return delivered(console.installation, "github:101#1", body, **given)  # type: ignore[arg-type]


def test_what_is_parked_stands_on_the_first_page_with_its_reason(
    console: Consoled, coordinator: Browser
):
    number = parked(console)
    page = coordinator.get("/console").text
    assert f'href="/console/deliveries/{number}"' in page
    assert "Unavailable: &lt;b&gt;502&lt;/b&gt;" in page


def test_a_coordinator_sees_the_body_without_personal_data(console: Consoled, coordinator: Browser):
    number = parked(console, headers={"x-github-event": "issues", "user-agent": "<i>GitHub</i>"})
    page = coordinator.get(f"/console/deliveries/{number}").text
    assert "siger &lt;b&gt;bo&lt;/b&gt;" in page
    assert "010190-1234" not in page
    assert "&lt;i&gt;GitHub&lt;/i&gt;" in page


@pytest.mark.parametrize("cut", [False, True])
def test_what_begins_a_line_of_the_body_is_masked_too(
    console: Consoled, coordinator: Browser, cut: bool
):
    """As JSON has it, an `n` stands before it; also where the body is too large to be read."""
    token, number_of_bo = f"ghp_{'a1' * 18}", "12 34 56 78"
    text = f"Hej\n{token}\n{number_of_bo}\ttak\u001f{number_of_bo} 🌳"
    body = json.dumps({"issue": {"title": "Login", "body": text}}).encode()
    number = delivered(console.installation, "github:101#1", body[:-2] if cut else body)
    page = coordinator.get(f"/console/deliveries/{number}").text
    assert "Hej\n" in page
    assert "tak" in page
    assert "🌳" in page
    assert "ghp_" not in page
    assert number_of_bo not in page


def test_a_reader_sees_that_it_came_but_not_what_it_held(console: Consoled):
    number = parked(console, headers={"x-github-event": "issues"})
    with console.signed_in("bo") as reader:
        page = reader.get(f"/console/deliveries/{number}").text
        assert "Kun koordinatorer kan se" in page
        assert "siger" not in page
        assert "x-github-event" not in page
        assert "/retry" not in page


def test_nobody_learns_of_deliveries_from_elsewhere(console: Consoled, coordinator: Browser):
    private = delivered(console.installation, "github:102#1", repository=SECRET)
    nobodys = delivered(console.installation, "", repository="", state="ignored")
    ticket = delivered(console.installation, "jira:10023", repository="", source="jira")
    with console.signed_in("bo") as reader, console.signed_in() as operator:
        listed = reader.get("/console/deliveries").text
        for number in (private, nobodys, ticket):
            assert f"/console/deliveries/{number}" not in listed
            assert reader.get(f"/console/deliveries/{number}").status_code == 404
            assert operator.get(f"/console/deliveries/{number}").status_code == 200
        assert coordinator.get(f"/console/deliveries/{private}").status_code == 200
        assert coordinator.get(f"/console/deliveries/{ticket}").status_code == 404


def test_trying_again_handles_it_and_the_ledger_says_who_asked(
    console: Consoled, coordinator: Browser
):
    number = parked(console)
    here = f"/console/deliveries/{number}"
    after = coordinator.post(f"{here}/retry", on=here)
    assert "behandlet" in after.text
    found = read(console.installation.database, number)
    assert found is not None
    assert found[0].state == "handled"
    noted = receipts_of(console.installation.database, "github:101#1")
    asked = [one.because for one in noted if one.action == f"console:retry:{number}"]
    assert asked == ["@ida"]
    again = coordinator.http.post(f"{here}/retry", data={"csrf": coordinator.field(after)})
    assert again.status_code == 409


def test_a_reader_or_a_forged_form_tries_nothing_again(console: Consoled, coordinator: Browser):
    number = parked(console)
    here = f"/console/deliveries/{number}"
    with console.signed_in("bo") as reader:
        assert reader.post(f"{here}/retry", on=here).status_code == 404
    assert coordinator.http.post(f"{here}/retry", data={}).status_code == 403
    found = read(console.installation.database, number)
    assert found is not None
    assert found[0].state == "failed"


def test_they_are_searched_by_words_and_state(console: Consoled, coordinator: Browser):
    number = parked(console, reason="Ulæselig æøå")
    found = coordinator.get(
        "/console/deliveries", params={"q": "ULÆSELIG issues", "state": "failed"}
    )
    assert f"/console/deliveries/{number}" in found.text
    assert found.text.count('<td role="cell"><a href="/console/deliveries/') == 1
    nothing = coordinator.get("/console/deliveries", params={"q": "ulæselig", "state": "handled"})
    assert "Ingen leveringer passer." in nothing.text


@pytest.mark.parametrize(
    "told",
    [
        {"issue": {"title": "SQL injection i login", "body": "Exploit giver adgang til alt."}},
        {"issue": {"fields": {"summary": "SQL injection", "description": "Exploit til alt."}}},
        {"issue": {"fields": {"summary": "X"}}, "comment": {"body": "SQL injection: Exploit"}},
    ],
)
def test_a_report_of_a_vulnerability_is_for_operators_alone(
    console: Consoled, coordinator: Browser, told: dict[str, object]
):
    number = delivered(console.installation, "github:101#3", json.dumps(told).encode())
    here = f"/console/deliveries/{number}"
    page = coordinator.get(here).text
    assert "ligner en anmeldelse af en sårbarhed" in page
    assert "Exploit" not in page
    with console.signed_in() as operator:
        assert "Exploit" in operator.get(here).text


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"\xff\x00{", b'"x"', b'{"issue": "x"}', b"a" * 300_000, b'"\\ud83d \\u"'),
        *(b"[" * 5000, b"[" * 900 + b"]" * 900),
    ],
)
def test_any_body_can_be_looked_at(console: Consoled, coordinator: Browser, body: bytes):
    number = delivered(console.installation, "github:101#1", body)
    page = coordinator.get(f"/console/deliveries/{number}")
    assert page.status_code == 200
    assert len(page.text) < 150_000


def test_many_deliveries_are_shown_a_page_at_a_time(console: Consoled, coordinator: Browser):
    for _ in range(60):
        delivered(console.installation, "github:101#1", state="ignored", reason="mange")
    first = coordinator.get("/console/deliveries", params={"q": "mange"})
    assert first.text.count('<td role="cell"><a href="/console/deliveries/') == 50
    older = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert coordinator.get(older).text.count('<td role="cell"><a href="/console/deliveries/') == 10
