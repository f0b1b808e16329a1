"""Zulip and mail: whether they know us, and whether the streams of products are there."""

from collections.abc import Iterator

from os2kb.chats.chats import mail_of, zulip_of
from os2kb.chats.port import ChatError
from os2kb.clock import now
from os2kb.doctor.check import Check, said
from os2kb.phrases import Phrase
from os2kb.policy.grants import recipients_of
from os2kb.policy.policy import Policy
from os2kb.products.products import Products
from os2kb.settings import Settings


def zulip(settings: Settings) -> Check:
    """Whether Zulip knows us and has every stream that OS2KB_PRODUCTS names; nothing is sent."""
    chat = zulip_of(settings)
    if chat is None:
        off = Phrase("OS2KB_ZULIP_SITE er ikke sat", "OS2KB_ZULIP_SITE is not set")
        return Check("Zulip", "off", off)
    try:
        name, there = chat.name(), chat.streams()
    except ChatError as error:
        wrong = Phrase("vi kommer ikke ind", "we are not let in")
        return Check("Zulip", "wrong", wrong, said(error))
    lost = [one for one in _streams(settings.grants()) if one.casefold() not in there]
    if lost:
        listed = ", ".join(lost)
        return Check(
            "Zulip",
            "wrong",
            Phrase(f"kanaler, vi ikke kan se: {listed}", f"streams that we cannot see: {listed}"),
            Phrase(
                "Opret dem, giv botten adgang, eller ret OS2KB_PRODUCTS.",
                "Make them, give the bot access, or correct OS2KB_PRODUCTS.",
            ),
        )
    where = f"{name} på {chat.site}", f"{name} at {chat.site}"
    return Check("Zulip", "ok", Phrase(f"vi er {where[0]}", f"we are {where[1]}"))


def mail(settings: Settings) -> Check:
    """Whether the mail server lets us in; nothing is sent."""
    chat = mail_of(settings, now)
    if chat is None:
        return Check(
            "mail", "off", Phrase("OS2KB_SMTP_URL er ikke sat", "OS2KB_SMTP_URL is not set")
        )
    host, sender = chat.server.host, chat.server.sender
    try:
        chat.check()
    except ChatError as error:
        wrong = Phrase("vi kommer ikke ind", "we are not let in")
        return Check("mail", "wrong", wrong, said(error))
    detail = Phrase(f"{host} tager imod fra {sender}", f"{host} takes mail from {sender}")
    return Check("mail", "ok", detail)


def untold(part: str | Phrase, policy: Policy, settings: Settings) -> Iterator[Check]:
    """Whom an adopted model tells something by a way that is not set up: they hear nothing."""
    model = policy.escalation
    if model is None or not model.is_adopted:
        return
    ways = (
        ("zulip:", "OS2KB_ZULIP_SITE", zulip_of(settings) is not None),
        ("mailto:", "OS2KB_SMTP_URL", settings.smtp_url is not None),
    )
    named = tuple(dict.fromkeys(to for _, to in recipients_of(policy)))
    for kind, setting, is_set in ways:
        theirs = ", ".join(to for to in named if to.startswith(kind))
        if theirs and not is_set:
            yield Check(
                part,
                "wrong",
                Phrase(
                    f"{theirs} får ingen besked, for {setting} er ikke sat",
                    f"{theirs} is not told anything, for {setting} is not set",
                ),
                Phrase(
                    f"Sæt {setting}, som docs/escalation.md viser, eller ret policyen.",
                    f"Set {setting}, as docs/escalation.md shows, or change the Policy.",
                ),
            )


def _streams(products: Products) -> Iterator[str]:
    """The streams that products were given, without their topics; each once."""
    told = (one for entry in products.entries.values() for one in entry.chat)
    teams = (
        one.removeprefix("zulip:")
        for entry in products.entries.values()
        for members in entry.teams.values()
        for one in members
        if one.startswith("zulip:")
    )
    yield from dict.fromkeys(one.partition("/")[0] for one in (*told, *teams))
