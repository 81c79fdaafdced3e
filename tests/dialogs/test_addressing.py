"""How people are addressed: never wrong, whatever is not known of them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.addressing import address
from storage.members import Member, Officer
from storage.surnames import surname_of

NOW = datetime(2026, 11, 22, 9, 30)
SECRETARY = Officer(7, "李卫民", "secretary", "书记", 0)


def somebody(name: str, gender: str = "", birth_year: int | None = None, called: str = "", key: int = 1) -> Member:
    return Member(key, 1, name, gender, birth_year, "", "", called, 0, 0.85, 1.0, None)


@pytest.mark.parametrize(
    ("member", "form"),
    [
        (somebody("刘德福", "男", 1938), "刘老"),
        (somebody("刘德福", "男", 1946), "刘老"),
        (somebody("张建国", "男", 1949), "张建国同志"),
        (somebody("陈玉珍", "女", 1942), "陈阿姨"),
        (somebody("周敏", "女", 1985), "周敏同志"),
        (somebody("陈玉珍", "女"), "陈玉珍同志"),
        (somebody("陈玉珍", "", 1930), "陈玉珍同志"),
        (somebody("王桂兰", "女", 1945, "桂兰阿姨"), "桂兰阿姨"),
        (somebody("李卫民", "男", 1938, key=7), "李书记"),
        (somebody("李卫民", "男", 1938, "老李", key=7), "老李"),
        (somebody("欧阳修文", "男", 1936), "欧阳老"),
    ],
)
def test_a_wish_then_the_office_then_age_and_gender(member: Member, form: str) -> None:
    assert address(member, [SECRETARY], NOW) == form


@given(name=st.text("欧阳王李德文", min_size=1, max_size=4), birth_year=st.none() | st.integers(1920, 2000))
def test_of_whom_no_gender_is_known_nothing_is_guessed(name: str, birth_year: int | None) -> None:
    assert address(somebody(name, "", birth_year), [SECRETARY], NOW) == f"{name}同志"
    assert name.startswith(surname_of(name))
