"""The duty list: who is called first when, by dates, weekdays and hours, for each branch."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage import members
from storage.database import insert
from storage.members import Officer


def put_on_duty(
    db: Database,
    branch_id: int,
    member_id: int,
    rung: int,
    valid_from: datetime,
    valid_to: datetime | None = None,
    *,
    weekdays: str = "",
    from_clock: str = "",
    to_clock: str = "",
) -> int:
    """Put an officer on the duty list; returns the key.

    Both days are included. `weekdays` are digits, 1 for Monday, empty for every day. Hours are HH:MM, the second
    excluded; 20:00 to 07:00 is a night and belongs to the day on which it begins.
    """
    return insert(
        db,
        "duty",
        branch_id=branch_id,
        member_id=member_id,
        rung=rung,
        valid_from=valid_from.date().isoformat(),
        valid_to=valid_to.date().isoformat() if valid_to else None,
        weekdays=weekdays,
        from_clock=from_clock,
        to_clock=to_clock,
    )


def ladder(db: Database, branch_id: int, now: datetime) -> list[Officer]:
    """Everybody who may be called now, first the ones on duty by rung, then all other officers by theirs.

    Who is not on duty stays on the ladder: a gap in the list must not leave a cry for help without anybody, nor must a
    clock that stands in a year before everybody's term.
    """
    everybody = members.officers(db, branch_id, now) or members.officers_of_any_day(db, branch_id)
    by_key = {officer.id: officer for officer in reversed(everybody)}  # somebody with two roles has the lower rung
    on_duty = [by_key[key] for key in _on_duty(db, branch_id, now) if key in by_key]
    return list(dict.fromkeys([*on_duty, *(by_key[officer.id] for officer in everybody)]))


def _on_duty(db: Database, branch_id: int, now: datetime) -> list[int]:
    found = db.execute(
        "SELECT member_id, valid_from, valid_to, weekdays, from_clock, to_clock FROM duty WHERE branch_id = ? "
        "ORDER BY rung, id",
        [branch_id],
    ).fetchall()
    return [int(row[0]) for row in found if _holds(now, *row[1:])]


def _holds(now: datetime, valid_from: str, valid_to: str | None, weekdays: str, from_clock: str, to_clock: str) -> bool:
    clock, day = now.strftime("%H:%M"), now.date().toordinal()
    if from_clock and to_clock and from_clock >= to_clock:  # a night
        if not (clock >= from_clock or clock < to_clock):
            return False
        day -= clock < to_clock
    elif clock < (from_clock or "00:00") or clock >= (to_clock or "24:00"):
        return False
    begins = now.date().fromordinal(day)
    if not valid_from <= begins.isoformat() <= (valid_to or "9999"):
        return False
    return not weekdays or str(begins.isoweekday()) in weekdays
