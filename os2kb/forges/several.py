"""Reading many of one repository, some at a time, for as long as the forge takes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from os2kb.forges.port import Conversation, Forbidden, ForgeError, RateLimited

Read = TypeVar("Read")
Wait = Callable[[datetime], None]
"""Called with the moment the forge lets us ask again; returns when it has come."""

AT_A_TIME = 4
"""More would only queue up at the forge, which asks for few at a time."""


def each_read(
    conversations: Sequence[Conversation], read: Callable[[Conversation], Read], wait: Wait
) -> Iterator[tuple[Conversation, Read | ForgeError]]:
    """Each with what was read of it, in order, or with why it cannot be read.

    Raises:
        Forbidden: we lack a permission, which holds for all of them.
    """

    def one(conversation: Conversation) -> tuple[Conversation, Read | ForgeError]:
        return conversation, _patiently(conversation, read, wait)

    pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="reading")
    try:
        yield from pool.map(one, conversations)
    finally:
        pool.shutdown(cancel_futures=True)


def _patiently(
    one: Conversation, read: Callable[[Conversation], Read], wait: Wait
) -> Read | ForgeError:
    while True:
        try:
            return read(one)
        except RateLimited as limited:
            wait(limited.until)
        except Forbidden:
            raise
        except ForgeError as error:
            return error
