"""What an officer writes of a member: days in figures and in words, by either calendar; each wrong field is named."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.officers.roster_form import read, read_day, say_day
from storage.own_days import OwnDay

NOW = datetime(2026, 11, 22, 9, 30)


@pytest.mark.parametrize(
    ("text", "month", "day", "lunar", "year"),
    [
        ("3月5日", 3, 5, 0, None),
        ("3月5", 3, 5, 0, None),
        ("3-5", 3, 5, 0, None),
        ("三月五号", 3, 5, 0, None),
        ("十二月三十一日", 12, 31, 0, None),
        ("农历8月15日", 8, 15, 1, None),
        ("农历八月十五", 8, 15, 1, None),
        ("阴历三月初五", 3, 5, 1, None),
        ("正月初一", 1, 1, 1, None),
        ("腊月廿三", 12, 23, 1, None),
        ("冬月三十", 11, 30, 1, None),
        ("1972年7月1日", 7, 1, 0, 1972),
        ("1972-07-01", 7, 1, 0, 1972),
        ("1972.7.1", 7, 1, 0, 1972),
        ("2月29日", 2, 29, 0, None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, month: int, day: int, lunar: int, year: int | None) -> None:
    found = read_day(text)
    assert found
    assert (found.month, found.day, found.lunar, found.year) == (month, day, lunar, year)


@pytest.mark.parametrize(
    "text", ["", "2月30日", "13月1日", "农历8月31日", "去年", "1973年2月29日", "3月", "五日", "八月十五十六"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@given(st.integers(1, 12), st.integers(1, 28), st.booleans(), st.one_of(st.none(), st.integers(1920, 2026)))
def test_a_day_that_is_shown_is_read_as_the_same(month: int, day: int, lunar: bool, year: int | None) -> None:
    kept = OwnDay(0, "", "", month, day, int(lunar), year)
    assert read_day(say_day(kept)) == kept


def test_every_field_that_cannot_be_used_is_named_at_once() -> None:
    _, wrong = read({"name": "欧阳001", "phone": "12", "birthday": "某日", "dues": "九十", "birth_year": "3000"}, NOW)
    assert {each.field for each in wrong} == {"name", "phone", "birthday", "dues", "birth_year"}
    _, wrong = read({"name": "", "phone": "12"}, NOW)
    assert [each.field for each in wrong] == ["name", "phone"]


def test_what_is_given_is_kept_in_one_form() -> None:
    values, wrong = read(
        {"name": " 王 桂兰 ", "phone": "139-0000-0002", "dues": "¥90.00", "birth_year": "1945年3月"}, NOW
    )
    assert wrong == []
    assert values == {"name": "王桂兰", "phone": "13900000002", "dues": "90", "birth_year": "1945"}
