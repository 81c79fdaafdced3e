"""Whole expressions: one date and time, or two with 到 between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from dialogs.understanding.times.chain import NOW, Chain, read_chains
from dialogs.understanding.times.frames import Grain
from dialogs.understanding.times.moments import LAST_MINUTE, Moment, choose, moments, needs
from dialogs.understanding.times.nodes import Month, Weekday
from dialogs.understanding.times.readers import WEEKDAYS
from dialogs.understanding.times.time import Kind, Prefer, Time

_FROM = re.compile(r"(?:从|自|打|由)")
_TO = re.compile(r" ?(?:(?:开始|起)?(?:一直|直)?[到至]|[~～—–]+|-+(?!\d{1,2}-))(?:了)? ?")
_AND = re.compile(r"(?:和|跟|与|同|、)")
_TODAY = re.compile(r"(?:一直|直)?[到至](?:今天?(?![早晚上下中])|现在|目前|眼下|这会儿)(?:为止)?|至今")
_SINCE = re.compile(r"以来")
_CLOSE = re.compile(r"之间|为止|止|期间|间(?=[，,。]|$)|内|里(?!面|头)")
_BOUND = re.compile(r"(?:[以之]前|前(?!后|面|头|列|边|[一二三四五六七八九十两0-9]+天)|[以之]后|过后|后(?!面|来|边))")
_VAGUE_TAIL = re.compile(r"(?:[以之]?后|过后)的?(?:第[二三四五六七八九十]+|几|两)天|几[号日](?![几])")
_WEEKDAY_ALONE = re.compile(r"([一二三四五六日天1-7])(?![点号日月个十:]|[0-9])")


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
    """Whether it runs up to today."""
    begin: int = 0
    """Where it begins."""


def read_time(text: str, at: int, now: datetime, prefer: Prefer) -> tuple[Time | None, int] | None:
    """The expression at a place and where it ends; no Time where one was said but cannot be fixed (过两天).

    None where no expression begins there.
    """
    start = _FROM.match(text, at)
    place = start.end() if start else at
    failed: int | None = None
    doubted: tuple[Time, int] | None = None
    for chain in read_chains(text, place, now.date()):
        vague = _VAGUE_TAIL.match(text, chain.finish)
        if vague:
            return None, vague.end()
        if chain.vague:
            return None, chain.finish
        for expression in _continued(text, chain, now):
            time_found = _resolve(text, replace(expression, begin=at), now, prefer)
            if time_found is None:
                failed = max(failed or 0, expression.finish)
            elif not time_found.doubt:
                return time_found, expression.finish
            elif doubted is None:
                doubted = time_found, expression.finish
        if failed is not None and doubted is None and chain.timed is False:
            break
    if doubted is not None:
        return doubted
    return None if failed is None else (None, failed)


def _continued(text: str, left: Chain, now: datetime) -> Iterator[Expression]:
    """The chain with what follows it: 以来, 到 and a second date; or as it stands."""
    today = _TODAY.match(text, left.finish) or _SINCE.match(text, left.finish)
    if today and left.nodes:
        yield Expression(left, finish=today.end(), since=True)
        return
    for connector, only_months in ((_TO, False), (_AND, True)):
        joint = connector.match(text, left.finish)
        right = _right(text, joint.end(), left, now) if joint else None
        if right is not None and (not only_months or _both_months(left, right)):
            close = _CLOSE.match(text, right.finish)
            yield Expression(left, right, close.end() if close else right.finish)
    close = _CLOSE.match(text, left.finish) if left.nodes else None
    yield Expression(left, finish=close.end() if close and close.group() == "内" else left.finish)
    if left.timed and left.nodes:
        bare = _untimed(text, left, now)
        if bare is not None:
            yield Expression(bare, finish=bare.finish)


def _untimed(text: str, left: Chain, now: datetime) -> Chain | None:
    """The same date without its clock time, for 下个月上午 and the like."""
    return replace(left, part="", clock=None)


def _both_months(left: Chain, right: Chain) -> bool:
    """十月和十一月 are one stretch; 周一和周三 are two days."""
    one, other = left.nodes[-1:], right.nodes[-1:]
    if not one or not other or left.timed or right.timed:
        return False
    first, second = one[0], other[0]
    return isinstance(first, Month) and isinstance(second, Month) and second.number == first.number % 12 + 1


def _right(text: str, at: int, left: Chain, now: datetime) -> Chain | None:
    chain = next(read_chains(text, at, now.date()), None)
    if chain is not None:
        return None if chain.vague else chain
    alone = _WEEKDAY_ALONE.match(text, at)
    if alone and left.nodes and isinstance(left.nodes[-1], Weekday):
        return Chain(at, alone.end(), (Weekday(WEEKDAYS[alone.group(1)]),))
    return None


def _resolve(text: str, expression: Expression, now: datetime, prefer: Prefer) -> Time | None:
    left, right = expression.left, expression.right
    if right is not None:
        return _resolve_range(text, expression, now, prefer)
    moment = choose(list(moments(left, now)), now, "past" if expression.since else prefer, needs(left))
    if moment is None:
        return None
    if expression.since:
        end = datetime.combine(now.date(), LAST_MINUTE)
        moment = replace(moment, end=end, grain="part", timed=False)
        if moment.start > end:
            return None
    return _time(text, expression, moment, _kind(left, moment))


def _kind(chain: Chain, moment: Moment) -> Kind:
    if chain.clock is not None:
        return "datetime" if chain.nodes else "time"
    if chain.delta is not None:
        return "datetime"
    if chain.part or moment.grain == "span":
        return "range"
    return "date" if moment.grain == "day" else "period"


def _resolve_range(text: str, expression: Expression, now: datetime, prefer: Prefer) -> Time | None:
    left, right = expression.left, expression.right
    if right is None:
        return None
    pairs = []
    for first in moments(left, now):
        last = _matching(first, left, right, now)
        if last is not None:
            timed = first.timed or last.timed
            grain: Grain = "day" if timed else "span"
            pairs.append(Moment(first.start, last.end, grain, timed, first.doubt or last.doubt))
    until_now = right.delta is not None or (right.nodes and needs(right) == "" and right.nodes[0].rank >= 6)
    backwards = "past" if until_now and pairs and pairs[-1].end <= now + timedelta(days=1) else prefer
    if left.clock is not None and not left.nodes and backwards != "past":
        pairs = [pair for pair in pairs if pair.start >= now]
    moment = choose(pairs, now, backwards, needs(left))
    return None if moment is None else _time(text, expression, moment, "range")


def _matching(first: Moment, left: Chain, right: Chain, now: datetime) -> Moment | None:
    """The first moment of the right side at or after the left side's; a bare clock time keeps day and half of day."""
    if right.nodes or right.delta is not None:
        found = moments(right, now, first.start.date())
        return next((moment for moment in found if moment.start >= first.start and moment.end >= first.end), None)
    heirs = [right] if right.part else [replace(right, part=left.part), right, replace(right, part="下午")]
    day = first.start.date()
    for chain in heirs:
        for moment in moments(chain, now, day):
            if (
                moment.start.date() >= day
                and moment.start > first.start
                and moment.end - first.start < timedelta(hours=16)
            ):
                return moment
    return None


def _time(text: str, expression: Expression, moment: Moment, kind: Kind) -> Time:
    minute = moment.timed
    stretch = kind in ("range", "period")
    return Time(
        kind=kind,
        start=moment.start if minute else datetime.combine(moment.start.date(), time()),
        end=moment.end if stretch else None,
        precision="minute" if minute else "day",
        matched=text[expression.begin : expression.finish],
        begin=expression.begin,
        finish=expression.finish,
        doubt=moment.doubt,
        side=_side(text, expression),
        day_said=bool(expression.left.nodes) or expression.left.delta is not None,
        part=expression.left.part if expression.left.clock is None and expression.right is None else "",
    )


def _side(text: str, expression: Expression) -> Literal["", "before", "after"]:
    bound = _BOUND.match(text, expression.finish)
    if bound is None or expression.right is not None:
        return ""
    return "before" if "前" in bound.group() else "after"


__all__ = ["NOW", "Expression", "read_time"]
