"""A product tells whom it was given, and nobody else, whatever its Policy says."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from os2kb.chats.chats import Chats, chats
from os2kb.chats.mail import Mail
from os2kb.chats.port import Refused
from os2kb.chats.zulip import Zulip
from os2kb.policy.grants import Grant
from os2kb.settings import BadSettings, Settings, load_settings

GRANT = Grant(
    "os2demo",
    repositories=("os2demo/os2demo",),
    chat=("OS2demo",),
    mailboxes=("kim@os2demo.example",),
    teams=(("styregruppe", ("zulip:OS2/styregrupper",)),),
)


@dataclass
class Heard:
    """A way to tell somebody that remembers who was told."""

    to: list[str] = field(default_factory=list)

    def tell(self, to: str, subject: str, text: str, once: str) -> str:
        self.to.append(to)
        return "1"


@pytest.mark.parametrize(
    ("to", "by"),
    [
        ("zulip:OS2demo/drift", "zulip"),
        ("zulip:OS2demo", "zulip"),
        ("zulip:OS2/styregrupper", "zulip"),
        ("mailto:kim@os2demo.example", "mail"),
        ("mailto:Kim@OS2demo.example", "mail"),
    ],
)
def test_what_a_product_was_given_goes_its_way(to: str, by: str):
    ways = {"zulip": Heard(), "mail": Heard()}
    Chats(ways["zulip"], ways["mail"]).of(GRANT).tell(to, "a", "b", "c")
    assert {name: way.to for name, way in ways.items() if way.to} == {by: [to]}


@pytest.mark.parametrize(
    "to",
    [
        "zulip:OS2/andet",
        "zulip:OS2demo2/drift",
        "zulip:",
        "mailto:bo@os2demo.example",
        "mailto:kim@os2demo.example,bo@evil.example",
        "@kim",
        "@os2demo/team",
        "jira:priority=Highest",
        "sms:12345678",
        "",
    ],
)
def test_nobody_else_is_told(to: str):
    zulip, mail = Heard(), Heard()
    with pytest.raises(Refused):
        Chats(zulip, mail).of(GRANT).tell(to, "a", "b", "c")
    assert zulip.to == mail.to == []


@pytest.mark.parametrize(
    ("to", "setting"),
    [("zulip:OS2demo/drift", "ZULIP_SITE"), ("mailto:kim@os2demo.example", "SMTP_URL")],
)
def test_what_is_not_set_up_is_named(to: str, setting: str):
    with pytest.raises(Refused, match=f"OS2KB_{setting}"):
        Chats().of(GRANT).tell(to, "a", "b", "c")


def test_the_settings_say_what_there_is():
    def now() -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC)

    assert chats(Settings(_env_file=None), now) == Chats()
    found = chats(
        Settings(
            _env_file=None,
            zulip_site="https://chat.example/",
            zulip_email="os2kb-bot@chat.example",
            zulip_key=SecretStr("k"),
            smtp_url=SecretStr("smtp://mail.example?from=os2kb@os2.example"),
        ),
        now,
    )
    assert isinstance(found.zulip, Zulip)
    assert found.zulip.site == "https://chat.example"
    assert isinstance(found.mail, Mail)
    assert found.mail.server.sender == "os2kb@os2.example"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"zulip_site": "http://chat.example", "zulip_email": "a", "zulip_key": "k"}, "ZULIP_SITE"),
        ({"zulip_site": "https://chat.example", "zulip_key": "k"}, "ZULIP_EMAIL"),
        ({"zulip_site": "https://chat.example", "zulip_email": "a"}, "ZULIP_KEY"),
        ({"zulip_key": "k"}, "ZULIP_SITE"),
        ({"smtp_url": "mail.example"}, "SMTP_URL"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(wrong: dict[str, str], named: str):
    with pytest.raises(BadSettings, match=f"OS2KB_{named}"):
        load_settings(_env_file=None, **wrong)
