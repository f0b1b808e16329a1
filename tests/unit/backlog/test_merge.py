"""Each field by itself: what one side changed is carried over, what both changed is asked."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.backlog.merge import NO_CHOICES, Merged, Outcome, Rules, agreed, merge, writes
from os2kb.backlog.sides import Said, Side, Value, Values
from os2kb.backlog.why import WHY, why

GJ, JG, BOTH = "github-to-jira", "jira-to-github", "both"


def one(
    base: Value,
    github: Value,
    jira: Value,
    direction: str = BOTH,
    *,
    field: str = "priority",
    public: bool = True,
    chosen: Side | None = None,
) -> Merged:
    rules = Rules({field: direction}, frozenset({field}) if public else frozenset())
    said = (Said({field: github}), Said({field: jira}))
    (merged,) = merge({field: base}, *said, rules, {field: chosen} if chosen else NO_CHOICES)
    return merged


TABLE: list[tuple[str, str, str, str, Outcome, dict[str, str]]] = [
    # base, GitHub, Jira, direction, what comes of it, what is written
    ("a", "a", "a", BOTH, "same", {}),
    ("a", "b", "b", BOTH, "same", {}),
    ("a", "b", "a", BOTH, "carried", {"jira": "b"}),
    ("a", "b", "a", GJ, "carried", {"jira": "b"}),
    ("a", "b", "a", JG, "not-its-way", {}),
    ("a", "a", "b", BOTH, "carried", {"github": "b"}),
    ("a", "a", "b", JG, "carried", {"github": "b"}),
    ("a", "a", "b", GJ, "not-its-way", {}),
    ("a", "b", "c", BOTH, "conflict", {}),
    ("a", "b", "c", GJ, "conflict", {}),
    ("a", "b", "c", JG, "conflict", {}),
    ("a", "", "a", BOTH, "not-blanked", {}),
    ("a", "a", "", BOTH, "not-blanked", {}),
    ("a", "", "c", BOTH, "conflict", {}),
    ("", "b", "", BOTH, "carried", {"jira": "b"}),
    ("", "", "b", BOTH, "carried", {"github": "b"}),
    ("", "b", "c", BOTH, "conflict", {}),
    ("", "", "", BOTH, "same", {}),
]


@pytest.mark.parametrize(("base", "github", "jira", "direction", "outcome", "written"), TABLE)
def test_a_field(base, github, jira, direction, outcome, written) -> None:
    merged = one(base, github, jira, direction)
    assert (merged.outcome, {w.side: w.value for w in merged.writes}) == (outcome, written)


def test_a_field_that_is_off_or_not_named_goes_nowhere() -> None:
    said = (Said({"title": "a", "status": "open"}), Said({"title": "b", "status": "done"}))
    assert merge({}, *said, Rules({"title": "off"})) == ()


def test_what_jira_must_not_tell_stays_there() -> None:
    assert one("a", "a", "b", BOTH, public=False).outcome == "not-public"
    assert one("a", "b", "a", BOTH, public=False).outcome == "carried"


def test_a_conflict_names_two_commands_and_one_where_jira_must_not_tell() -> None:
    assert one("a", "b", "c").commands == (
        "/os2 jira sync priority github",
        "/os2 jira sync priority jira",
    )
    assert one("a", "b", "c", public=False).commands == ("/os2 jira sync priority github",)
    assert one("a", "b", "a").commands == ()


@pytest.mark.parametrize("direction", [GJ, JG, BOTH])
def test_a_person_chooses(direction: str) -> None:
    taken = {side: one("a", "b", "c", direction, chosen=side).writes for side in ("github", "jira")}
    assert [(w.side, w.value, w.expects) for w in taken["github"]] == [("jira", "b", "c")]
    assert [(w.side, w.value, w.expects) for w in taken["jira"]] == [("github", "c", "b")]


def test_nobody_can_choose_an_empty_value_or_one_that_jira_must_not_tell() -> None:
    assert one("a", "", "c", chosen="github").outcome == "not-blanked"
    assert one("a", "b", "c", public=False, chosen="jira").outcome == "not-public"


@pytest.mark.parametrize(("outcome", "mark"), [("held", "held"), ("unsayable", "unsayable")])
@pytest.mark.parametrize("side", [0, 1])
def test_what_is_held_or_has_no_word_goes_neither_way(outcome, mark, side: int) -> None:
    sides = [Said({"description": "a"}), Said({"description": "b"})]
    sides[side] = dataclasses.replace(sides[side], **{mark: frozenset({"description"})})
    (merged,) = merge({}, *sides, Rules({"description": "both"}, frozenset({"description"})))
    assert (merged.outcome, merged.writes, merged.agreed) == (outcome, (), "")


def test_a_field_that_could_not_be_read_is_not_an_empty_one() -> None:
    (merged,) = merge(
        {"due": "2026-01-01"}, Said({"due": "2026-01-02"}), Said(), Rules({"due": BOTH})
    )
    assert (merged.outcome, merged.writes) == ("unread", ())


@pytest.mark.parametrize(
    ("field", "to", "most"), [("title", "jira", 255), ("description", "jira", 32_767)]
)
def test_a_text_that_the_other_side_cannot_take_stays(field: str, to: str, most: int) -> None:
    assert one("", "x" * most, "", field=field).outcome == "carried"
    assert one("", "x" * (most + 1), "", field=field).outcome == "too-long"


def test_the_length_is_that_of_the_written_text() -> None:
    assert one("", "\\*" * 20_000, "", field="description").outcome == "too-long"


LABELS = [
    # base, GitHub, Jira, direction, GitHub after, Jira after
    ("ab", "abc", "ab", BOTH, "abc", "abc"),
    ("ab", "a", "ab", BOTH, "a", "a"),
    ("ab", "abc", "abd", BOTH, "abcd", "abcd"),
    ("ab", "a", "b", BOTH, "a", "b"),
    ("abc", "ac", "bc", BOTH, "c", "c"),
    ("ab", "abc", "abd", GJ, "abc", "abcd"),
    ("ab", "abc", "abd", JG, "abcd", "abd"),
    ("a", "", "a", BOTH, "", "a"),
]


@pytest.mark.parametrize(("base", "github", "jira", "direction", "issue", "ticket"), LABELS)
def test_each_label_goes_by_itself(base, github, jira, direction, issue, ticket) -> None:
    sides = {"github": frozenset(github), "jira": frozenset(jira)}
    merged = one(frozenset(base), *sides.values(), direction, field="labels")
    sides |= {w.side: w.value for w in merged.writes}
    assert sides == {"github": frozenset(issue), "jira": frozenset(ticket)}
    assert merged.outcome != "conflict"


def test_each_outcome_is_explained_in_both_languages() -> None:
    assert why(one("a", "b", "c")).en.startswith("Changed on both sides")
    assert all(said.da and said.en for said in WHY.values())


WORD = st.sampled_from(("", "a", "b", "c"))
SET = st.frozensets(st.sampled_from("abcd"))
DIRECTION = st.sampled_from((GJ, JG, BOTH, "off"))
NAMES = ("title", "status", "assignee", "labels")


def values() -> st.SearchStrategy[Values]:
    drawn = {name: SET if name == "labels" else WORD for name in NAMES}
    return st.fixed_dictionaries(drawn)


SOME = st.frozensets(st.sampled_from(NAMES))
RULES = st.builds(Rules, st.fixed_dictionaries(dict.fromkeys(NAMES, DIRECTION)), SOME)
HELD = st.frozensets(st.sampled_from(NAMES), max_size=1)


def settled(base: Values, github: Values, jira: Values, rules: Rules) -> tuple[Values, ...]:
    """Base and both sides after one merge, all its writes made."""
    merged = merge(base, Said(github), Said(jira), rules)
    sides = {"github": dict(github), "jira": dict(jira)}
    for write in writes(merged):
        assert sides[write.side][write.field] == write.expects
        sides[write.side][write.field] = write.value
    return {**base, **agreed(merged)}, sides["github"], sides["jira"]


@given(values(), values(), values(), RULES)
def test_once_settled_nothing_more_is_written(base, github, jira, rules) -> None:
    after = settled(base, github, jira, rules)
    assert not list(writes(merge(after[0], Said(after[1]), Said(after[2]), rules)))
    assert settled(*after, rules) == after


@given(values(), values(), values(), RULES)
def test_no_value_is_lost(base, github, jira, rules) -> None:
    """What nobody had agreed on is still said by one side; nothing is emptied."""
    _, issue, ticket = settled(base, github, jira, rules)
    for name in NAMES:
        for before, after in ((github, issue), (jira, ticket)):
            assert not before[name] or after[name]
            if before[name] != base[name] and name != "labels":
                assert before[name] in ("", issue[name], ticket[name])
        new = (github["labels"] | jira["labels"]) - base["labels"]
        assert new <= issue["labels"] | ticket["labels"]


@given(values(), values(), values(), RULES)
def test_conflicts_are_exactly_where_both_changed(base, github, jira, rules) -> None:
    merged = {m.field: m for m in merge(base, Said(github), Said(jira), rules)}
    for name, found in merged.items():
        both = len({base[name], github[name], jira[name]}) == 3
        assert (found.outcome == "conflict") == (both and name != "labels")
        assert found.outcome != "conflict" or not found.writes


@given(values(), values(), values())
def test_where_all_goes_both_ways_both_sides_end_alike(base, github, jira) -> None:
    rules = Rules(dict.fromkeys(NAMES, BOTH), frozenset(NAMES))
    merged = merge(base, Said(github), Said(jira), rules)
    _, issue, ticket = settled(base, github, jira, rules)
    unlike = {name for name in NAMES if issue[name] != ticket[name]}
    asked = {m.field for m in merged if m.outcome in ("conflict", "not-blanked")}
    assert unlike <= asked | {"labels"}


@given(values(), values(), values(), RULES, HELD, HELD)
def test_nothing_that_is_held_is_written(base, github, jira, rules, here, there) -> None:
    merged = merge(base, Said(github, held=here), Said(jira, held=there), rules)
    assert not {w.field for w in writes(merged)} & (here | there)


@given(values(), values(), values(), RULES)
def test_nothing_leaves_jira_that_is_not_public(base, github, jira, rules) -> None:
    merged = merge(base, Said(github), Said(jira), rules)
    assert {w.field for w in writes(merged) if w.side == "github"} <= rules.public
