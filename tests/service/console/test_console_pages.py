"""The other pages of the console: each tells what is so, to those who may know it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from os2kb.decisions.reading.read import read_file
from os2kb.knowledge.evaluation.series import Evaluated, remember
from os2kb.store.asked import answers, questions
from os2kb.store.decisions import DecisionLog, keep_log
from os2kb.store.tables import receipts
from tests.service.console.consoled import ENTRY, SEED, Browser, Consoled, consoled, delivered
from tests.service.people import order_fault
from tests.service.running import world

MONTH = timedelta(days=30)
API, FORMS = "os2display/api", "os2forms/forms"
PAGES = ("/console", "/console/escalation", "/console/decisions", "/console/knowledge",
         "/console/policy")  # fmt: skip


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    folder = tmp_path_factory.mktemp("console")
    with world(SEED) as made, consoled(folder, made) as running:
        yield running


@pytest.fixture
def coordinator(console: Consoled) -> Iterator[Browser]:
    with console.signed_in("ida") as browser:
        yield browser


def test_the_policy_in_force_is_told_with_where_each_value_comes_from(coordinator: Browser):
    assert f"/console/policy/{API}" in coordinator.get("/console/policy").text
    page = coordinator.get(f"/console/policy/{API}").text
    row = '<code>guidelines.rules.linked-issue.level</code></td><td role="cell">required</td>'
    assert row + '<td role="cell">repository, linje 7</td>' in page


def test_an_edit_is_tried_on_what_happened_and_nothing_is_written(
    console: Consoled, coordinator: Browser
):
    here = f"/console/policy/{API}"
    before = list(console.world.writes)
    tried = coordinator.post(f"{here}/try", on=here, policy="version: 1\nmode: act\n").text
    assert "ville få et andet udfald" in tried
    assert "<code>linked-issue</code></td><td>1</td><td>–</td>" in tried
    assert "SQL injection" not in tried
    assert console.world.writes == before


def test_an_edit_with_mistakes_is_told_line_by_line_and_kept_in_the_field(coordinator: Browser):
    here = f"/console/policy/{API}"
    text = "version: 1\n</textarea><script>alert(1)</script>: x\n"
    tried = coordinator.post(f"{here}/try", on=here, policy=text).text
    assert ".github/os2kb.yml:2" in tried
    assert "&lt;/textarea&gt;&lt;script&gt;" in tried
    assert "<script>alert" not in tried


def test_a_reader_tries_nothing(console: Consoled):
    here = f"/console/policy/{API}"
    with console.signed_in("bo") as reader:
        assert "Prøv en rettelse" not in reader.get(here).text
        assert reader.post(f"{here}/try", on="/console", policy="version: 1").status_code == 404
        assert reader.get(f"/console/policy/{FORMS}").status_code == 404


def test_escalation_tells_what_is_late_and_who_holds_the_ball(console: Consoled):
    with console.signed_in("forms-maintainer") as maintainer:
        page = maintainer.get("/console/escalation").text
    assert "Formularen er nede &lt;b&gt;æøå&lt;/b&gt;" in page
    late, fine = page.index("Formularen er nede"), page.index("Skæv tekst")
    assert late < fine
    assert "overskredet" in page[late:fine]
    assert "i tide" in page[fine:]
    assert '<th scope="row">overskredet</th><td>1</td>' in page


def test_faults_are_told_to_those_who_see_their_repository(console: Consoled):
    with console.signed_in("bo") as reader:
        page = reader.get("/console/escalation", params={"repository": FORMS}).text
    assert "Formularen" not in page
    assert FORMS not in page


def test_decisions_tell_the_log_its_mistakes_and_what_waits(console: Consoled):
    database = console.installation.database
    entry = read_file("2026-06-04-ny.md", ENTRY.replace("Ny", "Hemmelig plan"))
    inside = DecisionLog("github:103:beslutninger", "forms", public=False, repository=103)
    keep_log(database, inside, entry, lambda _: "javascript:alert(1)")
    row = {"subject": "github:103#2", "state": "applied", "because": "decision"}
    with database.begin() as connection:
        now = console.installation.now()
        connection.execute(receipts.insert().values(**row, action="decision:propose", at=now))
    with console.signed_in("forms-maintainer") as maintainer:
        page = maintainer.get("/console/decisions").text
        assert "Hemmelig plan" in page
        assert "javascript:" not in page
        assert f"/console/subjects/{FORMS}/2" in page
        assert "date-file" in page
    with console.signed_in("bo") as reader:
        other = reader.get("/console/decisions").text
        assert "Hemmelig plan" not in other
        assert f"/console/subjects/{FORMS}/2" not in other


def test_what_was_changed_after_acceptance_is_shown_beside_what_was_accepted(console: Consoled):
    log = DecisionLog("github:103:rettet", "forms", public=False, repository=103)
    for said in ("Kommunen betaler <b>driften</b>.", "Staten betaler <b>driften</b>."):
        entry = read_file("2026-06-04-drift.md", ENTRY.replace("Ja.", said))
        keep_log(console.installation.database, log, entry, lambda _: "")
    with console.signed_in("forms-maintainer") as maintainer, console.signed_in("bo") as reader:
        page = maintainer.get("/console/decisions").text
        assert "<del>Kommunen</del>" in page
        assert "<ins>Staten</ins> betaler &lt;b&gt;driften&lt;/b&gt;." in page
        assert "betaler" not in reader.get("/console/decisions").text


def test_what_is_wrong_with_a_log_is_told_to_nobody_who_may_not_read_it(console: Consoled):
    with console.signed_in("bo") as reader, console.signed_in("ida") as coordinator:
        asked = {"repository": "os2display/api"}  # its Policy names a log in a private repository
        assert "2026-06-04-loen.md" in coordinator.get("/console/decisions", params=asked).text
        hidden = reader.get("/console/decisions", params=asked).text
    assert "2026-06-04-loen.md" not in hidden
    assert "date-file" not in hidden


def test_what_was_escalated_or_asked_about_lately_waits_on_the_first_page(console: Consoled):
    now, database = console.installation.now(), console.installation.database
    row = {"state": "applied", "because": "x"}
    told = [
        {**row, "subject": "github:103#1", "action": "tell:mention:1", "at": now},
        {**row, "subject": "github:103#2", "action": "comment:conflict", "at": now},
        {**row, "subject": "github:101#1", "action": "tell:mention:1", "at": now - MONTH},
    ]
    with database.begin() as connection:
        connection.execute(receipts.insert(), told)
    fault = b'{"issue": {"title": "Formularen <b>er</b> tom", "body": ""}}'
    leak = b'{"issue": {"title": "SQL injection i login giver adgang", "body": "Exploit vedlagt."}}'
    delivered(console.installation, "github:103#1", fault, repository=FORMS)
    delivered(console.installation, "github:103#2", leak, repository=FORMS)
    with console.signed_in("forms-maintainer") as maintainer, console.signed_in("bo") as reader:
        page = maintainer.get("/console").text
        escalated, conflicts = page.index("eskaleret den seneste"), page.index("Konflikter med")
        assert f"/console/subjects/{FORMS}/1" in page[escalated:conflicts]
        assert "Formularen &lt;b&gt;er&lt;/b&gt; tom" in page[escalated:conflicts]
        assert "(titlen vises ikke)" in page[conflicts:]
        assert "SQL injection" not in page
        assert f"/console/subjects/{FORMS}/2" in page[conflicts:]
        assert "eskaleret den seneste" not in reader.get("/console").text


def test_pages_speak_english_to_who_prefers_it(coordinator: Browser):
    for address in PAGES:
        page = coordinator.get(address, headers={"Accept-Language": "en"}).text
        assert '<html lang="en">' in page
        assert "Sign out" in page
        assert "Log ud" not in page


def test_questions_are_told_to_those_with_a_role_in_their_product(console: Consoled):
    with console.installation.database.begin() as connection:
        now = console.installation.now()
        questions.put(connection, "Hvornår <b>lukker</b> formularer?", "forms", "da", now)
        questions.put(connection, "Noget helt andet?", None, "da", now)
    with console.signed_in("forms-maintainer") as maintainer, console.signed_in("bo") as reader:
        for address in ("/console", "/console/knowledge"):
            page = maintainer.get(address).text
            assert "Hvornår &lt;b&gt;lukker&lt;/b&gt; formularer?" in page
            assert "Noget helt andet?" not in page
            assert "lukker" not in reader.get(address).text
    with console.signed_in() as operator:
        assert "Noget helt andet?" in operator.get("/console/knowledge").text


def test_what_people_wrote_with_a_vote_is_told_to_those_with_a_role_in_the_product(
    console: Consoled,
):
    now = console.installation.now()
    given = answers.Asked(
        "0" * 20, "api", "Hvem lukker?", "Ingen.", False, "", [], "extractive", "da", "forms",
        "public", "v", 1, now, now,
    )  # fmt: skip
    with console.installation.database.begin() as connection:
        answers.write_down(connection, [given])
        for said in ("", "<b>Fristen</b> er ændret."):
            answers.vote(connection, answers.Vote(given.id, False, said, now))
    with console.signed_in("forms-maintainer") as maintainer, console.signed_in("bo") as reader:
        page = maintainer.get("/console/knowledge").text
        assert "<blockquote>&lt;b&gt;Fristen&lt;/b&gt; er ændret.</blockquote>" in page
        assert "Fristen" not in reader.get("/console/knowledge").text


def test_the_versions_of_the_index_are_told_and_how_large_they_are_to_operators(
    console: Consoled, tmp_path: Path, handbook_index: Path
):
    (tmp_path / "index").symlink_to(handbook_index)
    with (
        consoled(tmp_path, console.world) as there,
        there.signed_in("kim") as operator,
        there.signed_in("ida") as coordinator,
    ):
        seen = [one.get("/console/knowledge").text for one in (operator, coordinator)]
    assert ["i brug</span>" in page for page in seen] == [True, True]
    assert ["tekststykker" in page for page in seen] == [True, False]


def test_evaluations_are_charted_with_their_figures_beside(console: Consoled, coordinator: Browser):
    assert "os2kb index eval" in coordinator.get("/console/knowledge").text
    folder = console.installation.settings.index_dir
    folder.mkdir(exist_ok=True)
    for day, right in ((1, 0.5), (2, 0.75)):
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        remember(
            folder,
            Evaluated(at=at, file="<q>.jsonl", version="v", n=8, recall5=right, ndcg10=0.5,
                      rightly=right, falsely=None),
        )  # fmt: skip
    page = coordinator.get("/console/knowledge").text
    assert "&lt;q&gt;.jsonl" in page
    drawn = re.findall(r'<polyline points="([^"]+)" stroke-dasharray="[^"]*"/><circle', page)
    # Half and three quarters of 200 pixels below a margin of 12.
    assert drawn == ["40.0,112.0 440.0,62.0"] * 2
    assert re.findall(r"<td>(\d+ %|–)</td>", page) == ["75 %", "75 %", "–", "50 %", "50 %", "–"]


def test_health_is_for_operators_and_tries_each_part_when_asked(
    console: Consoled, coordinator: Browser
):
    assert coordinator.get("/console/health").status_code == 404
    assert "/console/health" not in coordinator.get("/console").text
    assert coordinator.post("/console/health", on="/console").status_code == 404
    with console.signed_in("kim") as operator:
        assert "Leveringer efter tilstand" in operator.get("/console/health").text
        tried = operator.post("/console/health", on="/console/health").text
        assert "OS2KB_PRODUCTS" in tried or "Produkter" in tried
        assert tried.count('<li class="finding') > 5


def test_a_policy_with_mistakes_waits_for_a_person(console: Consoled, tmp_path: Path):
    broken = SEED.replace("mode: act\\nlabels:\\n", "mode: handle\\nlabels:\\n")
    with (
        world(broken) as made,
        consoled(tmp_path, made) as running,
        running.signed_in("ida") as coordinator,
    ):
        page = coordinator.get("/console").text
        assert f'href="/console/policy/{API}"' in page
        told = coordinator.get(f"/console/policy/{API}").text
        assert ".github/os2kb.yml:2" in told


def test_where_github_is_away_each_page_is_still_there(console: Consoled, tmp_path: Path):
    with (
        world(SEED) as made,
        consoled(tmp_path, made) as running,
        running.signed_in() as operator,
    ):
        delivered(running.installation, "github:101#1", state="failed", reason="Væk")
        order_fault(made, "/graphql", "404", times=100)
        for address in PAGES:
            assert operator.get(address).status_code == 200, address
        assert "Væk" in operator.get("/console").text


@pytest.mark.parametrize("address", [*PAGES, "/console/health", "/console/subjects"])
def test_no_page_is_shown_to_whoever_is_not_signed_in(console: Consoled, address: str):
    with console.browser() as nobody:
        nobody.http.follow_redirects = False
        answer = nobody.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/console/sign-in?to=")
