"""A sum of money that was told is weighed against the sums that sound like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.numbers_heard import with_sum
from speech.sums import sums


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("卧较五十字快三毛", "五十四块三毛"),
        ("1共是60是快山谋,你记一下。", "六十四块三毛"),
        ("党费交了77块期", "七十七块七"),
        ("慰问金给了两千十", "两千四"),
        ("就交60块铃5毛吧", "六十块零五毛"),
        ("农帮我记普龙生党废负了80世块。", "八十四块"),
        ("这个季度党费12时4块8毛", "二十四块八毛"),
        ("跟你起十五块现在等上", "七十五块"),
        ("我交119块", "一百一十九块"),
        ("我交1006块", "一千零六块"),
    ],
)
def test_what_was_told_is_among_what_may_have_been_told(text: str, spelt: str) -> None:
    assert spelt in {each.spelt.removeprefix("是") for each in sums(text)}


@pytest.mark.parametrize(
    "text",
    [
        "今年11月22日开会",
        "有什么事情",
        "我今年八十三岁",
        "你把刚才那一段再念一遍",
        "礼拜五走的",
        "俺俩快来",
        "十",
        "",
        "快",
    ],
)
def test_where_no_sum_was_told_none_is_looked_for(text: str) -> None:
    assert sums(text) == []


def unclear(before: str, signs: str) -> list[tuple[str, float]]:
    """A sound that is no sum in particular."""
    return [("", -0.5)]


def test_the_sum_that_the_sound_bears_out_is_written() -> None:
    def written(text: str, likelihood: Callable[[str], float]) -> str | None:
        return with_sum(text, unclear, likelihood)

    assert written("党费交了77块期", lambda text: 0.0 if "七十七块七" in text else -30.0) == "党费交了七十七块七"
    assert written("党费交了77块期", lambda text: 0.0 if "七十七块" in text else -30.0) == "党费交了七十七块七"
    assert written("党费交了77块期", lambda text: 0.0 if text.endswith("七十七块期") else -30.0) is None
    assert written("今天开会", lambda _: 0.0) is None
    assert written("我这季度是6块二", lambda text: -2.0 if "十六" in text else 0.0) is None


@pytest.mark.parametrize(
    ("text", "heard", "asked_for", "told"),
    [
        ("这个季度党费1999块9", ("是九十九块九", -0.5), False, "这个季度党费九十九块九"),
        ("一共四七块二,你记一下", ("四七块二。", -0.2), False, "一共七块二,你记一下"),
        ("一个季度1800块吧", ("一千八百块吧", -0.7), False, None),  # as it is written
        ("五十二块钱", ("五十二块一", -2.1), False, None),  # not clear
        ("伊败生", ("一百三", -0.8), True, "一百三"),  # nothing like a sum is written, but one was asked for
        ("伊败生", ("一百三", -0.8), False, None),
        ("明天再交", ("", -0.3), True, None),
    ],
)
def test_what_can_be_nothing_but_a_sum_is_one(
    text: str, heard: tuple[str, float], asked_for: bool, told: str | None
) -> None:
    assert with_sum(text, lambda *_: [heard], lambda _: -9.0, asked_for=asked_for) == told


@given(st.text(max_size=60))
def test_a_sound_that_bears_out_nothing_leaves_every_text_as_it_is(text: str) -> None:
    assert with_sum(text, unclear, lambda words: 0.0 if text.startswith(words) else -200.0) is None


@given(st.text("一二三四五六七八九十百千块毛是字快期酒0123456789，", max_size=40))
def test_whatever_stands_there_a_sum_lies_inside_the_text(text: str) -> None:
    assert all(0 <= each.begin < each.finish <= len(text) for each in sums(text))
