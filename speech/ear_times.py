"""Dates and times of day for the ear."""

from __future__ import annotations

import re

from speech.ear_numbers import counted, digits, number
from speech.ear_rules import Rule, rule
from speech.ear_tables import TABLES

TO = "[-–—~～至到]"
"""Signs between the two ends of a range."""


@rule(r"[〔\[﹝【（(]((?:19|20)\d\d)[〕\]﹞】）)](?:第)?(\d+)号")
def document_number(match: re.Match[str]) -> str:
    """〔2018〕4号: 二零一八年四号."""
    return f"{digits(match[1])}年{counted(match[2])}号"


@rule(r"(?<!\d)((?:1[5-9]|20)\d\d)(?:-|/|\.|年)(0?[1-9]|1[0-2])(?:[-/.月](0?[1-9]|[12]\d|3[01])(?!\d)[日号]?)T?")
def full_date(match: re.Match[str]) -> str:
    """2026-11-25, 2026.11.25, 2026年11月25日."""
    return f"{digits(match[1])}年{counted(match[2])}月{counted(match[3])}日"


@rule(r"(?<!\d)((?:19|20)\d\d)[-/.](0[1-9]|1[0-2])(?![\d.])月?")
def year_and_month(match: re.Match[str]) -> str:
    """2026-11, with both digits of the month: 2026-5 may be anything."""
    return f"{digits(match[1])}年{counted(match[2])}月"


@rule(rf"(?<!\d)((?:19|20)\d\d)年?({TO})((?:19|20)\d\d)(?=年)")
def years(match: re.Match[str]) -> str:
    """2016-2020年."""
    return f"{digits(match[1])}到{digits(match[3])}"


@rule(r"(?<!\d)(?![12]\d00年(?:前|的?历史|来))((?:1[5-9]|20)\d\d)(?=[年级届]|学年)")
def year(match: re.Match[str]) -> str:
    """2018年, 2018级; but 2000年的历史 is counted."""
    return digits(match[1])


@rule(r"(?<!\d)(0\d(?=年)|\d\d(?=年\d{1,2}月|年(?:入党|参加|出生|生|退休|毕业|离休)))")
def short_year(match: re.Match[str]) -> str:
    """18年3月, 97年入党."""
    return digits(match[1])


@rule(r"(?<![\d.])(0?[1-9]|1[0-2])月(?:(0?[1-9]|[12]\d|3[01])(?=[日号]))?")
def month(match: re.Match[str]) -> str:
    """11月25日, 09月."""
    return f"{counted(match[1])}月{counted(match[2]) if match[2] else ''}"


@rule(r"(?<![\d.])(\d{1,2})·(\d{1,2})(?![\d.])")
def anniversary(match: re.Match[str]) -> str:
    """9·18, 7·1."""
    return digits(match[1] + match[2])


@rule(r"(?<!\d)([0-9]0)(?=后(?![\d天来面]))")
def generation(match: re.Match[str]) -> str:
    """80后."""
    return digits(match[1])


_CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?!\d)"


@rule(rf"({TABLES.day_parts})?\s*(?<![\d:]){_CLOCK}(?:\s*{TO}\s*({TABLES.day_parts})?\s*{_CLOCK})?")
def clock(match: re.Match[str]) -> str:
    """15:00, 上午9:30-11:00; the second time names its part of the day only where it is another one."""
    part = match[1] or _part(int(match[2]))
    said = part + _time(int(match[2]), match[3])
    if not match[5]:
        return said
    later = match[4] or ("" if match[1] and int(match[5]) <= 12 else _part(int(match[5])))
    return f"{said}到{'' if later == part else later}{_time(int(match[5]), match[6])}"


@rule(rf"(?<![\d.])({TABLES.day_parts})?(1[3-9]|2[0-3])点(?!{TABLES.points}|\d{{3}})(?:(\d{{1,2}})(?=分))?")
def hour(match: re.Match[str]) -> str:
    """15点: said by the part of the day."""
    minutes = f"{number(match[3])}" if match[3] else ""
    return f"{match[1] or _part(int(match[2]))}{_hour(int(match[2]))}点{minutes}"


@rule(r"(?<![\d.])(\d+):(\d+)(?![\d.])")
def ratio(match: re.Match[str]) -> str:
    """3:1, whatever is no time."""
    return f"{number(match[1])}比{number(match[2])}"


def _part(hour_of_day: int) -> str:
    """What people call that part of the day; nothing at midnight, which names itself."""
    ends = ((1, ""), (6, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
    return next((name for end, name in ends if hour_of_day < end), "")


def _time(hour_of_day: int, minutes: str) -> str:
    rest = {"00": "", "30": "半"}.get(minutes) if hour_of_day % 24 else {"00": ""}.get(minutes)
    if rest is None:
        rest = f"{number(minutes)}分"
    return f"{_hour(hour_of_day)}点{rest}"


def _hour(hour_of_day: int) -> str:
    twelve = hour_of_day if hour_of_day <= 12 or hour_of_day == 24 else hour_of_day - 12
    return number(str(twelve), "点")


RULES: tuple[Rule, ...] = (
    document_number,
    full_date,
    year_and_month,
    years,
    year,
    short_year,
    month,
    anniversary,
    generation,
    clock,
    hour,
)
"""In the order in which they are applied."""
