"""Due rows that come round: one a day or a week and branch, named by their day, so that none is there twice."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.duty import DutyDesk
from dialogs.hours import on_day
from storage import due


def put(desk: DutyDesk, day: date, hour_key: str) -> None:
    """Write the row of this duty for a day, at the hour that the profile gives."""
    at = on_day(day, desk.profile, hour_key)
    key = f"{desk.kind}:{desk.branch_id}:{day.isoformat()}"
    due.put(desk.db, branch_id=desk.branch_id, kind=desk.kind, key=key, now=desk.now, at=at, subject=day.isoformat())


def put_today(desk: DutyDesk, hour_key: str) -> None:
    """The row of today: after its hour it fires at once and is marked late."""
    put(desk, desk.now.date(), hour_key)


def put_tomorrow(desk: DutyDesk, hour_key: str) -> None:
    """The row of tomorrow, counted from now and not from the row that fires: days that were missed are not made up."""
    put(desk, desk.now.date() + timedelta(days=1), hour_key)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
