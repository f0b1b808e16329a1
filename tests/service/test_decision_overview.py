"""The overview of a log is kept up by one pull request, which a person merges."""

import json
from pathlib import Path

import pytest

from os2kb.decisions.writing.index_page import MARKER
from os2kb.governance.decision_log.overview import BRANCH
from tests.service.decided import LOG, SEED, Decided, decided
from tests.service.running import installed_beside

pytestmark = pytest.mark.slow
PAGE = "beslutninger/index.md"
OWN = "version: 1\nmode: act\ndecisions: {repository: os2display/log, overview: true}\n"


def seed(policy: str = OWN, **files: str) -> str:
    """The world, with a Policy of the log's own repository."""
    own = {".github/os2kb.yml": policy} | {f"beslutninger/{k}.md": v for k, v in files.items()}
    more = "".join(f"      {path}: {json.dumps(text)}\n" for path, text in own.items())
    old = "    files:\n      beslutninger/"
    return SEED.replace(old, f"    files:\n{more}      beslutninger/")


def look(at: Decided) -> None:
    follower = at.installation.follower
    assert follower is not None
    for one in follower.keeper.keep(201, LOG):
        follower.overviews.keep_up(one)


def merge(at: Decided, number: int) -> None:
    at.review(number, "bo")
    at.merge(number)


def add(at: Decided, title: str, day: str = "2026-05-02") -> None:
    text = (
        f"# [SDR] {title}\n\n- **Dato**: {day}\n- **Status**: Accepteret\n"
        "- **Beslutningstagere**: Styregruppen\n\n## Beslutning\n\nJa.\n"
    )
    at.write(f"beslutninger/{day}-ny.md", text)


def test_the_overview_follows_the_log_by_one_pull_request_after_the_other(tmp_path: Path):
    with decided(tmp_path, seed()) as at:
        look(at)
        (pull,) = at.pulls()
        assert (pull["title"], pull["head"]["ref"]) == (
            "Opdatér oversigten over beslutninger",
            BRANCH,
        )
        assert "| 3 | [Drift hver for sig](2025-03-17-drift.md) |" in at.file(PAGE, BRANCH)
        before = at.writes
        look(at)
        assert at.writes == before

        add(at, "Fælles drift")
        look(at)
        (same,) = at.pulls()
        assert same["number"] == pull["number"]
        assert "[Fælles drift](2026-05-02-ny.md)" in at.file(PAGE, BRANCH)
        merge(at, pull["number"])
        before = at.writes
        look(at)
        assert (at.writes, len(at.pulls())) == (before, 1)

        add(at, "Fælles kode", "2026-06-02")
        look(at)
        newest, _ = at.pulls()
        assert (newest["head"]["ref"], newest["state"]) == (BRANCH, "open")
        merge(at, newest["number"])
        assert "Fælles kode" in at.file(PAGE)


def test_the_command_shows_what_becomes_of_the_overview_before_it_is_asked_to(tmp_path: Path):
    with decided(tmp_path, seed()) as at:
        beside = installed_beside(tmp_path, at.world, products=str(tmp_path / "products.yml"))
        shown = beside.run("decisions", "sync", "os2display/api")
        assert shown.stdout == (
            "Oversigten i os2display/log: foreslå “Opdatér oversigten over beslutninger” til "
            "beslutningsloggen i os2display/log (intet er skrevet; brug --apply)\n"
        ), shown.stderr
        assert (at.writes, at.pulls()) == (0, [])
        done = beside.run("decisions", "sync", "os2display/api", "--apply", "--json")
        (item,) = json.loads(done.stdout)["overview"]
        assert (item["kind"], item["branch"]) == ("propose-decision", BRANCH)
        assert len(at.pulls()) == 1
        follower = at.installation.follower
        assert follower is not None
        home = at.reconciler.observer.forge.logs.files(LOG, "beslutninger").home
        assert follower.overview_due(home) == ()
        texts = [one for one in at.world.github.traffic.exchanges if "Texts" in str(one.request)]
        assert follower.overview_due(home) == (), "and no entry is read again"
        again = [one for one in at.world.github.traffic.exchanges if "Texts" in str(one.request)]
        assert len(texts) == len(again)


def test_what_a_person_wrote_or_closed_is_left_alone(tmp_path: Path):
    with decided(tmp_path, seed()) as at:
        look(at)
        (pull,) = at.pulls()
        at.write(PAGE, "Min egen", BRANCH)
        add(at, "Fælles drift")
        look(at)
        assert at.file(PAGE, BRANCH) == "Min egen"
        at.send("bo", "PATCH", f"/repos/{LOG}/pulls/{pull['number']}", state="closed")
        before = at.writes
        look(at)
        assert at.writes == before


def test_a_pull_request_that_nothing_is_left_of_is_closed_and_says_so(tmp_path: Path):
    with decided(tmp_path, seed()) as at:
        look(at)
        (pull,) = at.pulls()
        at.write(PAGE, at.file(PAGE, BRANCH))
        look(at)
        assert at.pulls()[0]["state"] == "closed"
        (why,) = at.world.bot_comments(LOG, pull["number"])
        assert "intet at flette" in why
        add(at, "Fælles drift")
        look(at)
        assert at.pulls()[0]["state"] == "open"
        assert "Fælles drift" in at.file(PAGE, BRANCH)


UNSAID = OWN.replace(", overview: true", "")


@pytest.mark.parametrize(
    ("policy", "page", "proposed"),
    [
        (UNSAID, f"{MARKER}\n# Gammel\n", True),
        (UNSAID, "", False),
        (OWN.replace("true", "false"), f"{MARKER}\n# Gammel\n", False),
        (OWN, "# En persons egen forside\n", False),
        (OWN.replace("mode: act", "mode: observe"), "", False),
        (OWN.replace("overview", "format: page, overview"), "", False),
    ],
    ids=["ours", "none", "switched-off", "a-persons", "observe", "page"],
)
def test_only_a_page_that_was_asked_for_or_is_ours_is_kept_up(
    tmp_path: Path, policy: str, page: str, proposed: bool
):
    with decided(tmp_path, seed(policy, **({"index": page} if page else {}))) as at:
        look(at)
        assert bool(at.pulls()) is proposed
        assert at.writes == 0 or proposed
