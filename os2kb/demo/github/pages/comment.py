"""The box in which whoever looks at a conversation writes a comment, as one of the people here.

A form without a script. Only a page of ours can send it, lest another site in the same browser did.
"""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from os2kb.demo.github.changes.issues import LONGEST_BODY, add_comment
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub

_HOSTS = ("127.0.0.1", "localhost")
_MOST_BYTES = 12 * LONGEST_BODY  # a character is up to four bytes, and each of them `%F0`
_SEE_OTHER = 303


def people(github: GitHub) -> list[Account]:
    """Those one can write as."""
    return [one for one in github.accounts.values() if one.kind == "User"]


async def read_form(request: Request) -> Mapping[str, str]:
    """What was sent, field by field; empty where the request is too long or no form."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _MOST_BYTES:
            return {}
    try:
        fields = parse_qs(content.decode("utf-8", "replace"), max_num_fields=8)
    except ValueError:
        return {}
    return {name: said[0].replace("\r\n", "\n") for name, said in fields.items()}


def is_ours(request: Request) -> bool:
    """Whether the form stood on a page of ours; what is no browser sends no origin."""
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin", f"http://{host}")
    return host.partition(":")[0] in _HOSTS and origin == f"http://{host}"


def write_comment(
    github: GitHub, repository: Repository, issue: Issue, form: Mapping[str, str]
) -> Response:
    """Comment, and go to where the comment stands."""
    actor, text = github.account(form.get("person", "")), form.get("body", "")
    if actor not in people(github) or not text.strip() or len(text) > LONGEST_BODY:
        said = f"Vælg en person, og skriv mellem 1 og {LONGEST_BODY} tegn."
        return PlainTextResponse(said, 422)
    if issue.locked:
        return PlainTextResponse("Samtalen er låst.", 403)
    comment = add_comment(github, repository, actor, issue, text)
    kind = "issues" if issue.pull is None else "pull"
    page = f"/{repository.full_name}/{kind}/{issue.number}#issuecomment-{comment.id}"
    return RedirectResponse(page, _SEE_OTHER)
