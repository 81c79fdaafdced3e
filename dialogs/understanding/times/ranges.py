"""The moments that an expression means, and the right side of 到 from its left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dialogs.understanding.times import frames
from dialogs.understanding.times.also_meant import agreeing, night, or_the_moons
from dialogs.understanding.times.chain import Chain
from dialogs.understanding.times.clock import SMALL_HOUR
from dialogs.understanding.times.day_nodes import DayNumber
from dialogs.understanding.times.expressions import Expression
from dialogs.understanding.times.festivals import Festival
from dialogs.understanding.times.moments import LAST_MINUTE, Moment, choose, moments, needs
from dialogs.understanding.times.month_nodes import LunarMonth, Month, RelativeMonth
from dialogs.understanding.times.nodes import DAY
from dialogs.understanding.times.time import Prefer
from dialogs.understanding.times.week_nodes import RelativeWeek, Weekday
from dialogs.understanding.times.year_nodes import Year

NIGHT = timedelta(hours=16)
"""Two clock times of one range lie at most so far apart."""

BEGUN = "it has begun: this one or the next?"
"""The doubt of 周一到周五 said on a Wednesday."""


@dataclass(frozen=True)
class Near:
    """The week and the month named before in the same text: after 下周三不行, 周四 is next week's too."""

    week: date | None = None
    """A day of the week that was named."""
    month: date | None = None
    """A day of the month that was named."""
    day: date | None = None
    """The day that was named last: 今天是二十二号 names it twice."""

    def after(self, chain: Chain, moment: Moment) -> Near:
        """What is near once a chain was understood as a moment."""
        day = moment.start.date()
        if chain.nodes and moment.grain == "day":
            return replace(self, day=day)._after(chain, day)
        return self._after(chain, day)

    def _after(self, chain: Chain, day: date) -> Near:
        first = chain.nodes[0] if chain.nodes else None
        if isinstance(first, RelativeWeek | Weekday):
            return replace(self, week=day)
        if isinstance(first, Year | Month | RelativeMonth | DayNumber):
            return replace(self, month=day)
        return self


def when(expression: Expression, now: datetime, prefer: Prefer, near: Near) -> Moment | None:
    """When the expression is; None where there is no such time."""
    left, right = expression.left, expression.right
    if expression.since:
        return _up_to_today(left, now)
    if right is not None:
        return _range(left, right, now, prefer)
    found = agreeing(list(moments(left, now)), needs(left))
    nearby = _nearby(left, found, now, prefer, near) or choose(found, now, prefer, needs(left))
    if nearby is not None and nearby.doubt == SMALL_HOUR and nearby.other:
        nearby = night(nearby, *nearby.other, now, prefer)
    if nearby is None and needs(left) == "year":
        far = choose(list(moments(left, now, far=True)), now, prefer, "year")
        return far.doubted("years away") if far else None
    return or_the_moons(left, nearby, now, prefer)


def _nearby(left: Chain, found: Sequence[Moment], now: datetime, prefer: Prefer, near: Near) -> Moment | None:
    """The one in the week or month named before, if that lies on the side one looks to."""
    need = needs(left)
    again = next((moment for moment in found if moment.grain == "day" and moment.start.date() == near.day), None)
    if again is not None and need in ("year", "month", "week"):
        return again
    if need == "week" and near.week is not None:
        stretch = frames.week(near.week, 0)
    elif need == "month" and near.month is not None:
        stretch = frames.month(near.month.year, near.month.month)
    else:
        return None
    inside = [moment for moment in found if stretch.start <= moment.start.date() <= stretch.end]
    if prefer == "past":
        return next((moment for moment in inside if moment.start <= now), None)
    return next((moment for moment in inside if moment.end >= now), None)


def _up_to_today(left: Chain, now: datetime) -> Moment | None:
    moment = choose(list(moments(left, now)), now, "past", needs(left))
    end = datetime.combine(now.date(), LAST_MINUTE)
    if moment is None or moment.start > end:
        return None
    return replace(moment, end=end, grain="part", timed=False)


def _range(left: Chain, right: Chain, now: datetime, prefer: Prefer) -> Moment | None:
    pairs: list[Moment] = []
    for first in moments(left, now):
        last = _right_of(first, left, right, now)
        if last is not None:
            if pairs and pairs[-1].end == last.end:
                pairs.pop()  # 二十八号到下月三号 begins on the last 28th before
            timed = first.timed or last.timed
            pairs.append(Moment(first.start, last.end, "day" if timed else "span", timed, first.doubt or last.doubt))
    if _ends_about_now(right) and pairs and pairs[-1].end <= now + timedelta(days=1):
        prefer = "past"
    if left.clock is not None and not left.nodes and prefer != "past":
        pairs = [pair for pair in pairs if pair.start >= now]
    found = choose(pairs, now, prefer, needs(left))
    if found is not None and needs(right) == "lunar month" and needs(left) == "year" and not _of_the_moon(left):
        return found.doubted("one end by the sun, the other by the moon")
    begun = found is not None and prefer != "past" and found.start.date() < now.date() and not found.timed
    if found is None or not begun or needs(left) not in ("week", "month"):
        return found
    following = next((pair for pair in pairs if pair.start > now), None)
    if following and found.end.date() == now.date():  # 十八号到二十二号 said on the 22nd is the next month's
        return following
    doubtful = found.doubted(BEGUN)
    return replace(doubtful, other=(following.start, following.end)) if following else doubtful


def _of_the_moon(chain: Chain) -> bool:
    first = chain.nodes[0] if chain.nodes else None
    return isinstance(first, LunarMonth) or (isinstance(first, Festival) and first.rule.startswith("lunar"))


def _ends_about_now(right: Chain) -> bool:
    """到现在, 到昨天."""
    return right.delta is not None or (bool(right.nodes) and needs(right) == "" and right.nodes[0].rank >= DAY)


def _ends(last: Moment, first: Moment) -> bool:
    """Whether a range can run up to it; 月底 may have begun when 从今天到月底 does."""
    return last.end >= first.end and (last.start >= first.start or last.grain != "day" == first.grain)


def _right_of(first: Moment, left: Chain, right: Chain, now: datetime) -> Moment | None:
    """The right side's first moment from the left side's on; a clock time keeps the day and, if it can, its half."""
    if right.nodes or right.delta is not None:
        found = moments(right, now, first.start.date())
        return next((moment for moment in found if _ends(moment, first)), None)
    if not left.timed:
        return None
    heirs = [right] if right.part else [replace(right, part=left.part), right, replace(right, part="下午")]
    for chain in heirs:
        for moment in moments(chain, now, first.start.date()):
            if first.start < moment.start and moment.end - first.start < NIGHT:
                return moment
    return None
