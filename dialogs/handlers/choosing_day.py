"""The day that was said where days were offered: 二十九号那天, 下个星期天, 今天的."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import words
from dialogs.skill import Option
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import find_times
from dialogs.understanding.times.time import Time

REST = 5
"""Characters beside the day in what is still nothing but an answer (我说的是…那天)."""


def by_day(text: str, options: Sequence[Option], now: datetime) -> Option | None:
    """The only option whose day was said; None where the options hold no days, or more than a day was said."""
    days = [_day(option) for option in options]
    if not any(days):
        return None
    from_now = [time for prefer in ("future", "past") for time in _answers(text, now, prefer)]
    said = {time.start.date() for time in from_now}
    fitting = [option for option, day in zip(options, days, strict=True) if day and day.date() in said]
    if not fitting and from_now:  # 星期四, of two days next month
        fitting = [option for option, day in zip(options, days, strict=True) if day and _names(text, day)]
    return fitting[0] if len(fitting) == 1 else None


def says_when(text: str, now: datetime) -> bool:
    """Whether an answer is a time and not much more (不是，是九月二十八号)."""
    return bool(_answers(text, now, "future"))


def _names(text: str, day: datetime) -> bool:
    midnight = day.replace(hour=0, minute=0)
    return any(time.start.date() == day.date() for time in _answers(text, midnight, "future"))


def _answers(text: str, now: datetime, prefer: str) -> list[Time]:
    """The times of an answer that is not much more than that, and no refusal (今天不去了, 明天再说吧)."""
    times = find_times(text, now, "past" if prefer == "past" else "future")
    cues = words.lists("which_day", "cues")
    rest = text
    for said in [*(time.matched for time in times), *cues["but"]]:
        rest = rest.replace(said, "")
    refused = any(cue in rest for cue in cues["refuses"])
    return times if not refused and len(bare(rest)) <= REST else []


def _day(option: Option) -> datetime | None:
    """When the time begins that choosing it makes known."""
    spans = (span for span in option.slots.values() if isinstance(span, Span))
    return next((datetime.fromisoformat(span.start) for span in spans if span.start), None)
