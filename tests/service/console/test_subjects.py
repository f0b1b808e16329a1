"""Subjects in the console: found, looked at, and what the bot did to them taken back."""

from collections.abc import Iterator

import pytest

from os2kb.store.ledger import receipts_of
from os2kb.subjects import Subject
from tests.service.console.consoled import SEED, Browser, Consoled, consoled, delivered
from tests.service.people import order_fault
from tests.service.running import world

API, SECRET = "os2display/api", "os2display/secret"
BUG, ATTACKED, VULNERABLE, PULL = 1, 2, 3, 4


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        for number in (PULL, VULNERABLE, ATTACKED, BUG):
            delivered(running.installation, f"github:101#{number}")
        delivered(running.installation, "github:102#1", repository=SECRET)
        yield running


@pytest.fixture
def coordinator(console: Consoled) -> Iterator[Browser]:
    with console.signed_in("ida") as browser:
        yield browser


def page_of(number: int, repository: str = API) -> str:
    return f"/console/subjects/{repository}/{number}"


def apply(console: Consoled, number: int) -> None:
    reconciler = console.installation.reconciler
    assert reconciler is not None
    reconciler.apply(Subject(101, number, API))


def labels(console: Consoled, number: int) -> list[str]:
    return console.world.labels(API, number)


def test_the_latest_come_first_and_each_once(console: Consoled, coordinator: Browser):
    delivered(console.installation, f"github:101#{PULL}", event="pull_request")
    listed = coordinator.get("/console/subjects").text
    places = [listed.index(f'href="{page_of(number)}"') for number in (PULL, BUG, ATTACKED)]
    assert places == sorted(places)
    assert listed.count(f'href="{page_of(PULL)}"') == 1


def test_somebody_sees_the_subjects_of_their_own_repositories_alone(console: Consoled):
    with console.signed_in("bo") as reader:
        listed = reader.get("/console/subjects")
        assert page_of(BUG) in listed.text
        assert "secret" not in listed.text
        assert reader.get(page_of(1, SECRET)).status_code == 404
        assert reader.get("/console/subjects", params={"q": f"{SECRET}#1"}).status_code == 404
        assert reader.get("/console/subjects", params={"repository": SECRET}).status_code == 200
    with console.signed_in("forms-maintainer") as other:
        assert page_of(BUG) not in other.get("/console/subjects").text
        assert other.get(page_of(BUG)).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [f"{API}#1", f"github:{API}#1", f"https://github.example/{API}/issues/1#issuecomment-7"],
)
def test_whoever_names_a_subject_comes_to_it(coordinator: Browser, asked: str):
    found = coordinator.get("/console/subjects", params={"q": asked})
    assert found.url.path == page_of(1)


def test_a_number_finds_it_in_each_repository(coordinator: Browser):
    found = coordinator.get("/console/subjects", params={"q": "#1"}).text
    assert page_of(1) in found
    assert page_of(1, SECRET) in found


def test_a_page_tells_what_was_found_and_what_would_be_done(coordinator: Browser):
    page = coordinator.get(page_of(PULL)).text
    assert "Ret visning" in page
    assert "<code>linked-issue</code>" in page
    assert "sæt etiketten “mangler issue” på" in page
    assert "Botten har intet gjort her." in page
    assert "Der er ikke noget at tage tilbage." in page


def test_an_undo_takes_back_what_the_bot_did_and_says_who_asked(
    console: Consoled, coordinator: Browser
):
    apply(console, PULL)
    assert labels(console, PULL) == ["mangler issue"]
    before = coordinator.get(page_of(PULL)).text
    assert "Etiketten “mangler issue” på" in before

    after = coordinator.post(f"{page_of(PULL)}/undo", on=page_of(PULL))
    assert "Fortrydelsen er udført." in after.text
    assert "/os2 undo (@ida)" in after.text
    assert labels(console, PULL) == []
    assert console.world.bot_comments(API, PULL) == []

    apply(console, PULL)
    assert labels(console, PULL) == []
    receipts = receipts_of(console.installation.database, f"github:101#{PULL}")
    causes = {one.because for one in receipts if one.action.startswith("undo:")}
    assert causes == {"/os2 undo (@ida)"}


def test_a_reader_has_no_button_and_no_way_around_it(console: Consoled):
    apply(console, BUG)
    with console.signed_in("bo") as reader:
        page = reader.get(page_of(BUG))
        assert "Kun koordinatorer kan tage noget tilbage." in page.text
        assert f"{page_of(BUG)}/undo" not in page.text
        refused = reader.post(f"{page_of(BUG)}/undo", on=page_of(BUG))
    assert refused.status_code == 404
    assert labels(console, BUG) == ["Bug"]


def test_a_forged_undo_does_nothing(console: Consoled, coordinator: Browser):
    apply(console, BUG)
    refused = coordinator.http.post(f"{page_of(BUG)}/undo", data={"csrf": "x"})
    assert refused.status_code == 403
    assert labels(console, BUG) == ["Bug"]


def test_what_people_write_is_shown_and_does_nothing(coordinator: Browser):
    page = coordinator.get(page_of(ATTACKED)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    for harmful in ("<script>alert", "<img", "\u202e", "010190-1234"):
        assert harmful not in page, harmful


def test_a_report_of_a_vulnerability_is_not_repeated(console: Consoled):
    body = b'{"issue": {"title": "SQL injection i login giver adgang", "body": "Exploit vedlagt."}}'
    delivered(console.installation, f"github:101#{VULNERABLE}", body)
    with console.signed_in() as operator:
        page = operator.get(page_of(VULNERABLE)).text
        assert "Titlen vises ikke" in page
        assert "SQL injection" not in page
        assert "SQL injection" not in operator.get("/console/subjects").text


def test_where_github_does_not_answer_the_ledger_is_shown(console: Consoled, coordinator: Browser):
    apply(console, BUG)
    coordinator.get("/console/subjects")
    order_fault(console.world, "/graphql", "404", times=1)
    delivered(console.installation, f"github:101#{BUG}")
    page = coordinator.get(page_of(BUG))
    assert page.status_code == 200
    assert "Emnet kan ikke læses nu" in page.text
    assert "Etiketten “Bug” på" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/console/subjects/os2display/api/0",
        "/console/subjects/os2display/api/99999999999999",
        "/console/subjects/os2display/findes-ikke/1",
        "/console/subjects/os2display/api/777",
        "/console/subjects/..%2f../api/1",
        "/console/subjects?q=" + "x" * 301,
        "/console/subjects?before=-1",
        f"/console/subjects?before={10**30}",
        f"/console/subjects/os2display/api/1?asked={10**30}",
        f"/console/deliveries?before={10**30}",
    ],
)
def test_an_address_that_leads_nowhere_is_told_so(coordinator: Browser, address: str):
    assert coordinator.get(address).status_code in (404, 422)


@pytest.mark.parametrize("asked", ["\x00", "\u202e", "' OR 1=1 --", "%", "#0", "🌳" * 20, "_"])
def test_any_words_can_be_searched_for(coordinator: Browser, asked: str):
    assert coordinator.get("/console/subjects", params={"q": asked}).status_code == 200
