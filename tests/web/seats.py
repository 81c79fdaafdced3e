"""Somebody at the desk: a browser of their own that is signed in, sees pages and presses what stands on them."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette

from bot.app import App
from bot.web.desk.entrance import COOKIE, new_link
from storage import members

NUMBERS = itertools.count(1)


@dataclass
class Seat:
    """An officer at a browser."""

    app: App
    http: httpx.AsyncClient
    officer: int
    numbers: Iterator[int] = field(default_factory=lambda: NUMBERS)

    async def sees(self, path: str) -> str:
        """The words of a page that opens."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return html.unescape(answer.text)

    async def presses(self, path: str, once: str = "", **fields: str | int | list[str]) -> httpx.Response:
        """Press a button with these fields filled in, as its form sends them; the page that comes after it."""
        values = {"csrf": await self.token(), "once": once or f"press-{next(self.numbers)}", **fields}
        return await self.http.post(path, data=values, follow_redirects=True)

    async def token(self) -> str:
        found = re.search(r'name="csrf" value="(\w+)"', (await self.http.get("/desk/ask")).text)
        assert found
        return found[1]

    @property
    def secret(self) -> str:
        return self.http.cookies[COOKIE]


async def take_seat(web: Starlette, app: App, name: str) -> Seat:
    """Sign in with a fresh link, as its owner does."""
    person = members.find(app.db, name)[0]
    transport = httpx.ASGITransport(app=web, raise_app_exceptions=False)
    http = httpx.AsyncClient(transport=transport, base_url=app.config.address)
    entered = await http.post(new_link(app, person))
    assert entered.status_code == 303
    return Seat(app, http, person.id)


def told(answer: httpx.Response) -> str:
    """What the page says was done just now."""
    found = re.search(r'class="told" role="status">([^<]*)<', answer.text)
    return html.unescape(found[1]) if found else ""
