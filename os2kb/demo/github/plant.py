"""From a seed to a world: everything is planted as if it had always been there."""

from collections.abc import Iterable

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from os2kb.demo.github.changes.labels import create_label
from os2kb.demo.github.plant_issues import plant_discussion, plant_issue, the_person, utc
from os2kb.demo.github.read_seed import BadSeed
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.seed import (
    DEFAULT_PERMISSIONS,
    BranchSeed,
    FileSeed,
    InstallationSeed,
    LabelSeed,
    PersonSeed,
    RepositorySeed,
    Seed,
)
from os2kb.demo.github.world.app import App, Installation
from os2kb.demo.github.world.git import add_commit
from os2kb.demo.github.world.state import Account, Milestone, Repository
from os2kb.demo.github.world.world import GitHub


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
            github.teams[login, team] = [the_person(github, one).login for one in members]
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
        account = the_person(github, seed.account)
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
        the_person(github, owner),
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
        repository.collaborators[the_person(github, login).login] = role
    for label, said in seed.labels.items():
        shown = LabelSeed(color=said) if isinstance(said, str) else said
        create_label(github, repository, repository.owner, label, shown.color, shown.description)
    for title in seed.milestones:
        number = len(repository.milestones) + 1
        repository.milestones.append(Milestone(github.new_id(), number, title))
    first = add_commit(repository, _bytes(seed.files), "Første udgave", repository.owner, now, ())
    repository.branches[seed.default_branch] = first.sha
    for branch, grown in seed.branches.items():
        _plant_branch(github, repository, branch, grown)
    for issue in seed.issues:
        plant_issue(github, repository, issue)
    for pull in seed.pulls:
        plant_issue(github, repository, pull)
    for discussion in seed.discussions:
        repository.discussions.append(plant_discussion(github, discussion))


def _plant_branch(github: GitHub, repository: Repository, branch: str, seed: BranchSeed) -> None:
    start = seed.start or (branch if branch in repository.branches else repository.default_branch)
    if start not in repository.branches:
        raise BadSeed(f"{repository.full_name}: the branch {branch} starts from no branch {start}")
    tip = repository.commits[repository.branches[start]]
    for said in seed.commits:
        tree = {**tip.tree, **_bytes(said.files)}
        for path in said.delete:
            tree.pop(path, None)
        author = the_person(github, said.by)
        at = utc(said.at) or github.now()
        tip = add_commit(repository, tree, said.message, author, at, (tip.sha,))
    repository.branches[branch] = tip.sha


def _bytes(files: dict[str, str | FileSeed]) -> dict[str, bytes]:
    return dict(_texts_only(files))


def _texts_only(files: dict[str, str | FileSeed]) -> Iterable[tuple[str, bytes]]:
    for path, text in files.items():
        if not isinstance(text, str):
            raise BadSeed(f"{path}: files must be read before they are planted")
        yield path, text.encode()
