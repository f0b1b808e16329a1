"""`os2kb demo`, as one who meets os2kb for the first time runs it: a process, and its output."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from tests.loopback import HTTP
from tests.service.running import PATIENCE, free_port, until

pytestmark = pytest.mark.slow

DECISIVE = {
    1: "gjorde Satte etiketten “Bug” på #2",
    2: "gjorde Satte etiketten “Udviklingsønsker” på #3",
    3: "gjorde Satte etiketten “Dokumentation” på #4",
    4: "Hver pull request skal have to godkendelser.",
    5: "Twice a year, in May and November.",
    6: "Det finder jeg ikke svar på.",
    7: "gjorde Skrev på #2: “Her er, hvad hver regel fandt:",
    8: "gjorde Satte etiketten “It-sikkerhed” på #6",
    9: "gjorde Satte etiketten “mangler issue” på #7 "
    "gjorde Satte etiketten “mangler changelog” på #7",
    10: "gjorde Tog etiketten “mangler issue” af #7 gjorde Tog etiketten “mangler changelog” af #7",
    11: "gjorde Skrev ingenting",
    12: "gjorde Satte kontrollen os2kb / policy: Der er én fejl i policyfilen.",
    13: "gjorde Lod være, for her ser den kun med: sæt etiketten “bug” på",
    14: "gjorde Satte en tommelfinger ned på kommentaren",
    15: "gjorde Tog etiketten “Spørgsmål” af #3",
    16: "gjorde Skrev på #7: “Jeg holder pause her:",
    17: "gjorde Skrev på #9: “Velkommen",
    18: "gjorde Satte kontrollen os2kb / policy: Policyen kan bruges; ændrer 1 af de seneste 8",
    19: "gjorde Skrev på #10: “@bo Fejlen er kritisk.",
    20: "gjorde Åbnede pull requesten “Beslutning 11: Bookinger gemmes i tolv måneder”",
    21: "gjorde Oprettede ticketen “Fejl: Udløbne bookinger vises stadig i oversigten” i Jira",
    22: "gjorde Lukkede #2",
}
SECTIONS = ("2.1 Henvisning til et issue", "3.1 En linje i CHANGELOG.md")


def command(folder: Path, port: int, github_port: int, *more: str) -> list[str]:
    ports = ["--port", str(port), "--github-port", str(github_port)]
    ports += ["--jira-port", str(free_port())]
    return [sys.executable, "-m", "os2kb.cli", "demo", "--data", str(folder), *ports, *more]


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("OS2KB_")} | {"COLUMNS": "100"}


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """The demo from start to end."""
    folder = tmp_path_factory.mktemp("demo")
    return subprocess.run(
        command(folder, free_port(), free_port(), "--once"),
        env=environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.fixture(scope="module")
def scenes(walked: subprocess.CompletedProcess[str]) -> dict[int, str]:
    """What is told of each scene, by its number, on one line."""
    parts = re.split(r"^(\d+) af 22 · ", walked.stdout.partition("\nPrøv selv")[0], flags=re.M)
    return {int(n): one_line(told) for n, told in zip(parts[1::2], parts[2::2], strict=True)}


def test_the_walk_ends_well(walked: subprocess.CompletedProcess[str]) -> None:
    assert walked.returncode == 0, walked.stderr
    assert "Traceback" not in walked.stdout + walked.stderr
    assert re.search(r"^\d+ beskeder fra GitHub gav \d+ ændringer\.$", walked.stdout, re.M)


def test_all_scenes_are_told(scenes: dict[int, str]) -> None:
    assert scenes.keys() == DECISIVE.keys()


def test_nothing_is_told_with_a_placeholder_in_it(scenes: dict[int, str]) -> None:
    assert not [told for told in scenes.values() if "$" in told]
    assert "“[4]: Gør ændringsloggen valgfri”" in scenes[12]


def test_scene_four_says_what_its_answer_is(scenes: dict[int, str]) -> None:
    answer, _, promised = scenes[4].partition("bemærk")
    assert "gammel" not in answer
    assert "Den gamle beslutning om kun én godkendelse er ikke med." in promised


def test_a_critical_fault_is_labelled_told_of_and_its_supplier_mentioned(
    scenes: dict[int, str],
) -> None:
    assert "gjorde Satte etiketten “fejl: kritisk” på #10" in scenes[19]
    assert scenes[19].count("gjorde") == 4, "two labels, the status and one mention"


def test_a_pause_is_kept(scenes: dict[int, str]) -> None:
    assert scenes[16].count("gjorde") == 1


@pytest.mark.parametrize("number", DECISIVE)
def test_a_scene_ends_as_it_says(scenes: dict[int, str], number: int) -> None:
    assert DECISIVE[number] in scenes[number]


def test_an_alarm_is_told_where_it_rings_and_nowhere_else(scenes: dict[int, str]) -> None:
    ringing = {number for number, told in scenes.items() if "(security-report)" in told}

    assert ringing == {8}
    assert "(security-report): OBS." in scenes[8]


def test_events_are_told_in_words(scenes: dict[int, str]) -> None:
    assert "så et issue blev oprettet" in scenes[1]
    assert not any(re.search(r"\b[a-z]+_?[a-z]*\.(opened|created)\b", t) for t in scenes.values())


def test_piped_output_has_no_trailing_spaces_and_whole_addresses(
    walked: subprocess.CompletedProcess[str],
) -> None:
    assert not [line for line in walked.stdout.splitlines() if line != line.rstrip()]
    (search,) = re.findall(r"http://\S+/api/v1/search\?q=(\S+)", walked.stdout)
    assert unquote(search) == "Hvem godkender en pull request?"


@pytest.mark.parametrize("section", SECTIONS)
def test_scene_nine_tells_which_section_each_demand_rests_on(
    scenes: dict[int, str], section: str
) -> None:
    assert section in scenes[9]


def test_a_taken_port_is_said_with_the_command_that_helps(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            command(tmp_path, port, free_port(), "--once"),
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert refused.returncode == 1
    assert f"Port {port} er optaget" in one_line(refused.stderr)
    assert ".venv/bin/os2kb demo --port " in one_line(refused.stderr)
    assert "Traceback" not in refused.stderr


@dataclass(frozen=True)
class Resting:
    """A demo that has played its scenes and keeps serving."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    github: str

    @property
    def output(self) -> str:
        # It may be read in the middle of a letter.
        return (self.folder / "output.txt").read_text("utf-8", "ignore")

    def child(self) -> int:
        """The process of the service."""
        pid = self.process.pid
        (found,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(found)


@contextmanager
def resting(folder: Path) -> Iterator[Resting]:
    port, github_port = free_port(), free_port()
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            command(folder, port, github_port),
            env=environment() | {"PYTHONUNBUFFERED": "1"},
            cwd=folder,
            stdout=output,
            stderr=output,
        )
    demo = Resting(process, folder, port, f"http://127.0.0.1:{github_port}")
    try:
        until(
            lambda: process.poll() is not None or "Stop med Ctrl-C" in demo.output,
            240,
            "the rest",
        )
        assert process.poll() is None, demo.output
        yield demo
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Resting]]:
    """Gives the demo of this file; a new one where a test has ended the last."""
    with ExitStack() as stack:
        started: list[Resting] = []

        def running() -> Resting:
            if not started or started[-1].process.poll() is not None:
                folder = tmp_path_factory.mktemp("resting")
                started.append(stack.enter_context(resting(folder)))
            return started[-1]

        yield running


