"""The evening before a planned visit and on its morning: remind whoever means to go."""

from __future__ import annotations

from datetime import datetime

from dialogs import telling
from dialogs.duty import DutyDesk
from dialogs.understanding.times import say_time
from storage import care, visits
from storage.due import DueRow
from storage.log import About


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Say it once; a visit that was made, moved or closed meanwhile needs no reminder."""
    visit_id, planned_at, part = row.subject.split("|")
    visit = visits.find(desk.db, desk.branch_id, int(visit_id))
    if visit is None or visit.at is not None or visit.visitor_id is None or visit.planned_at is None:
        return
    at = datetime.fromisoformat(visit.planned_at)
    case = care.the_case(desk.db, desk.branch_id, visit.case_id)
    if at != datetime.fromisoformat(planned_at) or case.state in ("closed", "false_alarm"):
        return
    if part == "eve" and desk.now.date() >= at.date():
        return  # fired so late that the morning's reminder says it
    key = "missed" if at <= desk.now else part
    text = desk.say(
        key, who=case.who, when=say_time(at, desk.now), why=desk.say(case.trigger), place=_place(case.place)
    )
    telling.tell_officer(desk, f"remind:{row.id}", visit.visitor_id, text, spoken=text)
    desk.log("visit_reminded", About("visit", visit.id), case.member_id, who=case.who, when=say_time(at, desk.now))


def _place(place: str) -> str:
    return f"，{place}" if place else ""
