"""Every address of the desk: one module a group of pages, each with a function `routes`."""

from __future__ import annotations

import asyncio

from starlette.routing import BaseRoute
from starlette.templating import Jinja2Templates

from bot.app import App
from bot.web.desk import (
    applications,
    books,
    care,
    documents,
    dues,
    people,
    sessions,
    settings,
    suggestions,
    today,
)
from bot.web.desk.ask import AskPage
from bot.web.desk.entrance import Entrance
from bot.web.desk.live import Live
from bot.web.desk.recordings import RecordingRoom
from bot.web.desk.room import Room
from bot.web.voices import Voices

GROUPS = (today, people, sessions, dues, care, applications, suggestions, documents, books, settings)


def desk_routes(
    app: App, templates: Jinja2Templates, voices: Voices, entrance: Entrance, closing: asyncio.Event
) -> list[BaseRoute]:
    """The addresses under /desk."""
    room = Room(app, templates, entrance)
    return [
        *AskPage(room, voices, templates).routes(),
        *Live(room, closing).routes(),
        *RecordingRoom(room).routes(),
        *(route for group in GROUPS for route in group.routes(room)),
    ]
