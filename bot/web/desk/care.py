"""The care board: who is in need, how far each case is, and of each case the reports, visits and what can be done.

Only care roles see it: it is about health. Whoever reads it stands in the branch log.
"""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from bot.web.wording import wording
from dialogs import words
from dialogs.care import caring, visiting
from dialogs.skill import Desk
from storage import care, log_reading, members, visits
from storage.care import CareCase, NotVisited
from storage.log import About

A_COLUMN = 20
"""Cases in a column of the board."""
CLOSED = 20
"""Closed cases at the foot of the board."""
STORY = 60
"""Lines of the log about one case, the last ones."""
COLUMNS = (("reported", "told"), ("acknowledged", "visit_planned"), ("visited",))
"""The board's columns: nobody has it, somebody has it, somebody was there."""


class CareBoard(Pages):
    """The board and each case on it."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        place = f"{HOME}/care/{{case:int}}"
        return [
            Route(f"{HOME}/care", self.room.page("desk/care.html", self._board)),
            Route(place, self.room.page("desk/case.html", self._one)),
            Route(f"{place}/take", self.room.button(self._take), methods=["POST"]),
            Route(f"{place}/plan", self.room.button(self._plan), methods=["POST"]),
            Route(f"{place}/visit", self.room.button(self._record), methods=["POST"]),
            Route(f"{place}/close", self.room.button(self._close), methods=["POST"]),
        ]

    def _board(self, visit: Visit) -> dict[str, object]:
        visit.for_carers()
        cases = care.open_cases(self.db, visit.branch_id)
        self.room.note(visit, "read_care", count=len(cases))
        return {
            "columns": [
                sheet([case for case in cases if case.state in states], visit, A_COLUMN, f"page{number}")
                for number, states in enumerate(COLUMNS)
            ],
            "closed": care.closed(self.db, visit.branch_id, CLOSED),
            "names": members.names(self.db, visit.branch_id),
        }

    def _ours(self, visit: Visit) -> CareCase:
        visit.for_carers()
        case = care.find_case(self.db, visit.branch_id, visit.key("case"))
        if case is None:
            raise NotYours
        return case

    def _one(self, visit: Visit) -> dict[str, object]:
        case, now = self._ours(visit), self.room.app.clock()
        self.room.note(visit, "read_case", About("care_case", case.id), number=case.number)
        return {
            "case": case,
            "reports": care.reports(self.db, case.id),
            "visits": visits.of_case(self.db, case.id),
            "story": log_reading.about_thing(self.db, visit.branch_id, "care_case", case.id)[-STORY:],
            "names": members.names(self.db, visit.branch_id),
            "phones": {each.id: each.phone for each in members.members(self.db, visit.branch_id) if each.phone},
            "visited": care.visited(self.db, case.id),
            "open_case": case.state not in ("closed", "false_alarm"),
            "outcomes": visits.OUTCOMES,
            "this_half_hour": f"{now.hour:02}:{now.minute // 30 * 30:02}",
        }

    def _take(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        case = self._ours(visit)
        done = caring.acknowledge(case, visit.office, desk)
        return Acted(words.load("care/caring", "acknowledge").say(done.key, **done.words), f"{HOME}/care/{case.id}")

    def _plan(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        case, at = _open(self._ours(visit)), fields.moment(form, "day", "clock")
        if at < desk.now:
            raise Unfit("past")
        visiting.plan(case, visit.office, at, desk)
        return _acted(case, "planned")

    def _record(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        case = _open(self._ours(visit))
        at = fields.moment(form, "day", "clock")
        if at > desk.now:
            raise Unfit("future")
        outcome = visits.OUTCOMES[fields.index(form, "outcome", visits.OUTCOMES)]
        notes = fields.text(form, "notes", needed="notes", longest=2000)
        told = visiting.Told(outcome, at, notes, fields.fen(form, "gift"))
        visiting.record_case(case, visit.office, told, desk)
        return _acted(case, "recorded")

    def _close(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        case = _open(self._ours(visit))
        false_alarm = fields.text(form, "false_alarm") == "1"
        try:
            visiting.close(case, visit.office, fields.text(form, "reason", longest=300), desk, false_alarm=false_alarm)
        except NotVisited:
            raise Unfit("close") from None
        return _acted(case, "closed")


def _open(case: CareCase) -> CareCase:
    if case.state in ("closed", "false_alarm"):
        raise Unfit("case_closed")
    return case


def _acted(case: CareCase, key: str) -> Acted:
    text = wording("acted")[key].format(number=case.number, who=case.who)
    return Acted(text, f"{HOME}/care/{case.id}")
