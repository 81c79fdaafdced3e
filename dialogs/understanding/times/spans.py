"""Times as the contracts print them: the `nuanyang when` dictionary, and the slots of an understanding."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TypedDict

from dialogs.understanding.meaning import Span
from dialogs.understanding.times.moments import TODAYS_WEEKDAY
from dialogs.understanding.times.time import Time

MINUTE = "%Y-%m-%dT%H:%M"
SLOT_PARTS = {
    "凌晨": (0, 6 * 60),
    "早上": (6 * 60, 9 * 60),
    "上午": (8 * 60, 12 * 60),
    "中午": (11 * 60, 13 * 60),
    "下午": (12 * 60, 18 * 60),
    "傍晚": (17 * 60, 19 * 60),
    "晚上": (18 * 60, 23 * 60 + 59),
}
"""Minutes after midnight between which a part of the day lies in a slot; wider than in `parts.PARTS`, so that a session
at 12:30 is still one of the afternoon (conventions of the utterance corpus)."""


class When(TypedDict):
    """What `nuanyang when` prints."""

    kind: str
    start: str | None
    end: str | None
    matched: str


def as_contract(time_found: Time | None) -> When:
    """The dictionary of the command-line contract; kind "none" where there is no time."""
    if time_found is None:
        return {"kind": "none", "start": None, "end": None, "matched": ""}
    shape = MINUTE if time_found.precision == "minute" else "%Y-%m-%d"
    end = time_found.end
    return {
        "kind": time_found.kind,
        "start": time_found.start.strftime(shape),
        "end": None if end is None else end.strftime(shape),
        "matched": time_found.matched,
    }


def as_span(time_found: Time) -> Span:
    """The value of a `when` or `period` slot: a day from 00:00 to 23:59, a clock time its start alone."""
    start, end = time_found.start, time_found.end
    if time_found.doubt == TODAYS_WEEKDAY and time_found.kind == "date":
        start += timedelta(7)  # who means today says 今天
    if time_found.part:
        first, last = SLOT_PARTS[time_found.part]
        midnight = datetime.combine(start.date(), time())
        return _span(midnight + timedelta(minutes=first), midnight + timedelta(minutes=last))
    if time_found.precision == "day":
        return _span(start, datetime.combine((end or start).date(), time(23, 59)))
    return _span(start, end)


def time_of(span: Span) -> Time:
    """The time that a slot holds, as far as it is to be said: whole days, a part of a day, or a clock time."""
    start = datetime.fromisoformat(span.start or span.end or "")
    if span.end is None:
        return Time("datetime", start, None, "minute", "", 0, 0)
    end = datetime.fromisoformat(span.end)
    if start.time() == time() and end.time() == time(23, 59):
        one_day = start.date() == end.date()
        return Time("date" if one_day else "period", start, None if one_day else end, "day", "", 0, 0)
    minutes = (start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    named = (name for name, hours in SLOT_PARTS.items() if hours == minutes and start.date() == end.date())
    return Time("range", start, end, "minute", "", 0, 0, part=next(named, ""))


def readings(time_found: Time) -> tuple[Span, ...]:
    """Every value that a doubtful time may have, in order of time; the one where it is known of no other."""
    if time_found.other is None:
        return (as_span(time_found),)
    start, end = time_found.other
    both = (as_span(replace(time_found, doubt="")), as_span(replace(time_found, start=start, end=end, doubt="")))
    return tuple(sorted(dict.fromkeys(both), key=lambda span: span.start or ""))


def _span(start: datetime, end: datetime | None) -> Span:
    return Span(start.strftime(MINUTE), None if end is None else end.strftime(MINUTE))
