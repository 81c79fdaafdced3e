"""Suggestions: word for word, passed on and answered; the member hears each time."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, NotYours, Visit
from dialogs import words
from dialogs.officers import suggesting
from dialogs.skill import Desk, Done
from storage import suggestions

A_PAGE = 20
"""Suggestions on one sheet."""


class Suggestions(Pages):
    """What members would like changed."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/suggestions/{{suggestion:int}}"
        return [
            Route(f"{HOME}/suggestions", self.room.page("desk/suggestions.html", self._every)),
            Route(f"{place}/pass-on", self.room.button(self._pass_on), methods=["POST"]),
            Route(f"{place}/answer", self.room.button(self._answer), methods=["POST"]),
        ]

    def _every(self, visit: Visit) -> dict[str, object]:
        return {
            "sheet": sheet(suggestions.unanswered(self.db, visit.branch_id), visit, A_PAGE),
            "answered": suggestions.answered(self.db, visit.branch_id),
        }

    def _ours(self, visit: Visit) -> int:
        key = visit.key("suggestion")
        if suggestions.suggestion(self.db, visit.branch_id, key) is None:
            raise NotYours
        return key

    def _pass_on(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        return _acted(suggesting.pass_on(self._ours(visit), visit.office, desk))

    def _answer(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        key, text = self._ours(visit), fields.text(form, "answer", needed="answer", longest=500)
        return _acted(suggesting.answer(key, text, visit.office, desk))


def _acted(done: Done) -> Acted:
    return Acted(words.load("officers/suggesting", "officer").say(done.key, **done.words), f"{HOME}/suggestions")
