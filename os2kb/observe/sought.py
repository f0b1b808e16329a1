"""The guidelines that Findings cite: where they stand, and what of them may be shown here.

They stand in the repository itself or in another one of its product, on the default branch. They
are read where they stand, and not from the index: that is as old as its last refresh, need not
hold them, and goes by what its sources say of who may see them. What finds the paragraph is the
index's own (`index.lookup`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote

from index.reading.contents import SUFFIXES, is_converted, suffix_of
from os2kb.forges.port import Forge
from os2kb.forges.scene import At, Details, Elsewhere, File, Folder, Scene, Tip, Wanted
from os2kb.governance.citations import Guideline
from os2kb.observe.shelf import Shelf
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.grants import Grant, matches
from os2kb.policy.policy import Policy
from os2kb.policy.sections.guidelines import GuidelineSource

# Of a folder: each costs time to look through. No more are read, however many it holds.
MOST_DOCUMENTS = 30
# Of all sources: sixty short ones take some seconds when they are first read.
MOST_TOGETHER = 60
# Characters of all guidelines together; finding a paragraph in more takes seconds.
LONGEST_GUIDELINES = 256_000
_NOT_GIVEN = Phrase(
    "dens repository er ikke et af produktets i OS2KB_PRODUCTS",
    "its repository is not among the product's in OS2KB_PRODUCTS",
)
_TOO_MUCH = Phrase(
    f"ikke alt læses: der er mere end {MOST_DOCUMENTS} dokumenter i mappen, {MOST_TOGETHER} i alt "
    f"eller {LONGEST_GUIDELINES:,} tegn; nævn de filer, der citeres".replace(",", "."),
    f"not all of it is read: there are more than {MOST_DOCUMENTS} documents in the folder, "
    f"{MOST_TOGETHER} in all or {LONGEST_GUIDELINES:,} characters; name the files to cite",
)
_NO_TEXT = Phrase("der er ingen tekst, der kan læses", "holds no text that can be read")
_PRIVATE = Phrase(
    "er privat og må ikke citeres i et offentligt repository",
    "is private, and must not be quoted in a public repository",
)
_NOT_THERE = Phrase("findes ikke, eller vi kan ikke se den", "is not there, or not visible to us")


@dataclass(frozen=True, slots=True)
class Sought:
    """The sources of a Policy, as far as its product was given them.

    Attributes:
        tips: of the other repositories, as far as they are known, by the name in the Policy.
    """

    scene: Scene
    grant: Grant
    sources: tuple[GuidelineSource, ...] = ()
    tips: Mapping[str, Tip] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, scene: Scene, grant: Grant, policy: Policy, shelf: Shelf) -> "Sought":
        """What a Policy names, and what is known of it."""
        sources = tuple(
            one
            for one in policy.guidelines.sources
            if not one.repository or matches(one.repository, grant.repositories)
        )
        tips = {name: tip for one in sources if (tip := shelf.tip(name := one.repository))}
        return cls(scene, grant, sources, MappingProxyType(tips))

    @property
    def here(self) -> tuple[At, ...]:
        """Where those in the repository itself stand."""
        places = (self._at(one) for one in self.sources if self._is_here(one))
        return tuple(at for at in places if at)

    def elsewhere(self, shelf: Shelf) -> tuple[Elsewhere, ...]:
        """What has to be read of other repositories: all that is wanted of one, or nothing."""
        wanted: dict[str, list[GuidelineSource]] = {}
        for one in self.sources:
            if not self._is_here(one):
                wanted.setdefault(one.repository, []).append(one)
        return tuple(
            Elsewhere(name, tuple(dict.fromkeys(one.path for one in sources)))
            for name, sources in wanted.items()
            if name not in self.tips or shelf.lacks(at for one in sources if (at := self._at(one)))
        )

    def chosen(self, shelf: Shelf) -> tuple[At, ...]:
        """The documents in folders that are to be read; of each the first by name."""
        found = [at for one in self.sources for at in self._within(one, shelf)[:MOST_DOCUMENTS]]
        return tuple(dict.fromkeys(found))[:MOST_TOGETHER]

    def after(self, details: Details) -> "Sought":
        """With what was read since."""
        tips = MappingProxyType({**self.tips, **details.tips})
        return Sought(self.scene, self.grant, self.sources, tips)

    def found(self, shelf: Shelf) -> tuple[tuple[Guideline, ...], ...]:
        """The documents of each source, in order; none where there are none that may be shown.

        One that would make them too long together is left out, and so is what follows the last
        that there is room for.
        """
        left, room = LONGEST_GUIDELINES, MOST_TOGETHER
        found = []
        for source in self.sources:
            kept = []
            for document in self.documents(source, shelf):
                if len(document.text) <= left and room:
                    left, room = left - len(document.text), room - 1
                    kept.append(document)
            found.append(tuple(kept))
        return tuple(found)

    def documents(self, source: GuidelineSource, shelf: Shelf) -> tuple[Guideline, ...]:
        """A document, or those of a folder that are texts people write."""
        at = self._at(source)
        held = shelf.get(at) if at else None
        if isinstance(held, File):
            files: tuple[File, ...] = (held,)
        else:
            within = (shelf.get(one) for one in self._within(source, shelf)[:MOST_DOCUMENTS])
            files = tuple(one for one in within if isinstance(one, File))
        return tuple(
            Guideline(one.path, one.text, one.url)
            for one in files
            if len(one.text) <= LONGEST_GUIDELINES
        )

    def lack(self, source: GuidelineSource, shelf: Shelf) -> Phrase:
        """Why not all of a source can be cited here, for whoever runs this; empty where it can."""
        if documents := self.documents(source, shelf):
            kept = dict(zip(self.sources, self.found(shelf), strict=True))
            is_all = not shelf.lacks(self._within(source, shelf))
            return NOTHING if is_all and kept[source] == documents else _TOO_MUCH
        if source not in self.sources:
            return _NOT_GIVEN
        if self._at(source):
            return _NO_TEXT
        tip = self.tips.get(source.repository)
        is_seen = tip and tip.head and matches(tip.full_name, self.grant.repositories)
        return _PRIVATE if is_seen else _NOT_THERE

    def address(self, shelf: Shelf) -> str:
        """Where people read the first source that there is, as it is now; empty without one."""
        for one in self.sources:
            if self.documents(one, shelf):
                tip = self._tip(one)
                held = shelf.get(At(tip.full_name, tip.head, one.path))
                kind = "blob" if isinstance(held, File) else "tree"
                return f"{tip.url.rstrip('/')}/{kind}/{quote(tip.branch)}/{quote(one.path)}"
        return ""

    def _within(self, source: GuidelineSource, shelf: Shelf) -> tuple[At, ...]:
        """The texts that people write in a folder, not those of folders in it."""
        at = self._at(source)
        held = shelf.get(at) if at else None
        if at is None or not isinstance(held, Folder):
            return ()
        paths = (f"{held.path}/{name}" for name in held.names)
        return tuple(at._replace(path=path) for path in paths if _is_written(path))

    def _is_here(self, source: GuidelineSource) -> bool:
        named = source.repository.casefold()
        return named in ("", self.scene.repository.full_name.casefold())

    def _at(self, source: GuidelineSource) -> At | None:
        """Where a source stands at a commit; None where there is nothing, or nothing to show."""
        tip = self._tip(source)
        return At(tip.full_name, tip.head, source.path) if tip.head else None

    def _tip(self, source: GuidelineSource) -> Tip:
        own = self.scene.repository
        if self._is_here(source):
            return Tip(own.full_name, own.private, own.url, own.default_branch, self.scene.head)
        tip = self.tips.get(source.repository, Tip(source.repository))
        # It may have been renamed, and no longer be the product's.
        is_ours = matches(tip.full_name, self.grant.repositories)
        # Whoever reads a public issue may not be able to read a private guideline.
        may_be_shown = not tip.private or own.private
        return tip if is_ours and may_be_shown else Tip(source.repository)


def read_chosen(forge: Forge, scene: Scene, sought: Sought, shelf: Shelf) -> None:
    """Read what was chosen of folders and is not known yet: one read, where there is any.

    Only a folder's names say how much it holds; to ask for all of its texts at once has no end.

    Raises:
        ForgeError: it failed.
    """
    lacking = shelf.lacks(sought.chosen(shelf))
    own = scene.repository.full_name
    others: dict[tuple[str, str], list[str]] = {}
    for at in lacking:
        if at.full_name != own:
            others.setdefault((at.full_name, at.commit), []).append(at.path)
    wanted = Wanted(
        documents=tuple(at for at in lacking if at.full_name == own),
        elsewhere=tuple(
            Elsewhere(name, tuple(paths), commit) for (name, commit), paths in others.items()
        ),
    )
    if wanted:
        shelf.put(forge.details(scene.repository, 0, wanted).documents)


def _is_written(path: str) -> bool:
    return suffix_of(path) in SUFFIXES and not is_converted(path)


def uncited_sources(forge: Forge, scene: Scene, policy: Policy, grant: Grant) -> Iterator[Phrase]:
    """Each source of a Policy that cannot be cited, or not all of it, and why; two reads.

    Raises:
        ForgeError: it failed.
    """
    shelf = Shelf(lambda: datetime.now(UTC))
    sought = Sought.of(scene, grant, policy, shelf)
    wanted = Wanted(documents=sought.here, elsewhere=sought.elsewhere(shelf))
    details = forge.details(scene.repository, 0, wanted) if wanted else Details()
    shelf.put(details.documents)
    sought = sought.after(details)
    read_chosen(forge, scene, sought, shelf)
    for source in policy.guidelines.sources:
        if (reason := sought.lack(source, shelf)) != NOTHING:
            yield Phrase(f"{source}: {reason.da}", f"{source}: {reason.en}")
