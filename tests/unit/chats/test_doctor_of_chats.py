"""The doctor asks Zulip and the mail server for real, and sends nothing."""

from pathlib import Path

import pytest

from os2kb.doctor.chats import mail, untold, zulip
from os2kb.policy.load import load_policy
from os2kb.settings import Settings
from tests.fakes import mailbox
from tests.fakes import zulip as fakes

PRODUCTS = """
products:
  os2demo:
    chat: [OS2demo/drift, ukendt]
    teams: {styregruppe: ["zulip:OS2/styregrupper"], sekretariat: ["@ida"]}
"""


def test_what_is_not_set_up_is_off():
    off = Settings(_env_file=None)
    assert (zulip(off).verdict, mail(off).verdict) == ("off", "off")


def test_zulip_is_asked_who_we_are_and_which_streams_there_are(tmp_path: Path):
    file = tmp_path / "products.yml"
    file.write_text(PRODUCTS)
    with fakes.running() as server:
        given = {"zulip_site": server.site, "zulip_email": server.email, "zulip_key": server.key}
        assert zulip(Settings(_env_file=None, **given)).verdict == "ok"
        found = zulip(Settings(_env_file=None, products=file, **given))
        assert (found.verdict, found.detail.en) == (
            "wrong",
            "streams that we cannot see: ukendt, OS2",
        )
        found = zulip(Settings(_env_file=None, **given | {"zulip_key": "stale"}))
        assert (found.verdict, "OS2KB_ZULIP_KEY" in found.cure.en) == ("wrong", True)
        assert server.messages == []


def test_the_mail_server_is_let_take_nothing():
    with mailbox.running() as server:
        url = f"smtp://127.0.0.1:{server.port}?from=os2kb@os2.example"
        assert mail(Settings(_env_file=None, smtp_url=url)).verdict == "ok"
        assert server.received == []
    found = mail(Settings(_env_file=None, smtp_url="smtp://127.0.0.1:9?from=a@b.example"))
    assert (found.verdict, "OS2KB_SMTP_URL" in found.cure.da) == ("wrong", True)


MODEL = """version: 1
escalation:
  status: {status}
  ladder: [{{name: vagt, notify: ["@bo", "zulip:OS2demo/drift"]}}]
  digest: {{to: ["zulip:OS2demo/drift", "mailto:kim@os2demo.example", issue]}}
"""
SETTINGS = {"smtp_url": "smtp://127.0.0.1:9?from=a@b.example"}


@pytest.mark.parametrize(
    ("status", "given", "lacking"),
    [
        ("forslag", {}, []),  # it tells nobody
        ("vedtaget", {}, ["zulip:OS2demo/drift", "mailto:kim@os2demo.example"]),
        ("vedtaget", SETTINGS, ["zulip:OS2demo/drift"]),
    ],
)
def test_whom_an_adopted_model_cannot_reach_is_told_with_the_setting_that_lacks(
    status: str, given: dict[str, str], lacking: list[str]
):
    policy = load_policy(MODEL.format(status=status))
    found = list(untold("Policy", policy, Settings(_env_file=None, **given)))
    assert [one.detail.da.partition(" får ingen besked")[0] for one in found] == lacking
    assert all(one.verdict == "wrong" and "OS2KB_" in one.cure.da for one in found)
