"""Models to try: a file with a whole Policy, or with sections in place of a repository's own."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from os2kb.phrases import Phrase
from os2kb.policy.document import read_document
from os2kb.policy.grants import Grant
from os2kb.policy.layers import Layer, layer
from os2kb.policy.load import PolicyFile, ReadPolicy, policy_of
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.policy.sections.escalation import Escalation

_IN_FORCE = Phrase("den gældende", "the one in force")
_DEFAULT = Phrase("standardforslaget", "the default proposal")
_NO_MODEL = Phrase(
    "Filen har ingen eskaleringsmodel; begynd den med `escalation:`.",
    "The file has no escalation model; begin it with `escalation:`.",
)


@dataclass(frozen=True, slots=True)
class Model:
    """A Policy with an escalation model, under the name it is shown by."""

    name: Phrase
    policy: Policy

    @property
    def escalation(self) -> Escalation:
        """The model itself."""
        return self.policy.escalation or Escalation()


def own_model(read: ReadPolicy, grant: Grant | None) -> Model:
    """A repository's own model, or the default proposal where it has none."""
    if read.policy.escalation is not None:
        return Model(_IN_FORCE, read.policy)
    default = read_document("escalation: {}", PATH)
    return Model(_DEFAULT, _laid_over(read, layer("repository", default), grant))


def model_in(file: PolicyFile, read: ReadPolicy, grant: Grant | None) -> Model:
    """The model that a file holds.

    With `version` the file is a whole Policy, in place of the repository's own. Without, each of
    its sections is in place of the section of that name, and all else is the repository's own.

    Raises:
        BadPolicy: with every problem found, each with its file, its line and its cure.
    """
    document = read_document(file.text, file.path)
    if "version" in document.data:
        above = [one for one in read.layers.layers if one.name == "organisation"]
        policy = policy_of((*above, layer("repository", document)), grant).policy
    else:
        policy = _laid_over(read, layer("repository", document), grant)
    if policy.escalation is None or "escalation" not in document.data:
        raise BadPolicy((PolicyProblem(file.path, 1, _NO_MODEL),))
    name = PurePath(file.path).name
    return Model(Phrase(name, name), policy)


def _laid_over(read: ReadPolicy, sections: Layer, grant: Grant | None) -> Policy:
    below = [
        replace(one, data={key: said for key, said in one.data.items() if key not in sections.data})
        for one in read.layers.layers
        if one.name != "preset"
    ]
    begun = layer("organisation", read_document("version: 1", PATH))
    return policy_of((begun, *below, sections), grant).policy
