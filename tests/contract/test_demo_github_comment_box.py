"""The box on the demo GitHub's pages in which one comments as somebody."""

from urllib.parse import urlencode

import httpx
import pytest

from tests.contract.small_world import SmallWorld
from tests.contract.test_demo_github_pages import page
from tests.loopback import HTTP

ISSUE = "/os2display/api/issues/1"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def send(
    world: SmallWorld, fields: dict[str, str], path: str = ISSUE, **headers: str
) -> httpx.Response:
    content = urlencode(fields).encode()
    return HTTP.post(f"{world.url}{path}/comments", content=content, headers=FORM | headers)


def comments(world: SmallWorld, number: int = 1) -> list[tuple[str, str]]:
    issue = world.github.repositories[101].issues[number]
    return [(one.author.login, one.body) for one in issue.comments]


def test_the_box_sends_what_is_written_as_the_person_chosen(world: SmallWorld) -> None:
    shown = page(world, ISSUE)
    assert [a["name"] for tag, a in shown.tags if tag in ("select", "textarea")] == [
        "person",
        "body",
    ]
    (action,) = [a["action"] for tag, a in shown.tags if tag == "form"]
    assert action == f"{ISSUE}/comments"

    answer = send(world, {"person": "ida", "body": "/os2 help\r\n\r\næøå"}, Origin=world.url)

    assert answer.status_code == 303
    assert comments(world)[-1] == ("ida", "/os2 help\n\næøå")
    number = world.github.repositories[101].issues[1].comments[-1].id
    assert answer.headers["Location"] == f"{ISSUE}#issuecomment-{number}"
    assert "æøå" in page(world, ISSUE).shown


def test_a_pull_request_has_the_box_too(world: SmallWorld) -> None:
    answer = send(world, {"person": "bo", "body": "Klar"}, "/os2display/api/issues/4")
    assert answer.headers["Location"].startswith("/os2display/api/pull/4#")
    assert comments(world, 4) == [("bo", "Klar")]


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"person": "ida", "body": "x"}, {"Origin": "https://elsewhere.example"}, 403),
        ({"person": "ida", "body": "x"}, {"Origin": "null"}, 403),
        ({"person": "ida", "body": "x"}, {"Host": "elsewhere.example"}, 403),
        ({"person": "os2display", "body": "x"}, {}, 422),
        ({"person": "nobody", "body": "x"}, {}, 422),
        ({"body": "x"}, {}, 422),
        ({"person": "ida", "body": " \r\n"}, {}, 422),
        ({"person": "ida", "body": "x" * 65_537}, {}, 422),
        ({"person": "ida", "body": "x" * 800_000}, {}, 422),
        ({str(n): "x" for n in range(20)}, {}, 422),
    ],
    ids=str,
)
def test_what_no_page_of_ours_sends_is_refused(
    world: SmallWorld, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    before = comments(world)
    assert send(world, fields, **headers).status_code == status
    assert comments(world) == before


def test_a_locked_conversation_has_no_box(world: SmallWorld) -> None:
    world.github.repositories[101].issues[1].locked = True
    assert not [tag for tag, _ in page(world, ISSUE).tags if tag == "form"]
    assert send(world, {"person": "ida", "body": "x"}).status_code == 403
    assert (
        send(world, {"person": "ida", "body": "x"}, "/os2display/api/issues/99").status_code == 404
    )
