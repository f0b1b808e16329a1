"""Which earlier issues of a product say much the same as one: a small index of their own.

A repository's issues are read whole once, and then what changed since, at most every quarter of an
hour. What looks like a vulnerability or holds personal data is not kept, and of the others no text
but the title.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Lock

from sqlalchemy import Engine

from index.alike import Alike, alikeness, line_hashes, shared_lines
from os2kb.forges.port import Conversation, Forge, NotFound
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.harmless.neutralise import scrub
from os2kb.governance.learned import Near
from os2kb.governance.reading.prose import visible_lines
from os2kb.governance.rules.text.personal_cues import personal_data
from os2kb.knowledge.sources.question_page import looks_like_a_vulnerability
from os2kb.policy.policy import Policy
from os2kb.products.products import Products
from os2kb.store.known_issues import KnownIssue, every_known_issue, keep_known_issues

_LOOK_AGAIN = timedelta(minutes=15)
_MOST_READ = 5_000  # issues of a repository, the newest
_NEAREST = 5
_LEAST = 0.3  # no threshold is lower
_LINES = 300
_TITLE_CHARS = 300
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class NearIssues:
    """The issues we know of. Safe to ask from several threads."""

    def __init__(
        self, forge: Forge, database: Engine, products: Products, now: Callable[[], datetime]
    ) -> None:
        self._forge, self._database, self._products = forge, database, products
        self._now = now
        self._lock = Lock()  # of what is below; never held while the forge is asked
        self._catching_up: defaultdict[int, Lock] = defaultdict(Lock)
        self._known: dict[tuple[int, int], KnownIssue] = {}
        self._looked: dict[int, datetime] = {}
        self._public: dict[int, tuple[datetime, bool]] = {}
        self._made: dict[str, tuple[tuple[KnownIssue, ...], Alike]] = {}

    def to(self, facts: Facts, policy: Policy, product: str) -> tuple[Near, ...]:
        """The earlier issues that are most like one, nearest first.

        A public issue is shown public ones only, and a private one those of its own repository
        besides.

        Raises:
            ForgeError: the repository's issues could not be read.
        """
        self._catch_up(facts.repository, policy)
        own = self._update(facts.repository, [_conversation(facts)], policy)
        if not own:
            return ()
        with self._lock:
            issues, alike = self._of(product)
        scores = alike.scores(own[0].alikeness)
        found = [
            Near(one.number, one.title, one.url, round(float(score), 4))
            for one, score in zip(issues, scores, strict=True)
            if score >= _LEAST
            and _earlier(one, own[0])
            and _visible(one, facts.repository)
            and (one.repository == facts.repository.id or self._is_public_still(one))
        ]
        return tuple(sorted(found, key=lambda one: -one.score)[:_NEAREST])

    def forget(self, repository: int, number: int) -> None:
        """Keep nothing of an issue that is gone."""
        with self._lock:
            self._store((), [(repository, number)])

    def _is_public_still(self, one: KnownIssue) -> bool:
        """Whether everyone may see an issue of another repository, which nothing tells us here."""
        now = self._now()
        looked, public = self._public.get(one.repository, (_EVER, False))
        if now - looked >= _LOOK_AGAIN:
            try:
                there = self._forge.scene(one.full_name).repository
                public = there.id == one.repository and not there.private
            except NotFound:
                public = False
            self._public[one.repository] = now, public
        return public

    def _catch_up(self, repository: Repository, policy: Policy) -> None:
        """Read what changed in a repository since it was last looked at.

        It takes up to fifty reads; only those who ask about the same repository wait for them.
        """
        with self._lock:
            catching_up = self._catching_up[repository.id]
        with catching_up:
            now = self._now()
            if now - self._looked.get(repository.id, _EVER) < _LOOK_AGAIN:
                return
            with self._lock:
                self._known = {one.key: one for one in every_known_issue(self._database)}
                self._made.clear()
                here = self._of_repository(repository)
            since = max((one.updated_at for one in here), default=_EVER)
            read = self._forge.conversations(repository, since=since)
            issues = [one for one in islice(read, _MOST_READ) if not one.is_pull_request]
            self._update(repository, issues, policy)
            name, private = repository.full_name, repository.private
            with self._lock:
                moved = [
                    replace(one, full_name=name, private=private)
                    for one in self._of_repository(repository)
                    if (one.full_name, one.private) != (name, private)
                ]
                self._store(moved, ())
            self._looked[repository.id] = now

    def _update(
        self, repository: Repository, issues: Sequence[Conversation], policy: Policy
    ) -> list[KnownIssue]:
        """Keep issues as they are now, but those that must not be kept; returns what is known."""
        kept = [one for one in issues if _may_be_kept(one, policy)]
        fit = {one.number for one in kept}
        left = [(repository.id, one.number) for one in issues if one.number not in fit]
        with self._lock:
            changed = [one for one in kept if not self._is_known(repository, one)]
            held = [one.lines for one in self._of_repository(repository)] if changed else []
        lines = {one.number: written_lines(one.body) for one in changed}
        # What many of a repository's issues say is a form's or a template's.
        shared = shared_lines([*held, *map(line_hashes, lines.values())]) if changed else set()
        made = [_known(repository, one, lines[one.number], shared) for one in changed]
        with self._lock:
            newer = [one for one in made if not self._is_known(repository, one)]
            self._store(newer, [key for key in left if key in self._known])
            known = [self._known.get((repository.id, one.number)) for one in kept]
        return [one for one in known if one is not None]

    def _of_repository(self, repository: Repository) -> list[KnownIssue]:
        return [one for one in self._known.values() if one.repository == repository.id]

    def _is_known(self, repository: Repository, issue: Conversation | KnownIssue) -> bool:
        """Whether an issue is known as it is, or newer."""
        known = self._known.get((repository.id, issue.number))
        return known is not None and known.updated_at >= issue.updated_at

    def _store(self, kept: Iterable[KnownIssue], left: Iterable[tuple[int, int]]) -> None:
        kept, left = list(kept), list(left)
        if not (kept or left):
            return
        keep_known_issues(self._database, kept, left)
        self._known.update((one.key, one) for one in kept)
        for key in left:
            self._known.pop(key, None)
        self._made.clear()

    def _of(self, product: str) -> tuple[tuple[KnownIssue, ...], Alike]:
        """A product's issues, ready to compare with."""
        if product not in self._made:
            names = {one.full_name for one in self._known.values()}
            ours = {name for name in names if self._products.product_of(name) == product}
            issues = tuple(one for one in self._known.values() if one.full_name in ours)
            self._made[product] = issues, Alike([one.alikeness for one in issues])
        return self._made[product]


