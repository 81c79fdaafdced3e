"""Sessions: the calendar, a new one, and of each the sign-up, the roll and the minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from dialogs import words
from dialogs.hours import number
from dialogs.sessions import calling_off, convening
from dialogs.skill import Desk, Done
from storage import minutes, registrations, roll, sessions
from storage.attendances import AttendanceState
from storage.sessions import Session

KINDS = ("study", "activity")
A_PAGE = 40
"""Members of the roll on one sheet."""
AHEAD = timedelta(days=400)
MOST_PLACES = 5000
_STATES: dict[str, AttendanceState] = {state: state for state in roll.STATES}


class Calendar(Pages):
    """The calendar and each session in it."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/sessions/{{session:int}}"
        return [
            Route(f"{HOME}/sessions", self.room.page("desk/sessions.html", self._calendar)),
            Route(f"{HOME}/sessions", self.room.button(self._make), methods=["POST"]),
            Route(place, self.room.page("desk/session.html", self._one)),
            Route(f"{place}/roll", self.room.button(self._call_roll), methods=["POST"]),
            Route(f"{place}/minutes", self.room.button(self._write), methods=["POST"]),
            Route(f"{place}/call-off", self.room.button(self._call_off), methods=["POST"]),
        ]

    def _ours(self, visit: Visit) -> Session:
        found = sessions.session(self.db, visit.branch_id, visit.key("session"))
        if found is None:
            raise NotYours
        return found

    def _calendar(self, visit: Visit) -> dict[str, object]:
        now = self.room.app.clock()
        every = roll.tallies(self.db, visit.branch_id, datetime(now.year - 1, now.month, 1), now + AHEAD)
        return {
            "coming": [each for each in every if each.session.start > now],
            "past": [each for each in reversed(every) if each.session.start <= now],
            "kinds": KINDS,
            "earliest": (now - timedelta(days=number(visit.profile, convening.LATE))).date(),
            "late_days": number(visit.profile, convening.LATE),
        }

    def _one(self, visit: Visit) -> dict[str, object]:
        session = self._ours(visit)
        lines = roll.roll(self.db, session)
        return {
            "session": session,
            "begun": session.start <= self.room.app.clock(),
            "roll": sheet(lines, visit, A_PAGE),
            "whole": lines,
            "places": registrations.listed(self.db, session.id),
            "minutes": minutes.of_session(self.db, session.id),
            "states": roll.STATES,
            "can_be_called_off": session.state != "cancelled" and not any(line.state for line in lines),
        }

    def _make(self, _: Visit, form: FormData, desk: Desk) -> Acted:
        title = fields.text(form, "title", needed="title", longest=60)
        done = convening.convene(
            title,
            fields.choice(form, "kind", KINDS),
            fields.moment(form, "day", "clock"),
            desk,
            place=fields.text(form, "place", longest=60),
            capacity=fields.number(form, "capacity", 1, MOST_PLACES),
        )
        made = next((effect.id for effect in done.effects if effect.table == "session"), None)
        return Acted(_say(done), f"{HOME}/sessions/{made}" if made else f"{HOME}/sessions")

    def _call_roll(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        session = self._ours(visit)
        own = {line.member_id for line in roll.roll(self.db, session)}
        marks: dict[int, AttendanceState] = {}
        for name, value in form.items():
            prefix, _, key = name.partition("-")
            if prefix == "member" and key.isdecimal():
                if int(key) not in own:
                    raise NotYours
                if str(value) in _STATES:
                    marks[int(key)] = _STATES[str(value)]
        rest = _STATES.get(fields.text(form, "rest"))
        if rest:  # a button for all whom nobody has marked
            marks = {**{line.member_id: rest for line in roll.roll(self.db, session) if not line.state}, **marks}
        page = (fields.number(form, "page", 1, 9999) or 1) + (1 if form.get("next") else 0)
        return Acted(_say(convening.call_roll(session, marks, desk)), f"{HOME}/sessions/{session.id}?page={page}#roll")

    def _write(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        session = self._ours(visit)
        text, standing = fields.text(form, "text", needed="minutes"), minutes.of_session(self.db, session.id)
        if standing is None or standing.text != text:
            fields.unchanged(form, standing.at if standing else "")
        done = convening.write_minutes(session, text, desk)
        return Acted(_say(done), f"{HOME}/sessions/{session.id}")

    def _call_off(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        session = self._ours(visit)
        if session.state == "cancelled" or any(line.state for line in roll.roll(self.db, session)):
            raise Unfit("was_held")
        done = calling_off.call_off(session, desk)
        return Acted(words.load(calling_off.OWN, "officer").say(done.key, **done.words), f"{HOME}/sessions")


def _say(done: Done) -> str:
    return words.load(convening.OWN, "officer").say(done.key, **done.words)
