"""The first page: everything that waits, and the buttons for what can be done at once."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk.ask import answered
from bot.web.desk.entrance import HOME
from bot.web.desk.room import Acted, NotYours, Room, Visit
from bot.web.desk.waiting import lay_out, mark_shown
from dialogs import finishing, words
from dialogs.skill import Desk


def routes(room: Room) -> list[BaseRoute]:
    """The addresses of this group."""

    def waiting(visit: Visit) -> dict[str, object]:
        desk = lay_out(room.app.db, visit.officer)
        mark_shown(room.app.db, visit.officer, room.app.clock())
        return {"desk": desk, "answered": answered(room, visit)}

    async def piece(request: Request) -> Response:
        visit = room.visit(request)
        return room.render(visit, "desk/_today.html", waiting(visit))

    def finish(visit: Visit, _: FormData, desk: Desk) -> Acted:
        done = finishing.finish(visit.key("task"), desk)
        if done.key == "task_gone" and not _is_ours(room, visit):
            raise NotYours
        return Acted(words.load(finishing.OWN, "officer").say(done.key, **done.words), HOME)

    return [
        Route(HOME, room.page("desk/today.html", waiting)),
        Route(f"{HOME}/waiting", piece),
        Route(f"{HOME}/tasks/{{task:int}}/done", room.button(finish), methods=["POST"]),
    ]


def _is_ours(room: Room, visit: Visit) -> bool:
    row = room.app.db.execute("SELECT branch_id FROM task WHERE id = ?", [visit.key("task")]).fetchone()
    return row is not None and row[0] == visit.branch_id
