"""What is told where a request cannot be answered: one kind sentence, in the shape in which the page expects it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates
from starlette.types import ExceptionHandler

from bot.web.desk.entrance import Entrance
from bot.web.guard import HEADERS
from bot.web.member import Told
from bot.web.wording import wording


class Refusals:
    """The doors that are nobody's, and one handler for what goes wrong."""

    def __init__(self, templates: Jinja2Templates, entrance: Entrance) -> None:
        self._templates = templates
        self._entrance = entrance

    @property
    def handlers(self) -> Mapping[int, ExceptionHandler]:
        """Who answers which status."""
        return {401: self._closed, 403: self._forbidden, 404: self._unknown, 405: self._unknown, 500: self._failed}

    async def home(self, request: Request) -> Response:
        """The address without a secret."""
        return self._door(request, "home", 200)

    async def _unknown(self, request: Request, _: Exception) -> Response:
        return _told("unknown", 404) if request.method == "POST" else self._door(request, "unknown", 404)

    async def _closed(self, request: Request, _: Exception) -> Response:
        return _told("sign_in", 401) if _is_said(request) else self._entrance.closed(request, "sign_in", 401)

    async def _forbidden(self, request: Request, _: Exception) -> Response:
        return _told("not_from_page", 403) if _is_said(request) else self._door(request, "not_from_page", 403)

    async def _failed(self, request: Request, _: Exception) -> Response:
        response = _told("failed", 500) if request.method == "POST" else self._door(request, "failed", 500)
        response.headers.update(HEADERS)  # this handler stands outside the middleware
        return response

    def _door(self, request: Request, sentence: str, status: int) -> Response:
        words = wording("door")
        told = {"title": words["title"], "sentence": words[sentence]}
        return self._templates.TemplateResponse(request, "door.html", told, status)


def _is_said(request: Request) -> bool:
    """Whether a page's script asks, which shows what it is told as an answer."""
    return request.url.path.endswith("/say")


def _told(reason: str, status: int) -> Response:
    """The kind sentence in the shape of an answer, so that the page can show it like one."""
    told = Told(heard="", text=wording("refused")[reason], buttons=[], voice=None, parts=[], table=None, intent="")
    return JSONResponse(told, status)
