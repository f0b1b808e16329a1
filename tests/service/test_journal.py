"""What is remembered of questions and answers, over real HTTP against the real process."""

import json
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from index.store import read_enriched
from index.versions import Versions
from tests.service.conftest import ROOT
from tests.service.running import Service, until
from webhooks.knowledge.feedback import QUESTIONS_AN_HOUR, VOTES_AN_HOUR

pytestmark = pytest.mark.slow
QUESTION = "Hvor mange godkendelser skal en pull request have?"
UNANSWERED = "Hvad koster en pizza med ananas på havnen?"
PERSONAL = "Kan bo@example.org på 12 34 56 78 godkende en pull request?"
ADDRESS = "203.0.113.7"


@contextmanager
def asking(folder: Path, **settings: str) -> Iterator[Service]:
    """The service without GitHub, started."""
    environment = {f"OS2KB_{name.upper()}": value for name, value in settings.items()}
    started = Service(folder, environment)
    started.start()
    try:
        yield started
    finally:
        if started.process and started.process.poll() is None:
            started.kill()


def post(running: Service, path: str, body: Any, client: str = "") -> httpx.Response:
    headers = {"X-Forwarded-For": client} if client else {}
    url = f"{running.url}/api/v1/{path}"
    content = body if isinstance(body, bytes) else json.dumps(body)
    return httpx.post(url, content=content, headers=headers, trust_env=False, timeout=30)


def ask(running: Service, question: str = QUESTION, client: str = "") -> dict[str, Any]:
    response = post(running, "ask", {"question": question}, client)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def judge(running: Service, answer: str, helpful: bool, client: str = "", comment: str = "") -> int:
    body = {"answer_id": answer, "helpful": helpful, "comment": comment}
    return post(running, "feedback", body, client).status_code


def listed(running: Service, *arguments: str) -> list[dict[str, Any]]:
    done = running.run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return items


def logged(running: Service) -> list[tuple[str, int]]:
    """Question and count of every answer that is written down now."""
    with sqlite3.connect(running.folder / "os2kb.db") as database:
        return list(database.execute("SELECT question, asked FROM answers ORDER BY question"))


def metric(running: Service, line: str) -> float:
    text = httpx.get(f"{running.url}/metrics", trust_env=False).text
    found = [each.split()[-1] for each in text.splitlines() if each.startswith(line)]
    return sum(map(float, found))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, handbook_index: Path) -> Iterator[Service]:
    """One service for the tests that only add to it; each comes from an address of its own."""
    folder = tmp_path_factory.mktemp("journal")
    (folder / "index").symlink_to(handbook_index)
    with asking(folder) as running:
        yield running


def test_what_was_asked_is_counted_up_and_nothing_tells_who_asked(
    installed: Callable[[], Path],
):
    with asking(installed()) as running:
        answer = ask(running, client=ADDRESS)
        ask(running, f" {QUESTION} ", client=ADDRESS)
        ask(running, UNANSWERED, client=ADDRESS)
        assert judge(running, answer["answer_id"], True, ADDRESS) == 204
        until(lambda: len(logged(running)) == 2, what="the log")
        running.stop()
        by_question = {each["question"]: each for each in listed(running, "answers", "list")}
        assert by_question[QUESTION]["asked"] == 2
        assert by_question[QUESTION]["place"] == "api"
        assert by_question[QUESTION]["text"] == answer["answer"]
        assert [each["quote"] for each in by_question[QUESTION]["citations"]] == [
            each["quote"] for each in answer["citations"]
        ]
        assert by_question[UNANSWERED]["reason"] == "no-evidence"
        assert [each["question"] for each in listed(running, "answers", "list", "--abstained")] == [
            UNANSWERED
        ]
        kept = b"".join(path.read_bytes() for path in running.folder.glob("os2kb.db*"))
        assert QUESTION.encode() in kept
        assert ADDRESS.encode() not in kept


def test_what_identifies_people_is_masked_in_every_text(installed: Callable[[], Path]):
    comment = "Ring til ida@example.org, 87 65 43 21 eller 010190-1234"
    with asking(installed()) as running:
        answer = ask(running, PERSONAL)
        assert judge(running, answer["answer_id"], False, comment=comment) == 204
        question = {"text": "Skal kim@example.org på 11 22 33 44 spørges?"}
        assert post(running, "questions", question).status_code == 202
        exported = running.run("answers", "export", "-").stdout
        lines = [json.loads(line) for line in exported.splitlines()]
        assert [line["type"] for line in lines] == ["answer", "feedback", "question"]
        assert lines[0]["question"] == "Kan ██████@██████ på ██ ██ ██ ██ godkende en pull request?"
        assert lines[1]["comment"].startswith("Ring til ██████@██████, ██ ██ ██ ██ eller ██")
        assert lines[2]["text"] == "Skal ██████@██████ på ██ ██ ██ ██ spørges?"
        running.stop()
        kept = b"".join(path.read_bytes() for path in running.folder.glob("os2kb.db*"))
        for secret in ("@example", "12 34 56 78", "87 65 43 21", "11 22 33 44", "010190-1234"):
            assert secret.encode() not in kept
            assert secret not in running.log


