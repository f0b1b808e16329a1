"""GitHub: the webhook, who we are there, what we may do, and the Policies."""

from collections.abc import Iterator

from os2kb.clock import now
from os2kb.doctor.chats import untold
from os2kb.doctor.check import Check, as_it_is, said
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.app.inspect import Installed, installations, whoami
from os2kb.forges.github.app.permissions import is_granted, missing, missing_events
from os2kb.forges.github.connect import connect
from os2kb.forges.port import ForgeError
from os2kb.observe.in_force import policy_in_force
from os2kb.observe.reached import unreached
from os2kb.observe.sought import uncited_sources
from os2kb.phrases import Phrase
from os2kb.policy.grants import Grant
from os2kb.policy.load import ReadPolicy
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy
from os2kb.policy.remarks import remarks
from os2kb.policy.sections.commands import Commands
from os2kb.settings import BadSettings, Settings


def governing(settings: Settings) -> Iterator[Check]:
    """GitHub, where anything of it is set: an installation may be there for answers only."""
    if settings.github_webhook_secret or settings.github_app_id or settings.github_token:
        yield _webhook(settings)
        yield from _github(settings)
    else:
        detail = Phrase(
            "ikke sat op: den søger og svarer, og styrer intet",
            "not set up: it searches and answers, and governs nothing",
        )
        yield Check("GitHub", "off", detail)


def _webhook(settings: Settings) -> Check:
    count = len(settings.github_webhook_secret)
    if not count:
        return Check(
            "webhook",
            "wrong",
            Phrase(
                "der er ingen hemmelighed, så hver levering bliver afvist",
                "no secret is set, so every delivery is refused",
            ),
            Phrase(
                "Sæt OS2KB_GITHUB_WEBHOOK_SECRET til webhookens hemmelighed.",
                "Set OS2KB_GITHUB_WEBHOOK_SECRET to the webhook's secret.",
            ),
        )
    detail = Phrase(
        f"{count} hemmelighed{'er' if count > 1 else ''} godtages",
        f"{count} secret{'s' if count > 1 else ''} accepted",
    )
    return Check("webhook", "ok", detail)


def _github(settings: Settings) -> Iterator[Check]:
    try:
        forge = connect(settings, now)
        we, there = whoami(settings), settings.github_api_url
        yield Check("GitHub", "ok", Phrase(f"vi er {we} på {there}", f"we are {we} at {there}"))
        if settings.github_app_id:
            for installed in installations(settings):
                yield _permissions(installed)
                yield from _policies(settings, forge, installed)
        else:
            detail = Phrase(
                "et personligt token: ingen kontroller på pull requests",
                "a personal token: no checks on pull requests",
            )
            yield Check("GitHub App", "off", detail)
    except BadSettings as error:
        yield Check("GitHub", "wrong", Phrase("intet adgangsbevis", "no credentials"), said(error))
    except ForgeError as error:
        cure = Phrase(
            "Se efter i OS2KB_GITHUB_APP_ID, OS2KB_GITHUB_PRIVATE_KEY og OS2KB_GITHUB_API_URL.",
            "Check OS2KB_GITHUB_APP_ID, OS2KB_GITHUB_PRIVATE_KEY and OS2KB_GITHUB_API_URL.",
        )
        yield Check("GitHub", "wrong", error.phrase, cure)


def _permissions(installed: Installed) -> Check:
    part = Phrase(f"App'en på {installed.account}", f"App on {installed.account}")
    if lacking := ", ".join(f"{one.name}: {one.access}" for one in missing(installed.permissions)):
        detail = Phrase(f"tilladelser mangler: {lacking}", f"permissions missing: {lacking}")
        cure = Phrase(
            "Ret App'ens tilladelser, og godkend dem på installationens side.",
            "Change the App's permissions, and accept them on the installation's page.",
        )
        return Check(part, "wrong", detail, cure)
    if unheard := ", ".join(missing_events(installed.events)):
        detail = Phrase(f"hændelser mangler: {unheard}", f"events missing: {unheard}")
        cure = Phrase(
            "Abonnér på dem på App'ens side, under Permissions & events.",
            "Subscribe to them on the App's page, under Permissions & events.",
        )
        return Check(part, "wrong", detail, cure)
    return Check(part, "ok", as_it_is(f"{len(installed.repositories)} repositories"))


