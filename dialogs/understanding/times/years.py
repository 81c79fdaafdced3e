"""What the wordings of years, quarters and months (wording.toml) mean as nodes."""

from __future__ import annotations

import re
from datetime import date

from dialogs.understanding.times import day_nodes, month_nodes, steps, year_nodes
from dialogs.understanding.times.digits import value
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.vocabulary import vocabulary

Found = tuple[DateNode, ...] | None
"""The nodes of a wording; None where its numbers make no date (十三月)."""


def offset(which: str) -> int:
    """上上 is -2, 下 is 1, 这 and 本 are 0."""
    return which.count("下") - which.count("上")


def year(match: re.Match[str], today: date) -> Found:
    """二〇二六年, 五八年; two digits are the last such year, up to five years ahead."""
    said = match["year"]
    number = value(said)
    if 100 <= number < 1800 or number > 2099:
        return None
    if number < 100:
        number += 2000 if 2000 + number <= today.year + 5 else 1900
    return (year_nodes.Year(number),)


def relative_year(match: re.Match[str], _: date) -> Found:
    """今年, 去年, 大后年."""
    return (year_nodes.Year(vocabulary()["years"][match["which"]], relative=True),)


def decade(match: re.Match[str], _: date) -> Found:
    """六十年代, 上世纪七十年代."""
    return (year_nodes.Decade(1900 + value(match["decade"])),)


def half(match: re.Match[str], _: date) -> Found:
    """上半年, 下半年."""
    first = 1 if match["which"] in "上前头" else 7
    return (year_nodes.Months(first, first + 5, "this year", "half"),)


def quarter(match: re.Match[str], _: date) -> Found:
    """第三季度, 第三季, 三季党费."""
    number = value(next(said for said in match.groups() if said))
    return (year_nodes.Months(3 * number - 2, 3 * number),) if 1 <= number <= 4 else None


def two_quarters(match: re.Match[str], _: date) -> Found:
    """一二季度."""
    first, last = value(match["first"]), value(match["last"])
    return (year_nodes.Months(3 * first - 2, 3 * last, grain="span"),) if first < last else None


def few_months(match: re.Match[str], _: date) -> Found:
    """七八月份, 六七八三个月: two or three months that follow each other."""
    first, last = value(match["first"]), value(match["last"])
    steps = 2 if match["between"] else 1
    return (year_nodes.Months(first, last, grain="span"),) if last == first + steps else None


def january(_match: re.Match[str], _: date) -> Found:
    """元月."""
    return (month_nodes.Month(1),)


def relative_quarter(match: re.Match[str], _: date) -> Found:
    """上季度, 本季度."""
    return (year_nodes.RelativeQuarter(offset(match["which"])),)


def year_part(match: re.Match[str], _: date) -> Found:
    """年初, 年底."""
    first, last = vocabulary()["year_parts"][match["part"]]
    doubt = "the middle of the year is vague" if last == first + 1 else ""
    return (year_nodes.Months(first, last, doubt=doubt),)


def month(match: re.Match[str], _: date) -> Found:
    """十一月."""
    number = value(match["number"])
    return (month_nodes.Month(number),) if 1 <= number <= 12 else None


def relative_month(match: re.Match[str], _: date) -> Found:
    """上个月, 本月."""
    return (month_nodes.RelativeMonth(offset(match["which"])),)


LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
LAST_LUNAR_MONTH, LONG_MONTH = 12, 30


def lunar_month(match: re.Match[str], _: date) -> Found:
    """腊月, 正月初六, 农历八月十五, 闰六月."""
    said = match["number"]
    number = LUNAR_MONTHS[said] if said in LUNAR_MONTHS else value(said)
    month = month_nodes.LunarMonth(number, leap=bool(match["leap"]))
    if not 1 <= number <= 12:
        return None
    day = match["day"]
    if not day:
        return (month,)
    if number == LAST_LUNAR_MONTH and lunar_number(day) == LONG_MONTH:  # the eve, be it the 29th
        return (month, steps.Edge(-1, "day", only=True))
    return (month, day_nodes.LunarDay(lunar_number(day)))


def lunar_year_part(match: re.Match[str], _: date) -> Found:
    """农历年底, 阴历年初."""
    return (month_nodes.LunarMonth(1 if match["part"] in "初头" else LAST_LUNAR_MONTH),)


def lunar_number(said: str) -> int:
    """初六 is 6, 廿三 23, 半 15."""
    return 15 if said == "半" else value(said.removeprefix("初"))


def lunar_day(match: re.Match[str], _: date) -> Found:
    """初六, 廿三."""
    number = lunar_number(match["day"])
    return (day_nodes.LunarDay(number),) if 1 <= number <= 30 else None


def new_year_day(match: re.Match[str], _: date) -> Found:
    """大年初三."""
    return month_nodes.LunarMonth(1), day_nodes.LunarDay(lunar_number(match["day"]))


def old_year_day(match: re.Match[str], _: date) -> Found:
    """大年二十九: the last days of the old year."""
    return month_nodes.LunarMonth(12), day_nodes.LunarDay(lunar_number(match["day"]))


def half_month(match: re.Match[str], _: date) -> Found:
    """上半月, 下半月."""
    return (month_nodes.MonthPart(1, 15) if match["which"] in "上前" else month_nodes.MonthPart(16, 31),)


def quarter_part(match: re.Match[str], _: date) -> Found:
    """季度末."""
    return (steps.Edge(1 if match["part"] in "初头" else -1, "month"),)


def month_part(match: re.Match[str], _: date) -> Found:
    """上旬, 月底."""
    return (month_nodes.MonthPart(*vocabulary()["month_parts"][match["part"]]),)
