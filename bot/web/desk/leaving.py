"""Who left the branch and may come back, and the offices of each member with their days."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields, paging
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages, person_of
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from dialogs import words
from dialogs.officers import roster_form, roster_leaving
from dialogs.skill import Desk, Done
from storage import members, offices, particulars

RUNGS = (1, 9)
"""Places on the ladder, first and last."""
A_PAGE = 50


class Leaving(Pages):
    """The roster's comings and goings."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/members/{{member:int}}"
        return [
            Route(f"{HOME}/members/gone", self.room.page("desk/gone.html", self._gone)),
            Route(f"{place}/leave", self.room.button(self._leave), methods=["POST"]),
            Route(f"{place}/return", self.room.button(self._return), methods=["POST"]),
            Route(f"{place}/offices", self.room.button(self._give), methods=["POST"]),
            Route(f"{HOME}/offices/{{office:int}}/end", self.room.button(self._end), methods=["POST"]),
        ]

    def _gone(self, visit: Visit) -> dict[str, object]:
        return {"sheet": paging.sheet(particulars.gone(self.db, visit.branch_id), visit, A_PAGE)}

    def _leave(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        person = person_of(self.room, visit, visit.key("member"))
        how = fields.choice(form, "how", particulars.WAYS_TO_LEAVE)
        day = fields.day(form, "day")
        if day is None:
            raise Unfit("which_day")
        if day > desk.now:
            raise Unfit("future")
        if person.id == visit.officer.id:
            raise Unfit("not_oneself")
        try:
            done = roster_leaving.leave(person, how, day.date(), fields.text(form, "note", longest=200), desk)
        except roster_leaving.LastSecretary:
            raise Unfit("last_secretary") from None
        count = roster_leaving.open_cases(person, desk) if visit.cares else 0
        said = _say(done)
        return Acted(said + (_words().say("open_cases", count=count) if count else ""), f"{HOME}/members/gone")

    def _return(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        person = particulars.of(self.db, visit.branch_id, visit.key("member"))
        if person is None or not person.left_at:
            raise NotYours
        return Acted(_say(roster_leaving.come_back(person, desk)), f"{HOME}/members/{person.id}")

    def _give(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        person = person_of(self.room, visit, visit.key("member"))
        role = fields.choice(form, "role", offices.ROLES)
        first, last = fields.day(form, "first"), fields.day(form, "last")
        if first is None or (last and last < first):
            raise Unfit("days")
        rung = fields.number(form, "rung", *RUNGS) or RUNGS[0]
        days = (first.date(), last.date() if last else None)
        done = roster_leaving.give_office(person, role, fields.text(form, "title", longest=20), rung, days, desk)
        return Acted(_say(done), f"{HOME}/members/{person.id}/particulars#offices")

    def _end(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        office = offices.held(self.db, visit.branch_id, visit.key("office"))
        if office is None or members.member(self.db, office.member_id) is None:
            raise NotYours
        last = fields.day(form, "last")
        if last is None or last.date().isoformat() < office.valid_from:
            raise Unfit("days")
        try:
            done = roster_leaving.end_office(office, last.date(), desk)
        except roster_leaving.LastSecretary:
            raise Unfit("last_secretary") from None
        return Acted(_say(done), f"{HOME}/members/{office.member_id}/particulars#offices")


def _words() -> words.Words:
    return words.load(roster_form.OWN, "officer")


def _say(done: Done) -> str:
    return _words().say(done.key, **done.words)
