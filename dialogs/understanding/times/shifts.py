"""Reading steps from the day just said: 元旦前一天, 国庆的第二天, 明天起三天, 元旦后的第一个星期五."""

from __future__ import annotations

import re

from dialogs.understanding.times.days import WEEKDAYS
from dialogs.understanding.times.digits import COUNT, value
from dialogs.understanding.times.lengths import DAYS, MONTHS
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.steps import Lasting, Shift
from dialogs.understanding.times.week_nodes import WeekdayBeside

_SHIFTED = re.compile(rf"(?:放假)?(?:的|之)?(?P<way>前|后|头)(?P<count>{COUNT})(?P<unit>天|日|周|个?星期|个?礼拜|个月)")
_LASTING = re.compile(
    rf"(?:的|往后)?(?:开始|起|打头)的?(?:请|休息?|歇|出差|外出|住院?|学习?|培训)?(?:连着|连续|一连|头|前)?(?P<count>{COUNT})"
    r"(?P<unit>天|日|周|个?星期|个?礼拜)(?![以之]?[后前]|内|[一二三四五六日天])"
)
_NEXT = re.compile(r"(?:的|过后的?)?(?P<way>第二|次|转过|头|前|后)[一]?(?:天|日)(?![以之]?[前后])")

_WEEKDAY_BESIDE = re.compile(
    r"(?:(?P<after>(?:[以之]|过)?后|过(?:完|了))的?(?:第一|头一?)|[以之]?前的?最[后末]一?)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
)
"""元旦后的第一个星期一, 春节前最后一个礼拜三."""


def read_shift(text: str, at: int) -> tuple[DateNode, int] | None:
    """A step from the day just said (元旦前一天, 国庆后三天, 元旦后头一个周五), or days from it on (明天起三天)."""
    lasting = _LASTING.match(text, at)
    if lasting:
        unit = lasting["unit"].removeprefix("个")
        return Lasting(value(lasting["count"]) * DAYS[unit]), lasting.end()
    match = _SHIFTED.match(text, at)
    if match:
        count = value(match["count"]) * (1 if match["way"] == "后" else -1)
        unit = match["unit"].removeprefix("个")
        months, days = MONTHS.get(unit, 0) * count, DAYS.get(unit, 0) * count
        doubt = "" if days in (-1, 1) else "counted from a day that was named"
        return Shift(months, days, doubt=doubt), match.end()
    beside = _WEEKDAY_BESIDE.match(text, at)
    if beside:
        return WeekdayBeside(WEEKDAYS[beside["weekday"]], after=beside["after"] is not None), beside.end()
    following = _NEXT.match(text, at)
    if following:
        return Shift(0, -1 if following["way"] in ("头", "前") else 1), following.end()
    return None
