"""A report as figures and a table: what was held, who came, who was visited, what was paid, in a month or more.

The record of one session and the branch's own check (自查) are made in modules of their own.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from sqlite_utils import Database

from dialogs import words
from dialogs.asking import attendance, care, checking, dues, minuting, people, rolls
from dialogs.asking.asked import Asked
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import Told, say, table
from dialogs.money import say_yuan
from storage import log
from storage.dues import quarter_of, quarters
from storage.questions import Asker, entries
from storage.questions import attendance as roll_calls
from storage.questions import care as cases
from storage.questions import dues as paid

PARTS = ("dues_sheet", "care_ledger", "attendance_sheet", "roster")
"""Reports that are one table."""


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """The report that was asked for, or the figures of its stretch where it is one that no table makes."""
    within = _stretch(asked)
    if asked.has("self_check") or checking.asks_what_lacks(asked.text):
        return checking.answer(asked, db, asker)
    if asked.has("minutes") or minuting.asks_for_minutes(asked.text):
        return minuting.answer(asked, db, asker)
    part = asked.first(*PARTS)
    if part and not asked.has("not_kept"):
        return _part(asked, part, within, db, asker)
    told = _figures(asked, within, db, asker)
    if asked.has("not_kept"):
        return Told(say(asked, "cannot", near=told.said), told.table, answered=False, health=told.health)
    return told


def _part(asked: Asked, part: str, within: Stretch, db: Database, asker: Asker) -> Told:
    """One table, as the question behind it is answered."""
    intents = {"dues_sheet": "query_dues", "care_ledger": "query_care", "attendance_sheet": "query_attendance"}
    if part == "roster":
        asked.sure.update(asked.group.places)
        return people.listed(asked.about("member_find", asked.text if asked.narrowed else "", within))
    own = asked.about(intents[part], words.load("skills/report_make", "asks").say(part), within)
    if part == "dues_sheet":
        return dues.answer(own, db, asker)
    return care.answer(own, db, asker) if part == "care_ledger" else attendance.answer(own, db, asker)


def _figures(asked: Asked, within: Stretch, db: Database, asker: Asker) -> Told:
    """The figures of a stretch, line by line, the last with what is to be kept of the branch log."""
    until = rolls.until_now(within, asked.now)
    held = roll_calls.held(db, asker, until.start, until.end)
    lines = rolls.lines_of(asked, db, asker, held) if held else []
    came = sum(line.state == "attended" for line in lines)
    rows: list[tuple[str, str]] = [
        (say(asked, "row_held"), str(len(held))),
        (say(asked, "row_came"), str(came)),
        (say(asked, "row_rate"), f"{round(100 * came / len(lines)) if lines else 0}%"),
    ]
    cares = asker.cares(db)
    visits = cases.visits(db, asker, until.start, until.end) if cares else []
    reported = [case for case in cases.cases(db, asker) if _in(case.reported_at, until)] if cares else []
    if cares:
        rows.append((say(asked, "row_reported"), str(len(reported))))
        rows.append((say(asked, "row_visits"), str(len(visits))))
    which = quarters(quarter_of(until.start), quarter_of(until.end))
    owed = paid.of_quarters(db, asker, which)
    money = sum(line.paid_fen for line in owed if line.state != "open" and _in(line.paid_at, until))
    rows.append((say(asked, "row_dues"), say_yuan(money)))
    rows.append((say(asked, "row_entries"), str(sum(entries.counted(db, asker, until.start, until.end).values()))))
    branch_id = asker.branch(db)
    if branch_id is not None:
        rows.append((say(asked, "row_anchor"), str(log.anchor(db, branch_id, asked.now))))
    said = say(
        asked, "figures", period=spoken(within, asked.now), held=len(held), came=came, visits=len(visits),
        money=say_yuan(money),
    )  # fmt: skip
    return Told(said, table(asked, "figures", rows), health=bool(visits or reported))


def _in(at: str, within: Stretch) -> bool:
    return within.start.isoformat() <= at <= within.end.isoformat()


def _stretch(asked: Asked) -> Stretch:
    """What was said, else as the report is called: this year, this quarter, this month."""
    if asked.stretch is not None:
        return asked.stretch
    now = asked.now
    key = asked.first("yearly", "half_yearly", "quarterly")
    first, last = {
        "yearly": (1, 12),
        "half_yearly": (1, 6) if now.month < 7 else (7, 12),
        "quarterly": ((now.month - 1) // 3 * 3 + 1, (now.month - 1) // 3 * 3 + 3),
        "": (now.month, now.month),
    }[key]
    return Stretch(datetime(now.year, first, 1), datetime(now.year, last, monthrange(now.year, last)[1], 23, 59))
