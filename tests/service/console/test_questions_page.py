"""The console's questions: who may answer, and what becomes of an answer."""

from collections.abc import Iterator

import pytest

from os2kb.store.asked import faq, questions
from tests.service.console.consoled import ATTACK, SEED, Consoled, consoled
from tests.service.running import world

PAGE = "/console/questions"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        yield running


def put(console: Consoled, text: str, product: str | None = "display") -> int:
    database, at = console.installation.database, console.installation.now()
    with database.begin() as connection:
        questions.put(connection, text, product, "da", at)
    return next(one.id for one in questions.newest(database) if one.text == text)


def test_a_coordinator_answers_one_question_and_those_that_ask_the_same(console: Consoled):
    first = put(console, "Hvem betaler for driften af infoskærmene?")
    second = put(console, "Hvem skal betale driften af infoskærmene")
    with console.signed_in("ida") as browser:
        listed = browser.get(PAGE).text
        assert "Ligner:" in listed
        page = f"{PAGE}/{first}"
        fields = {"answer": "Det gør kommunen selv.", f"also-{second}": "1"}
        done = browser.post(f"{page}/answer", page, **fields)
        assert "Svaret er gemt" in done.text
        assert "@ida" in done.text
    database = console.installation.database
    states = {one.id: one.state for one in questions.newest(database, settled=True)}
    assert (states[first], states[second]) == ("answered", "answered")
    kept = faq.read(database, first)
    assert kept is not None
    assert (kept.answer, kept.by) == ("Det gør kommunen selv.", "@ida")


def test_an_answer_that_is_refused_stays_in_the_form(console: Consoled):
    number = put(console, "Hvem passer skærmene?")
    page = f"{PAGE}/{number}"
    with console.signed_in("ida") as browser:
        refused = browser.post(f"{page}/answer", page, answer="Ring til Bo, cpr 010190-1234")
    assert refused.status_code == 422
    assert "Svaret bliver offentligt" in refused.text
    assert faq.read(console.installation.database, number) is None


def test_of_two_coordinators_with_the_page_open_the_second_sees_the_answer_of_the_first(
    console: Consoled,
):
    number = put(console, "Hvem vasker skærmene?")
    page = f"{PAGE}/{number}"
    with console.signed_in("ida") as ida, console.signed_in("kim") as kim:
        old = kim.get(page)
        seen = {"csrf": kim.field(old), "seen": kim.field(old, "seen")}
        ida.post(f"{page}/answer", page, seen="", answer="Rengøringen <b>gør</b>.")
        refused = kim.http.post(f"{page}/answer", data={**seen, "answer": "Ingen."})
        assert refused.status_code == 422
        assert "En anden har svaret imens" in refused.text
        assert "<blockquote>Rengøringen &lt;b&gt;gør&lt;/b&gt;.</blockquote>" in refused.text
        assert ">Ingen.</textarea>" in refused.text
        assert kim.http.post(f"{page}/close", data=seen).status_code == 409
        again = {"csrf": kim.field(refused), "seen": kim.field(refused, "seen")}
        kept = kim.http.post(f"{page}/answer", data={**again, "answer": "Ingen."})
        assert "Svaret er gemt" in kept.text


def test_a_question_is_closed_without_an_answer(console: Consoled):
    number = put(console, "Hvad spiser flodheste?")
    page = f"{PAGE}/{number}"
    with console.signed_in("ida") as browser:
        assert "lukket uden svar" in browser.post(f"{page}/close", page).text
        assert "Hvad spiser flodheste?" not in browser.get(PAGE).text


def test_an_answer_is_offered_to_git_and_a_question_made_an_issue_by_a_button(console: Consoled):
    number = put(console, "Hvem skifter pærerne?")
    page = f"{PAGE}/{number}"
    with console.signed_in("ida") as browser:
        browser.post(f"{page}/answer", page, answer="Pedellen.")
        offered = browser.post(f"{page}/offer", page).text
        kept = faq.read(console.installation.database, number)
        assert kept is not None
        assert f'href="{kept.pull}"' in offered
        other = put(console, "Hvorfor er skærmen sort?")
        page = f"{PAGE}/{other}"
        elsewhere = browser.post(f"{page}/issue", page, repository="os2forms/forms")
        assert elsewhere.status_code == 404
        made = browser.post(f"{page}/issue", page, repository="os2display/api").text
        assert "Gjort til et issue" in made
        again = browser.post(f"{page}/issue", page, repository="os2display/api")
        assert again.status_code == 200
    with console.world.person("kim") as kim:
        issues = kim.get("/repos/os2display/api/issues", params={"per_page": 100}).json()
    assert [one["title"] for one in issues].count("Hvorfor er skærmen sort?") == 1


@pytest.mark.parametrize(
    ("login", "product", "status"),
    [
        ("bo", "display", 403),
        ("ida", "forms", 403),
        ("ida", None, 404),
        ("forms-maintainer", "display", 404),
    ],
)
def test_nobody_answers_for_a_product_that_they_do_not_coordinate(
    console: Consoled, login: str, product: str | None, status: int
):
    number = put(console, f"Hvem svarer {login} om {product}?", product)
    with console.signed_in(login) as browser:
        csrf = browser.field(browser.get(PAGE))
        body = {"csrf": csrf, "answer": "Det gør jeg."}
        assert browser.http.post(f"{PAGE}/{number}/answer", data=body).status_code == status
        assert browser.http.post(f"{PAGE}/{number}/close", data=body).status_code == status
        body["csrf"] = "forged"
        assert browser.http.post(f"{PAGE}/{number}/answer", data=body).status_code == 403
    assert faq.read(console.installation.database, number) is None
    found = questions.read(console.installation.database, number)
    assert found is not None
    assert found.state == "open"


def test_what_people_ask_is_text_on_the_pages(console: Consoled):
    number = put(console, f"{ATTACK}?")
    with console.signed_in() as browser:
        for page in (PAGE, f"{PAGE}/{number}"):
            text = browser.get(page).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
        assert browser.get(f"{PAGE}/999999").status_code == 404
        assert browser.get(f"{PAGE}/x").status_code == 422
