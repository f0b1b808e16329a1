"""What tests and the demo steer by: `/_demo/…`, open to this machine only.

| request | what |
|---|---|
| `POST /_demo/seed` | replace the world by a seed (YAML or JSON) |
| `GET /_demo/writes` | every change asked for by an app: method, path, body, status, actor |
| `GET /_demo/reads` | how often each actor has read |
| `GET /_demo/traffic` | the last requests and responses |
| `DELETE /_demo/traffic` | forget all three |
| `POST /_demo/faults` | `{"match": {"method", "path"}, "times": 2, "then": "502"}`; see limits.py |
| `DELETE /_demo/faults` | take back the faults that still wait, and refill every quota |
| `POST /_demo/hook` | `{"url", "secret"}`: where deliveries go |
| `POST /_demo/pause-hooks`, `/_demo/resume-hooks` | keep deliveries back, let them go |
| `POST /_demo/wait-for-hooks` | answers when every delivery is sent: `{"sent": true}` |
| `POST /_demo/delete-issue` | `{"repository", "number", "by"}`: what GitHub has only in GraphQL |
| `POST /_demo/transfer-issue` | the same and `"to"`, another repository; answers `{"number"}` |
| `POST /_demo/expire-tokens` | every installation token is worth nothing from now on |
"""

from collections.abc import Awaitable, Callable

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from os2kb.demo.github.changes.issues import delete_issue
from os2kb.demo.github.changes.transfer import transfer_issue
from os2kb.demo.github.plant import plant
from os2kb.demo.github.read_seed import BadSeed, read_seed
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.limits import BadFault, read_fault

Handler = Callable[[Request], Awaitable[Response]]
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class BadOrder(Exception):
    """It names what is not there."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Match(_Part):
    """Which requests a fault meets: a method (any) and a regular expression for the path."""

    method: str = ""
    path: str = ""


class FaultOrder(_Part):
    """A fault, ordered."""

    then: str
    match: Match = Match()
    times: int = 1


class HookTarget(_Part):
    """Where deliveries go."""

    url: str
    secret: str = ""


class Deletion(_Part):
    """An issue to delete, and by whom."""

    repository: str
    number: int
    by: str


class Transfer(Deletion):
    """An issue to move, by whom, and to which repository."""

    to: str


class Control:
    """The handlers of `/_demo/…`."""

    def __init__(self, github: GitHub, public_key: str) -> None:
        self.github = github
        self.public_key = public_key

    def routes(self) -> list[Route]:
        """The table."""
        rows = (
            ("POST", "seed", self._seed),
            ("GET", "writes", self._writes),
            ("GET", "reads", self._reads),
            ("GET", "traffic", self._traffic),
            ("DELETE", "traffic", self._forget_traffic),
            ("POST", "faults", self._add_fault),
            ("DELETE", "faults", self._clear_faults),
            ("POST", "hook", self._set_hook),
            ("POST", "pause-hooks", self._pause),
            ("POST", "resume-hooks", self._resume),
            ("POST", "wait-for-hooks", self._wait),
            ("POST", "delete-issue", self._delete_issue),
            ("POST", "transfer-issue", self._transfer_issue),
            ("POST", "expire-tokens", self._expire_tokens),
        )
        return [
            Route(f"/_demo/{name}", _guarded(handler), methods=[method])
            for method, name, handler in rows
        ]

    async def _seed(self, request: Request) -> Response:
        plant(self.github, read_seed(await request.body()), self.public_key)
        names = [repository.full_name for repository in self.github.repositories.values()]
        return JSONResponse({"repositories": names})

    async def _writes(self, _: Request) -> Response:
        return JSONResponse({"items": self.github.traffic.as_json("writes")})

    async def _reads(self, _: Request) -> Response:
        return JSONResponse(dict(self.github.traffic.reads))

    async def _traffic(self, _: Request) -> Response:
        return JSONResponse({"items": self.github.traffic.as_json("exchanges")})

    async def _forget_traffic(self, _: Request) -> Response:
        self.github.traffic.clear()
        return Response(status_code=204)

    async def _add_fault(self, request: Request) -> Response:
        order = FaultOrder.model_validate_json(await request.body())
        fault = read_fault(order.then, order.match.method, order.match.path, order.times)
        self.github.limits.faults.append(fault)
        return Response(status_code=204)

    async def _clear_faults(self, _: Request) -> Response:
        self.github.limits.clear()
        return Response(status_code=204)

    async def _set_hook(self, request: Request) -> Response:
        target = HookTarget.model_validate_json(await request.body())
        self.github.hooks.configure(target.url, target.secret)
        return Response(status_code=204)

    async def _pause(self, _: Request) -> Response:
        self.github.hooks.pause()
        return Response(status_code=204)

    async def _resume(self, _: Request) -> Response:
        self.github.hooks.resume()
        return Response(status_code=204)

    async def _wait(self, _: Request) -> Response:
        sent = await run_in_threadpool(self.github.hooks.wait_until_sent)
        return JSONResponse({"sent": sent})

    async def _delete_issue(self, request: Request) -> Response:
        repository, by, issue = self._meant(Deletion.model_validate_json(await request.body()))
        delete_issue(self.github, repository, by, issue)
        return Response(status_code=204)

    async def _transfer_issue(self, request: Request) -> Response:
        order = Transfer.model_validate_json(await request.body())
        target = self.github.find(*order.to.partition("/")[::2])
        if target is None:
            raise BadOrder(f"there is no repository {order.to}")
        moved = transfer_issue(self.github, *self._meant(order), target)
        return JSONResponse({"number": moved.number})

    def _meant(self, order: Deletion) -> tuple[Repository, Account, Issue]:
        """What an order names."""
        repository = self.github.find(*order.repository.partition("/")[::2])
        by = self.github.account(order.by)
        issue = repository.issues.get(order.number) if repository else None
        if repository is None or by is None or issue is None or not issue.is_here:
            raise BadOrder("no such issue or person")
        return repository, by, issue

    async def _expire_tokens(self, _: Request) -> Response:
        self.github.tokens.clear()
        return Response(status_code=204)


def _guarded(handler: Handler) -> Handler:
    """Keep others out, and say what is wrong with an order."""

    async def guarded(request: Request) -> Response:
        if request.client is None or request.client.host not in _LOOPBACK:
            return JSONResponse({"message": "only this machine may steer the demo"}, 403)
        if request.headers.get("origin") or request.url.hostname not in _LOOPBACK:
            # A page in the newcomer's browser has no business here, by whatever name it calls us.
            return JSONResponse({"message": "not from a web page"}, 403)
        try:
            return await handler(request)
        except (ValidationError, BadSeed, BadFault, BadOrder) as error:
            return JSONResponse({"message": str(error)}, 422)

    return guarded
