"""A call was put on its way: where no chat has taken it, it has told nobody, and the next person is called at once."""

from __future__ import annotations

from dialogs.care import reporting_back
from dialogs.duty import DutyDesk
from storage import care, deliveries
from storage.due import DueRow


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Look whether the last call has arrived; if it has not, do not wait for it."""
    case = care.find_case(desk.db, desk.branch_id, row.case_id or 0)
    if case is not None and case.waits and not deliveries.reached(desk.db, case.id, case.step):
        reporting_back.climb(case, desk)
