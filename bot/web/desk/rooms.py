"""Every address of the desk: one module a group of pages."""

from __future__ import annotations

import asyncio

from starlette.routing import BaseRoute
from starlette.templating import Jinja2Templates

from bot.app import App
from bot.web.desk.applications import Applications
from bot.web.desk.ask import AskPage
from bot.web.desk.books import LogPages
from bot.web.desk.broadcasts import Broadcasts
from bot.web.desk.care import CareBoard
from bot.web.desk.documents import Shelf
from bot.web.desk.dues import DuesBook
from bot.web.desk.entrance import Entrance
from bot.web.desk.leaving import Leaving
from bot.web.desk.live import Live
from bot.web.desk.pages import Pages
from bot.web.desk.papers import Papers
from bot.web.desk.particulars import ParticularsDesk
from bot.web.desk.people import People
from bot.web.desk.recordings import RecordingRoom
from bot.web.desk.room import Room
from bot.web.desk.roster import RosterDesk
from bot.web.desk.rulebook import RuleBook
from bot.web.desk.self_check import SelfCheck
from bot.web.desk.sessions import Calendar
from bot.web.desk.settings import Settings
from bot.web.desk.suggestions import Suggestions
from bot.web.desk.today import Today
from bot.web.voices import Voices

GROUPS: tuple[type[Pages], ...] = (
    Today, People, Calendar, DuesBook, CareBoard, Applications, Suggestions, Shelf, Broadcasts, LogPages, Papers,
    SelfCheck, RosterDesk, Settings, RuleBook, ParticularsDesk, Leaving,
)  # fmt: skip


def desk_routes(
    app: App, templates: Jinja2Templates, voices: Voices, entrance: Entrance, closing: asyncio.Event
) -> list[BaseRoute]:
    """The addresses under /desk."""
    room = Room(app, templates, entrance)
    return [
        *AskPage(room, voices, templates).routes(),
        *Live(room, closing).routes(),
        *RecordingRoom(room).routes(),
        *(route for group in GROUPS for route in group(room).routes()),
    ]
