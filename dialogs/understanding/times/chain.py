"""Words of one date and time read one after the other, from the year down to the minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from dialogs.understanding.times.clock import Clock, read_clock
from dialogs.understanding.times.day_nodes import DayNumber, RelativeDay
from dialogs.understanding.times.durations import Count, read_count
from dialogs.understanding.times.nodes import DAY, DateNode
from dialogs.understanding.times.parts import Part, read_part
from dialogs.understanding.times.readers import Read, read_dates
from dialogs.understanding.times.shifts import read_shift
from dialogs.understanding.times.week_nodes import Weekday

GLUE = re.compile(
    r"(?:的|[ \u3000,，()（）【】]|[吧嗯呃啊呢哦]|那个|那天|当天|这天|那日|当日"
    r"|[那当](?=晚|夜|早|上午|下午|中午|傍晚|凌晨)|大概|大约|差不多|大致|大约摸|约摸){0,4}"
)
"""What may stand between the words of one date."""
NOW = re.compile(r"现在|这会儿|此刻|眼下(?!这)|目前|当下|这个时候|这时候")
_A_LITTLE = re.compile("[一1]点(?:左右|前后)?")
"""一点 by itself is rather "a little" than one o'clock."""
MOST = 8
"""How many readings of one place are looked at."""


@dataclass(frozen=True)
class Chain:
    """A date and time as it was said."""

    begin: int
    """Where it begins in the text."""
    finish: int
    """Where it ends."""
    nodes: tuple[DateNode, ...] = ()
    """The date, from the large to the small; empty for a clock time alone."""
    part: str = ""
    """Part of the day, empty for none."""
    clock: Clock | None = None
    """Clock time."""
    delta: timedelta | None = None
    """Counted in minutes or hours from now."""
    whole: bool = False
    """Whether all the time between now and then is meant (最近十分钟)."""
    dated: int = 0
    """Where the date ends, without part of the day and clock time."""
    vague: bool = False
    """A time was said, but not which (过两天)."""

    @property
    def timed(self) -> bool:
        """Whether a part of the day or a clock time was said."""
        return bool(self.part) or self.clock is not None


def read_chains(text: str, at: int, today: date) -> Iterator[Chain]:
    """What can be read at a place, likeliest first."""
    now = NOW.match(text, at)
    if now:
        yield Chain(at, now.end(), delta=timedelta(0))
        return
    starts = [read for read in read_dates(text, at, today) if read.nodes[0].needs != "frame"]
    count = read_count(text, at)
    if count is not None and (not starts or count.finish > starts[0].finish):
        yield from _counted(text, at, count, today)
        return
    found = list(islice(_extended(text, starts, today), MOST))
    for read in sorted(found, key=lambda read: -read.finish):
        yield _with_time(text, Chain(at, read.finish, read.nodes))
    if not starts:
        yield from _time_alone(text, at)


def _counted(text: str, at: int, count: Count, today: date) -> Iterator[Chain]:
    if count.delta is not None:
        yield Chain(at, count.finish, delta=count.delta, whole=count.whole)
    elif count.node is None:
        yield Chain(at, count.finish, vague=True)
    else:
        weekday = _weekday(text, _skip(text, count.finish), today)
        if weekday is not None:  # 两周后的周三 fits only by chance
            yield _with_time(text, Chain(at, weekday.finish, (count.node, *weekday.nodes)))
        yield _with_time(text, Chain(at, count.finish, (count.node,)))


def _weekday(text: str, at: int, today: date) -> Read | None:
    return next((read for read in read_dates(text, at, today) if isinstance(read.nodes[0], Weekday)), None)


def _time_alone(text: str, at: int) -> Iterator[Chain]:
    chain = _with_time(text, Chain(at, at), glue=False)
    if chain.timed:
        yield chain


def _extended(text: str, reads: list[Read], today: date) -> Iterator[Read]:
    """Every way in which dates go on, the longer first."""
    for read in reads:
        shift = read_shift(text, read.finish) if read.nodes[-1].rank == DAY else None
        if shift is not None:
            yield Read((*read.nodes, shift[0]), shift[1])
            continue
        following = _following(text, read, today)
        yield from _extended(text, following, today)
        yield read


def _following(text: str, read: Read, today: date) -> list[Read]:
    glued = GLUE.match(text, read.finish)
    place = glued.end() if glued else read.finish
    last = read.nodes[-1]
    found = []
    for more in read_dates(text, place, today):
        first = more.nodes[0]
        if first.rank > last.rank or _apposed(last, first):
            found.append(Read(read.nodes + more.nodes, more.finish))
    return found


def _apposed(last: DateNode, first: DateNode) -> bool:
    """Whether two words may name the same day: 二十六号星期四, 八月十五中秋节."""
    if last.rank != DAY or first.rank != DAY or isinstance(first, RelativeDay):
        return False
    if isinstance(last, Weekday):  # 下周二十四号 is Tuesday the 14th
        return isinstance(first, DayNumber)
    return type(last) is not type(first)


def _with_time(text: str, chain: Chain, glue: bool = True) -> Chain:
    """The chain with the part of the day and the clock time that follow it."""
    chain = replace(chain, dated=chain.finish)
    place = _skip(text, chain.finish) if glue else chain.finish
    part = read_part(text, place)
    if part is not None:
        chain = replace(chain, part=part.name, finish=part.finish)
        place = _skip(text, part.finish)
        part = _repeated(text, place, part)
        chain = replace(chain, part=part.name, finish=max(chain.finish, part.finish))
        place = _skip(text, chain.finish)
    clock = read_clock(text, place)
    if clock is not None and (chain.nodes or chain.part or not _A_LITTLE.fullmatch(text, place, clock.finish)):
        chain = replace(chain, clock=clock, finish=clock.finish)
    return chain


def _repeated(text: str, place: int, part: Part) -> Part:
    """早上一早, 晚上夜里: the same part said twice."""
    again = read_part(text, place)
    return again if again is not None and again.name == part.name else part


def _skip(text: str, place: int) -> int:
    glued = GLUE.match(text, place)
    return glued.end() if glued else place
