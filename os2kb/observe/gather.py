"""What the rules in force need beyond the conversation, in one read at most.

What stands at a commit is read once (`os2kb.observe.shelf`). Lists of a pull request and the
issues that it names are read anew each time, and together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import get_args

from os2kb.forges.port import Forge
from os2kb.forges.scene import At, Details, File, Part, Scene, Text, Unreadable, Wanted
from os2kb.governance.citations import Guideline
from os2kb.governance.facts import Facts, PullRequest
from os2kb.governance.reading.forms import FOLDER, Form, read_form
from os2kb.governance.reading.references import MOST_LOOKED_UP, named_issues
from os2kb.governance.rules import rules_for
from os2kb.governance.rules.pull_request.files.changelog import changed_changelogs
from os2kb.governance.rules.rule import Need
from os2kb.governance.wording import wordings
from os2kb.governance.wording.check import LANGUAGES, is_wording
from os2kb.observe.shelf import Shelf
from os2kb.observe.sought import Sought, read_chosen
from os2kb.policy.grants import Grant
from os2kb.policy.policy import PATH, Policy

# A repository of several packages may have a changelog in each.
MOST_CHANGELOGS = 3
# Anybody can propose some, and each takes time to check.
MOST_WORDINGS = 20
# Where the forge, too, looks for an organisation's forms, where a repository has none.
_SHARED_FOLDERS = (FOLDER, "ISSUE_TEMPLATE")
_TEMPLATES = "pull request templates"
_PARTS: frozenset[Part] = frozenset(get_args(Part))


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts with all that their rules need, and two texts to judge.

    Attributes:
        guidelines: what Findings cite: the documents of each source, in order.
        proposed: the Policy file that the pull request would put in place; None for no change.
    """

    facts: Facts
    guidelines: tuple[tuple[Guideline, ...], ...]
    proposed: Text


