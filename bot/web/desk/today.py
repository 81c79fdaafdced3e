"""The first page: everything that waits, and the buttons for what can be done at once."""

from __future__ import annotations

from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk.ask import answer_to
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.people import silent_members
from bot.web.desk.room import Room
from bot.web.desk.visit import Acted, NotYours, Visit
from bot.web.desk.waiting import Waiting, lay_out, mark_shown
from dialogs import words
from dialogs.officers import finishing
from dialogs.skill import Desk
from storage import sessions

MOST = 20
"""Cards of one pile, and names of one list, on this page; the rest have a page of their own."""
SOON = timedelta(days=7)
"""Sessions that are shown."""


class Today(Pages):
    """The first page."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._seen: dict[int, tuple[str, ...]] = {}

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(HOME, self.room.page("desk/today.html", self._waiting)),
            Route(f"{HOME}/waiting", self._piece),
            Route(f"{HOME}/tasks", self.room.page("desk/tasks.html", self._tasks)),
            Route(f"{HOME}/tasks/{{task:int}}/done", self.room.button(self._finish), methods=["POST"]),
        ]

    def _waiting(self, visit: Visit) -> dict[str, object]:
        now, answer = self.room.app.clock(), answer_to(self.room, visit, visit.asked("answer"))
        desk = lay_out(self.db, visit.officer, cares=visit.cares)
        mark_shown(self.db, visit.officer, now)
        self._note_health(visit, desk)
        coming = sessions.between(self.db, visit.branch_id, now, now + SOON)
        return {
            "desk": desk,
            "most": MOST,
            "answered": answer.text if answer else "",
            "coming": coming,
            "silent": silent_members(self.db, visit, now) if visit.cares else [],
        }

    def _tasks(self, visit: Visit) -> dict[str, object]:
        waiting = lay_out(self.db, visit.officer, cares=visit.cares)
        return {"sheet": sheet(waiting.tasks, visit, MOST), "most": MOST}

    def _note_health(self, visit: Visit, desk: Waiting) -> None:
        """The cards tell who is ill: whoever sees them for the first time stands in the log, not at every refresh."""
        cases = tuple(card.key for card in desk.alerts + desk.cases)
        if cases and self._seen.get(visit.officer.id) != cases:
            self._seen[visit.officer.id] = cases
            self.room.note(visit, "read_today", count=len(cases))

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
