"""Suggestions: word for word, passed on and answered; the member hears each time."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.room import Acted, NotYours, Room, Visit
from dialogs import suggesting, words
from dialogs.skill import Desk, Done
from storage import members, suggestions
from storage.members import Officer


def routes(room: Room) -> list[BaseRoute]:
    """The addresses of this group."""
    db = room.app.db

    def every(visit: Visit) -> dict[str, object]:
        return {
            "waiting": suggestions.unanswered(db, visit.branch_id),
            "answered": suggestions.answered(db, visit.branch_id),
        }

    def ours(visit: Visit) -> int:
        key = visit.key("suggestion")
        if suggestions.suggestion(db, visit.branch_id, key) is None:
            raise NotYours
        return key

    def pass_on(visit: Visit, _: FormData, desk: Desk) -> Acted:
        return _acted(suggesting.pass_on(ours(visit), _officer(room, visit), desk))

    def answer(visit: Visit, form: FormData, desk: Desk) -> Acted:
        key, text = ours(visit), fields.text(form, "answer", needed="answer", longest=500)
        return _acted(suggesting.answer(key, text, _officer(room, visit), desk))

    place = f"{HOME}/suggestions/{{suggestion:int}}"
    return [
        Route(f"{HOME}/suggestions", room.page("desk/suggestions.html", every)),
        Route(f"{place}/pass-on", room.button(pass_on), methods=["POST"]),
        Route(f"{place}/answer", room.button(answer), methods=["POST"]),
    ]


def _officer(room: Room, visit: Visit) -> Officer:
    """The visitor in their office, by the role row's dates. Raises NotYours where it has just ended."""
    on_duty = members.officers(room.app.db, visit.branch_id, room.app.clock())
    found = next((each for each in on_duty if each.id == visit.officer.id), None)
    if found is None:
        raise NotYours
    return found


def _acted(done: Done) -> Acted:
    return Acted(words.load("suggesting", "officer").say(done.key, **done.words), f"{HOME}/suggestions")
