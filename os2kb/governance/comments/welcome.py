"""How a contributor is greeted: somebody new is shown where the rules and the help are."""

from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, link
from os2kb.governance.wording.worded import worded
from os2kb.phrases import Phrase

# Somebody who never committed here, and somebody who never committed anywhere. GitHub tells it of
# pull requests alone: the author of an issue is `NONE`, however many they have opened.
# https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
_NEW = frozenset({"FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER"})
_GUIDELINES = Phrase("retningslinjerne", "the guidelines")
_HELP = Phrase("spørg her", "ask here")


def is_new(facts: Facts) -> bool:
    """Whether this is somebody's first contribution."""
    return facts.author.association in _NEW and not facts.author.is_bot


def greeting(facts: Facts) -> Markdown:
    """A welcome for somebody new, thanks for everybody else."""
    if not is_new(facts):
        return worded("thanks", facts.language, facts.wordings, {})
    values = {
        "author": facts.author.login,
        # GitHub's own page of where to begin; it links to the guidelines that it finds.
        "guidelines": _guidelines(facts, f"{_home(facts)}/contribute"),
        "help": link(_HELP.in_language(facts.language), f"{_home(facts)}/issues/new/choose"),
    }
    return worded("welcome", facts.language, facts.wordings, values)


def guidelines(facts: Facts) -> Markdown:
    """“The guidelines”, linked where the Policy says which they are."""
    return _guidelines(facts, "")


def _guidelines(facts: Facts, otherwise: str) -> Markdown:
    return link(_GUIDELINES.in_language(facts.language), facts.guidelines or otherwise)


def _home(facts: Facts) -> str:
    return facts.repository.url.rstrip("/")
