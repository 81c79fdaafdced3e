"""Settings: the page with all of them, and who is on duty when."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.rule_lines import page_of
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from dialogs import words
from dialogs.officers import rostering
from dialogs.skill import Desk, Done
from storage import duty_reading, members

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|")
RUNGS = (1, 9)
"""Places on the ladder, first and last."""


class Settings(Pages):
    """What the branch has set."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/settings", self.room.page("desk/settings.html", self._show)),
            Route(f"{HOME}/settings/duty", self.room.button(self._add), methods=["POST"]),
            Route(f"{HOME}/settings/duty/{{duty:int}}/remove", self.room.button(self._remove), methods=["POST"]),
        ]

    def _show(self, visit: Visit) -> dict[str, object]:
        return page_of(self.db, visit, self.room.app.clock())

    def _add(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        on_duty = {officer.id: officer for officer in members.officers(self.db, visit.branch_id, desk.now)}
        key = fields.number(form, "officer", 1, 10**9)
        if key not in on_duty:
            raise NotYours
        clocks = [fields.text(form, name, longest=5) for name in ("from_clock", "to_clock")]
        if not all(_CLOCK.fullmatch(each) for each in clocks) or bool(clocks[0]) != bool(clocks[1]):
            raise Unfit("hours")
        first, last = fields.day(form, "first"), fields.day(form, "last")
        if first is None or (last and last < first):
            raise Unfit("days")
        weekdays = "".join(sorted({str(value) for value in form.getlist("weekday") if str(value) in "1234567"}))
        shift = rostering.Shift(first, last, weekdays, clocks[0], clocks[1])
        rung = fields.number(form, "rung", *RUNGS) or RUNGS[0]
        return _acted(rostering.add(on_duty[key], rung, shift, desk))

    def _remove(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        line = duty_reading.line(self.db, visit.branch_id, visit.key("duty"))
        if line is None:
            raise NotYours
        return _acted(rostering.remove(line, desk))


def _acted(done: Done) -> Acted:
    return Acted(words.load(rostering.OWN, "officer").say(done.key, **done.words), f"{HOME}/settings")
