"""The site: every address there is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.app import App
from bot.web.desk.entrance import Entrance
from bot.web.desk.rooms import desk_routes
from bot.web.desk.showing import install
from bot.web.guard import SecurityHeaders
from bot.web.member import TalkPage
from bot.web.refusals import Refusals
from bot.web.security import visitor
from bot.web.voices import Voices

HERE = Path(__file__).parent


def site(app: App, closing: asyncio.Event | None = None) -> Starlette:
    """The web application of one branch office; once `closing` is set, pages that listen for news are let go."""
    voices = Voices(app.engines.speak)
    templates = Jinja2Templates(HERE / "templates")
    install(templates)
    entrance = Entrance(app, templates)
    refusals = Refusals(templates, entrance)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        voices.close()

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route("/", refusals.home),
            Route("/healthz", healthz),
            *TalkPage(app, voices, templates, "/m", visitor).routes(),
            *entrance.routes(),
            *desk_routes(app, templates, voices, entrance, closing or asyncio.Event()),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers=refusals.handlers,
        lifespan=lifespan,
    )
