"""What is remembered of questions and answers, over real HTTP against the real process."""

import json
import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import read_enriched
from index.versions import Versions
from tests.service.conftest import ROOT
from tests.service.journal import (
    QUESTION,
    UNANSWERED,
    ask,
    asking,
    judge,
    listed,
    logged,
    metric,
    post,
)
from tests.service.running import Service, until
from webhooks.knowledge.feedback import QUESTIONS_AN_HOUR

pytestmark = pytest.mark.slow


PERSONAL = "Kan bo@example.org på 12 34 56 78 godkende en pull request?"


ADDRESS = "203.0.113.7"


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


def test_the_service_answers_the_same_question_from_memory(installed: Callable[[], Path]):
    with asking(installed()) as running:
        first = ask(running)
        assert ask(running, f"{QUESTION} ") == first
        assert metric(running, 'os2kb_answer_cache_total{source="computed"}') == 1
        assert metric(running, 'os2kb_answer_cache_total{source="memory"}') == 1


def test_an_address_is_believed_only_of_a_trusted_proxy(installed: Callable[[], Path]):
    body = {"text": "Hvem betaler for driften?"}
    with asking(installed(), trusted_proxies="192.0.2.0/24") as running:
        for number in range(QUESTIONS_AN_HOUR):
            assert post(running, "questions", body, f"198.51.100.{number}").status_code == 202
        assert post(running, "questions", body, "198.51.100.99").status_code == 429


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