def test_a_question_on_a_private_matter_is_counted_and_not_kept(installed: Callable[[], Path]):
    private = "Jeg kan se borgeren 010190-1234 i OS2mo"
    with asking(installed()) as running:
        assert ask(running, private)["reason"] == "private-topic"
        refused = post(running, "questions", {"text": private})
        assert refused.status_code == 422
        assert "CPR-nummer" in refused.json()["detail"]
        assert "010190" not in refused.text
        assert metric(running, 'os2kb_answers_total{composer="extractive",outcome="private') == 1
        assert metric(running, 'os2kb_questions_total{outcome="private-topic"}') == 1
        running.stop()
        assert running.run("answers", "export", "-").stdout == ""


def test_a_persons_last_vote_counts_and_anothers_counts_beside_it(shared: Service):
    answer = ask(shared, "Hvem godkender en beslutning?")["answer_id"]
    assert judge(shared, answer, True, "198.51.100.1") == 204
    assert judge(shared, answer, False, "198.51.100.1") == 204
    # Two addresses of one household's IPv6 network are one client.
    assert judge(shared, answer, False, "2001:db8:0:1::1") == 204
    assert judge(shared, answer, True, "2001:db8:0:1::2") == 204
    (found,) = [each for each in listed(shared, "answers", "list") if each["id"] == answer]
    assert (found["helpful"], found["unhelpful"]) == (1, 1)
    assert judge(shared, answer, False, "198.51.100.3") == 204
    assert answer in [each["id"] for each in listed(shared, "answers", "list", "--unhelpful")]


def test_a_vote_right_after_its_answer_finds_it(shared: Service):
    for number in range(20):
        answer = ask(shared, f"Hvor mange godkendelser skal pull request {number} have?")
        assert judge(shared, answer["answer_id"], True, "198.51.100.4") == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"answer_id": "0" * 20, "helpful": True}, 404),
        ({"answer_id": "0" * 19, "helpful": True}, 422),
        ({"answer_id": "' OR 1=1; --' OR 1=1", "helpful": True}, 422),
        ({"answer_id": "0" * 20, "helpful": "yes"}, 422),
        ({"answer_id": "0" * 20}, 422),
        ({"answer_id": "0" * 20, "helpful": True, "name": "ida"}, 422),
        ({"answer_id": "0" * 20, "helpful": True, "comment": "x" * 1_001}, 422),
        ({"answer_id": "0" * 20, "helpful": True, "comment": "æ" * 300_000}, 413),
        (b'{"answer_id": "00000000000000000000", "helpful": true, "comment": "\\ud800"}', 422),
        (b"\xff", 422),
        (b"", 422),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_vote_that_is_forged_or_does_not_fit_is_a_problem_document(
    shared: Service, body: Any, status: int
):
    answer = post(shared, "feedback", body, "198.51.100.5")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["cure"]
    assert "xxxx" not in answer.text


def test_odd_characters_in_a_comment_are_kept_as_what_can_be_read_of_them(shared: Service):
    answer = ask(shared, "Hvad er en styregruppe?")["answer_id"]
    odd = "a\0b\u202e <script>🌳</script>\n\tæøå\x1b[31m"
    assert judge(shared, answer, False, "198.51.100.6", odd) == 204
    lines = map(json.loads, shared.run("answers", "export", "-").stdout.splitlines())
    (vote,) = [each for each in lines if each.get("answer") == answer]
    assert vote["comment"] == "ab <script>🌳</script> æøå[31m"


def test_the_same_question_in_other_letters_stands_in_the_queue_once(shared: Service):
    for text in ("Hvem betaler for driften?", "  hvem betaler  for driften "):
        body = {"text": text}
        assert post(shared, "questions", body, "198.51.100.7").status_code == 202
    (found,) = [
        each
        for each in listed(shared, "questions", "list")
        if each["text"].startswith("Hvem betaler")
    ]
    assert (found["asked"], found["lang"]) == (2, "da")


