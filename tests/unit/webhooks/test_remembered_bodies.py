"""What is remembered of searches fits into the room that it has, whatever strangers ask."""

from index.apart.bodies import Suggest
from webhooks.knowledge.found import bodies


def test_questions_that_find_nothing_take_no_more_room_than_answers_that_find_much():
    room = 100_000
    kept = bodies(room)
    for number in range(200):
        kept[Suggest(f"{number}{'𐐀' * 990}", None, 8)] = b'{"suggestions":[]}'
    assert 0 < sum(len(asked.query.encode()) for asked in kept) <= room
