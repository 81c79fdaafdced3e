"""A member's particulars: written anew field by field, a new member entered alone, and an invitation card at once."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.invitation import handed_out, invitations
from bot.web.desk.pages import Pages, member_of, person_of
from bot.web.desk.visit import Acted, Again, NotYours, Visit
from bot.web.wording import wording
from dialogs import words
from dialogs.officers import roster_form, roster_keeping
from dialogs.officers.roster_form import FIELDS, HEALTH, as_written
from dialogs.skill import Desk, Done
from storage import members, offices
from storage.particulars import Particulars

TEMPLATE = "desk/particulars.html"


class ParticularsDesk(Pages):
    """The form of one member."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/members/{{member:int}}"
        return [
            Route(f"{HOME}/members/new", self.room.page(TEMPLATE, self._blank)),
            Route(f"{HOME}/members/new", self.room.button(self._add), methods=["POST"]),
            Route(f"{place}/particulars", self.room.page(TEMPLATE, self._form)),
            Route(f"{place}/particulars", self.room.button(self._change), methods=["POST"]),
            Route(f"{place}/invitation", handed_out(self.room, self._card), methods=["POST"]),
        ]

    def _blank(self, visit: Visit) -> dict[str, object]:
        empty = dict.fromkeys(FIELDS, "") | {"frail": "0"}
        return self._laid_out(visit, None, empty, empty) | {"joined": self.room.app.clock().date().isoformat()}

    def _form(self, visit: Visit) -> dict[str, object]:
        person = person_of(self.room, visit, visit.key("member"))
        self.room.note(visit, "read_card", who=person.name)
        standing = as_written(person, self.db)
        return self._laid_out(visit, person, standing, standing) | {
            "offices": offices.of_member(self.db, visit.branch_id, person.id),
            "roles": offices.ROLES,
        }

    def _laid_out(
        self, visit: Visit, person: Particulars | None, was: Mapping[str, str], typed: Mapping[str, str]
    ) -> dict[str, object]:
        now = self.room.app.clock()
        return {
            "person": person,
            "fields": [field for field in FIELDS if visit.cares or field not in HEALTH],
            "was": was,
            "typed": typed,
            "notes": {},
            "wrong": "",
            "officers": {each.id: each for each in members.officers(self.db, visit.branch_id, now)}.values(),
            "today": now.date(),
        }

    def _add(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        values = self._read(visit, form, None, desk)
        joined = fields.day(form, "joined")
        namesakes = members.named(self.db, visit.branch_id, values["name"])
        if namesakes and not form.get("another"):
            raise self._again(visit, form, None, {"name": _say("namesake", name=values["name"])}, namesake=True)
        done = roster_keeping.add(values, joined.date() if joined else desk.now.date(), desk)
        return _acted(done, done.effects[0].id)

    def _change(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        person = person_of(self.room, visit, visit.key("member"))
        values = self._read(visit, form, person, desk)
        was = {field: str(form.get(f"was-{field}", "")) for field in values if f"was-{field}" in form}
        try:
            return _acted(roster_keeping.change(person, was, values, desk), person.id)
        except roster_keeping.Overtaken as overtaken:
            standing = as_written(person, self.db)
            said = {field: _say("overtaken", value=self._shown(field, standing[field])) for field in overtaken.args[0]}
            raise self._again(visit, form, person, said, "overtaken_head", standing) from None

    def _read(self, visit: Visit, form: FormData, person: Particulars | None, desk: Desk) -> dict[str, str]:
        """The fields of the form, those about health from carers alone. Raises Again for what cannot be used."""
        allowed = [field for field in FIELDS if visit.cares or field not in HEALTH]
        given = {field: str(form[field]) for field in allowed if field in form}
        if any(field in form for field in HEALTH):
            visit.for_carers()
        if "was-frail" in form:
            given["frail"] = "1" if form.get("frail") else "0"
        values, wrong = roster_form.read(given, desk.now)
        if wrong:
            raise self._again(visit, form, person, {each.field: _fault(each, given) for each in wrong})
        if values.get("liaison"):
            people = {str(each.id) for each in members.officers(self.db, visit.branch_id, desk.now)}
            kept = person is not None and values["liaison"] == str(person.liaison_id or "")
            if values["liaison"] not in people and not kept:
                raise NotYours
        return values

    def _again(
        self,
        visit: Visit,
        form: FormData,
        person: Particulars | None,
        notes: Mapping[str, str],
        head: str = "wrong_head",
        standing: Mapping[str, str] | None = None,
        *,
        namesake: bool = False,
    ) -> Again:
        """The form with what was typed, and beside each field what is the matter with it."""
        typed = {field: str(form.get(field, "")) for field in FIELDS}
        typed["frail"] = "1" if form.get("frail") else "0"
        was = dict(standing) if standing else {field: str(form.get(f"was-{field}", "")) for field in FIELDS}
        values = self._laid_out(visit, person, was, typed) | {
            "notes": notes, "wrong": _say(head), "namesake": namesake, "joined": str(form.get("joined", "")),
        }  # fmt: skip
        if person is not None:
            values |= {"offices": offices.of_member(self.db, visit.branch_id, person.id), "roles": offices.ROLES}
        return Again(TEMPLATE, values, 409 if standing else 422)

    def _shown(self, field: str, value: str) -> str:
        if field == "liaison" and value:
            officer = members.member(self.db, int(value))
            return officer.name if officer else ""
        return value or wording("people")["unknown"]

    async def _card(self, visit: Visit, _: FormData) -> tuple[bytes, str, str]:
        person = member_of(self.room, visit, visit.key("member"))
        return await invitations(self.room, visit, {person.id})


def _fault(wrong: roster_form.Wrong, given: Mapping[str, str]) -> str:
    table = "roster_faults" if wrong.kind in wording("roster_faults") else "particulars"
    return wording(table)[wrong.kind].format(value=given.get(wrong.field, ""))


def _say(key: str, **values: str) -> str:
    return wording("particulars")[key].format(**values)


def _acted(done: Done, member_id: int) -> Acted:
    said = words.load(roster_form.OWN, "officer").say(done.key, **done.words)
    return Acted(said, f"{HOME}/members/{member_id}")
