"""Asking the branch's books: by voice with the talk button, or in writing; the same turn as in every chat."""

from __future__ import annotations

import asyncio
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from bot.answer import Answer
from bot.turn import Incoming
from bot.web.desk.entrance import HOME
from bot.web.desk.paging import sheet
from bot.web.desk.pressed import CHANNEL
from bot.web.desk.room import Room
from bot.web.desk.visit import Visit
from bot.web.member import TalkPage
from bot.web.upload import LONGEST_TEXT
from bot.web.voices import Voices
from bot.web.wording import choices, wording
from storage import inbox, outbox
from storage.members import Member

A_PAGE = 60
"""Rows of an answer on one sheet."""
EARLIER = 12
"""Questions that are found again on the page."""
BUTTON = re.compile(r"[a-z_]+(?::[\w:.-]*)?")
"""What a pressed button sends is no question that anybody wrote."""
WEB = "web"
"""Channel of what is said or written on a page; a crash in the middle is taken up at the next start."""
TOKEN = "x-nuanyang-desk"  # noqa: S105 - the name of a header
"""Header in which the page's script proves that it is ours."""


class AskPage(TalkPage):
    """The talk button for an officer who is signed in, and a line to write in."""

    def __init__(self, room: Room, voices: Voices, templates: Jinja2Templates) -> None:
        super().__init__(room.app, voices, templates, HOME, lambda _, __: None)
        self._room = room

    def routes(self) -> list[BaseRoute]:
        """The addresses of asking."""
        return [
            Route(f"{HOME}/ask", self.page),
            Route(f"{HOME}/ask", self.write, methods=["POST"]),
            Route(f"{HOME}/ask/{{answer}}.png", self.picture),
            Route(f"{HOME}/say", self.say, methods=["POST"]),
            Route(f"{HOME}/voice/{{handle}}.{{kind}}", self.voice),
            Route(f"{HOME}/voice/{{handle}}/{{part:int}}.{{kind}}", self.voice),
            Route(f"{HOME}/messages/{{message:int}}/press", self.press, methods=["POST"]),
        ]

    def open(self, request: Request) -> Member:
        """Who is signed in; what is said must come from our own page, for it acts. Raises a 401 or a 403."""
        if request.method == "POST":
            return self._room.proven(request, request.headers.get(TOKEN, "")).officer
        return self._room.visit(request).officer

    def home(self, _: Request) -> str:
        """Where the page's own addresses begin."""
        return HOME

    async def page(self, request: Request) -> Response:
        """The page, with the answer to what was written just now."""
        visit = self._room.visit(request)
        once = visit.asked("answer")
        answer = answer_to(self._room, visit, once)
        question = answer.heard if answer else ""
        table = sheet(answer.table.rows, visit, A_PAGE) if answer and answer.table else None
        values = {
            **self.talk_words(visit.officer), "always": choices("desk_always"), "answer": answer,
            "words": {**wording("page"), "no_script": wording("ask")["no_script"]}, "table": table,
            "question": question, "once": once, "earlier": asked_before(self._room, visit, EARLIER),
        }  # fmt: skip
        return self._room.render(visit, "desk/ask.html", values)

    async def picture(self, request: Request) -> Response:
        """The picture of an answer of one's own."""
        visit = self._room.visit(request)
        answer = answer_to(self._room, visit, request.path_params["answer"])
        if answer is None or answer.chart is None:
            self._room.refuse(visit)
            raise HTTPException(404)
        from bot import pictures  # takes half a second to import, and few people ever look

        try:
            return Response(await asyncio.to_thread(pictures.draw, answer.chart), media_type="image/png")
        except pictures.NoChineseFont:  # the table stands beside it
            raise HTTPException(404) from None

    async def write(self, request: Request) -> Response:
        """A question in writing."""
        form = await request.form(max_files=0)
        visit = self._room.proven(request, str(form.get("csrf", "")))
        text, once = str(form.get("question", "")).strip()[:LONGEST_TEXT], str(form.get("once", ""))
        if not text:
            return RedirectResponse(f"{HOME}/ask", 303)
        await self._take(visit, text, once)
        return RedirectResponse(f"{HOME}/ask?answer={once}", 303)

    async def press(self, request: Request) -> Response:
        """A choice under a message, as if it had been pressed in the chat."""
        form = await request.form(max_files=0)
        visit = self._room.proven(request, str(form.get("csrf", "")))
        value = str(form.get("choice", ""))
        message = outbox.message(self._app.db, visit.key("message"))
        mine = message is not None and message.channel == CHANNEL and message.member_id == visit.officer.id
        if message is None or not mine or value not in [button.value for button in message.choices]:
            self._room.refuse(visit)
            raise HTTPException(404)
        once = str(form.get("once", ""))
        await self._take(visit, value, once)
        return RedirectResponse(f"{HOME}?answer={once}", 303)

    async def _take(self, visit: Visit, text: str, once: str) -> Answer:
        return await self._app.turn.take(Incoming(WEB, f"{visit.officer.id}:desk-{once}", visit.officer.id, text))


def asked_before(room: Room, visit: Visit, count: int) -> list[tuple[str, str]]:
    """The visitor's last questions, said or written, newest first: the number under which each is found, its words."""
    mine = f"{visit.officer.id}:"
    found = inbox.answered_like(room.app.db, WEB, mine, count)
    asked = [(each.update_id.removeprefix(mine), Answer.from_json(each.answer or "").heard) for each in found]
    return [(once, words) for once, words in asked if words and not BUTTON.fullmatch(words)]


def answer_to(room: Room, visit: Visit, once: str) -> Answer | None:
    """The answer to what this visitor said, wrote or pressed under this number; None where nothing was."""
    numbers = (f"{visit.officer.id}:desk-{once}", f"{visit.officer.id}:{once}") if once else ()
    found = next((each for number in numbers if (each := inbox.find_update(room.app.db, WEB, number))), None)
    return Answer.from_json(found.answer) if found and found.answer else None
