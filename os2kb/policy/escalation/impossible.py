"""What a Policy's escalation model says that cannot hold: refused, with the line and the cure.

Each of these looks at several keys, so that it is asked of the whole Policy and never of one of its
layers alone.
"""

from difflib import get_close_matches
from itertools import chain, combinations, islice

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys, Place
from os2kb.policy.escalation.lengths import length
from os2kb.policy.escalation.private import quickest
from os2kb.policy.escalation.wrong_hours import Wrong, wrong_hours
from os2kb.policy.policy import Policy
from os2kb.policy.problem import PolicyProblem
from os2kb.policy.sections.escalation import (
    MOMENTS,
    Escalation,
    Moment,
    PrivatePath,
    Severity,
    days_in,
)
from os2kb.policy.validate import MOST_PROBLEMS

_MOMENT = {
    "respond": Phrase("første svar", "first response"),
    "plan": Phrase("planen", "the plan"),
    "fix": Phrase("rettelsen", "the fix"),
}
_AT: Keys = ("escalation",)
_LONGEST_SLIP = 60  # characters; comparing two names costs their product


def impossible(policy: Policy, place: Place) -> tuple[PolicyProblem, ...]:
    """What cannot hold in a Policy's escalation model; `place` finds the file and line."""
    if policy.escalation is None:
        return _without_model(policy, place)
    model = policy.escalation
    checks = [_names, _labels, _matrix, _suggestions, _priorities, _ladder, _circles]
    if model.hours.start < model.hours.end:  # else nobody can say how long anything takes
        checks += [_promises, _private]
    found = chain(wrong_hours(model), *(check(model, policy) for check in checks))
    return tuple(PolicyProblem(*place(keys), said) for keys, said in islice(found, MOST_PROBLEMS))


def _without_model(policy: Policy, place: Place) -> tuple[PolicyProblem, ...]:
    if policy.jira is None or not policy.jira.priorities:
        return ()
    said = Phrase(
        "`jira.priorities`: Policyen har ingen eskaleringsmodel, og dermed ingen alvorsgrader; "
        "skriv `escalation: {}`.",
        "`jira.priorities`: the Policy has no escalation model, and so no classes; write "
        "`escalation: {}`.",
    )
    return (PolicyProblem(*place(("jira", "priorities")), said),)


