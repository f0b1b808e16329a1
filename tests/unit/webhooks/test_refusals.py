"""Refusals that are made outside the routes: they are problem documents, as safe as all else."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from os2kb.web_settings import WebSettings
from webhooks.manners.headers import ALWAYS
from webhooks.manners.manners import teach_manners
from webhooks.problems import handle_problems

LISTED = "https://os2.eu"


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    handle_problems(app)

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("a secret of the code")

    teach_manners(app, WebSettings(_env_file=None, cors_origins=(LISTED,)))
    return app


def answer(app: FastAPI, method: str, path: str, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)

    return asyncio.run(ask())


def test_a_fault_of_ours_tells_nothing_of_the_code_and_is_as_safe_as_all_else(app: FastAPI):
    told = answer(app, "GET", "/broken")
    assert (told.status_code, told.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in told.text
    assert {name: told.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"Origin": "https://evil.example"}, "origin"),
        ({"Origin": LISTED, "Access_Control_Request_Method": "DELETE"}, "method"),
        ({"Origin": LISTED, "Access_Control_Request_Headers": "x-secret"}, "headers"),
    ],
)
def test_what_is_refused_beforehand_is_told_as_a_problem(
    app: FastAPI, asked: dict[str, str], why: str
):
    beforehand = {"Access_Control_Request_Method": "POST"} | asked
    told = answer(app, "OPTIONS", "/api/v1/ask", **beforehand)
    assert (told.status_code, told.headers["content-type"]) == (400, "application/problem+json")
    assert why in told.json()["detail"]
    assert "Origin" in told.headers["vary"]
