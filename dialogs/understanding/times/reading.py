"""The time at one place of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from dialogs.understanding.times.chain import read_chains
from dialogs.understanding.times.days import WEEKDAYS
from dialogs.understanding.times.expressions import Expression, expressions
from dialogs.understanding.times.frames import Need
from dialogs.understanding.times.moments import Moment, needs
from dialogs.understanding.times.ranges import Near, when
from dialogs.understanding.times.time import ONE_OF_TWO, Ends, Kind, Prefer, Time
from dialogs.understanding.times.week_nodes import Weekday

_FROM = re.compile(r"(?:从|自|打|由)")
_LAST_OR_NEXT = re.compile(r"(?P<way>[上下])一?个(?!月|季|星期|礼拜|周|双休)")
"""上个国庆, 下个十月."""
_OF_A_YEAR: tuple[Need, ...] = ("year", "month", "lunar month")
_VAGUE_TAIL = re.compile(
    r"(?:[以之]?后|过后)的?(?:第[二三四五六七八九十]+|几|两)天|是?几[号日]|的?[一二三]?十[几来多][号日]"
    r"|是?(?:星期|礼拜|周)几(?=$|[了啊呀呢来几？?，,。])"
)
_ABOUT = re.compile("前后|期间|上下|左右|那[几两]天")
_OR_NEXT = re.compile("[一二三四五六](?:[二三四五六]|[日天](?![气天程记]))+(?![点号日月个十百时:])")
"""周三四, 周一三五: one of several days."""
_APART = re.compile(r"[\s,，、。(（]|那个|嗯|吧")
_PASSED = re.compile("(?:过了|过完|出了|忙完)$")
_BOUND = re.compile(r"(?:[以之]前|前(?!后|面|头|列|边|[一二三四五六七八九十两0-9]+天)|[以之]后|过后|后(?!面|来|边))")


@dataclass(frozen=True)
class Reading:
    """What stands at a place in the text."""

    time: Time | None
    """The time; None where one was said but cannot be fixed (过两天, 二月三十号)."""
    finish: int
    """Where it ends."""
    near: Near
    """The week and month that were named so far."""
    failed: bool = False
    """Whether a day was named that there is not, other than one that was left vague."""


def read_time(text: str, at: int, now: datetime, prefer: Prefer, near: Near) -> Reading | None:
    """The expression at a place; None where none begins there.

    The longest wording counts. A shorter one is taken only where what follows stands apart (今天，三号的会); else the
    words belong together and there is no such time (十一月三十一号).
    """
    start = _FROM.match(text, at)
    first = start.end() if start else at
    which = _LAST_OR_NEXT.match(text, first)
    if which:
        first, prefer = which.end(), "past" if which["way"] == "上" else "future"
    failed: int | None = None
    for chain in read_chains(text, first, now.date()):
        if which and needs(chain) not in _OF_A_YEAR:
            break
        vague = _VAGUE_TAIL.match(text, chain.finish)
        if vague or chain.vague:
            return Reading(None, vague.end() if vague else chain.finish, near)
        if failed is not None and chain.dated < failed and not _APART.match(text, chain.dated):
            break
        for expression in expressions(text, chain, now.date(), onwards=start is not None and prefer == "past"):
            failed = max(failed or 0, expression.finish)
            moment = when(expression, now, prefer, near)
            if moment is not None:
                found = _time(text, at, expression, moment)
                return Reading(found, expression.finish, near.after(expression.left, moment))
    return None if failed is None else Reading(None, failed, near, failed=True)


def _time(text: str, begin: int, expression: Expression, moment: Moment) -> Time:
    kind = _kind(expression, moment)
    left = expression.left
    doubt, other = (moment.doubt, None) if moment.doubt else _loose(text, expression, moment)
    return Time(
        kind=kind,
        start=moment.start if moment.timed else datetime.combine(moment.start.date(), time()),
        end=moment.end if kind in ("range", "period") else None,
        precision="minute" if moment.timed else "day",
        matched=text[begin : expression.finish],
        begin=begin,
        finish=expression.finish,
        doubt=doubt,
        other=(moment.other[0], moment.other[1] if kind in ("range", "period") else None) if moment.other else other,
        side=_side(text, begin, expression),
        day_said=bool(left.nodes) or left.delta is not None,
        part=left.part if left.clock is None and expression.right is None else "",
    )


def _loose(text: str, expression: Expression, moment: Moment) -> tuple[str, Ends | None]:
    """The doubt that what follows casts on a day, and the other day: 前后, or its neighbour's number."""
    if _ABOUT.match(text, expression.finish):
        return "about that day", None
    day = expression.left.nodes[-1] if expression.left.nodes else None
    if not isinstance(day, Weekday) or not _OR_NEXT.match(text, expression.finish - 1):
        return "", None
    start, end = moment.moved((WEEKDAYS[text[expression.finish]] - day.number) % 7)
    return ONE_OF_TWO, (start, end if expression.left.part else None)


def _kind(expression: Expression, moment: Moment) -> Kind:
    left = expression.left
    two_ends = expression.right is not None or expression.ended or left.whole or moment.grain == "span"
    if two_ends or (left.part and left.clock is None):
        return "range"
    if left.clock is not None or left.delta is not None:
        return "datetime" if left.nodes or left.delta is not None else "time"
    return "date" if moment.grain == "day" else "period"


def _side(text: str, begin: int, expression: Expression) -> Literal["", "before", "after"]:
    if _PASSED.search(text[max(0, begin - 2) : begin]):
        return "after"
    bound = _BOUND.match(text, expression.finish)
    if bound is None or expression.right is not None:
        return ""
    return "before" if "前" in bound.group() else "after"
