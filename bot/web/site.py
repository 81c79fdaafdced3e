"""The site: every address there is, the doors that are nobody's, and one handler for what goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.app import App
from bot.web.desk.entrance import Entrance
from bot.web.desk.rooms import desk_routes
from bot.web.desk.showing import install
from bot.web.guard import HEADERS, SecurityHeaders
from bot.web.member import TalkPage, Told
from bot.web.security import visitor
from bot.web.voices import Voices
from bot.web.wording import wording

HERE = Path(__file__).parent


def site(app: App, closing: asyncio.Event | None = None) -> Starlette:
    """The web application of one branch office; once `closing` is set, pages that listen for news are let go."""
    voices = Voices(app.engines.speak)
    templates = Jinja2Templates(HERE / "templates")
    install(templates)
    entrance = Entrance(app, templates)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        voices.close()

    def door(request: Request, sentence: str, status: int) -> Response:
        words = wording("door")
        return templates.TemplateResponse(
            request, "door.html", {"title": words["title"], "sentence": words[sentence]}, status
        )

    async def home(request: Request) -> Response:
        return door(request, "home", 200)

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def unknown(request: Request, _: Exception) -> Response:
        return _told("unknown", 404) if request.method == "POST" else door(request, "unknown", 404)

    async def closed(request: Request, _: Exception) -> Response:
        if request.url.path.endswith("/say"):
            return _told("sign_in", 401)
        return entrance.closed(request, "sign_in", 401)

    async def forbidden(request: Request, _: Exception) -> Response:
        return _told("not_from_page", 403) if request.url.path.endswith("/say") else door(request, "not_from_page", 403)

    async def failed(request: Request, _: Exception) -> Response:
        response = _told("failed", 500) if request.method == "POST" else door(request, "failed", 500)
        response.headers.update(HEADERS)  # this handler stands outside the middleware
        return response

    return Starlette(
        routes=[
            Route("/", home),
            Route("/healthz", healthz),
            *TalkPage(app, voices, templates, "/m", visitor).routes(),
            *entrance.routes(),
            *desk_routes(app, templates, voices, entrance, closing or asyncio.Event()),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={401: closed, 403: forbidden, 404: unknown, 405: unknown, 500: failed},
        lifespan=lifespan,
    )


def _told(reason: str, status: int) -> Response:
    """The kind sentence in the shape of an answer, so that the page can show it like one."""
    told = Told(heard="", text=wording("refused")[reason], buttons=[], voice=None, parts=[], table=None, intent="")
    return JSONResponse(told, status)
