"""Dues by quarter: who has paid, who says so, and what the branch has received."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages, member_of
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, Unfit, Visit
from dialogs import words
from dialogs.money import say_quarter
from dialogs.officers import collecting
from dialogs.skill import Desk
from storage import dues

A_PAGE = 50
"""Members on one sheet."""
_QUARTER = re.compile(r"20\d\dQ[1-4]")


class DuesBook(Pages):
    """The book of dues."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/dues", self.room.page("desk/dues.html", self._quarter)),
            Route(f"{HOME}/dues/{{member:int}}", self.room.button(self._receive), methods=["POST"]),
        ]

    def _quarter(self, visit: Visit) -> dict[str, object]:
        asked = visit.asked("quarter")
        key = asked if _QUARTER.fullmatch(asked) else dues.quarter_of(self.room.app.clock())
        lines = dues.of_quarter(self.room.app.db, visit.branch_id, key)
        owing = [each for each in lines if each.due_fen or each.paid_fen]
        self.room.note(visit, "read_dues", quarter=say_quarter(key))
        return {
            "quarter": key,
            "quarter_name": say_quarter(key),
            "before": _next(key, -1),
            "after": _next(key, 1),
            "sheet": sheet(lines, visit, A_PAGE),
            "collected": sum(each.paid_fen or 0 for each in lines if each.state == "verified"),
            "claimed": [each for each in owing if each.state == "claimed"],
            "still_open": [each for each in owing if each.state == "open"],
            "paid": [each for each in owing if each.state == "verified"],
            "owing": owing,
        }

    def _receive(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        member = member_of(self.room, visit, visit.key("member"))
        key = fields.text(form, "quarter")
        if not _QUARTER.fullmatch(key):
            raise Unfit("choose")
        paid = fields.fen(form, "amount", needed="amount") or 0
        done = collecting.receive(member, key, paid, desk)
        text = words.load(collecting.OWN, "officer").say(done.key, **done.words)
        page = fields.number(form, "page", 1, 9999) or 1
        return Acted(text, f"{HOME}/dues?quarter={key}&page={page}")


def _next(quarter: str, step: int) -> str:
    number = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 + step
    return f"{number // 4}Q{number % 4 + 1}"
