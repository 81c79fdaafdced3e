"""Every Monday some members whose four-knows card nobody has confirmed for long are put on the call list.

Only so many a week, the frail and the longest unconfirmed first: a list of everybody would be done for nobody.
"""

from __future__ import annotations

from datetime import timedelta

from dialogs import daily, notify, telling
from dialogs.duty import DutyDesk
from dialogs.hours import number
from storage import cards, tasks
from storage.due import DueRow

HOUR = "rounds.at"
WEEK = timedelta(days=7)


def begin(desk: DutyDesk) -> None:
    """The row of this week."""
    daily.put(desk, daily.monday_of(desk.now.date()), HOUR)


def fire(_row: DueRow, desk: DutyDesk) -> None:
    """Fill the list up, tell the officer on duty, and come again next Monday."""
    daily.put(desk, daily.monday_of(desk.now.date()) + WEEK, HOUR)
    waiting = {task.member_id for task in tasks.open_tasks(desk.db, desk.branch_id) if task.kind == "card_call"}
    free = max(0, number(desk.profile, "card.calls_per_week") - len(waiting))
    old = cards.stale(desk.db, desk.branch_id, desk.now, number(desk.profile, "card.stale_days"))
    officers = {officer.id for officer in desk.officers}
    chosen = [each for each in old if each.member_id not in waiting | officers][:free]
    for each in chosen:
        tasks.add_task(desk.db, desk.branch_id, "card_call", each.member_id, desk.now, desk.now + WEEK)
    if chosen:
        names = telling.few([each.name for each in chosen], len(chosen))
        desk.log("card_calls", count=len(chosen), names=names)
        text = desk.say("calls", count=str(len(chosen)), names=names)
        notify.notice(desk, f"cards:{desk.branch_id}:{desk.now.date()}", text)