@pytest.fixture
def demo(demos: Callable[[], Resting]) -> Resting:
    return demos()


class Page(HTMLParser):
    """The text of a page, its ids, and where its links lead."""

    def __init__(self, address: str) -> None:
        super().__init__()
        answer = HTTP.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        self.text = answer.text
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given.get("id") or ""}
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []


def conversation(demo: Resting, path: str) -> Page:
    return Page(f"{demo.github}/os2demo/os2demo/{path}")


def written(demo: Resting, number: int) -> list[str]:
    """Every text the bot has put on an issue or pull request as a new comment, in order."""
    writes = HTTP.get(f"{demo.github}/_demo/writes").json()["items"]
    path = f"/repos/os2demo/os2demo/issues/{number}/comments"
    return [one["body"]["body"] for one in writes if one["path"] == path]


@pytest.mark.parametrize("number", [2, 4, 5, 6, 7])
def test_what_the_bot_links_to_is_there_down_to_the_heading(demo: Resting, number: int) -> None:
    said = "\n".join(written(demo, number))
    links = re.findall(rf"\]\(({re.escape(demo.github)}[^)\s]*)\)", said)

    assert links
    for link in links:
        address, _, anchor = link.partition("#")
        anchor = unquote(anchor)
        assert not anchor or anchor in Page(address).ids, link


