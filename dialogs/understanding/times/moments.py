"""From what was said to when it is: the moments that a chain may mean, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dialogs.understanding.times import frames
from dialogs.understanding.times.chain import Chain
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.parts import PARTS

LAST_MINUTE = time(23, 59)
TODAYS_WEEKDAY = "today is that weekday: today or in a week?"
"""The doubt of a bare 星期天 said on a Sunday."""
LAST_WEEKDAY = "today is that weekday: today or a week ago?"
"""The same where one looks back: 星期天的学习张建国来了."""


@dataclass(frozen=True)
class Moment:
    """A point or stretch of time that a chain may mean."""

    start: datetime
    """Beginning; for whole days their midnight."""
    end: datetime
    """End, inclusive; for whole days 23:59; the start itself for a point."""
    grain: frames.Grain
    """What was named; "day" for a day or anything within a day."""
    timed: bool
    """Whether start and end are to the minute."""
    doubt: str = ""
    """Why it may be wrong."""
    other: tuple[datetime, datetime] | None = None
    """Start and end of what else may be meant, where there is a doubt and it is known."""

    def doubted(self, why: str, days: int = 0) -> Moment:
        """The same with a doubt, unless it has one: so many days later or earlier may be meant as well."""
        if self.doubt:
            return self
        return replace(self, doubt=why, other=self.moved(days) if days else None)

    def moved(self, days: int) -> tuple[datetime, datetime]:
        """Start and end of the same so many days later."""
        return self.start + timedelta(days), self.end + timedelta(days)


def needs(chain: Chain) -> Need | None:
    """What the chain leaves open; None for nothing but the day of a clock time."""
    if chain.delta is not None:
        return ""
    return chain.nodes[0].needs if chain.nodes else None


def moments(chain: Chain, now: datetime, near: date | None = None, far: bool = False) -> Iterator[Moment]:
    """What the chain may mean around `near` (today unless given), in order of time; one where nothing is open."""
    if chain.delta is not None:
        at = (now + chain.delta).replace(second=0, microsecond=0)
        here = now.replace(second=0, microsecond=0) if chain.whole else at
        yield Moment(min(here, at), max(here, at), "day", timed=True)
        return
    for frame in _frames(chain, now.date(), near or now.date(), far):
        moment = _timed(frame, chain)
        if moment is not None:
            yield moment


def _frames(chain: Chain, today: date, near: date, far: bool) -> Iterator[Frame]:
    if not chain.nodes:
        yield from (frames.day(near + timedelta(step)) for step in (-1, 0, 1))
        return
    open_part = chain.nodes[0].needs
    anchors: Iterator[Frame | None] = iter([None]) if open_part == "" else frames.around(open_part, near, far)
    for anchor in anchors:
        found = fold(chain.nodes, anchor, today)
        if found is not None:
            yield found


def fold(nodes: Sequence[DateNode], frame: Frame | None, today: date) -> Frame | None:
    """Narrows a stretch by one node after the other; None where there is no such day."""
    doubted: Frame | None = None
    for node in nodes:
        frame = node.narrow(frame, today)
        if frame is None:
            return None
        doubted = frame if frame.doubt and doubted is None else doubted
    if frame is None or doubted is None or frame.doubt == doubted.doubt:
        return frame
    return frame.doubted(doubted.doubt)  # narrowed further, what else was meant is not known


def _timed(frame: Frame, chain: Chain) -> Moment | None:
    moment = _clocked(frame, chain)
    if moment is None or frame.other is None or moment.doubt != frame.doubt:
        return moment
    return replace(moment, other=moment.moved((frame.other - frame.start).days))


def _clocked(frame: Frame, chain: Chain) -> Moment | None:
    start = datetime.combine(frame.start, time())
    if not chain.timed:
        return Moment(start, datetime.combine(frame.end, LAST_MINUTE), frame.grain, timed=False, doubt=frame.doubt)
    if frame.grain != "day":
        return None
    if chain.clock is None:
        hours = PARTS[chain.part]
        first, last = start + timedelta(minutes=hours.start), start + timedelta(minutes=hours.end)
        return Moment(first, last, "day", timed=True, doubt=frame.doubt)
    minutes, doubt = chain.clock.minutes(chain.part)
    at = start + timedelta(minutes=minutes)
    return Moment(at, at, "day", timed=True, doubt=frame.doubt).doubted(doubt, -1 if doubt else 0)


def choose(found: Sequence[Moment], now: datetime, prefer: str, need: Need | None) -> Moment | None:
    """Of several the next one (today included, unless the time has passed) or, for the past, the last one."""
    if need == "":
        return found[0] if found else None
    if prefer == "" and found and found[0].grain == "quarter":  # dues are paid for quarters that are over
        return next((moment for moment in found if moment.start.year == now.year), None)
    if prefer != "past":
        coming = next((moment for moment in found if moment.end >= now), None)
        if coming and need == "week" and coming.start.date() == now.date() and not coming.timed:
            return coming.doubted(TODAYS_WEEKDAY, 7)
        return found[-1] if coming is None and found and need == "this year" else coming
    day_named = need in ("week", "month")
    gone = [m for m in found if (m.end < now if day_named and m.grain == "day" else m.start <= now)]
    if need == "week" and gone and not gone[-1].timed and gone[-1].moved(7)[0].date() == now.date():
        return gone[-1].doubted(LAST_WEEKDAY, 7)
    return gone[-1] if gone else None