def test_an_answered_question_is_taken_out_of_the_queue(shared: Service):
    body = {"text": "Hvornår mødes koordinationsgruppen?"}
    assert post(shared, "questions", body, "198.51.100.12").status_code == 202

    def numbers() -> list[str]:
        found = listed(shared, "questions", "list")
        return [str(each["id"]) for each in found if each["text"] == body["text"]]

    assert shared.run("questions", "done", *numbers()).returncode == 0
    assert numbers() == []
    assert shared.run("questions", "done", "999999").returncode == 1


def test_the_service_answers_the_same_question_from_memory(installed: Callable[[], Path]):
    with asking(installed()) as running:
        first = ask(running)
        assert ask(running, f"{QUESTION} ") == first
        assert metric(running, 'os2kb_answer_cache_total{source="computed"}') == 1
        assert metric(running, 'os2kb_answer_cache_total{source="memory"}') == 1


def test_a_question_in_a_language_the_index_cannot_read_is_kept_for_people(shared: Service):
    body = {"text": "Кто утверждает решение?"}
    assert post(shared, "questions", body, "198.51.100.8").status_code == 202
    assert body["text"] in [each["text"] for each in listed(shared, "questions", "list")]


def test_what_a_program_fills_in_is_thanked_for_and_thrown_away(shared: Service):
    body = {"text": "Billige piller her", "website": "https://example.org"}
    trapped = post(shared, "questions", body, "198.51.100.9")
    kept = post(shared, "questions", {"text": "Hvem er vi?"}, "198.51.100.9")
    assert (trapped.status_code, trapped.text) == (kept.status_code, kept.text) == (202, kept.text)
    assert "piller" not in shared.run("answers", "export", "-").stdout


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "🍕" * 20}, 422),
        ({"text": "x" * 1_001}, 422),
        ({"text": "Hvem?", "lang": "de"}, 422),
        ({"text": "Hvem betaler?", "product": "os2nothing"}, 422),
        ({"text": "æ" * 300_000}, 413),
        (b"null", 422),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_question_that_does_not_fit_is_a_problem_document(
    shared: Service, body: Any, status: int
):
    # One address cannot put more in an hour; another may.
    answer = post(shared, "questions", body, f"198.51.100.{100 + len(repr(body)) % 100}")
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body", "status", "most"),
    [
        ("questions", {"text": "Hvem betaler for driften?"}, 202, QUESTIONS_AN_HOUR),
        ("feedback", {"answer_id": "0" * 20, "helpful": True}, 404, VOTES_AN_HOUR),
    ],
)
def test_who_sends_too_much_waits_and_others_do_not(
    shared: Service, path: str, body: Any, status: int, most: int
):
    for _ in range(most):
        assert post(shared, path, body, "198.51.100.250").status_code == status
    refused = post(shared, path, body, "198.51.100.250")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 3600 / most
    assert post(shared, path, body, "198.51.100.251").status_code == status


def test_an_address_is_believed_only_of_a_trusted_proxy(installed: Callable[[], Path]):
    body = {"text": "Hvem betaler for driften?"}
    with asking(installed(), trusted_proxies="192.0.2.0/24") as running:
        for number in range(QUESTIONS_AN_HOUR):
            assert post(running, "questions", body, f"198.51.100.{number}").status_code == 202
        assert post(running, "questions", body, "198.51.100.99").status_code == 429


def test_every_reply_is_what_the_description_promises(shared: Service):
    described = httpx.get(f"{shared.url}/openapi.json", trust_env=False).json()
    asked = (
        ("questions", {"text": "Hvem betaler?"}),
        ("questions", {"text": ""}),
        ("feedback", {"answer_id": "0" * 20, "helpful": True}),
        ("feedback", {}),
    )
    for path, body in asked:
        response = post(shared, path, body, "198.51.100.11")
        responses = described["paths"][f"/api/v1/{path}"]["post"]["responses"]
        content = responses[str(response.status_code)]["content"]
        schema = next(iter(content.values()))["schema"]
        Draft202012Validator({**schema, "components": described["components"]}).validate(
            response.json()
        )


def test_after_a_crash_the_log_can_be_read_and_written(installed: Callable[[], Path]):
    with asking(installed()) as running:
        for number in range(20):
            ask(running, f"Hvor mange godkendelser skal pull request {number} have?")
        running.kill()
        assert all(count == 1 for _, count in logged(running))
        running.start()
        answer = ask(running, "Hvor mange godkendelser skal pull request 19 have?")
        assert judge(running, answer["answer_id"], True) == 204


