"""The lunar calendar and the solar terms, from lunar_python (MIT), as plain dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, LunarMonth, LunarYear, Solar

YEARS = range(1900, 2101)
"""Years for which the library's tables were compared with three others (lunardate, borax, cnlunar)."""


@lru_cache(maxsize=512)
def first_day(year: int, number: int, leap: bool = False) -> tuple[date, int] | None:
    """First day and length in days of a lunar month; None where there is no such month."""
    if year not in YEARS or not 1 <= number <= 12:
        return None
    if leap and int(LunarYear.fromYear(year).getLeapMonth()) != number:
        return None
    signed = -number if leap else number
    solar = Lunar.fromYmd(year, signed, 1).getSolar()
    length = int(LunarMonth.fromYm(year, signed).getDayCount())
    return date(solar.getYear(), solar.getMonth(), solar.getDay()), length


def new_years_eve(year: int) -> date | None:
    """The last day of a lunar year, be it the 29th or the 30th of its last month."""
    following = first_day(year + 1, 1)
    return None if following is None else following[0] - timedelta(1)


@lru_cache(maxsize=64)
def solar_terms(year: int) -> dict[str, date]:
    """The days of the 24 solar terms that fall in a calendar year."""
    days: dict[str, date] = {}
    for around in (year, year + 1):
        table = Lunar.fromSolar(Solar.fromYmd(around, 7, 1)).getJieQiTable()
        for name, solar in table.items():
            if solar.getYear() == year and not name.isascii():
                days[name] = date(solar.getYear(), solar.getMonth(), solar.getDay())
    return days


GENG = 6
"""Place of 庚 among the ten stems, from 甲 as 0."""
A_JIA_DAY = date(2000, 1, 7)
"""A day of the first stem, 甲子."""


def _geng(day: date, count: int) -> date:
    """The n-th day of the stem 庚 from a day on, that day included."""
    return day + timedelta((GENG - (day - A_JIA_DAY).days) % 10 + 10 * (count - 1))


@lru_cache(maxsize=64)
def dog_days(year: int) -> tuple[date, date, date]:
    """First days of 头伏, 中伏 and 末伏: the third and fourth 庚 day from 夏至 and the first from 立秋."""
    terms = solar_terms(year)
    return _geng(terms["夏至"], 3), _geng(terms["夏至"], 4), _geng(terms["立秋"], 1)


def dog_days_end(year: int) -> date:
    """The last day of 末伏, which has ten days."""
    return dog_days(year)[2] + timedelta(9)


def nine_days(year: int, number: int) -> date:
    """The day in a calendar year on which the n-th nine days after the winter solstice begin; from 二九 on after it."""
    solstice = solar_terms(year if number == 1 else year - 1)["冬至"]
    return solstice + timedelta(9 * (number - 1))


@lru_cache(maxsize=64)
def _months_of(year: int) -> tuple[tuple[date, int], ...]:
    found = [first_day(year, number, leap) for number in range(1, 13) for leap in (False, True)]
    return tuple(sorted(month for month in found if month is not None))


def months_around(today: date) -> Iterator[tuple[date, int]]:
    """First day and length of the lunar months of last year, this year and the next, in order."""
    for year in range(today.year - 1, today.year + 2):
        yield from _months_of(year)
