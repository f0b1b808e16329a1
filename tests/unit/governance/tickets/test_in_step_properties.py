"""Whatever stands on either side, a second look has nothing to write."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from os2kb.governance.actions import Carry
from os2kb.governance.tickets.keep import kept_in_step
from tests.unit.backlog.drawn_texts import NASTY
from tests.unit.governance.tickets.in_step import agreeing

LINES = st.text(max_size=30) | st.sampled_from(
    ["a\0b", "x\ud83d", "\u202etxet", "@ida #12", "æ 🙂"]
)
TEXTS = st.lists(LINES | st.sampled_from(NASTY), max_size=4).map("\n".join)
LABELS = st.frozensets(st.sampled_from(["kalender", "god start", "wontfix", "kun-her"]))
SIDES = st.sampled_from(["github", "jira", "both"])


@settings(max_examples=30, deadline=None)
@given(LINES, TEXTS, LABELS, SIDES)
def test_a_second_look_writes_nothing(title: str, text: str, labels: frozenset[str], side: str):
    it = agreeing()
    if side != "jira":
        it.issue(title=title, body=text, labels=("Bug", "fejl: mindre", *sorted(labels)))
    if side != "github":
        in_jira = frozenset(one.replace(" ", "-") for one in labels)
        it.ticket(summary=title[::-1], description=text, labels=in_jira)
    assume(kept_in_step(it.facts, it.policy, it.now))  # what may tell of a hole goes nowhere
    for action in it.look().actions:
        if isinstance(action, Carry):
            assert action.content.isascii(), "every database keeps it"
    it.write()
    assert it.writes == {}
