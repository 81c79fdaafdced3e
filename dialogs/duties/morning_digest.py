"""Every morning the secretary is told in one message, written and spoken, what the day asks for."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs import daily, telling
from dialogs.duty import DutyDesk
from dialogs.hours import on_day, several
from dialogs.officers import digest
from storage import news
from storage.due import DueRow

HOUR = "digest.at"
LATEST = timedelta(hours=12)
"""So long after its hour a digest is still worth hearing; later the next one says the same."""
LONGEST = timedelta(days=7)
"""What is older is not new, however long nothing was sent."""


def begin(desk: DutyDesk) -> None:
    """The row of today."""
    daily.put_today(desk, HOUR)


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Say it once for the day; a digest of a day that is over is in today's."""
    daily.put_tomorrow(desk, HOUR)
    day = date.fromisoformat(row.subject)
    if day != desk.now.date() or desk.now > on_day(day, desk.profile, HOUR) + LATEST:
        return
    since = news.last_told(desk.db, desk.branch_id) or desk.now - timedelta(days=1)
    found = digest.items(desk, max(since, desk.now - LONGEST))
    wanted = several(desk.profile, "digest.for")
    readers = [officer for officer in desk.officers if officer.role in wanted] or desk.officers[:1]
    for officer in readers:
        text = digest.written(officer.spoken, found)
        aloud = digest.spoken(officer.spoken, found)
        telling.tell_officer(desk, f"digest:{row.id}", officer.id, text, spoken=aloud)
    desk.log("digest_sent", count=len(found), to="、".join(officer.spoken for officer in readers))