def _policies(settings: Settings, forge: GitHub, installed: Installed) -> Iterator[Check]:
    grants = settings.grants()
    for name in installed.repositories:
        product = grants.product_of(name)
        part = Phrase(f"Policyen i {name}", f"Policy of {name}")
        if product is None:
            detail = Phrase(
                "hører ikke til noget produkt i OS2KB_PRODUCTS",
                "belongs to no product in OS2KB_PRODUCTS",
            )
            yield Check(part, "off", detail)
            continue
        try:
            read = policy_in_force(forge, name, grants.grant(product))
        except BadPolicy as bad:
            for problem in bad.problems:
                da, en = problem.message.da, problem.message.en
                if problem.line:
                    da, en = f"linje {problem.line}: {da}", f"line {problem.line}: {en}"
                cure = Phrase(f"Ret {problem.path}.", f"Mend {problem.path}.")
                yield Check(part, "wrong", Phrase(da, en), cure)
            continue
        if read.layers.layers and _unseen_teams(read.policy, installed):
            yield Check(
                part,
                "wrong",
                Phrase(
                    "den lader et team give kommandoer, og App'en må ikke se, hvem der er i det",
                    "it lets a team give commands, and the App may not see who is in it",
                ),
                Phrase(
                    "Giv App'en organisationstilladelsen Members: read, og godkend den.",
                    "Give the App the organisation permission Members: read, and accept it.",
                ),
            )
        elif read.layers.layers:
            yield _names(forge, name, part, read, grants.grant(product))
            yield from untold(part, read.policy, settings)
            yield from _unreached(forge, name, part, read.policy)
        else:
            detail = Phrase(
                f"ingen {PATH}: hjælperen svarer, og styrer intet",
                f"no {PATH}: the bot answers, and governs nothing",
            )
            yield Check(part, "off", detail)


def _unreached(forge: GitHub, name: str, part: Phrase, policy: Policy) -> Iterator[Check]:
    """Whom the ladder names and a mention does not reach."""
    if policy.escalation is None:
        return
    said = tuple(one.said for one in unreached(forge, forge.repository(name), policy.escalation))
    if said:
        cure = Phrase(
            "Ret navnene i policyens stige, `people` eller OS2KB_PRODUCTS.",
            "Correct the names in the Policy's ladder, `people` or OS2KB_PRODUCTS.",
        )
        yield Check(part, "wrong", _together(said), cure)


def _unseen_teams(policy: Policy, installed: Installed) -> bool:
    """Whether a command is for a team whose members the App cannot see: then nobody may give it."""
    allowed = [who for one in Commands.model_fields for who in getattr(policy.commands, one)]
    return any("/" in who for who in allowed) and not is_granted("members", installed.permissions)


def _names(forge: GitHub, repository: str, part: Phrase, read: ReadPolicy, grant: Grant) -> Check:
    """Whether what a Policy names is there, and whether it can be meant."""
    scene = forge.scene(repository)
    existing = {label.casefold() for label in scene.repository.labels}
    lost = [label for label in read.policy.labels.named() if label.casefold() not in existing]
    if lost:
        listed = ", ".join(lost)
        detail = Phrase(
            f"etiketter, der ikke findes: {listed}", f"labels that do not exist: {listed}"
        )
        cure = Phrase(
            "Opret etiketterne på GitHub, eller ret deres navne: hjælperen laver ingen.",
            "Make the labels on GitHub, or correct their names: the bot never makes one.",
        )
        return Check(part, "wrong", detail, cure)
    uncited = tuple(uncited_sources(forge, scene, read.policy, grant))
    if uncited and not read.from_preset("guidelines", "source"):
        cure = Phrase(
            "Ret guidelines.source: uden den kan intet krav citeres.",
            "Correct guidelines.source: without it no finding can quote the guideline.",
        )
        return Check(part, "wrong", _together(uncited), cure)
    doubts = (one.message for one in remarks(read))
    return Check(part, "ok", _together((Phrase("kan bruges", "valid"), *uncited, *doubts)))


def _together(said: tuple[Phrase, ...]) -> Phrase:
    return Phrase("; ".join(one.da for one in said), "; ".join(one.en for one in said))