def test_a_stop_writes_down_what_waits(installed: Callable[[], Path]):
    with asking(installed()) as running:
        for number in range(10):
            ask(running, f"Hvor mange godkendelser skal pull request {number} have?")
        running.stop()
        assert len(logged(running)) == 10


def test_a_full_disk_costs_a_line_of_the_log_and_never_an_answer(installed: Callable[[], Path]):
    with asking(installed()) as running:
        answer = ask(running)
        assert judge(running, answer["answer_id"], True) == 204
        assert running.process is not None
        pid, unlimited = running.process.pid, resource.RLIM_INFINITY
        # No file of the service may grow any more: its writes fail as on a full disk.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, unlimited))
        assert ask(running, UNANSWERED)["abstained"]
        assert judge(running, answer["answer_id"], False) == 503
        assert metric(running, "os2kb_answers_not_logged_total") == 1
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        assert judge(running, answer["answer_id"], False) == 204


def test_a_lock_on_the_database_delays_no_answer(installed: Callable[[], Path]):
    with asking(installed()) as running:
        lock = sqlite3.connect(running.folder / "os2kb.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            assert ask(running)["answer"]
        lock.execute("ROLLBACK")
        lock.close()
        until(lambda: logged(running) == [(QUESTION, 3)], what="the log")


def test_where_nothing_is_to_be_kept_nothing_is(installed: Callable[[], Path]):
    folder = installed()
    with asking(folder) as running:
        ask(running)
        running.stop()
        assert logged(running)
    with asking(folder, answer_log_days="0") as running:
        answer = ask(running, UNANSWERED)
        assert judge(running, answer["answer_id"], True) == 404
        assert post(running, "questions", {"text": UNANSWERED}).status_code == 404
        until(lambda: not logged(running), what="forgetting what was kept before")


def test_what_is_exported_is_what_is_then_deleted(installed: Callable[[], Path], tmp_path: Path):
    with asking(installed()) as running:
        first, second = ask(running), ask(running, UNANSWERED)
        assert judge(running, first["answer_id"], True) == 204
        assert judge(running, second["answer_id"], False, comment="Der mangler priser") == 204
        assert post(running, "questions", {"text": UNANSWERED}).status_code == 202
        file = tmp_path / "export.jsonl"
        assert running.run("answers", "export", str(file)).returncode == 0
        assert file.stat().st_mode & 0o077 == 0
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert [line["type"] for line in lines] == ["answer"] * 2 + ["feedback"] * 2 + ["question"]

        dry = running.run("answers", "delete", "--matching", "PIZZA", "--dry-run")
        assert "1 answers, 1 votes, 1 questions" in dry.stdout
        unconfirmed = running.run("answers", "delete", "--matching", "PIZZA")
        assert unconfirmed.returncode == 1
        assert len(logged(running)) == 2
        running.run("answers", "delete", "--matching", "PIZZA", "--yes")
        left = [
            json.loads(each) for each in running.run("answers", "export", "-").stdout.splitlines()
        ]
        assert [each["type"] for each in left] == ["answer", "feedback"]
        assert left[0]["id"] == left[1]["answer"] == first["answer_id"]
        running.run("answers", "delete", "--all", "--yes")
        assert running.run("answers", "export", "-").stdout == ""


def test_a_question_that_people_accepted_is_indexed_until_it_is_deleted(
    installed: Callable[[], Path],
):
    with asking(installed()) as running:
        answer = ask(running)
        for client in ("192.0.2.1", "192.0.2.2"):
            assert judge(running, answer["answer_id"], True, client) == 204
        assert asked_in_index(running) == {QUESTION}
        running.run("answers", "delete", "--all", "--yes")
        assert asked_in_index(running) == set()


def asked_in_index(running: Service) -> set[str]:
    """What people asked, as the index holds it after a build."""
    built = running.run("index", "build", str(ROOT / "samples" / "handbook"))
    assert built.returncode == 0, built.stderr
    folder = Versions(running.folder / "index").folder()
    assert folder is not None
    return {each for each in read_enriched(folder) if each}


def test_deleting_asks_what_to_delete(tmp_path: Path):
    for arguments in ([], ["--all", "--matching", "x"]):
        refused = Service(tmp_path, {}).run("answers", "delete", *arguments)
        assert refused.returncode == 2
        assert "--before DATE" in refused.stderr


def test_a_question_on_the_command_line_is_logged_as_such(installed: Callable[[], Path]):
    here = Service(installed(), {})
    here.run("ask", QUESTION)
    here.run("ask", QUESTION, "--json")
    (found,) = listed(here, "answers", "list")
    assert (found["place"], found["asked"]) == ("cli", 2)
