"""`kill -9` while a command is carried out: the rest is done, and people keep what they changed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.clock import now
from os2kb.governance.actions import AddLabel
from os2kb.governance.plan import numbered
from os2kb.installation import install
from os2kb.store import ledger, wakes
from tests.service.conftest import POLICY
from tests.service.people import API, comment, open_pull_request, order_fault
from tests.service.running import Service, World, service, settings_for, until
from tests.service.test_people_win import write_policy
from tests.service.test_policy_preview import propose

pytestmark = pytest.mark.slow
SEVERITIES = "  severity: {kritisk: Spørgsmål, mild: Dokumentation}\n"
BOTH_MISSING = {"mangler issue", "mangler changelog"}


@dataclass(frozen=True)
class Cut:
    """A comment whose carrying out is cut off, and what people do while we are dead.

    Attributes:
        before: a comment that is carried out first.
        held: method and path of the request whose answer never comes.
        on, off: labels by which it shows that we are held there.
        puts, takes: labels that kim puts on and takes off meanwhile.
        meanwhile: what kim writes.
        left: the labels in the end.
        said: what the one reply says; one of them, where it may differ whether what people do falls
            in a later second than the comment: GitHub's times are whole seconds.
    """

    text: str
    held: tuple[str, str]
    left: set[str]
    said: tuple[str, ...]
    before: str = ""
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    puts: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    meanwhile: str = ""


CUTS = {
    "label, its answer never heard": Cut(
        text="/os2 label Spørgsmål",
        held=("POST", "/labels$"),
        on=frozenset({"Spørgsmål"}),
        takes=("Spørgsmål",),
        left=BOTH_MISSING,
        said=("Etiketten `Spørgsmål`",),
    ),
    "label, and the next one": Cut(
        text="/os2 label Spørgsmål\n/os2 label Dokumentation",
        held=("GET", "/labels/Dokumentation$"),
        on=frozenset({"Spørgsmål"}),
        takes=("Spørgsmål",),
        left=BOTH_MISSING | {"Dokumentation"},
        said=("Etiketten `Dokumentation` er på",),
    ),
    "severity": Cut(
        before="/os2 severity kritisk",
        text="/os2 severity mild\n/os2 label Bug",
        held=("GET", "/labels/Bug$"),
        on=frozenset({"Dokumentation"}),
        off=frozenset({"Spørgsmål"}),
        puts=("Spørgsmål",),
        takes=("Dokumentation",),
        left=BOTH_MISSING | {"Spørgsmål", "Bug"},
        said=("Alvorsgraden er `mild`", "Etiketten `Dokumentation` er taget af igen"),
    ),
    "undo": Cut(
        text="/os2 undo",
        held=("DELETE", "/labels/mangler changelog$"),
        off=frozenset(BOTH_MISSING),
        puts=("mangler issue", "mangler changelog"),
        left=BOTH_MISSING,
        said=("etiketten `mangler issue`",),
    ),
    "undo, and a label": Cut(
        text="/os2 undo\n/os2 label Bug\n/os2 label Spørgsmål",
        held=("GET", "/labels/Spørgsmål$"),
        on=frozenset({"Bug"}),
        off=frozenset(BOTH_MISSING),
        left={"Bug", "Spørgsmål"},
        said=("Etiketten `Bug` er på",),
    ),
    "ignore": Cut(
        text="/os2 ignore linked-issue\n/os2 label Bug",
        held=("GET", "/labels/Bug$"),
        meanwhile="/os2 resume linked-issue",
        left=BOTH_MISSING | {"Bug"},
        said=("Jeg ser bort fra `linked-issue`",),
    ),
    "pause": Cut(
        text="/os2 pause\n/os2 label Bug",
        held=("POST", "/labels$"),
        on=frozenset({"Bug"}),
        takes=("Bug",),
        left=BOTH_MISSING,
        said=("Jeg holder pause her",),
    ),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
def test_a_command_that_is_cut_off_is_finished_and_takes_nothing_from_people(
    cut: Cut, github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, POLICY.replace("  security:", f"{SEVERITIES}  security:"))
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        assert set(github.labels(API, number)) == BOTH_MISSING
        if cut.before:
            comment(github, "kim", number, cut.before)
            running.settle(github)
        before = len(github.bot_comments(API, number))
        cut_off(running, github, number, cut)
        with github.person("kim") as kim:
            labels = f"/repos/{API}/issues/{number}/labels"
            for label in cut.takes:
                assert kim.delete(f"{labels}/{label}").is_success
            for label in cut.puts:
                assert kim.post(labels, json={"labels": [label]}).is_success
        if cut.meanwhile:
            comment(github, "kim", number, cut.meanwhile)
        running.start()
        running.settle(github)

        assert set(github.labels(API, number)) == cut.left
        replies = [one for one in github.bot_comments(API, number) if "os2kb:reply:" in one]
        answers = [one for one in replies if any(said in one for said in cut.said)]
        assert len(answers) == 1
        assert len(replies) == 1 + bool(cut.before) + bool(cut.meanwhile)
        assert before >= 1


@contextmanager
def locked(running: Service, github: World, number: int) -> Iterator[None]:
    lock = f"/repos/{API}/issues/{number}/lock"
    with github.person("kim") as kim:
        assert kim.put(lock).is_success
        yield
        assert kim.delete(lock).is_success


@contextmanager
def observing(running: Service, github: World, number: int) -> Iterator[None]:
    write_policy(github, POLICY.replace("mode: act", "mode: observe"))
    yield
    write_policy(github, POLICY)


@contextmanager
def filled_in(running: Service, github: World, number: int) -> Iterator[None]:
    done = running.run("backfill", API, "--apply")
    assert done.returncode == 0, done.stderr
    yield


@pytest.mark.parametrize("meanwhile", [locked, observing, filled_in])
def test_what_may_not_be_finished_now_is_finished_when_it_may(
    meanwhile: Callable[[Service, World, int], AbstractContextManager[None]],
    github: World,
    installed: Callable[[], Path],
):
    cut = CUTS["label, and the next one"]
    with service(installed(), github) as running:
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        cut_off(running, github, number, cut)
        with github.person("kim") as kim:
            assert kim.delete(f"/repos/{API}/issues/{number}/labels/Spørgsmål").is_success
        with meanwhile(running, github, number):
            running.start()
            running.settle(github)
        comment(github, "ida", number, "Tak")
        running.settle(github)
        assert set(github.labels(API, number)) == cut.left
        (answer,) = [one for one in github.bot_comments(API, number) if "os2kb:reply:" in one]
        assert cut.said[0] in answer


def test_a_preview_leaves_alone_what_a_reconcile_beside_it_has_planned(
    tmp_path: Path, github: World
):
    here = install(settings_for(github, tmp_path), now)
    assert here.reconciler is not None
    assert here.previewer is not None
    other = POLICY.replace("bug: Bug", "bug: Dokumentation")
    subject = here.reconciler.observer.subject(API, propose(github, API, other))
    here.reconciler.apply(subject)
    comment(github, "kim", subject.number, "/os2 label Bug")
    writes = (*here.reconciler.plan(subject).writes(), AddLabel("Spørgsmål", because="type-label"))
    ledger.plan(here.database, subject.key, numbered(writes, 2), now())
    planned = ledger.receipts_of(here.database, subject.key)
    wakes.take_due(here.database, now(), timedelta(minutes=1))
    here.previewer.work(f"preview:{subject.key}")
    assert set(planned) < set(ledger.receipts_of(here.database, subject.key))


def cut_off(running: Service, github: World, number: int, cut: Cut) -> None:
    """Kim writes, and we are killed in the middle of it."""
    method, path = cut.held
    order_fault(github, path, "slow:3", method)
    comment(github, "kim", number, cut.text)
    until(lambda: is_held(github, number, cut), what="the request that is held")
    running.kill()


def is_held(github: World, number: int, cut: Cut) -> bool:
    labels = set(github.labels(API, number))
    return not github.github.limits.faults and cut.on <= labels and not cut.off & labels
