"""The doctor: tries every part of an installation for real, and names the cure."""

from collections.abc import Iterator

from os2kb.doctor.chats import mail, zulip
from os2kb.doctor.check import Check
from os2kb.doctor.github import governing
from os2kb.doctor.jira import jira
from os2kb.doctor.knowledge import embedder, index, named, refresh
from os2kb.doctor.machine import disk, products, store, variables
from os2kb.doctor.services import llm
from os2kb.settings import Settings


def examine(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which to mend what is wrong."""
    yield from variables()
    yield store(settings)
    yield disk(settings.data_dir)
    yield products(settings)
    yield embedder(settings)
    yield index(settings)
    yield refresh(settings)
    yield from named(settings)
    yield from governing(settings)
    yield from jira(settings)
    yield zulip(settings)
    yield mail(settings)
    yield llm(settings)
