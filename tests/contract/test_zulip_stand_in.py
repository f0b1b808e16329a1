"""The stand-in for Zulip answers with the fields, codes and statuses that Zulip's pages tell of.

Zulip keeps a description of its API in its own sources, and no package that could be had carries
it; so what we rely on is written down here, each with its page. Types are those of JSON.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from os2kb.chats.zulip import _NOT_LET_IN, _REFUSALS, Zulip
from tests.fakes import zulip
from tests.fakes.zulip import FakeZulip
from tests.loopback import HTTP

NARROW = json.dumps(
    [{"operator": "stream", "operand": "OS2demo"}, {"operator": "sender", "operand": 7}]
)
NEWEST = {"anchor": "newest", "num_before": 100, "num_after": 0, "apply_markdown": "false"}
MESSAGE = {"type": "stream", "to": '"OS2demo"', "topic": "drift", "content": "Hej"}
ALWAYS = {"result": str, "msg": str}
"""https://zulip.com/api/rest-error-handling"""


@pytest.fixture
def server() -> Iterator[FakeZulip]:
    with zulip.running() as server:
        server.says("Hej")
        yield server


def ask(server: FakeZulip, verb: str, path: str, given: Mapping[str, Any]) -> httpx.Response:
    where = "params" if verb == "GET" else "data"
    key = (server.email, server.key)
    return HTTP.request(verb, f"{server.site}/api/v1/{path}", auth=key, **{where: given})


def shape(found: Mapping[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in found.items()}


@pytest.mark.parametrize(
    ("verb", "path", "given", "fields"),
    [
        # https://zulip.com/api/get-server-settings
        (
            *("GET", "server_settings", {}),
            {
                "zulip_version": str,
                "zulip_feature_level": int,
                "realm_url": str,
                "realm_name": str,
                "authentication_methods": dict,
                "push_notifications_enabled": bool,
                "is_incompatible": bool,
            },
        ),
        # https://zulip.com/api/get-own-user
        (
            *("GET", "users/me", {}),
            {
                "user_id": int,
                "email": str,
                "full_name": str,
                "is_bot": bool,
                "is_active": bool,
                "role": int,
                "timezone": str,
            },
        ),
        # https://zulip.com/api/get-streams
        ("GET", "streams", {}, {"streams": list}),
        # https://zulip.com/api/get-messages
        (
            *("GET", "messages", {**NEWEST, "narrow": NARROW}),
            {
                "messages": list,
                "anchor": int,
                "found_anchor": bool,
                "found_newest": bool,
                "found_oldest": bool,
                "history_limited": bool,
            },
        ),
        # https://zulip.com/api/send-message
        ("POST", "messages", MESSAGE, {"id": int}),
    ],
)
def test_an_answer_has_the_fields_that_its_page_tells_of(
    server: FakeZulip, verb: str, path: str, given: dict[str, Any], fields: dict[str, type]
) -> None:
    answer = ask(server, verb, path, given)
    assert answer.status_code == 200
    assert shape(answer.json()) == {**ALWAYS, **fields}


def test_a_stream_and_a_message_look_as_their_pages_show_them(server: FakeZulip) -> None:
    # https://zulip.com/api/get-streams
    stream = ask(server, "GET", "streams", {}).json()["streams"][0]
    assert shape(stream) == {
        "stream_id": int,
        "name": str,
        "description": str,
        "invite_only": bool,
    }
    ask(server, "POST", "messages", MESSAGE)
    # https://zulip.com/api/get-messages: a topic is called `subject`, and `content_type` tells
    # that what was written is not rendered.
    (message,) = ask(server, "GET", "messages", {**NEWEST, "narrow": NARROW}).json()["messages"]
    assert shape(message) == {
        "id": int,
        "sender_id": int,
        "type": str,
        "display_recipient": str,
        "subject": str,
        "content": str,
        "content_type": str,
        "timestamp": int,
        "is_me_message": bool,
        "reactions": list,
        "flags": list,
    }
    assert (message["subject"], message["content_type"]) == ("drift", "text/x-markdown")


@pytest.mark.parametrize(
    ("verb", "given", "code", "more"),
    [
        # https://zulip.com/api/send-message
        ("POST", {**MESSAGE, "to": '"nope"'}, "STREAM_DOES_NOT_EXIST", {"stream": str}),
        # https://zulip.com/api/rest-error-handling
        ("POST", {"type": "stream", "to": "1"}, "REQUEST_VARIABLE_MISSING", {"var_name": str}),
        # https://zulip.com/api/get-messages
        ("GET", {**NEWEST, "narrow": NARROW.replace("OS2demo", "x")}, "BAD_NARROW", {"desc": str}),
        ("GET", {**NEWEST, "num_before": 5001, "narrow": NARROW}, "BAD_REQUEST", {}),
    ],
)
def test_a_refusal_has_the_code_that_its_page_tells_of(
    server: FakeZulip, verb: str, given: dict[str, Any], code: str, more: dict[str, type]
) -> None:
    answer = ask(server, verb, "messages", given)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert shape(answer.json()) == {**ALWAYS, "code": str, **more}
    assert code in (*_REFUSALS, "BAD_NARROW"), "and the adapter knows it"


def test_a_wrong_key_and_too_much_have_their_own_status(server: FakeZulip) -> None:
    # https://zulip.com/api/rest-error-handling
    server.key, key = "other", server.key
    wrong = HTTP.get(f"{server.site}/api/v1/users/me", auth=(server.email, key))
    assert (wrong.status_code, wrong.json()["code"]) == (401, "INVALID_API_KEY")
    assert "INVALID_API_KEY" in _NOT_LET_IN
    server.faults.append("too much")
    limited = ask(server, "GET", "users/me", {})
    assert limited.status_code == 429
    assert shape(limited.json()) == {**ALWAYS, "code": str, "retry-after": float}
    assert limited.headers["Retry-After"]


def test_what_is_sent_beyond_the_parameters_of_a_page_is_told_as_ignored(
    server: FakeZulip,
) -> None:
    # https://zulip.com/api/rest-error-handling
    answer = ask(server, "POST", "messages", {**MESSAGE, "subject_line": "x"}).json()
    assert answer["ignored_parameters_unsupported"] == ["subject_line"]


def test_we_send_nothing_that_zulip_would_ignore(server: FakeZulip) -> None:
    chat = Zulip(server.site, server.email, SecretStr(server.key))
    chat.tell("zulip:OS2demo/drift", "Fejl", "Hej", "en")
    assert (chat.name(), chat.streams()) == ("os2kb", {"os2demo", "123"})
    assert server.ignored == set()