def test_the_private_channel_of_the_security_reply_is_a_page(demo: Resting) -> None:
    (link,) = [one for one in conversation(demo, "issues/6").links if "/security/" in one]

    assert "privat anmeldelse" in Page(link).text


def test_the_status_comment_cites_both_sections_of_the_guideline(demo: Resting) -> None:
    (comment,) = [one for one in written(demo, 7) if "<!-- os2kb:status -->" in one]

    for section in SECTIONS:
        assert section in comment


def test_a_comment_written_on_a_page_is_answered(demo: Resting) -> None:
    before = len(written(demo, 5))
    asked = {"person": "kim", "body": "/os2 help"}
    sent = HTTP.post(f"{demo.github}/os2demo/os2demo/issues/5/comments", data=asked)
    assert sent.status_code == 303
    until(lambda: len(written(demo, 5)) > before, PATIENCE, "the answer")
    assert "/os2 help" in written(demo, 5)[-1]


def test_a_decision_lives_its_whole_life_on_the_pages(demo: Resting) -> None:
    def said() -> str:
        return one_line(re.sub(r"<[^>]+>", " ", conversation(demo, "issues/3").text))

    def send(path: str, **form: str) -> None:
        address = f"{demo.github}/os2demo/os2demo/{path}"
        assert HTTP.post(address, data={"person": "kim", **form}).status_code == 303

    send("issues/3/comments", body="/os2 decide Kalenderen kan abonneres på fra Outlook.")
    until(lambda: "skal godkende den, før den kan flettes" in said(), PATIENCE, "the proposal")
    (pull,) = {
        int(link.rpartition("/")[2])
        for link in conversation(demo, "issues/3").links
        if re.search(r"/pull/\d+$", link)
    }
    send(f"pull/{pull}/verdict", person="bo", verdict="approve")
    until(lambda: "bo har godkendt den" in said(), PATIENCE, "the approval")
    assert "Godkendt af bo" in conversation(demo, f"pull/{pull}").text
    send(f"pull/{pull}/verdict", person="bo", verdict="merge")
    until(lambda: "Beslutningen står i loggen som nr. 3" in said(), PATIENCE, "the entry")

    def is_public() -> bool:
        found = HTTP.get(f"http://127.0.0.1:{demo.port}/decisions/os2demo/3")
        return found.is_success and "abonneres på fra Outlook" in found.text

    until(is_public, PATIENCE, "the public log")


def test_a_service_that_dies_ends_the_demo_in_one_sentence(demo: Resting) -> None:
    os.kill(demo.child(), signal.SIGKILL)

    assert demo.process.wait(PATIENCE) == 1
    said = one_line(demo.output.partition("Stop med Ctrl-C.")[2])
    assert "Tjenesten er gået ned" in said
    assert str(demo.folder / "service.log") in said
    assert "Traceback" not in demo.output
    with pytest.raises(httpx.TransportError):
        HTTP.get(demo.github)
