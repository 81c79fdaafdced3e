"""The members, and the card of each: particulars, the four things to know, dues, study, care, what they said."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database
from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.fonts import chinese_font
from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages, member_of
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, Visit
from bot.web.wording import wording
from dialogs.care import knowing
from dialogs.hours import number
from dialogs.officers.roster_form import say_day
from dialogs.skill import Desk
from storage import attendances, cards, care, dues, in_touch, log_reading, members, own_days, particulars, talents
from storage.log import About
from storage.members import Member
from storage.spelling import sounds_in

A_PAGE = 50
"""Members on one sheet."""
ENTRIES = 20
"""Lines of the log on a member's card."""


class People(Pages):
    """The roster and each member on it."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/members", self.room.page("desk/members.html", self._everybody)),
            Route(f"{HOME}/members/{{member:int}}", self.room.page("desk/member.html", self._card)),
            Route(f"{HOME}/members/{{member:int}}/card", self.room.button(self._write), methods=["POST"]),
        ]

    def _everybody(self, visit: Visit) -> dict[str, object]:
        now = self.room.app.clock()
        quarter = dues.quarter_of(now)
        paid = {each.member_id: each for each in dues.of_quarter(self.db, visit.branch_id, quarter)}
        sought, silent = visit.asked("words")[:20], visit.asked("silent") == "1" and visit.cares
        found = [each for each in members.members(self.db, visit.branch_id) if self._fits(each, sought, visit)]
        if silent:
            quiet = [each.member_id for each in silent_members(self.db, visit, now)]
            found = sorted((each for each in found if each.id in quiet), key=lambda each: quiet.index(each.id))
        shown = sheet(found, visit, A_PAGE)
        people = [
            (person, _age(person, now), paid.get(person.id), in_touch.last_heard(self.db, person.id))
            for person in shown.items
        ]
        return {
            "sheet": shown.showing(people),
            "sought": sought,
            "silent": silent,
            "officers": {each.id: each for each in members.officers(self.db, visit.branch_id, now)},
        }

    def _fits(self, person: Member, sought: str, visit: Visit) -> bool:
        """Whether somebody is meant by these words: name, as written or by ear, telephone, address or Party group."""
        if not sought:
            return True
        if any(sought in each for each in (person.name, person.phone, person.address, person.called)):
            return True
        kept = particulars.of(self.db, visit.branch_id, person.id)
        return (kept is not None and sought in kept.party_group) or sounds_in(person.name, sought)

    def _card(self, visit: Visit) -> dict[str, object]:
        now = self.room.app.clock()
        person = member_of(self.room, visit, visit.key("member"))
        # The card shows who was ill and when: reading it is itself a line of the log.
        self.room.note(visit, "read_card", About("member", person.id), who=person.name)
        return {
            "person": person,
            "kept": particulars.of(self.db, visit.branch_id, person.id),
            "days": {kind: say_day(own_days.of_member(self.db, person.id, kind)) for kind in own_days.KINDS},
            "printable": chinese_font() is not None,
            "age": _age(person, now),
            "heard": in_touch.last_heard(self.db, person.id),
            "parts_known": {part.part: part for part in cards.read(self.db, person.id, visit.roles)},
            "part_names": [part for part in cards.PARTS if visit.cares or part not in cards.PRIVATE],
            "names": {each.id: each.name for each in members.members(self.db, visit.branch_id)},
            "cases": [case for case in care.open_cases(self.db, visit.branch_id) if case.member_id == person.id]
            if visit.cares
            else [],
            "dues": dues.standing(self.db, person.id, dues.quarter_of(now)),
            "behind": dues.behind(self.db, person.id, dues.quarter_of(now)),
            "attendance": attendances.of(self.db, person.id, datetime(now.year, 1, 1), now),
            "talents": talents.of_member(self.db, person.id),
            "entries": log_reading.about_member(self.db, visit.branch_id, person.id, ENTRIES) if visit.cares else [],
        }

    def _write(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        person = member_of(self.room, visit, visit.key("member"))
        part = fields.choice(form, "part", cards.PARTS)
        if part in cards.PRIVATE:
            visit.for_carers()
        text = fields.text(form, "text", needed="know", longest=1000)
        known = {each.part: each for each in cards.own(self.db, person.id)}
        standing = known.get(part)
        if standing and standing.text == text:
            knowing.confirm(person, (part,), visit.office, desk)
            key = "card_confirmed"
        else:
            fields.unchanged(form, standing.confirmed_at if standing else "")
            knowing.write(person, part, text, visit.office, desk)
            key = "card_written"
        said = wording("acted")[key].format(name=person.name, part=knowing.called(part))
        return Acted(said, f"{HOME}/members/{person.id}")


def silent_members(db: Database, visit: Visit, now: datetime) -> list[in_touch.Heard]:
    """Who has not been heard of for so long that two check-ins have passed, longest first."""
    rhythm = number(visit.profile, "check_in.every_days")
    heard = [in_touch.last_heard(db, each.id) for each in members.members(db, visit.branch_id)]
    return sorted(
        (each for each in heard if each and each.silent_days(now) > 2 * rhythm), key=lambda each: each.last_at
    )


def _age(person: Member, now: datetime) -> int | None:
    return now.year - person.birth_year if person.birth_year else None
