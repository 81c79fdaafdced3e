"""Attendance measured: who did not come for half a year, whose share of the sessions is too low."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.rolls import COUNTED, agreeing, counted, is_state, state_of
from dialogs.asking.sessions_told import keys, nothing_held, percent
from dialogs.asking.sounded import SHARED
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import Told, named, say, table
from dialogs.understanding.numbers import chinese_number
from storage.questions import Asker

HALF = 50
"""Percent: 一半."""


def stretch_of(asked: Asked) -> Stretch | None:
    """From when on somebody did not come (半年没露面); None where no such time was said."""
    said = asked.measured("so_long")
    if said is None:
        return None
    number, unit = said
    days = next(int(each[0]) for name, each in words.lists(SHARED, "units").items() if name in unit)
    count = chinese_number(number)
    length = timedelta(days=days // 2 if count is None else days * count)
    return Stretch((asked.now - length).replace(hour=0, minute=0), asked.now)


def by_share(asked: Asked, db: Database, asker: Asker) -> Told:
    """出勤率不到六成的: whose share of the sessions of the stretch is below what was said, or at least that."""
    stretch, sessions, lines = counted(asked, db, asker)
    if not sessions:
        return nothing_held(asked, db, asker)
    key = "below" if asked.measured("below") else "above"
    state = state_of(asked)
    least = _percent(*(asked.measured(key) or ("", "")))
    called, came = (
        Counter(line.name for line in lines),
        Counter(line.name for line in lines if is_state(line, state)),
    )
    share = {name: 100 * came[name] / called[name] for name in called}
    names = tuple(
        name for name in sorted(share, key=lambda each: share[each]) if (share[name] < least) == (key == "below")
    )
    said = say(
        asked, f"share_{key}" if names else "share_none", period=spoken(stretch, asked.now), percent=least,
        what=say(asked, f"were_{state}"), count=len(names), names=named(asked, names),
    )  # fmt: skip
    rows = [(name, came[name], f"{percent(came[name], called[name])}%") for name in names]
    heeded = (*COUNTED, *agreeing(state), "rate", "share", "of_ten", "half", key)
    return Told(said, table(asked, "share", rows), names, None, "session", keys(sessions), heeds=heeded)


def _percent(number: str, unit: str) -> int:
    """一半, 六成, 百分之六十, 60%: so many of a hundred."""
    count = chinese_number(number)
    if count is None or unit == "半":
        return HALF
    return count * 10 if unit == "成" else count
