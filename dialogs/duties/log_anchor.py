"""Every evening the state of the branch log goes to two officers' chats, out of a forger's reach."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dialogs import notify
from dialogs.duty import DutyDesk
from storage import due, log, members
from storage.due import DueRow

KEEPERS = 2
"""Officers to whom it is sent: one alone could lose it, or be the forger."""
EVENING = time(20, 30)
"""Before the quiet hours, after the day's doings."""


def begin(desk: DutyDesk) -> None:
    """The first anchor is this evening's, or tomorrow's where the evening is over."""
    _put(desk, desk.now.date() if desk.now.time() < EVENING else desk.now.date() + timedelta(days=1))


def fire(_: DueRow, desk: DutyDesk) -> None:
    """Send date, count and head, note that it was sent, and see to the next evening."""
    anchor = log.anchor(desk.db, desk.branch_id, desk.now)
    text = desk.say("anchor", count=anchor.count, anchor=str(anchor))
    for keeper in members.officers(desk.db, desk.branch_id, desk.now)[:KEEPERS]:
        notify.alert(desk, f"anchor:{desk.branch_id}:{anchor.day}", text, to=keeper, lane="routine")
    desk.log("anchored", count=anchor.count, anchor=str(anchor))
    _put(desk, desk.now.date() + timedelta(days=1))


def _put(desk: DutyDesk, day: date) -> None:
    key, at = f"log_anchor:{desk.branch_id}:{day}", datetime.combine(day, EVENING)
    due.put(desk.db, branch_id=desk.branch_id, kind=desk.kind, key=key, now=desk.now, at=at)
