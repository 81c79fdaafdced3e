"""Whole expressions: one date and time, or two with 到 between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dialogs.understanding.times.chain import Chain, read_chains
from dialogs.understanding.times.day_nodes import DayNumber, LunarDay, RelativeDay
from dialogs.understanding.times.days import WEEKDAYS
from dialogs.understanding.times.digits import value
from dialogs.understanding.times.month_nodes import Month
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.vocabulary import filled
from dialogs.understanding.times.week_nodes import Weekday
from dialogs.understanding.times.year_nodes import Months

_TO = re.compile(
    r" ?(?:(?:开始|起)?(?:一直|直)?[到至]|[~～—–]+|-+(?!\d{1,2}-))(?:了)? ?(?:(?:第二|转|隔|次|翌)[天日]的?)?"
)
_AND = re.compile(r"(?:和|跟|与|同|、|(?=[一二三四五六七八九十0-9]{1,2}月|第?[一二三四1-4]季))")
_BOTH = re.compile(r"(?:和|跟|与|同|、|，|,)?")
_TWO_DAYS = re.compile(r"(?:这|那)?[两俩]天")
"""周六周日两天, 明天后天两天."""
_TODAY = re.compile(
    r"(?:开始|起)?(?:(?:一直|直)?[到至](?:今天?(?![早晚上下中年])|现在|目前|眼下|这会儿)(?:为止)?|至今)"
)
_SINCE = re.compile(r"以来")
_ONWARDS = re.compile(r"(?:开始|往后|起)(?!来|床|身|草|名)")
_CLOSE = re.compile(r"之间|为止|止|期间|间(?=[，,。]|$)|内|里(?!面|头)")
_WEEKDAY_ALONE = re.compile(r"([一二三四五六日天1-7])(?![点号日月个十:]|[0-9])")
_NUMBER_ALONE = re.compile(filled("(?P<number>{small}){not_counted}(?![点:])"))


@dataclass(frozen=True)
class Expression:
    """What was read at a place, before it is known when that is."""

    left: Chain
    """The only or first date."""
    right: Chain | None = None
    """The second."""
    finish: int = 0
    """Where it ends in the text."""
    since: bool = False
    """Whether it runs up to today (今年以来, 九月到现在)."""
    ended: bool = False
    """Whether its end was said too (到现在)."""


def expressions(text: str, left: Chain, today: date, onwards: bool = False) -> Iterator[Expression]:
    """What a chain is together with what follows it, the fullest reading first.

    `onwards` is True where 从八月份起, said of what was, runs up to today.
    """
    begun = _ONWARDS.match(text, left.finish) if onwards and left.nodes and not left.timed else None
    if begun:
        yield Expression(left, finish=begun.end(), since=True)
    until_today = _TODAY.match(text, left.finish)
    since = until_today or _SINCE.match(text, left.finish)
    if since and left.nodes:
        yield Expression(left, finish=since.end(), since=True, ended=until_today is not None)
        return
    for connector, only_months in ((_TO, False), (_AND, True)):
        joint = connector.match(text, left.finish)
        right = _right(text, joint.end(), left, today) if joint else None
        if right is not None and (not only_months or _consecutive_months(left, right)):
            right = _last_month(text, right, today) if only_months else right
            close = _CLOSE.match(text, right.finish)
            yield Expression(left, right, close.end() if close else right.finish)
    both = _both_days(text, left, today)
    if both is not None:
        yield both
    close = _CLOSE.match(text, left.finish) if left.nodes else None
    yield Expression(left, finish=close.end() if close and close.group() == "内" else left.finish)
    if left.timed and left.nodes:  # 下个月上午 is no time of day; the month still holds
        yield Expression(replace(left, part="", clock=None), finish=left.finish)


def _both_days(text: str, left: Chain, today: date) -> Expression | None:
    """周六周日两天: two days that follow each other are one stretch when they are counted."""
    joint = _BOTH.match(text, left.finish)
    if not left.nodes or left.timed or joint is None:
        return None
    last = left.nodes[-1]
    right = _right(text, joint.end(), left, today)
    if right is None or right.timed or len(right.nodes) != 1 or not isinstance(last, Weekday | RelativeDay | DayNumber):
        return None
    counted = _TWO_DAYS.match(text, right.finish)
    second = right.nodes[0]
    if counted is None or not isinstance(second, type(last)) or _place(second) != _place(last) + 1:
        return None
    return Expression(left, right, counted.end())


def _place(day: DateNode) -> int:
    return day.offset if isinstance(day, RelativeDay) else day.number if isinstance(day, Weekday | DayNumber) else 0


def _consecutive_months(left: Chain, right: Chain) -> bool:
    """十月和十一月, 一季度二季度 are one stretch; 周一和周三 are two days."""
    if not left.nodes or not right.nodes or left.timed or right.timed:
        return False
    first, second = left.nodes[-1], right.nodes[-1]
    if isinstance(first, Months) and isinstance(second, Months):
        return second.first == first.last + 1 and first.grain == second.grain == "quarter"
    return isinstance(first, Month) and isinstance(second, Month) and second.number == first.number % 12 + 1


def _last_month(text: str, month: Chain, today: date) -> Chain:
    """The last of months that are listed one by one: 九月、十月、十一月."""
    joint = _AND.match(text, month.finish)
    more = _right(text, joint.end(), month, today) if joint else None
    if more is None or not _consecutive_months(month, more):
        return month
    return _last_month(text, more, today)


def _right(text: str, at: int, left: Chain, today: date) -> Chain | None:
    chain = next(read_chains(text, at, today), None)
    if chain is not None:
        return None if chain.vague else chain
    last = left.nodes[-1] if left.nodes else None
    if isinstance(last, Weekday):
        alone = _WEEKDAY_ALONE.match(text, at)
        return Chain(at, alone.end(), (Weekday(WEEKDAYS[alone.group(1)]),)) if alone else None
    number = _NUMBER_ALONE.match(text, at)
    if number and isinstance(last, DayNumber | LunarDay) and 1 <= value(number["number"]) <= 31:
        return Chain(at, number.end(), (type(last)(value(number["number"])),))
    return None
