"""Applications: granted on the way the locality asks for, or not; the member hears either."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, NotYours, Visit
from dialogs import rules, words
from dialogs.officers import deciding
from dialogs.skill import Desk, Done
from storage import applications, decisions, log_reading, members
from storage.applications import Application
from storage.members import Member

A_PAGE = 15
"""Applications on one sheet."""


class Applications(Pages):
    """What lies before the branch."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/applications/{{application:int}}"
        return [
            Route(f"{HOME}/applications", self.room.page("desk/applications.html", self._pending)),
            Route(f"{place}/grant", self.room.button(self._grant), methods=["POST"]),
            Route(f"{place}/refuse", self.room.button(self._refuse), methods=["POST"]),
        ]

    def _ours(self, visit: Visit) -> Application:
        found = applications.application(self.db, visit.branch_id, visit.key("application"))
        if found is None:
            raise NotYours
        return found

    def _pending(self, visit: Visit) -> dict[str, object]:
        waiting = sheet(applications.pending(self.db, visit.branch_id), visit, A_PAGE)
        chain = visit.profile.rules[deciding.CHAIN]
        return {
            "sheet": waiting.showing([self._laid_out(each) for each in waiting.items]),
            "steps": rules.steps(visit.profile, deciding.CHAIN)[1:],
            "chain_source": rules.source(chain),
            "decided": log_reading.of_kinds(self.db, visit.branch_id, DECIDED, 20),
        }

    def _laid_out(self, each: Application) -> tuple[Application, str, list[str], Member | None]:
        """An application, what it is about, the steps that are done, and who applied."""
        steps = decisions.steps_taken(self.db, each.id)
        return each, deciding.subject(each), steps, members.member(self.db, each.member_id)

    def _grant(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        application = self._ours(visit)
        steps = [str(value) for value in form.getlist("step")]
        return _acted(deciding.grant(application, steps, fields.fen(form, "due"), desk))

    def _refuse(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        application = self._ours(visit)
        return _acted(deciding.refuse(application, fields.text(form, "reason", needed="reason", longest=300), desk))


DECIDED = ("granted_dues_relief", "granted_phone", "granted_address", "granted_particulars", "refused", "on_the_way")
"""Kinds of entries about decisions."""


def _acted(done: Done) -> Acted:
    return Acted(words.load(deciding.OWN, "officer").say(done.key, **done.words), f"{HOME}/applications")
