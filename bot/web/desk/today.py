"""The first page: everything that waits, and the buttons for what can be done at once."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk.ask import answered
from bot.web.desk.entrance import HOME
from bot.web.desk.room import Acted, NotYours, Pages, Room, Visit
from bot.web.desk.waiting import lay_out, mark_shown
from dialogs import finishing, words
from dialogs.skill import Desk


class Today(Pages):
    """The first page."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(HOME, self.room.page("desk/today.html", self._waiting)),
            Route(f"{HOME}/waiting", self._piece),
            Route(f"{HOME}/tasks/{{task:int}}/done", self.room.button(self._finish), methods=["POST"]),
        ]

    def _waiting(self, visit: Visit) -> dict[str, object]:
        desk = lay_out(self.room.app.db, visit.officer, cares=visit.cares)
        mark_shown(self.room.app.db, visit.officer, self.room.app.clock())
        return {"desk": desk, "answered": answered(self.room, visit)}

    async def _piece(self, request: Request) -> Response:
        visit = self.room.visit(request)
        return self.room.render(visit, "desk/_today.html", self._waiting(visit))

    def _finish(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        done = finishing.finish(visit.key("task"), desk)
        if done.key == "task_gone" and not _is_ours(self.room, visit):
            raise NotYours
        return Acted(words.load(finishing.OWN, "officer").say(done.key, **done.words), HOME)


def _is_ours(room: Room, visit: Visit) -> bool:
    row = room.app.db.execute("SELECT branch_id FROM task WHERE id = ?", [visit.key("task")]).fetchone()
    return row is not None and row[0] == visit.branch_id
