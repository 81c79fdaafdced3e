"""What an officer says about a visit: made, planned or over and done with; whom they met, and the money they brought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialogs import words
from dialogs.understanding.times import as_span, find_time
from storage.visits import Outcome

Matter = Literal["made", "planned", "over", "false_alarm"]
"""A visit that was made; one that is to be; a case to be closed; a report that proved wrong."""
_MATTERS: tuple[Matter, ...] = ("false_alarm", "over", "planned")
_OUTCOMES: tuple[Outcome, ...] = ("family", "not_met", "by_phone")


@dataclass(frozen=True)
class Moment:
    """When a visit is to be."""

    at: datetime
    """Local time; the morning's usual hour where only the day was said."""
    day_only: bool
    """True where no hour was said."""


def matter_of(text: str) -> Matter:
    """What is told. Who says 看过了 or 送了 tells of a visit that was made, whatever else is said."""
    made = _has("made", text)
    return next(
        (matter for matter in _MATTERS if _has(matter, text) and not (made and matter != "false_alarm")), "made"
    )


def outcome_of(text: str) -> Outcome:
    """How it went: the family met instead, nobody met, spoken with by telephone, or met."""
    return next((outcome for outcome in _OUTCOMES if _has(outcome, text)), "met")


def each_of(text: str) -> bool:
    """Whether a sum is for each of several people (各送了三百)."""
    return _has("each", text)


def case_number(text: str) -> int | None:
    """The number by which an officer names a case: 12号那件, 3号求助; a bare 12号 is a day."""
    for pattern in words.lists("visiting", "cues")["case_number"]:
        if found := re.search(pattern, text):
            return int(found["number"])
    return None


def planned_for(text: str, now: datetime, usual_hour: int) -> Moment | None:
    """When a visit is to be: 星期五上午 is the next one. None where no time was said, or one that is over."""
    found = find_time(text, now, "future")
    if found is None:
        return None
    start = as_span(found).start
    if start is None:
        return None
    at = datetime.fromisoformat(start)
    day_only = found.precision == "day" and not found.part
    if day_only:
        at = at.replace(hour=usual_hour, minute=0)
    return Moment(at, day_only) if at > now else None


def made_at(start: str | None, now: datetime) -> datetime:
    """When a visit was: the moment that was said, as far as it is over; else now."""
    if not start:
        return now
    return min(now, datetime.fromisoformat(start))


def _has(cue: str, text: str) -> bool:
    return any(re.search(pattern, text) for pattern in words.lists("visiting", "cues")[cue])
