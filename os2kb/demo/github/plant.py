"""From a seed to a world: everything is planted as if it had always been there."""

from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from os2kb.demo.github.changes.checks import create_check
from os2kb.demo.github.changes.issues import (
    add_comment,
    add_labels,
    close,
    lock,
    open_issue,
    reopen,
)
from os2kb.demo.github.changes.labels import create_label
from os2kb.demo.github.changes.pulls import add_review, open_pull
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.seed import (
    DEFAULT_PERMISSIONS,
    BadSeed,
    BranchSeed,
    DiscussionSeed,
    FileSeed,
    InstallationSeed,
    IssueSeed,
    LabelSeed,
    PersonSeed,
    PullSeed,
    RepositorySeed,
    Seed,
)
from os2kb.demo.github.shapes.pulls import pull_of
from os2kb.demo.github.world.git import add_commit
from os2kb.demo.github.world.state import (
    Account,
    App,
    Comment,
    Discussion,
    Installation,
    Issue,
    Repository,
)
from os2kb.demo.github.world.world import GitHub

_VERBS = {"APPROVED": "APPROVE", "CHANGES_REQUESTED": "REQUEST_CHANGES", "COMMENTED": "COMMENT"}


def make_key() -> tuple[str, str]:
    """A new RSA key as PEM, private and public."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def plant(github: GitHub, seed: Seed, public_key: str) -> None:
    """Replace the world by a seed's.

    Args:
        public_key: PEM, used where the seed brings none.

    Raises:
        BadSeed: the seed names someone or something that it does not hold. The world is then
            empty.
    """
    with github.lock:
        github.clear()
        url, github.hooks.url = github.hooks.url, ""
        clock = github.clock
        try:
            _plant(github, seed, public_key)
        except Refusal as refusal:
            github.clear()
            raise BadSeed(
                f"the seed cannot be planted: {refusal.message} {refusal.errors or ''}"
            ) from refusal
        except BadSeed:
            github.clear()
            raise
        finally:
            github.hooks.url, github.clock = url, clock


def _plant(github: GitHub, seed: Seed, public_key: str) -> None:
    people = seed.people
    if isinstance(people, list):
        people = dict.fromkeys(people, PersonSeed())
    for login, person in people.items():
        said = person or PersonSeed()
        _add_account(github, login, "User", said.name, said.email)
    for login, organisation in seed.organisations.items():
        _add_account(github, login, "Organization", organisation.name, "")
        for team, members in organisation.teams.items():
            github.teams[login, team] = [_person(github, one).login for one in members]
    for full_name in seed.repositories:
        owner = full_name.split("/")[0]
        if github.account(owner) is None:
            _add_account(github, owner, "Organization", "", "")
    github.app = _app(github, seed, public_key)
    for full_name, repository in seed.repositories.items():
        _plant_repository(github, full_name, repository)
    _plant_installations(github, seed.installations)
    github.app.permissions = dict(
        next((i.permissions for i in github.installations.values()), DEFAULT_PERMISSIONS)
    )


def _add_account(github: GitHub, login: str, kind: str, name: str, email: str) -> Account:
    if github.account(login) is not None:
        raise BadSeed(f"{login} is there twice; logins differ by more than their case")
    account = Account(
        github.new_id(),
        login,
        kind,  # type: ignore[arg-type]
        name or login,
        email or f"{login}@example.org",
    )
    github.accounts[login.casefold()] = account
    return account


def _person(github: GitHub, login: str) -> Account:
    account = github.account(login)
    if account is None:
        raise BadSeed(f"nobody is called {login}; add it to people")
    return account


def _app(github: GitHub, seed: Seed, public_key: str) -> App:
    bot = _add_account(github, f"{seed.app.slug}[bot]", "Bot", seed.app.name, "")
    owner = next((a for a in github.accounts.values() if a.kind == "Organization"), bot)
    return App(
        seed.app.id,
        seed.app.slug,
        seed.app.name or seed.app.slug,
        owner,
        bot,
        seed.app.public_key or public_key,
        f"Iv1.demo{seed.app.id}",
        seed.app.events,
        {},
        github.now(),
    )


def _plant_installations(github: GitHub, seeds: list[InstallationSeed] | None) -> None:
    if seeds is None:
        owners = {r.owner.login for r in github.repositories.values()}
        seeds = [InstallationSeed(account=login) for login in sorted(owners)]
    for seed in seeds:
        account = _person(github, seed.account)
        chosen: frozenset[int] | None = None
        if seed.repositories != "all":
            found = [github.find(account.login, name) for name in seed.repositories]
            missing = [n for n, r in zip(seed.repositories, found, strict=True) if r is None]
            if missing:
                raise BadSeed(f"installation on {account.login}: no repository {missing[0]}")
            chosen = frozenset(r.id for r in found if r is not None)
        number = seed.id or github.new_id()
        github.installations[number] = Installation(
            number, account, dict(seed.permissions), chosen, github.now()
        )


def _plant_repository(github: GitHub, full_name: str, seed: RepositorySeed) -> None:
    owner, name = full_name.split("/")
    now = github.now()
    repository = Repository(
        seed.id or github.new_id(),
        _person(github, owner),
        name,
        seed.private,
        seed.description,
        seed.default_branch,
        now,
        now,
        now,
        archived=seed.archived,
        former_names=seed.renamed_from,
        protected=set(seed.protected),
    )
    if repository.id in github.repositories:
        raise BadSeed(f"{full_name}: the id {repository.id} is another repository's")
    github.repositories[repository.id] = repository
    for login, role in seed.collaborators.items():
        repository.collaborators[_person(github, login).login] = role
    for label, said in seed.labels.items():
        shown = LabelSeed(color=said) if isinstance(said, str) else said
        create_label(github, repository, repository.owner, label, shown.color, shown.description)
    first = add_commit(repository, _bytes(seed.files), "Første udgave", repository.owner, now, ())
    repository.branches[seed.default_branch] = first.sha
    for branch, grown in seed.branches.items():
        _plant_branch(github, repository, branch, grown)
    for issue in seed.issues:
        _plant_issue(github, repository, issue)
    for pull in seed.pulls:
        _plant_issue(github, repository, pull)
    for discussion in seed.discussions:
        repository.discussions.append(_discussion(github, discussion))


def _plant_branch(github: GitHub, repository: Repository, branch: str, seed: BranchSeed) -> None:
    start = seed.start or (branch if branch in repository.branches else repository.default_branch)
    if start not in repository.branches:
        raise BadSeed(f"{repository.full_name}: the branch {branch} starts from no branch {start}")
    tip = repository.commits[repository.branches[start]]
    for said in seed.commits:
        tree = {**tip.tree, **_bytes(said.files)}
        for path in said.delete:
            tree.pop(path, None)
        author = _person(github, said.by)
        at = _utc(said.at) or github.now()
        tip = add_commit(repository, tree, said.message, author, at, (tip.sha,))
    repository.branches[branch] = tip.sha


def _plant_issue(github: GitHub, repository: Repository, seed: IssueSeed) -> None:
    clock = github.clock
    author = _person(github, seed.by)
    try:
        _set_clock(github, seed.at)
        if isinstance(seed, PullSeed):
            issue = open_pull(
                github,
                repository,
                author,
                title=seed.title,
                body=seed.body,
                head=seed.head,
                base=seed.base or repository.default_branch,
                draft=seed.draft,
            )
        else:
            issue = open_issue(github, repository, author, seed.title, seed.body)
        if seed.number is not None:
            _renumber(repository, issue, seed.number)
        add_labels(github, repository, author, issue, seed.labels)
        for comment in seed.comments:
            _set_clock(github, comment.at)
            add_comment(github, repository, _person(github, comment.by), issue, comment.body)
        if isinstance(seed, PullSeed):
            _plant_pull(github, repository, issue, seed)
        if seed.state == "closed":
            close(github, repository, author, issue, seed.state_reason)
        elif seed.state_reason == "reopened":
            close(github, repository, author, issue)
            reopen(github, repository, author, issue)
        if seed.locked:
            lock(github, repository, author, issue, None)
        issue.deleted = seed.deleted
        issue.moved_to = _moved_to(github, seed.moved_to)
    finally:
        github.clock = clock


def _plant_pull(github: GitHub, repository: Repository, issue: Issue, seed: PullSeed) -> None:
    pull = pull_of(issue)
    pull.from_fork = seed.from_fork
    for said in seed.reviews:
        review = add_review(
            github,
            repository,
            _person(github, said.by),
            issue,
            event=_VERBS[said.state],
            body=said.body,
            remarks=tuple((one.path, one.line, one.body) for one in said.comments),
        )
        for remark, one in zip(review.comments, said.comments, strict=True):
            remark.resolved = one.resolved
    for check in seed.checks:
        wanted = {"name": check.name, "head_sha": repository.branches[seed.head]}
        told = {"conclusion": check.conclusion} if check.conclusion else {"status": "in_progress"}
        made = create_check(github, repository, issue.author, {**wanted, **told})
        made.app = check.app


def _moved_to(github: GitHub, where: str) -> tuple[int, int] | None:
    if not where:
        return None
    full_name, _, number = where.partition("#")
    repository = github.find(*full_name.split("/"))
    if repository is None:
        raise BadSeed(f"moved_to: there is no repository {full_name} further up")
    return repository.id, int(number)


def _discussion(github: GitHub, seed: DiscussionSeed) -> Discussion:
    at = _utc(seed.at) or github.now()
    answer = None
    if seed.answer:
        said = _utc(seed.answer.at) or at
        by = _person(github, seed.answer.by)
        answer = Comment(github.new_id(), by, seed.answer.body, said, said)
    author = _person(github, seed.by)
    return Discussion(
        seed.number, seed.title, seed.body, author, seed.category, at, at, seed.labels, answer
    )


def _renumber(repository: Repository, issue: Issue, number: int) -> None:
    if number != issue.number and number in repository.issues:
        raise BadSeed(f"{repository.full_name}: the number {number} is there twice")
    del repository.issues[issue.number]
    issue.number = number
    repository.issues[number] = issue


def _set_clock(github: GitHub, at: datetime | None) -> None:
    moment = _utc(at)
    if moment is not None:
        github.clock = lambda: moment


def _utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _bytes(files: dict[str, str | FileSeed]) -> dict[str, bytes]:
    return dict(_texts_only(files))


def _texts_only(files: dict[str, str | FileSeed]) -> Iterable[tuple[str, bytes]]:
    for path, text in files.items():
        if not isinstance(text, str):
            raise BadSeed(f"{path}: files must be read before they are planted")
        yield path, text.encode()
