"""`/os2 undo`: the last Plan is taken back where nothing has changed since, and stays so."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from os2kb.governance.actions import Undo
from os2kb.governance.facts import ChangedFile, Facts, Linked
from os2kb.governance.ledger.holds import is_paused
from os2kb.governance.ledger.marks import own_comment
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.asked import after, given, said
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import BO, IDA, SELF, event, issue, keys, plan, pull, receipt
from tests.unit.governance.drawn_subjects import labels, subjects


def governed(facts: Facts) -> Facts:
    return applied(facts, plan(facts).writes())


def undone(facts: Facts, number: int = 40) -> Facts:
    return after("/os2 undo", facts, number)


def replies_aside(facts: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """The labels, and what we say beside replies."""
    ours = {one.body for one in facts.comments if one.author.is_self}
    return frozenset(facts.labels), frozenset(one for one in ours if "os2kb:reply:" not in one)


def test_labels_and_comment_of_the_last_plan_are_taken_back() -> None:
    judged = governed(pull())
    assert set(judged.labels) == {"mangler issue", "mangler changelog"}
    back = undone(judged)
    assert replies_aside(back) == (frozenset(), frozenset())
    reply = said(given("/os2 undo", judged, number=40), 40)
    assert "- etiketten `mangler issue` er taget af igen" in reply
    assert "- min kommentar er slettet" in reply
    assert reply.endswith(
        "- kontrollen på committet: GitHub lader ingen slette den; en ny vurdering kan ændre den"
    )


def test_what_was_taken_back_leaves_a_hold() -> None:
    back = undone(governed(pull()))
    assert keys(back) == []
    assert keys(replace(back, title="Ret visning af datoer")) == []


def test_a_person_lifts_the_hold() -> None:
    back = undone(governed(issue()))
    assert keys(back) == []
    assert after("/os2 label Bug", back, 50).labels == ("Bug",)


def test_a_label_that_the_last_plan_took_off_is_put_on_again_and_left_to_people() -> None:
    judged = governed(pull(ChangedFile("README.md", "modified", "+x")))
    assert judged.labels == ("mangler issue",)
    mended = governed(replace(judged, linked=(Linked(12),)))
    assert mended.labels == ()
    back = undone(mended)
    assert back.labels == ("mangler issue",)
    assert keys(back) == []


def test_what_someone_changed_since_is_left_and_told() -> None:
    judged = governed(pull())
    history = (
        *judged.history,
        event("mangler issue", added=False, actor=BO, minute=120),
        event("mangler issue", added=True, actor=IDA, minute=121),
    )
    asked = given("/os2 undo", replace(judged, history=history), number=40)
    assert "undo:label:add:mangler issue" not in keys(asked)
    assert "- etiketten `mangler issue`: nogen har ændret det siden" in said(asked, 40)


def test_a_comment_that_someone_edited_is_left() -> None:
    judged = governed(pull())
    ours = own_comment(judged, "status")
    assert ours is not None
    theirs = replace(ours, body=ours.body + "\nRettet.")
    asked = given("/os2 undo", replace(judged, comments=(theirs,)), number=40)
    assert "- min kommentar: nogen har ændret det siden" in said(asked, 40)
    assert own_comment(undone(replace(judged, comments=(theirs,))), "status") == theirs


def test_an_edit_of_our_comment_cannot_be_taken_back_and_that_is_told() -> None:
    judged = governed(governed_again := replace(governed(pull()), linked=(Linked(12),)))
    assert own_comment(judged, "status") != own_comment(governed_again, "status")
    assert "teksten fra før er ikke gemt" in said(given("/os2 undo", judged, number=40), 40)
    assert own_comment(undone(judged), "status") == own_comment(judged, "status")


def test_undoing_a_chosen_type_leaves_the_type_that_was_ours() -> None:
    ours = governed(issue())
    assert ours.labels == ("Bug",)
    asked = given("/os2 label Spørgsmål\n/os2 undo", ours, number=40)
    assert applied(asked, plan(asked).writes()).labels == ("Bug",)
    paused = after("/os2 pause", ours, 40)
    chosen = after("/os2 label Spørgsmål", paused, 45)
    assert set(chosen.labels) == {"Bug", "Spørgsmål"}
    assert after("/os2 resume", undone(chosen, 50), 55).labels == ("Bug",)


def test_replies_and_reactions_are_no_plan_to_undo() -> None:
    helped = after("/os2 help", governed(issue()))
    assert undone(helped).labels == ()


@pytest.mark.parametrize("receipts", [(), (receipt("label:add:Bug"),)])
def test_where_there_is_nothing_it_says_so(receipts: tuple[Receipt, ...]) -> None:
    asked = given("/os2 undo", issue("Eksport", receipts=receipts))
    assert said(asked) == "Der er ikke noget, jeg kan tage tilbage her."


def test_a_command_is_taken_back_like_anything_else() -> None:
    assert undone(after("/os2 label Spørgsmål", issue("Eksport"))).labels == ()
    resumed = undone(after("/os2 pause", pull()))
    assert set(resumed.labels) == {"mangler issue", "mangler changelog"}


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("", "/os2 pause", "pausen er slut"),
        ("/os2 pause", "/os2 resume", "jeg holder pause her igen"),
        ("", "/os2 ignore", "jeg ser ikke mere bort fra alle regler"),
        (
            "/os2 ignore",
            "/os2 resume",
            "jeg ser igen bort fra alle regler, undtagen dem, der slår alarm",
        ),
        ("", "/os2 ignore type-label", "reglen `type-label` gælder her igen"),
        (
            "/os2 ignore type-label",
            "/os2 resume type-label",
            "jeg ser bort fra reglen `type-label` igen",
        ),
    ],
)
def test_of_what_a_command_said_it_tells_what_holds_again(
    before: str, text: str, told: str
) -> None:
    began = after(before, issue("Eksport"), 30) if before else issue("Eksport")
    reply = said(given("/os2 undo", after(text, began, 35), number=40), 40)
    assert reply == f"Det, jeg sidst gjorde her, er taget tilbage:\n\n- {told}"


def test_a_chosen_label_is_told_as_the_repository_spells_it() -> None:
    chosen = after("/os2 label bug", issue("Eksport"))
    reply = said(given("/os2 undo", chosen, number=40), 40)
    assert "- etiketten `Bug` er taget af igen" in reply
    assert "- valget af etiketten `Bug` gælder ikke mere" in reply
    assert reply.endswith("som jeg har taget tilbage, rører jeg ikke igen af mig selv.")


def test_a_plan_that_was_cut_off_is_one_plan() -> None:
    facts = pull()
    writes = plan(facts).writes()
    begun = applied(facts, writes[:1])
    cut = Receipt(writes[1].key, "planned", "", facts.updated_at, writes[1].content, plan=1)
    assert next_plan(begun.receipts) == 2
    assert next_plan((*begun.receipts, cut)) == 1


def test_a_label_whose_answer_was_never_heard_is_taken_back_too() -> None:
    cut_off = issue(
        "Eksport",
        labels=("Spørgsmål",),
        history=(event("Spørgsmål", added=True, actor=SELF),),
        receipts=(receipt("label:add:Spørgsmål", "/os2 label", "planned", plan=1),),
    )
    assert "undo:label:add:Spørgsmål" in keys(given("/os2 undo", cut_off, number=40))
    never_made = replace(cut_off, labels=(), history=())
    assert "undo:label:add:Spørgsmål" not in keys(given("/os2 undo", never_made, number=40))


@settings(deadline=None)
@drawn(subjects())
def test_undo_twice_is_undo_once(facts: Facts) -> None:
    once = undone(governed(facts), 40)
    twice = undone(once, 50)
    assert replies_aside(twice) == replies_aside(once)
    assert not any(isinstance(one, Undo) for one in plan(twice).writes())


@settings(deadline=None)
@drawn(subjects())
def test_nothing_that_was_taken_back_is_done_again(facts: Facts) -> None:
    assert plan(undone(governed(facts))).writes() == ()


@settings(deadline=None)
@drawn(subjects(), labels, st.booleans())
def test_what_a_person_did_since_is_never_taken_back(facts: Facts, label: str, added: bool) -> None:
    judged = governed(facts)
    others = tuple(one for one in judged.labels if one != label)
    if added == (label in judged.labels):
        return  # there is nothing for the person to do
    touched = replace(
        judged,
        labels=(*others, label) if added else others,
        history=(*judged.history, event(label, added=added, actor=BO, minute=200)),
    )
    assert (label in undone(touched).labels) == added


@settings(deadline=None)
@drawn(subjects(), st.integers(0, 6))
def test_an_undo_that_is_cut_off_ends_as_one_that_was_not(facts: Facts, done: int) -> None:
    asked = given("/os2 undo", governed(facts), number=40)
    writes = plan(asked).writes()
    whole = applied(asked, writes)
    cut_off = applied(asked, writes[:done])
    again = applied(cut_off, plan(cut_off).writes())
    assert replies_aside(again) == replies_aside(whole)


TOGETHER = (
    *("/os2 undo", "/os2 label Bug", "/os2 label mangler issue", "/os2 label Spørgsmål"),
    *("/os2 pause", "/os2 resume", "/os2 recheck", "/os2 help", "/os2 label x"),
)


@settings(deadline=None)
@drawn(st.lists(st.sampled_from(TOGETHER), min_size=1, max_size=5))
def test_comments_that_are_read_together_come_to_what_they_would_one_by_one(
    texts: list[str],
) -> None:
    """Where the rules have nothing to say in between."""
    begun = governed(pull())
    together = one_by_one = begun
    for number, text in enumerate(texts, 10):
        one_by_one = governed(given(text, one_by_one, number=number))
        together = given(text, together, number=number)
    together = governed(together)
    assert set(together.labels) == set(one_by_one.labels)
    assert is_paused(together) == is_paused(one_by_one)
