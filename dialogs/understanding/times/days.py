"""What the wordings of weeks and days (wording.toml) mean as nodes."""

from __future__ import annotations

import re
from datetime import date

from dialogs.understanding.times import day_nodes, month_nodes, steps, week_nodes, year_nodes
from dialogs.understanding.times.digits import value
from dialogs.understanding.times.frames import Need
from dialogs.understanding.times.vocabulary import vocabulary
from dialogs.understanding.times.years import Found, offset

WEEKDAYS = {**{char: n for n, char in enumerate("一二三四五六")}, **{str(n + 1): n for n in range(7)}, "日": 6, "天": 6}


def relative_week(match: re.Match[str], _: date) -> Found:
    """下周."""
    return (week_nodes.RelativeWeek(offset(match["which"])),)


def week_and_day(match: re.Match[str], _: date) -> Found:
    """下周三, 下礼拜的礼拜三."""
    return (week_nodes.RelativeWeek(offset(match["which"])), week_nodes.Weekday(WEEKDAYS[match["weekday"]]))


def weekday(match: re.Match[str], _: date) -> Found:
    """星期三, 拜三."""
    return (week_nodes.Weekday(WEEKDAYS[match["weekday"]]),)


def weekend(match: re.Match[str], _: date) -> Found:
    """周末, 下周末."""
    which = match["which"]
    return (week_nodes.RelativeWeek(offset(which)), week_nodes.Weekend()) if which else (week_nodes.Weekend(),)


def half_week(match: re.Match[str], _: date) -> Found:
    """前半周, 后半周."""
    return (week_nodes.HalfWeek(first=match["which"] in "前上"),)


def ordinal(said: str) -> int:
    """第二 is 2, 头一 1, 最后 -1, 倒数第二 -2."""
    if said.startswith("倒数"):
        return -value(said.removeprefix("倒数").lstrip("第"))
    if said.startswith(("最后", "最末", "末")):
        return -1
    return 1 if said in ("首", "头", "头一") else value(said.lstrip("第"))


def nth_weekday(match: re.Match[str], _: date) -> Found:
    """第一个星期三."""
    return (week_nodes.NthWeekday(ordinal(match["nth"]), WEEKDAYS[match["weekday"]]),)


def nth_week(match: re.Match[str], _: date) -> Found:
    """第二周."""
    return (week_nodes.NthWeek(ordinal(match["nth"])),)


def nth_day(match: re.Match[str], _: date) -> Found:
    """最后一天."""
    return (steps.Edge(ordinal(match["nth"]), "day", only=True),)


def nth_month(match: re.Match[str], _: date) -> Found:
    """第一个月 of a quarter or year."""
    return (steps.Edge(ordinal(match["nth"]), "month", only=True),)


def edge(match: re.Match[str], _: date) -> Found:
    """前三季度, 前五个月, 最后五天."""
    count = value(match["count"])
    unit = vocabulary()["units"][match["unit"]]
    last = match["side"] in ("后", "最后", "末")
    if unit == "quarter" and count > 4:
        return None
    needs: Need = "this year" if unit == "quarter" and not last else "frame"
    return (steps.Edge(-count if last else count, unit, needs),)


def relative_day(match: re.Match[str], _: date) -> Found:
    """明天, 大后儿, 夜来."""
    return (day_nodes.RelativeDay(vocabulary()["days"][match["which"]]),)


def two_days(match: re.Match[str], _: date) -> Found:
    """明后天."""
    first, last = sorted((vocabulary()["days"][match["which"]], vocabulary()["days"][match["other"]]))
    return (day_nodes.DayPair(first, last),)


def day_number(match: re.Match[str], _: date) -> Found:
    """二十五号."""
    number = value(match["number"])
    return (day_nodes.DayNumber(number),) if 1 <= number <= 31 else None


def day_after_month(match: re.Match[str], _: date) -> Found:
    """十一月二十五: without 号 only after its month."""
    number = value(match["number"])
    alone = not match.group().endswith(("号", "日"))
    return (day_nodes.DayNumber(number, needs="frame", alone=alone),) if 1 <= number <= 31 else None


def ymd(match: re.Match[str], _: date) -> Found:
    """2026-12-05, 12/5."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = match["year"]
    dated = (month_nodes.Month(month), day_nodes.DayNumber(day))
    return (year_nodes.Year(int(year)), *dated) if year else dated
