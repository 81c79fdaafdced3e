"""The time of a visit is over and nothing is recorded: whoever has taken the case hears so, again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify
from dialogs.care import overdue
from dialogs.duty import DutyDesk
from storage import care, visits
from storage.due import DueRow
from storage.log import About


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Remind the officer who has it; while nobody has it, the ladder is calling already."""
    case = care.find_case(desk.db, desk.branch_id, row.case_id or 0)
    if case is None or case.state in ("visited", "closed", "false_alarm"):
        return
    again = timedelta(hours=desk.profile.hours("care.overdue.again_hours"))
    plan = visits.planned(desk.db, case.id)
    planned = datetime.fromisoformat(plan.planned_at) if plan and plan.planned_at else desk.now
    if planned > desk.now:
        overdue.look_at(case, planned + again, desk)
        return
    overdue.look_at(case, desk.now + again, desk)
    taker = next((officer for officer in desk.officers if officer.id == case.acknowledged_by), None)
    if case.waits or not desk.officers:
        return
    officer = taker or desk.officers[0]
    text = desk.say("overdue", number=case.number, who=case.who, officer=officer.spoken)
    notify.alert(desk, f"overdue:{row.id}", text, case_id=case.id, to=officer)
    about = About("care_case", case.id)
    desk.log("care_overdue", about, case.member_id, number=case.number, who=case.who, officer=officer.spoken)
