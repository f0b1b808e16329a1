"""A log on GitHub is on the public page, without a source of knowledge; a hidden one is not."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from index.build import build
from index.passages import Source
from os2kb.decision_log.kept import following, hides
from os2kb.decision_log.linted import log_on
from os2kb.decisions.approval import Approval
from os2kb.decisions.lint.lint import lint
from os2kb.policy.sections.decisions import Decisions
from os2kb.store import wakes
from os2kb.store.decisions import every_log
from tests.service.decided import LOG, SEED, Decided, decided
from webhooks.decisions.book import Book
from webhooks.decisions.shelf import Shelf

pytestmark = pytest.mark.slow


def follow(at: Decided) -> None:
    """What is due of the log, as the service does it."""
    follower = at.installation.follower
    assert follower is not None
    for key in wakes.take_due(
        at.installation.database, at.clock(), timedelta(minutes=1), only=following(201)
    ):
        follower.work(key)


def pushed(at: Decided) -> None:
    wakes.bring_forward(at.installation.database, following(201), at.clock())
    follow(at)


def book(at: Decided) -> Book:
    return Shelf(at.installation.database, at.installation.versions).book()[1]


def shown(at: Decided) -> list[str]:
    return [one.decision.title for one in book(at).decisions]


def merged(at: Decided) -> int:
    number = at.decision(body="Vi deler driften.")
    at.look(number)
    (pull,) = at.pulls()
    at.review(pull["number"], "bo")
    at.merge(pull["number"])
    at.look(number)
    return number


def test_a_merged_decision_is_on_the_page_once_also_beside_a_source_of_the_same(tmp_path: Path):
    with decided(tmp_path) as at:
        number = merged(at)
        follow(at)
        assert shown(at) == ["Fælles drift", "Drift hver for sig"]
        newest = book(at).decisions[0]
        assert (newest.place.product, newest.place.name) == ("os2display", str(number))
        assert newest.url.endswith(f"/os2display/log/blob/main/{newest.entry.path}")
        for path in at.files():
            copy = tmp_path / "copy" / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(at.file(path), "utf-8")
        copied = Source("log", str(tmp_path / "copy"), "os2display")
        build([copied], at.installation.settings.index_dir, now=at.clock())
        assert shown(at) == ["Fælles drift", "Drift hver for sig"]


def test_what_is_edited_in_the_log_is_on_the_page_after_the_push(tmp_path: Path):
    with decided(tmp_path) as at:
        merged(at)
        follow(at)
        (path,) = [one for one in at.files() if "faelles" in one]
        at.write(path, at.file(path).replace("# Fælles drift", "# Fælles drift i skyen"))
        pushed(at)
        assert "Fælles drift i skyen" in shown(at)
        at.remove(path)
        pushed(at)
        assert shown(at) == ["Drift hver for sig"]


def test_what_was_merged_unapproved_is_told_everywhere_and_stays_so(tmp_path: Path):
    with decided(tmp_path, SEED.replace("    protected: [main]\n", "")) as at:
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        (pull,) = at.pulls()
        at.merge(pull["number"], by="kim")
        at.look(number)
        assert "- **Flettet uden godkendelse**" in at.said(number)
        at.advance(timedelta(minutes=1))
        at.review(pull["number"], "bo")
        at.look(number)
        assert "- **Flettet uden godkendelse**\n- Godkendt bagefter af `bo`" in at.said(number)
        assert at.look(number).writes() == ()
        follow(at)
        assert book(at).decisions[0].entry.approval == Approval((), ("bo",))
        forge, section = at.installation.forge, Decisions(repository=LOG)
        assert forge is not None
        found = lint(log_on(forge, section, at.installation.database))
        (told,) = [one.said.da for one in found if one.rule == "approval"]
        assert told == "Flettet uden godkendelse; godkendt bagefter af bo."


PRIVATE = SEED.replace("    id: 201\n", "    id: 201\n    private: true\n").replace(
    "    id: 101\n", "    id: 101\n    private: true\n"
)
OWN = "version: 1\ndecisions: {repository: os2display/log}\n"


def with_own_policy(policy: str) -> str:
    files = "    files:\n      beslutninger/"
    return SEED.replace(
        files, f"    files:\n      .github/os2kb.yml: {json.dumps(policy)}\n      beslutninger/"
    )


def test_nothing_of_a_private_repositorys_log_is_on_the_page(tmp_path: Path):
    with decided(tmp_path, PRIVATE) as at:
        merged(at)
        follow(at)
        (log,) = every_log(at.installation.database)
        assert (log.key, log.public) == ("github:201:beslutninger", False)
        assert shown(at) == []


def test_a_log_that_is_made_private_or_removed_leaves_the_page(tmp_path: Path):
    with decided(tmp_path) as at:
        merged(at)
        follow(at)
        repository = next(
            one for one in at.world.github.repositories.values() if one.full_name == LOG
        )
        repository.private = True
        pushed(at)
        assert shown(at) == []
        repository.private = False
        pushed(at)
        assert len(shown(at)) == 2
        del at.world.github.repositories[repository.id]
        pushed(at)
        assert (shown(at), every_log(at.installation.database)) == ([], ())


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (OWN, ["Drift hver for sig"]),
        (OWN + "knowledge: {sources: [{path: beslutninger, visibility: internal}]}\n", []),
        (OWN.replace("}", ", path: andet}"), []),
    ],
    ids=["named", "internal", "elsewhere"],
)
def test_a_log_is_known_by_the_policy_of_its_own_repository(
    tmp_path: Path, policy: str, expected: list[str]
):
    with decided(tmp_path, with_own_policy(policy)) as at:
        assert at.installation.follower is not None
        at.installation.follower.keeper.keep(201, LOG)
        assert shown(at) == expected


@pytest.mark.parametrize(
    ("sources", "hidden"),
    [
        ([], False),
        ([("", "internal")], True),
        ([("", "internal"), ("beslutninger", "public")], False),
        ([("beslutninger/lukket", "internal")], True),
        ([("beslutninger-gamle", "internal")], False),
        ([("beslutninger", "public"), ("beslutninger/", "internal")], True),
    ],
)
def test_the_nearest_folder_that_is_named_says_who_may_see_a_log(
    sources: list[tuple[str, str]], hidden: bool
):
    assert hides(sources, "beslutninger") is hidden  # type: ignore[arg-type]
