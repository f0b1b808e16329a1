"""Pauses between tries of work that comes to nothing."""

from datetime import timedelta

import pytest

from os2kb.backing_off import FAILED_PAUSE, MOST_TRIES, backed_off, pause_after
from os2kb.chats.port import Unreachable
from os2kb.forges.port import Forbidden
from os2kb.governance.telling import STALE


@pytest.mark.parametrize(("tries", "minutes"), [(1, 5), (2, 10), (4, 40), (5, 60), (10_000, 60)])
def test_each_is_twice_the_one_before_up_to_the_longest(tries: int, minutes: int):
    pause = backed_off(tries, timedelta(minutes=5), timedelta(hours=1))
    assert pause == timedelta(minutes=minutes)


def test_a_chat_that_asks_for_more_is_given_it():
    assert pause_after(Unreachable("", "", timedelta(hours=2)), 1) == timedelta(hours=2)


def test_what_is_forbidden_is_tried_for_as_long_as_anybody_would_be_told_of_it():
    lasts = sum((pause_after(Forbidden("", ""), n + 1) for n in range(MOST_TRIES)), timedelta(0))
    assert STALE <= lasts < STALE + timedelta(days=2)
    assert pause_after(Forbidden("", ""), 1) == FAILED_PAUSE
