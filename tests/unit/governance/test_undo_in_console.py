"""An undo that is asked for in the console is the undo of a comment, without a reply."""

from dataclasses import replace

from os2kb.governance.facts import Asked, Facts
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.asked import after
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import BO, NOW, event, issue, keys, plan, policy, pull

OBSERVING = policy("mode: observe")
BY_KIM = Asked(17, "@kim")


def governed(facts: Facts) -> Facts:
    return applied(facts, plan(facts).writes())


def asked(facts: Facts, *of: Asked) -> Facts:
    return replace(facts, asked=of or (BY_KIM,))


def test_it_takes_back_the_last_plan_and_the_ledger_says_who_wanted_it() -> None:
    judged = governed(pull())
    made = plan(asked(judged))
    assert keys(asked(judged)) == [
        "undo:label:add:mangler issue",
        "undo:label:add:mangler changelog",
        "undo:comment:status",
        "command:-17",
    ]
    assert {one.because for one in made.writes()} == {"/os2 undo (@kim)"}
    back = governed(asked(judged))
    assert back.labels == ()
    assert [one.body for one in back.comments if one.author.is_self] == []


def test_it_is_done_once_and_leaves_the_same_hold_as_a_comments() -> None:
    judged = governed(pull())
    back = governed(asked(judged))
    assert keys(back) == []
    assert keys(replace(back, asked=())) == []
    by_comment = after("/os2 undo", judged)
    assert back.labels == by_comment.labels


def test_a_second_one_takes_back_nothing_earlier() -> None:
    first = governed(issue())
    second = governed(replace(first, title="Fejl: Kalenderen opdateres ikke"))
    back = governed(asked(second))
    assert keys(asked(back, Asked(18, "@bo"))) == ["command:-18"]


def test_what_a_person_changed_since_stays() -> None:
    judged = governed(pull())
    history = (
        *judged.history,
        event("mangler issue", added=False, actor=BO, minute=120),
        event("mangler issue", added=True, actor=BO, minute=121),
    )
    assert "undo:label:add:mangler issue" not in keys(asked(replace(judged, history=history)))


def test_where_it_was_cut_off_it_is_carried_on_with_once() -> None:
    judged = governed(pull())
    wanted = asked(judged)
    planned = tuple(
        Receipt(one.key, "planned", one.because, NOW, one.content, plan=number)
        for number, one in numbered(plan(wanted).writes(), next_plan(wanted.receipts))
    )
    begun = replace(wanted, receipts=(*wanted.receipts, *planned))
    assert keys(begun) == keys(wanted)
    assert keys(replace(begun, asked=())) == keys(wanted)
    assert keys(governed(begun)) == []


def test_an_observing_bot_or_a_locked_subject_takes_nothing_back() -> None:
    judged = asked(governed(pull()))
    assert keys(judged, OBSERVING) == []
    assert not [one for one in keys(replace(judged, locked=True)) if one.startswith("undo:")]
