"""Signing in to an application by way of GitHub: the authorisation code flow, with PKCE.

https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from os2kb.demo.github.apps import PERSON_TOKEN
from os2kb.demo.github.pages.comment import people
from os2kb.demo.github.world.codes import Code
from os2kb.demo.github.world.world import GitHub

CLIENT_SECRET = "the demo App's client secret"  # noqa: S105 - of a GitHub where nothing is secret
_HOSTS = ("127.0.0.1", "localhost")
_FOUND = 302
_LONGEST = 64 * 1024


class BadRequest(Exception):
    """What the application asks for cannot be; the message says why."""


def sign_in(github: GitHub, request: Request, show: Callable[..., Response]) -> Response:
    """Ask who signs in, or send them back to the application.

    Args:
        show: a page, by the name of its template, its status and its values.
    """
    query, problem = dict(request.query_params), ""
    try:
        if answer := _authorize(github, query):
            return answer
    except BadRequest as error:
        problem = str(error)
    values = {"app": github.app, "people": people(github), "query": query, "problem": problem}
    return show("sign_in.html", 400 if problem else 200, **values)


def _authorize(github: GitHub, query: Mapping[str, str]) -> Response | None:
    """Send the person back to the application with a code; None where nobody was chosen yet.

    Raises:
        BadRequest: no such application, or it names an address that is not its own.
    """
    if github.app is None or query.get("client_id") != github.app.client_id:
        raise BadRequest("Der er ingen app med det client_id.")
    back = query.get("redirect_uri", "")
    if urlsplit(back).hostname not in _HOSTS:
        raise BadRequest("redirect_uri er ikke appens egen adresse på denne maskine.")
    if query.get("code_challenge") and query.get("code_challenge_method") != "S256":
        raise BadRequest("code_challenge_method skal være S256.")
    person = github.account(query.get("person", ""))
    if person is None or person.kind != "User":
        return None
    code = secrets.token_hex(10)
    github.codes[code] = Code(person.login, back, query.get("code_challenge", ""))
    answer = urlencode({"code": code, "state": query.get("state", "")})
    return RedirectResponse(f"{back}?{answer}", _FOUND)


async def access_token(github: GitHub, request: Request) -> Response:
    """The person's token for a code, once; what is wrong is told with 200, as GitHub does."""
    content = await request.body()
    fields = parse_qs(content[:_LONGEST].decode("ascii", "replace"), max_num_fields=20)
    said = {key: values[0] for key, values in fields.items()}
    with github.lock:
        code = github.codes.pop(said.get("code", ""), None)
        app = github.app
    if app is None or (said.get("client_id"), said.get("client_secret")) != (
        app.client_id,
        CLIENT_SECRET,
    ):
        return _wrong("incorrect_client_credentials")
    if code is None:
        return _wrong("bad_verification_code")
    if said.get("redirect_uri", code.back) != code.back:
        return _wrong("redirect_uri_mismatch")
    if code.challenge and _challenge(said.get("code_verifier", "")) != code.challenge:
        return _wrong("bad_verification_code")
    token = {"access_token": f"{PERSON_TOKEN}{code.login}", "token_type": "bearer", "scope": ""}
    return JSONResponse(token)


def _challenge(verifier: str) -> str:
    """What a verifier comes to (https://datatracker.ietf.org/doc/html/rfc7636#section-4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _wrong(error: str) -> Response:
    return JSONResponse({"error": error, "error_description": error.replace("_", " ")})
