"""Files that a press hands out, and among them the invitation cards of some members or of all."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Set
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.app import App
from bot.cards import Card, write_cards
from bot.config import ConfigError
from bot.fonts import chinese_font
from bot.telegram.enrolment import bot_name, enrolment_link, new_code
from bot.web.desk.room import Handler, Room
from bot.web.desk.visit import NotYours, Unfit, Visit
from bot.web.links import issue_links
from bot.web.wording import wording

LASTS = timedelta(days=30)
"""A card lies in a drawer before somebody's grandchild comes to set the phone up."""

Made = tuple[bytes, str, str]
"""A file: its content, name and media type."""


def handed_out(room: Room, make: Callable[[Visit, FormData], Awaitable[Made]]) -> Handler:
    """A press that hands out a file."""

    async def press(request: Request) -> Response:
        room.visit(request)  # nothing is read from a stranger
        form = await request.form(max_files=0, max_fields=20)
        visit = room.proven(request, str(form.get("csrf", "")))
        try:
            content, name, media_type = await make(visit, form)
        except NotYours:
            room.refuse(visit)
            raise HTTPException(404) from None
        except Unfit as unfit:
            return room.unfit(visit, form, wording("unfit")[str(unfit)])
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})

    return press


async def invitations(room: Room, visit: Visit, only: Set[int] | None = None) -> Made:
    """The cards of the branch's members, or of some of them, a page each."""
    font, app = chinese_font(), room.app
    if font is None:
        raise Unfit("font")
    bot = await _bot(app)
    people = [
        (person, link)
        for person, link in issue_links(app)
        if person.branch_id == visit.branch_id and (only is None or person.id in only)
    ]
    made = [
        Card(person.name, link, enrolment_link(bot, new_code(app.db, person, app.clock(), LASTS)) if bot else "")
        for person, link in people
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cards.pdf"
        await asyncio.to_thread(write_cards, made, visit.branch, app.clock().date(), font, file, lambda: None)
        content = file.read_bytes()
    room.note(visit, "cards", count=len(made))
    whose = people[0][0].name if len(people) == 1 else ""
    return content, f"{wording('papers')['cards_file']}{whose}.pdf", "application/pdf"


async def _bot(app: App) -> str:
    """The bot's name; empty where there is none, or it cannot be asked now: the code for the page is enough."""
    if not app.config.telegram.token.get_secret_value():
        return ""
    try:
        return await bot_name(app)
    except ConfigError:
        return ""
