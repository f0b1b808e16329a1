"""The layers round the routes, in their order."""

from fastapi import FastAPI

from os2kb.web_settings import WebSettings
from webhooks.manners.description import describe
from webhooks.manners.headers import SafeHeaders
from webhooks.manners.origins import Origins
from webhooks.manners.pace import Pace
from webhooks.manners.packing import Packed
from webhooks.pages.heads import AnswersHead


def teach_manners(app: FastAPI, settings: WebSettings) -> None:
    """Put the layers round an app. The last one stands outermost."""
    app.add_middleware(Pace, a_minute=settings.requests_a_minute)
    app.add_middleware(Origins, allowed=settings.cors_origins, own=settings.public_url)
    app.add_middleware(Packed)
    app.add_middleware(SafeHeaders)
    app.add_middleware(AnswersHead)
    describe(app)
