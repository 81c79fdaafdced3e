"""Applications: granted on the way the locality asks for, or not; the member hears either."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.room import Acted, NotYours, Room, Visit
from dialogs import deciding, rules, words
from dialogs.skill import Desk, Done
from storage import applications, decisions, log_reading, members
from storage.applications import Application


def routes(room: Room) -> list[BaseRoute]:
    """The addresses of this group."""
    db = room.app.db

    def ours(visit: Visit) -> Application:
        found = applications.application(db, visit.branch_id, visit.key("application"))
        if found is None:
            raise NotYours
        return found

    def pending(visit: Visit) -> dict[str, object]:
        chain = visit.profile.rules[deciding.CHAIN]
        return {
            "pending": [
                (each, deciding.subject(each), decisions.steps_taken(db, each.id), members.member(db, each.member_id))
                for each in applications.pending(db, visit.branch_id)
            ],
            "steps": rules.steps(visit.profile, deciding.CHAIN)[1:],
            "chain_source": rules.source(chain),
            "decided": log_reading.of_kinds(db, visit.branch_id, DECIDED, 20),
        }

    def grant(visit: Visit, form: FormData, desk: Desk) -> Acted:
        application = ours(visit)
        steps = [str(value) for value in form.getlist("step")]
        return _acted(deciding.grant(application, steps, fields.fen(form, "due"), desk))

    def refuse(visit: Visit, form: FormData, desk: Desk) -> Acted:
        application = ours(visit)
        return _acted(deciding.refuse(application, fields.text(form, "reason", needed="reason", longest=300), desk))

    place = f"{HOME}/applications/{{application:int}}"
    return [
        Route(f"{HOME}/applications", room.page("desk/applications.html", pending)),
        Route(f"{place}/grant", room.button(grant), methods=["POST"]),
        Route(f"{place}/refuse", room.button(refuse), methods=["POST"]),
    ]


DECIDED = ("granted_dues_relief", "granted_phone", "granted_address", "granted_particulars", "refused", "on_the_way")
"""Kinds of entries about decisions."""


def _acted(done: Done) -> Acted:
    return Acted(words.load(deciding.OWN, "officer").say(done.key, **done.words), f"{HOME}/applications")
