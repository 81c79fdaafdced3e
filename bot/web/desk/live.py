"""News for an open page, by server-sent events: how much waits, and that something has changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.web.desk.entrance import HOME, signed_in
from bot.web.desk.room import Room
from bot.web.desk.visit import Visit
from bot.web.desk.waiting import lay_out

EVERY = 1.0
"""Seconds between two looks; a look without changes is one counter read."""
BEAT = 15
"""Looks after which a line is sent even where nothing happened, so that a dead connection shows."""


class Live:
    """The stream of news."""

    def __init__(self, room: Room, closing: asyncio.Event) -> None:
        self._room = room
        self._closing = closing

    def routes(self) -> list[BaseRoute]:
        """The address of the stream."""
        return [Route(f"{HOME}/events", self.events)]

    async def events(self, request: Request) -> StreamingResponse:
        """The stream; it ends with the sign-in, with the server, and when the page is closed."""
        visit = self._room.visit(request)
        return StreamingResponse(self._news(visit), media_type="text/event-stream")

    async def _news(self, visit: Visit) -> AsyncIterator[str]:
        seen, shown, still = "", "", 0
        while not self._closing.is_set():
            mark = self._mark()
            if mark != seen:
                seen = mark
                state = self._state(visit)
                if state != shown:
                    shown, still = state, 0
                    yield f"data: {state}\n\n"
            still += 1
            if still % BEAT == 0:
                if signed_in(self._room.app, visit.request) is None:
                    return  # signed out, expired, or out of office meanwhile
                yield ": \n\n"
            try:
                await asyncio.wait_for(self._closing.wait(), EVERY)
            except TimeoutError:
                continue

    def _mark(self) -> str:
        """Changes with every row that is written, by this process or another one."""
        db = self._room.app.db
        return f"{db.conn.total_changes}.{db.execute('PRAGMA data_version').fetchone()[0]}"

    def _state(self, visit: Visit) -> str:
        desk = lay_out(self._room.app.db, visit.officer, cares=visit.cares)
        keys = [card.key + "".join(card.lines) for pile in desk.piles for card in pile]
        return json.dumps({"open": desk.open, "alerts": len(desk.alerts), "mark": hash(tuple(keys)) & 0xFFFFFF})
