"""Telephone numbers through a recogniser: digits written as words of their sound, digits lost, digits too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.phones import find_phone


@pytest.mark.parametrize(
    ("heard", "number"),
    [
        ("有5483468770", "15483468770"),
        ("家里电话有五六、零要四二三九六要", "15601423961"),
        ("笔记一下1536537-987遥。", "15365379871"),
        ("家里电话遥其神遥遥597546", "17311597546"),
        ("你记一下,邀身五十一五六三二九八", "13541563298"),
        ("86138059112047", None),
        ("8613805911204", "13805911204"),
        ("先是13805911204，不对，13905911204", "13905911204"),
        ("电话改成1338357929", None),
        ("137215741616", None),
        ("家里电话由88503085", None),
        ("家里电话是88503085", "88503085"),
        ("有一个事要说", None),
        ("我要去一五一十地说是要九点钟", None),
    ],
)
def test_a_number_is_found_or_asked_again_but_never_another(heard: str, number: str | None) -> None:
    assert find_phone(heard) == number


@given(st.text(max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    found = find_phone(text)
    assert found is None or found.isdigit()


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_number_said_digit_by_digit_is_that_number(number: str) -> None:
    said = number.translate(str.maketrans("0123456789", "零幺二三四五六七八九"))
    assert find_phone(said) == number
    assert find_phone(f"我的号码是{said[:3]}，{said[3:7]}，{said[7:]}") == number
