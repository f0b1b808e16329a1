"""Votes on answers, and questions left for people, over real HTTP against the real process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.loopback import HTTP
from tests.service.journal import (
    ask,
    asking,
    judge,
    listed,
    post,
)
from tests.service.running import Service
from webhooks.knowledge.feedback import QUESTIONS_AN_HOUR, VOTES_AN_HOUR

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, handbook_index: Path) -> Iterator[Service]:
    """One service for the tests that only add to it; each comes from an address of its own."""
    folder = tmp_path_factory.mktemp("journal")
    (folder / "index").symlink_to(handbook_index)
    with asking(folder) as running:
        yield running


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


def test_a_question_that_is_closed_is_in_the_queue_no_more(shared: Service):
    body = {"text": "Hvornår mødes koordinationsgruppen?"}
    assert post(shared, "questions", body, "198.51.100.12").status_code == 202

    def numbers() -> list[str]:
        found = listed(shared, "questions", "list")
        return [str(each["id"]) for each in found if each["text"] == body["text"]]

    assert shared.run("questions", "close", *numbers()).returncode == 0
    assert numbers() == []
    assert shared.run("questions", "close", "999999").returncode == 1


def test_an_answer_in_a_file_that_cannot_be_read_is_refused_in_words(
    shared: Service, tmp_path: Path
):
    (tmp_path / "latin.md").write_bytes("Når du vil".encode("latin-1"))
    for name, told in (("nowhere.md", "does not exist"), ("latin.md", "UTF-8")):
        refused = shared.run("questions", "answer", "1", str(tmp_path / name))
        assert refused.returncode == 2
        assert told in refused.stderr


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


def test_every_reply_is_what_the_description_promises(shared: Service):
    described = HTTP.get(f"{shared.url}/openapi.json").json()
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