def _may_be_kept(issue: Conversation, policy: Policy) -> bool:
    security = (policy.labels.security or "").casefold()
    today = issue.updated_at.date()
    return not (
        issue.author.is_bot
        or issue.state_reason == "duplicate"
        or security in {label.casefold() for label in issue.labels}
        or looks_like_a_vulnerability(issue.title, [issue.body])
        or personal_data(f"{issue.title}\n\n{issue.body}", today)
    )


def _known(
    repository: Repository, issue: Conversation, lines: list[str], shared: set[int]
) -> KnownIssue:
    return KnownIssue(
        repository=repository.id,
        number=issue.number,
        full_name=repository.full_name,
        private=repository.private,
        title=" ".join(scrub(issue.title).split())[:_TITLE_CHARS],
        url=issue.url,
        created_at=issue.created_at,
        updated_at=issue.updated_at,
        alikeness=alikeness(issue.title, lines, shared),
        lines=line_hashes(lines),
    )


def written_lines(body: str) -> list[str]:
    """What was written, without headings, which are a form's or a template's."""
    lines = (line.strip() for line in visible_lines(body))
    return [line for line in lines if line and not line.startswith("#")][:_LINES]


def _earlier(one: KnownIssue, other: KnownIssue) -> bool:
    return (one.created_at, one.key) < (other.created_at, other.key)


def _visible(one: KnownIssue, repository: Repository) -> bool:
    return not one.private or (repository.private and one.repository == repository.id)


def _conversation(facts: Facts) -> Conversation:
    return Conversation(
        number=facts.subject.number,
        title=facts.title,
        body=facts.body,
        author=facts.author,
        open=facts.open,
        state_reason=facts.state_reason,
        locked=facts.locked,
        labels=facts.labels,
        created_at=facts.created_at,
        updated_at=facts.updated_at,
        url=facts.url,
        is_pull_request=False,
        issue_type=facts.issue_type,
    )
