"""The members, and the card of each: particulars, the four things to know, dues, study, care, what they said."""

from __future__ import annotations

from datetime import datetime

from starlette.routing import BaseRoute, Route

from bot.web.desk.entrance import HOME
from bot.web.desk.room import Room, Visit, member_of
from storage import dues, log_reading, members, sessions, talents
from storage.log import About

ENTRIES = 20
"""Lines of the log on a member's card."""


def routes(room: Room) -> list[BaseRoute]:
    """The addresses of this group."""
    db = room.app.db

    def everybody(visit: Visit) -> dict[str, object]:
        now = room.app.clock()
        quarter = dues.quarter_of(now)
        paid = {each.member_id: each for each in dues.of_quarter(db, visit.branch_id, quarter)}
        heard = log_reading.last_heard(db, visit.branch_id)
        people = [
            (person, now.year - person.birth_year if person.birth_year else None, paid.get(person.id), heard[person.id])
            for person in members.members(db, visit.branch_id)
        ]
        return {"people": people, "officers": {each.id: each for each in members.officers(db, visit.branch_id, now)}}

    def card(visit: Visit) -> dict[str, object]:
        now = room.app.clock()
        person = member_of(room, visit, visit.key("member"))
        # The card shows who was ill and when: reading it is itself a line of the log.
        room.note(visit, "read_card", About("member", person.id), who=person.name)
        return {
            "person": person,
            "age": now.year - person.birth_year if person.birth_year else None,
            "dues": dues.standing(db, person.id, dues.quarter_of(now)),
            "behind": dues.behind(db, person.id, dues.quarter_of(now)),
            "attendance": sessions.attendance(db, person.id, datetime(now.year, 1, 1), now),
            "talents": talents.of_member(db, person.id),
            "entries": log_reading.about_member(db, visit.branch_id, person.id, ENTRIES),
        }

    return [
        Route(f"{HOME}/members", room.page("desk/members.html", everybody)),
        Route(f"{HOME}/members/{{member:int}}", room.page("desk/member.html", card)),
    ]
