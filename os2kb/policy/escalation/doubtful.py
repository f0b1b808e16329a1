"""What in an escalation model can hold, and is hardly meant: told, and never refused."""

from itertools import pairwise

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys
from os2kb.policy.escalation.lengths import length
from os2kb.policy.escalation.wrong_hours import Wrong
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import MOMENTS, Escalation

_AT: Keys = ("escalation",)


def doubtful(policy: Policy) -> Wrong:
    """What to look at once more in a model that was accepted, and where it stands."""
    if policy.escalation is None:
        return
    for check in _CHECKS:
        yield from check(policy.escalation, policy)


def _slower_when_worse(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    for (worse, first), (milder, second) in pairwise(model.severities.items()):
        for moment in MOMENTS:
            slow, quick = getattr(first, moment), getattr(second, moment)
            if slow and quick and length(slow, model.hours) > length(quick, model.hours):
                yield (
                    (*_AT, "severities", worse, moment),
                    Phrase(
                        f"{worse} står som værre end {milder}, men har længere frist for "
                        f"`{moment}` ({slow} mod {quick}). Alvorsgraderne skrives med den værste "
                        "først.",
                        f"{worse} stands as worse than {milder}, but has more time for `{moment}` "
                        f"({slow} against {quick}). Classes are written worst first.",
                    ),
                )


def _never_reached(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    for at, rung in enumerate(model.ladder):
        promised = (
            rung.when is None or getattr(one, rung.when) for one in model.severities.values()
        )
        if not any(promised):
            yield (
                (*_AT, "ladder", at, "when"),
                Phrase(
                    f"Trinnet {rung.name} får aldrig besked: ingen alvorsgrad har en frist for "
                    f"`{rung.when}`. Skriv en, eller vælg et andet `when`.",
                    f"The rung {rung.name} is never told: no class has a time for `{rung.when}`. "
                    "Write one, or choose another `when`.",
                ),
            )


def _climbs_down(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    order = (None, *MOMENTS)
    for at, (lower, higher) in enumerate(pairwise(model.ladder), 1):
        if order.index(lower.when) > order.index(higher.when):
            yield (
                (*_AT, "ladder", at),
                Phrase(
                    f"{higher.name} står over {lower.name} på stigen, men får besked før. Skriv "
                    "trinnene i den rækkefølge, de får besked.",
                    f"{higher.name} stands above {lower.name} on the ladder, but is told before. "
                    "Write the rungs in the order in which they are told.",
                ),
            )


def _nobody(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    if not model.ladder:
        yield (
            (*_AT, "ladder"),
            Phrase(
                "Stigen er tom herfra: skriv en `ladder`, eller skriv `people.coordinators` og "
                "`people.suppliers`. `teams` i OS2KB_PRODUCTS kan udfylde resten, der hvor os2kb "
                "kører.",
                "The ladder is empty from here: write a `ladder`, or write `people.coordinators` "
                "and `people.suppliers`. `teams` in OS2KB_PRODUCTS can fill the rest where os2kb "
                "runs.",
            ),
        )


def _unconfirmed(model: Escalation, policy: Policy) -> Wrong:
    """A rung that waits for a command which nobody may give is never told."""
    if policy.commands.escalate:
        return
    for at, rung in enumerate(model.ladder):
        if rung.confirm:
            yield (
                (*_AT, "ladder", at, "confirm"),
                Phrase(
                    f"Trinnet {rung.name} venter på `/os2 escalate`, og den kommando må ingen give "
                    "endnu. Skriv hvem, som `commands: {escalate: [coordinator]}`.",
                    f"The rung {rung.name} waits for `/os2 escalate`, and nobody may give that "
                    "command yet. Write who, as `commands: {escalate: [coordinator]}`.",
                ),
            )


def _labels(model: Escalation, policy: Policy) -> Wrong:
    """Classes and labels that do not go together."""
    labels = policy.labels.severity
    if lacking := [name for name in model.severities if name not in labels]:
        listed = ", ".join(lacking)
        yield (
            _AT,
            Phrase(
                f"`labels.severity` har ingen etiket for {listed}, så `/os2 severity` kan ikke "
                "vælge den. Skriv den etiket, repositoriet har.",
                f"`labels.severity` has no label for {listed}, so that `/os2 severity` cannot "
                "choose it. Write the label that the repository has.",
            ),
        )
    for name in labels:
        if name not in model.severities:
            yield (
                ("labels", "severity", name),
                Phrase(
                    f"`labels.severity`: {name} er ikke en alvorsgrad i eskaleringsmodellen, så en "
                    "fejl med den etiket har ingen frister.",
                    f"`labels.severity`: {name} is no class of the escalation model, so that a "
                    "fault with that label has no deadlines.",
                ),
            )


def _since(model: Escalation, policy: Policy) -> Wrong:  # noqa: ARG001
    if model.is_adopted and model.since is None:
        yield (
            (*_AT, "status"),
            Phrase(
                "Modellen er vedtaget, men ikke fra hvilken dag, så der gives også besked om det, "
                'der har været overskredet de seneste uger. Skriv dagen, som `from: "2026-01-31"`.',
                "The model is adopted, but not from which day, so people are also told of what has "
                'been late for the last weeks. Write the day, as `from: "2026-01-31"`.',
            ),
        )


_CHECKS = (
    _slower_when_worse,
    _never_reached,
    _climbs_down,
    _nobody,
    _unconfirmed,
    _labels,
    _since,
)
