"""Which of several times was meant: what belongs together is joined, and one is chosen for a slot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from dialogs.understanding.times.corrections import refuses, standing
from dialogs.understanding.times.time import ONE_OF_TWO, Ends, Kind, Prefer, Time

NOW_WORDS = ("现在", "这会儿", "目前", "眼下", "此刻", "当下", "这时候", "这个时候")
"""They seldom say when: any other time wins over them, and they fill no slot."""
_BESIDE = re.compile("[吧呢]?[，,]?(?:和|跟|与|同|、|或者?是?|还是|要么|要不|也就是|就是|也是|应该是)?")
_OR = re.compile("[^，,。]{0,4}[，,]?(?:还是|或者|要么)(?:是|在)?")
"""七点集合还是八点."""
_ABLE = re.compile("我?(?:倒|还|就)?(?:能|可以|有空|方便)(?!不|回)")
_REACH = 14
"""How many characters after a day its clock time may stand (明儿个早起咱搞个卫生，八点)."""


def meant(text: str, times: Sequence[Time]) -> list[Time]:
    """The times that hold, a day and its clock time as one."""
    return _doubted(text, _joined(standing(text, times)))


def _doubted(text: str, times: list[Time]) -> list[Time]:
    """周二和周四, 中秋国庆, 明天或者后天: two days in a row leave open which."""
    doubted = list(times)
    for place, (one, other) in enumerate(pairwise(times)):
        if _either(text, one, other):
            for which, beside_it in ((place, other), (place + 1, one)):
                if not times[which].doubt:
                    doubted[which] = replace(times[which], doubt=ONE_OF_TWO, other=_as_exactly(times[which], beside_it))
    return doubted


def _either(text: str, one: Time, other: Time) -> bool:
    """Whether two times beside each other leave open which is meant; 今天星期日 names one day twice."""
    if not one.day_said and not other.day_said:
        return _OR.fullmatch(text, one.finish, other.begin) is not None
    beside = _BESIDE.fullmatch(text, one.finish, other.begin) or _can_come(text, one, other)
    return bool(beside) and one.day_said and other.day_said and not _within(one, other)


def _can_come(text: str, one: Time, other: Time) -> bool:
    """三号去不了，五号能去: who signs up means the second, who asks leave the first."""
    return refuses(text[one.finish : other.begin]) and _ABLE.match(text, other.finish) is not None


def _as_exactly(time: Time, day: Time) -> Ends:
    """The other day at the time of day that was said once for both: 周四或者周五上午九点."""
    if time.precision == "day" or day.precision == "minute" or day.kind != "date":
        return day.start, day.end
    start = datetime.combine(day.start.date(), time.start.time())
    return start, None if time.end is None else start + (time.end - time.start)


def _within(one: Time, other: Time) -> bool:
    """Whether one names the other more closely: 今天星期日, 这周周三."""
    return one.start <= other.start <= (one.end or one.start.replace(hour=23, minute=59)) or (
        other.end is not None and other.start <= one.start <= other.end
    )


def _joined(times: list[Time]) -> list[Time]:
    """A day and a clock time said a little later become one."""
    joined: list[Time] = []
    for time in times:
        last = joined[-1] if joined else None
        if last is not None and time.kind == "time" and time.begin - last.finish <= _REACH and _takes_clock(last, time):
            start = last.start.replace(hour=time.start.hour, minute=time.start.minute)
            kind: Kind = "datetime" if last.day_said else "time"
            joined[-1] = replace(last, kind=kind, start=start, end=None, precision="minute", part="")
        else:
            joined.append(time)
    return joined


def _takes_clock(last: Time, time: Time) -> bool:
    if last.kind == "date":
        return True
    if not last.part or last.end is None:
        return False
    at = last.start.replace(hour=time.start.hour, minute=time.start.minute)
    return last.start - timedelta(hours=2) <= at <= last.end + timedelta(hours=2)


def best(times: Sequence[Time]) -> Time | None:
    """The first of the most specific: a day with a clock time, then a day or part of one, then a stretch."""
    return max(times, key=_specific, default=None)


def for_slot(times: Sequence[Time], slot: str, now: datetime, prefer: Prefer = "") -> Time | None:
    """The time that fills a slot, "when" or "period", of an intent that looks the way `prefer` says.

    Times on the other side of now count only where there are no others (昨晚没睡好，明天的会请假); a period is rather
    a stretch (昨天收了十月份的党费 is October), a when rather a day.
    """
    times = [t for t in times if t.matched not in NOW_WORDS]
    if prefer == "past":
        fitting = [t for t in times if t.start <= now]
    else:
        fitting = [t for t in times if _last(t) >= now]
    pool = fitting or list(times)
    if slot == "period":
        stretches = [t for t in pool if t.kind == "period" or (t.kind == "range" and t.precision == "day")]
        pool = stretches or pool
    return best(pool)


def _last(time: Time) -> datetime:
    if time.end is not None:
        return time.end
    return time.start.replace(hour=23, minute=59) if time.precision == "day" else time.start


def _wide(time: Time) -> float:
    """今年党费一百二，我下月初交: a year says less than a month."""
    days = 0 if time.end is None else (time.end - time.start).days
    return 0.2 if days > 300 else 0.1 if days > 80 else 0.0


def _specific(time: Time) -> float:
    if time.matched in NOW_WORDS:
        return 0
    if time.kind == "datetime":
        score = 4.0
    elif time.part and time.day_said:
        score = 3.5
    elif time.kind == "date" or (time.kind == "range" and time.precision == "day"):
        score = 3.0
    else:
        score = 2.5 if time.kind in ("range", "time") else 2.0 - _wide(time)
    return score - 1.5 if time.side else score