def _promises(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    for name, severity in model.severities.items():
        yield from _in_order((*_AT, "severities", name), severity, model)
    if model.security is not None:
        yield from _in_order((*_AT, "security"), model.security, model)


def _in_order(keys: Keys, promised: Severity | PrivatePath, model: Escalation) -> Wrong:
    """A response before the plan before the fix."""
    for sooner, later in combinations(MOMENTS, 2):
        first, last = _promise(promised, sooner), _promise(promised, later)
        if first and last and length(first, model.hours) > length(last, model.hours):
            yield (
                (*keys, sooner),
                Phrase(
                    f"`{'.'.join(map(str, keys))}`: {_MOMENT[sooner].da} ({first}) har længere "
                    f"frist end {_MOMENT[later].da} ({last}); gør `{sooner}` kortere eller "
                    f"`{later}` længere.",
                    f"`{'.'.join(map(str, keys))}`: {_MOMENT[sooner].en} ({first}) is promised "
                    f"later than {_MOMENT[later].en} ({last}); make `{sooner}` shorter or "
                    f"`{later}` longer.",
                ),
            )
            return


def _promise(promised: Severity | PrivatePath | None, moment: Moment) -> str | None:
    found: str | None = getattr(promised, moment, None)
    return found


def _names(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    """Classes and rungs are told apart by their names, in any case."""
    yield from _told_apart(
        [((*_AT, "severities", name), name) for name in model.severities],
        Phrase("To alvorsgrader", "Two classes"),
    )
    yield from _told_apart(
        [((*_AT, "ladder", at, "name"), rung.name) for at, rung in enumerate(model.ladder)],
        Phrase("To trin på stigen", "Two rungs of the ladder"),
    )


def _told_apart(named: list[tuple[Keys, str]], what: Phrase) -> Wrong:
    seen: set[str] = set()
    for keys, name in named:
        folded = " ".join(name.casefold().split())
        if folded in seen:
            yield (
                keys,
                Phrase(
                    f"{what.da} hedder {name}; giv dem hvert sit navn.",
                    f"{what.en} are called {name}; give each its own name.",
                ),
            )
        seen.add(folded)


def _labels(model: Escalation, policy: Policy) -> Wrong:
    """A class in `labels` that the model lacks is refused where it looks like a slip of the pen."""
    seen: dict[str, str] = {}
    for name, label in policy.labels.severity.items():
        keys: Keys = ("labels", "severity", name)
        if name not in model.severities and _near(name, model):
            yield keys, _unknown("labels.severity", name, model)
        elif label.casefold() in seen:
            other = seen[label.casefold()]
            yield (
                keys,
                Phrase(
                    f"`labels.severity`: {other} og {name} har samme etiket, {label}, så den siger "
                    "ikke, hvilken alvorsgrad en fejl har; giv dem hver sin.",
                    f"`labels.severity`: {other} and {name} have the same label, {label}, which "
                    "does not tell the class of a fault; give each its own.",
                ),
            )
        seen.setdefault(label.casefold(), name)


def _matrix(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    if model.matrix is None:
        return
    rows = model.matrix.classes
    columns = dict.fromkeys(urgency for row in rows.values() for urgency in row)
    for impact, row in rows.items():
        keys: Keys = (*_AT, "matrix", "classes", impact)
        for urgency, name in row.items():
            if name not in model.severities:
                yield (*keys, urgency), _unknown("escalation.matrix.classes", name, model)
        if missing := [urgency for urgency in columns if urgency not in row]:
            listed = ", ".join(missing)
            yield (
                keys,
                Phrase(
                    f"`escalation.matrix.classes`: {impact} mangler en alvorsgrad for {listed}; "
                    "skriv den ind.",
                    f"`escalation.matrix.classes`: {impact} has no class for {listed}; write it "
                    "in.",
                ),
            )


def _suggestions(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    """Those that the Policy writes: the default ones go by the classes that there are."""
    for name in model.suggest if "suggest" in model.model_fields_set else ():
        if name not in model.severities:
            yield (*_AT, "suggest", name), _unknown("escalation.suggest", name, model)


def _priorities(model: Escalation, policy: Policy) -> Wrong:
    for name in policy.jira.priorities if policy.jira else ():
        if name not in model.severities:
            yield ("jira", "priorities", name), _unknown("jira.priorities", name, model)


def _ladder(model: Escalation, policy: Policy) -> Wrong:
    for at, rung in enumerate(model.ladder):
        for place, recipient in enumerate(rung.notify):
            if recipient.startswith("jira:") and policy.jira is None:
                yield (
                    (*_AT, "ladder", at, "notify", place),
                    Phrase(
                        f"{recipient}: Policyen har intet afsnit `jira`; skriv det, eller vælg en "
                        "anden modtager.",
                        f"{recipient}: the Policy has no section `jira`; write it, or choose "
                        "another recipient.",
                    ),
                )


def _circles(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    """People who stand in for one another on the same day, so that nobody would be told."""
    stands_in = {
        away.casefold(): (away, one.to.casefold(), _absent(one.days))
        for away, one in model.substitutes.items()
    }
    told: set[str] = set()
    for first in stands_in:
        path: list[str] = []
        days: frozenset[str] | None = None
        step = first
        while step in stands_in and step not in path:
            path.append(step)
            days = stands_in[step][2] if days is None else days & stands_in[step][2]
            step = stands_in[step][1]
        if step != first or not days or told & set(path):
            continue
        told |= set(path)
        round_trip = " → ".join([*(stands_in[one][0] for one in path), stands_in[first][0]])
        yield (
            (*_AT, "substitutes", stands_in[first][0]),
            Phrase(
                f"`escalation.substitutes` går i ring ({round_trip}, for eksempel {min(days)}); "
                "lad en anden træde til.",
                f"`escalation.substitutes` go in a circle ({round_trip}, for example {min(days)}); "
                "let someone else stand in.",
            ),
        )


def _absent(spans: tuple[str, ...]) -> frozenset[str]:
    return frozenset(day for span in spans or ("01-01..12-31",) for day in days_in(span))


def _private(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    """No class is promised anything sooner than a vulnerability."""
    for moment in MOMENTS if model.security else ():
        private, public = _promise(model.security, moment), quickest(model, moment)
        if private and public and length(private, model.hours) > length(public, model.hours):
            yield (
                (*_AT, "security", moment),
                Phrase(
                    f"`escalation.security.{moment}`: en sårbarhed kan ikke have længere frist "
                    f"({private}) end en fejl ({public}); gør den kortere.",
                    f"`escalation.security.{moment}`: a vulnerability cannot be given more time "
                    f"({private}) than a fault ({public}); make it shorter.",
                ),
            )


def _unknown(where: str, name: str, model: Escalation) -> Phrase:
    listed = ", ".join(f"`{one}`" for one in model.severities)
    near = _near(name, model)
    da, en = (
        f"`{where}`: alvorsgraden `{name}` kendes ikke.",
        f"`{where}`: there is no class `{name}`.",
    )
    if near:
        da, en = f"{da} Mente du `{near[0]}`?", f"{en} Did you mean `{near[0]}`?"
    return Phrase(f"{da} Alvorsgraderne er {listed}.", f"{en} The classes are {listed}.")


def _near(name: str, model: Escalation) -> list[str]:
    """The class that was meant, if any is like it; a slip of the pen is one in a short name."""
    if len(name) > _LONGEST_SLIP:
        return []
    classes = [one for one in model.severities if len(one) <= _LONGEST_SLIP]
    return get_close_matches(name, classes, n=1, cutoff=0.6)