def gather(
    forge: Forge,
    shelf: Shelf,
    scene: Scene,
    facts: Facts,
    policies: Sequence[Policy],
    grant: Grant,
) -> Gathered:
    """Read what is needed and not known yet.

    Args:
        forge: where it is read.
        shelf: what was read before.
        scene: the repository as it stands.
        facts: what the conversation and the list of files tell.
        policies: what they all need is read; the first says what Findings cite.
        grant: the repositories that guidelines may stand in.

    Raises:
        ForgeError: a read failed.
    """
    needs = frozenset[Need]().union(*(_needs(facts, policy) for policy in policies))
    places = _Places.of(scene, facts, policies, needs)
    # A broken Policy names none.
    sought = Sought.of(scene, grant, policies[0], shelf)
    wanted = Wanted(
        parts=_PARTS & needs if facts.pull_request else frozenset(),
        issues=_named(facts) if "linked" in needs else (),
        files=shelf.lacks(places.files),
        folders=shelf.lacks((*places.folders, *places.wordings)),
        documents=shelf.lacks(sought.here),
        elsewhere=sought.elsewhere(shelf),
        templates=bool(shelf.lacks(places.templates)),
    )
    details = forge.details(facts.repository, facts.subject.number, wanted) if wanted else Details()
    shelf.put({**details.files, **details.folders, **details.documents})
    shelf.put_tips(details.tips)
    sought = sought.after(details)
    read_chosen(forge, scene, sought, shelf)
    if details.templates is not None:
        shelf.put(dict.fromkeys(places.templates, details.templates))
    return Gathered(
        replace(
            facts,
            pull_request=_with_lists(facts.pull_request, details),
            linked=details.issues,
            changelogs=_texts(shelf, places.changelogs),
            rights=_texts(shelf, places.rights),
            templates=_templates(shelf, places),
            forms=_forms(shelf, places),
            wordings=_wordings(shelf, places),
            proposed_wordings=_proposed_wordings(shelf, places),
            guidelines=sought.address(shelf),
        ),
        sought.found(shelf),
        _text(shelf, places.proposed),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the needed texts stand; None, or empty, for what is not needed or cannot be there."""

    proposed: At | None = None
    rights: tuple[At, ...] = ()
    changelogs: tuple[At, ...] = ()
    folders: tuple[At, ...] = ()
    templates: tuple[At, ...] = ()
    wordings: tuple[At, ...] = ()
    proposed_wordings: tuple[At, ...] = ()

    @classmethod
    def of(
        cls, scene: Scene, facts: Facts, policies: Sequence[Policy], needs: frozenset[Need]
    ) -> "_Places":
        def here(path: str, commit: str = scene.head) -> At:
            return At(facts.repository.full_name, commit, path)

        pull = facts.pull_request
        signed = {one.guidelines.rules.rights_transfer.file for one in policies} - {None}
        changed = {file.path: file.change for file in pull.files} if pull else {}
        logs = changed_changelogs(pull.files)[:MOST_CHANGELOGS] if pull else ()
        home = scene.organisation_head
        return cls(
            proposed=here(PATH, pull.head_sha)
            if pull and changed.get(PATH, "removed") != "removed"
            else None,
            rights=tuple(here(path) for path in sorted(map(str, signed)))
            if scene.head and "rights" in needs
            else (),
            changelogs=tuple(here(log.path, pull.head_sha) for log in logs)
            if pull and "changelogs" in needs
            else (),
            folders=form_folders(scene) if "forms" in needs else (),
            # Where the repository has none, those of its organisation hold.
            templates=(here(f"{_TEMPLATES} {home}"),) if "templates" in needs else (),
            wordings=_of_wordings(scene) if not facts.policy_problems else (),
            proposed_wordings=tuple(
                here(path, pull.head_sha)
                for path, change in changed.items()
                if is_wording(path) and change != "removed"
            )[:MOST_WORDINGS]
            if pull
            else (),
        )

    @property
    def files(self) -> tuple[At, ...]:
        """Every single file."""
        return tuple(at for at in self._single if at)

    @property
    def _single(self) -> tuple[At | None, ...]:
        several = (*self.rights, *self.changelogs, *self.proposed_wordings)
        return (self.proposed, *several)


def form_folders(scene: Scene) -> tuple[At, ...]:
    """Where issue forms may stand: the repository's own, then its organisation's."""
    if not scene.head:
        return ()
    here, home = At(scene.repository.full_name, scene.head, FOLDER), scene.organisation_head
    # The forge shows no form of a private one, and a Finding names what a form asks.
    shows = home and (scene.repository.private or not scene.organisation_private)
    return (here, *(At(scene.organisation, home, path) for path in _SHARED_FOLDERS if shows))


def _of_wordings(scene: Scene) -> tuple[At, ...]:
    """Where texts stand: the organisation's, then the repository's own, which replace them."""
    homes = (
        (scene.organisation, scene.organisation_head),
        (scene.repository.full_name, scene.head),
    )
    return tuple(
        At(full_name, head, f"{wordings.FOLDER}/{language}")
        for full_name, head in homes
        if head
        for language in LANGUAGES
    )


def _needs(facts: Facts, policy: Policy) -> frozenset[Need]:
    """What the rules that hold read beyond the conversation; a broken Policy has none."""
    rules = () if facts.policy_problems else rules_for(facts, policy)
    asked = (rule for rule in rules if rule.asks_bots or not facts.author.is_bot)
    return frozenset(need for rule in asked for need in rule.reads(policy))


def _named(facts: Facts) -> tuple[int, ...]:
    """The issues a pull request names, as far as they are looked up."""
    if facts.pull_request is None:
        return ()
    named = named_issues(
        facts.title, facts.body, facts.pull_request.head_branch, facts.repository.full_name
    )
    return tuple(number for number in named if number != facts.subject.number)[:MOST_LOOKED_UP]


def _with_lists(pull: PullRequest | None, details: Details) -> PullRequest | None:
    if pull is None:
        return None
    return replace(
        pull,
        commits=details.commits,
        commits_cut=details.commits_cut,
        reviews=details.reviews,
        threads=details.threads,
        checks=details.checks,
    )


def _texts(shelf: Shelf, places: Sequence[At]) -> Mapping[str, str]:
    """Path to text of what can be read."""
    files = [_file(shelf, at) for at in places]
    return MappingProxyType({file.path: file.text for file in files if file})


def _templates(shelf: Shelf, places: _Places) -> Mapping[str, str] | None:
    for at in places.templates:
        held = shelf.get(at)
        if isinstance(held, Mapping):
            return held
    return None


def _forms(shelf: Shelf, places: _Places) -> tuple[Form, ...] | None:
    """The forms in force; None where none was needed."""
    if not places.folders:
        return None
    held = (shelf.get(at) for at in places.folders)
    return forms_in(one if isinstance(one, tuple) else () for one in held)


def forms_in(folders: Iterable[Sequence[File]]) -> tuple[Form, ...]:
    """The forms of the first folder that holds any: a repository's own, else its organisation's."""
    for files in folders:
        if forms := tuple(form for one in files if (form := read_form(one.text, one.path))):
            return forms
    return ()


def _wordings(shelf: Shelf, places: _Places) -> Mapping[str, str]:
    """The texts in force, by path."""
    held = (shelf.get(at) for at in places.wordings)
    files = (file for one in held if isinstance(one, tuple) for file in one)
    return MappingProxyType({file.path: file.text for file in files})


def _proposed_wordings(shelf: Shelf, places: _Places) -> Mapping[str, str | None]:
    """The texts that the pull request would put in place, None for one that cannot be read."""
    found = ((at.path, _file(shelf, at)) for at in places.proposed_wordings)
    return MappingProxyType({path: file.text if file else None for path, file in found})


def _text(shelf: Shelf, at: At | None) -> Text:
    held = shelf.get(at) if at else None
    return held if isinstance(held, File | Unreadable) else None


def _file(shelf: Shelf, at: At | None) -> File | None:
    found = _text(shelf, at)
    return found if isinstance(found, File) else None
