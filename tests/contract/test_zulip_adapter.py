"""The Zulip adapter against a server that keeps messages, over real HTTP."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from os2kb.chats.port import Refused, Unreachable
from os2kb.chats.zulip import Zulip
from tests.fakes.zulip import FakeZulip, Fault, running

TO = "zulip:OS2demo/styregruppe"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeZulip]:
    with running() as fake:
        yield fake


@pytest.fixture
def fake(server: FakeZulip) -> FakeZulip:
    for kept in (server.messages, server.faults, server.sending, server.requests):
        kept.clear()
    return server


def adapter(fake: FakeZulip, **other: str) -> Zulip:
    given = {"site": fake.site, "email": fake.email, "key": fake.key} | other
    return Zulip(given["site"], given["email"], SecretStr(given["key"]))


def test_a_message_stands_in_its_topic_with_a_reference_at_its_end(fake: FakeZulip):
    said = adapter(fake).tell(TO, "Kritisk fejl", "Sag 7 venter på jer.\nhttps://a.example/7", "a")
    (message,) = fake.messages
    assert (said, message.stream, message.topic) == ("1", "OS2demo", "styregruppe")
    assert message.content.startswith(
        "**Kritisk fejl**\n\nSag 7 venter på jer.\nhttps://a.example/7"
    )
    assert message.content.splitlines()[-1].startswith("Ref. ")


def test_without_a_topic_the_subject_is_the_topic(fake: FakeZulip):
    adapter(fake).tell("zulip:OS2demo", "Ugens overblik", "Intet venter.", "a")
    (message,) = fake.messages
    assert message.topic == "Ugens overblik"
    assert message.content.startswith("Intet venter.")


def test_a_stream_whose_name_is_a_number_is_meant_by_its_name(fake: FakeZulip):
    adapter(fake).tell("zulip:123/a", "", "Hej", "a")
    assert [one.stream for one in fake.messages] == ["123"]


def test_what_was_sent_is_not_sent_again_but_another_message_is(fake: FakeZulip):
    zulip = adapter(fake)
    first = zulip.tell(TO, "", "Hej", "a")
    assert zulip.tell(TO, "", "Hej, nu med andre ord", "a") == first
    assert zulip.tell(TO, "", "Hej", "b") != first
    assert len(fake.contents) == 2


def test_two_topics_are_two_recipients(fake: FakeZulip):
    zulip = adapter(fake)
    zulip.tell("zulip:OS2demo/drift", "", "Hej", "a")
    zulip.tell("zulip:OS2demo/styregruppe", "", "Hej", "a")
    assert [one.topic for one in fake.messages] == ["drift", "styregruppe"]


def test_it_is_found_again_where_people_wrote_after_it_and_moved_it(fake: FakeZulip):
    zulip = adapter(fake)
    first = zulip.tell(TO, "", "Hej", "a")
    sent = fake.messages[0]
    fake.messages[0] = type(sent)(sent.id, sent.sender, sent.stream, "✔ styregruppe", sent.content)
    for _ in range(150):
        fake.says("svar")
    assert zulip.tell(TO, "", "Hej", "a") == first


def test_a_reference_that_somebody_else_wrote_is_not_ours(fake: FakeZulip):
    zulip = adapter(fake)
    zulip.tell(TO, "", "Hej", "a")
    fake.says(fake.contents[0], sender=8)
    del fake.messages[0]
    zulip.tell(TO, "", "Hej", "a")
    assert len(fake.contents) == 1


def test_a_send_whose_answer_was_lost_is_found_and_not_repeated(fake: FakeZulip):
    zulip = adapter(fake)
    fake.sending.append("lost answer")
    with pytest.raises(Unreachable):
        zulip.tell(TO, "", "Hej", "a")
    assert fake.requests.count("POST /api/v1/messages") == 1, "the client sends nothing by itself"
    zulip.tell(TO, "", "Hej", "a")
    assert len(fake.contents) == 1


def test_a_send_that_never_arrived_is_made_when_it_is_tried_again(fake: FakeZulip):
    zulip = adapter(fake)
    fake.sending.append("reset")
    with pytest.raises(Unreachable):
        zulip.tell(TO, "", "Hej", "a")
    zulip.tell(TO, "", "Hej", "a")
    assert len(fake.contents) == 1


FAULTS: tuple[Fault, ...] = ("reset", "broken", "html", "list", "redirect")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_in_trouble_is_worth_another_try(fake: FakeZulip, fault: Fault):
    fake.sending.append(fault)
    with pytest.raises(Unreachable, match="OS2KB_ZULIP_SITE"):
        adapter(fake).tell(TO, "", "Hej", "a")
    assert fake.contents == []


@pytest.mark.parametrize("fault", ["reset", "broken", "html", "list"])
def test_so_is_one_that_is_in_trouble_before_it_is_sent_anything(fake: FakeZulip, fault: Fault):
    fake.faults.append(fault)
    with pytest.raises(Unreachable):
        adapter(fake).tell(TO, "", "Hej", "a")


def test_it_waits_as_long_as_it_is_asked_to(fake: FakeZulip):
    fake.sending.append("too much")
    with pytest.raises(Unreachable) as asked:
        adapter(fake).tell(TO, "", "Hej", "a")
    assert asked.value.pause == timedelta(seconds=28.7)


def test_a_stream_that_is_not_there_is_refused_and_named(fake: FakeZulip):
    with pytest.raises(Refused, match="nowhere"):
        adapter(fake).tell("zulip:nowhere/a", "", "Hej", "a")


def test_a_wrong_key_names_the_setting_and_never_the_key(fake: FakeZulip):
    with pytest.raises(Unreachable, match="OS2KB_ZULIP_KEY") as refused:
        adapter(fake, key="stale-s3cret").tell(TO, "", "Hej", "a")
    assert "stale-s3cret" not in str(refused.value.phrase)


def test_a_server_that_is_not_there_is_worth_another_try(fake: FakeZulip):
    with pytest.raises(Unreachable, match="OS2KB_ZULIP_SITE"):
        adapter(fake, site="http://127.0.0.1:9").tell(TO, "", "Hej", "a")


def test_the_clients_own_settings_are_not_looked_at(
    fake: FakeZulip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / ".zuliprc").write_text("[api]\nkey=other\nemail=other\ninsecure=nonsense\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZULIP_CONFIG", str(tmp_path / ".zuliprc"))
    monkeypatch.setenv("ZULIP_API_KEY", "other")
    monkeypatch.setenv("ZULIP_ALLOW_INSECURE", "nonsense")
    assert adapter(fake).name() == "os2kb"


def test_a_message_is_never_longer_than_zulip_takes(fake: FakeZulip):
    zulip = adapter(fake)
    zulip.tell(TO, "#" * 5_000, "@**all** " * 30_000 + "\n" + "# linje\n" * 30_000, "a")
    assert len(fake.contents[0]) <= 10_000
    zulip.tell(TO, "", "Hej", "a")
    assert len(fake.contents) == 1, "its reference was not cut off"


def test_many_threads_tell_at_once(fake: FakeZulip):
    zulip = adapter(fake)
    tell: list[Callable[[], str]] = [
        lambda number=number: zulip.tell(TO, "", "Hej", str(number)) for number in range(8)
    ]
    threads = [threading.Thread(target=one) for one in tell]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(fake.contents) == 8


def test_the_streams_it_sees_are_told_in_lower_case(fake: FakeZulip):
    assert adapter(fake).streams() == {"os2demo", "123"}
