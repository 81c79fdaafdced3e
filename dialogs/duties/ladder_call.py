"""Nobody has taken a case in time: the next person is called, in the end everybody, again and again."""

from __future__ import annotations

from dialogs.care import reporting_back
from dialogs.duty import DutyDesk
from storage import care
from storage.due import DueRow


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Take the next step of the ladder, unless somebody has taken the case meanwhile."""
    case = care.find_case(desk.db, desk.branch_id, row.case_id or 0)
    if case is not None and case.waits:
        reporting_back.climb(case, desk)
