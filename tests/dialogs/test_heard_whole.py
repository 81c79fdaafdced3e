"""A mobile number told as a whole, heard badly, and told again."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.handlers.heard_whole import hearing, likeliest

SAYS = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def told(number: str, spoilt: tuple[int, ...] = ()) -> str:
    """As it is said, with another word in the places named."""
    return "".join("猫" if place in spoilt else SAYS[digit] for place, digit in enumerate(number))


@given(MOBILES)
def test_what_was_heard_well_is_that_number(number: str) -> None:
    assert likeliest([hearing(f"我换号了，新号码是{told(number)}")]) == number


@given(MOBILES, st.lists(st.integers(1, 10), min_size=2, max_size=3, unique=True), st.randoms(use_true_random=False))
def test_one_telling_fills_the_gaps_of_another(number: str, spoilt: list[int], chance: random.Random) -> None:
    elsewhere = chance.sample([place for place in range(1, 11) if place not in spoilt], k=2)
    both = [hearing(told(number, tuple(spoilt))), hearing(told(number, tuple(elsewhere)))]
    assert likeliest(both) == number


def test_a_digit_that_nobody_heard_is_not_made_up() -> None:
    gap = hearing(told("13812345678", (6,)))
    assert gap
    assert likeliest([gap, gap]) == ""


def test_what_was_told_in_pieces_fills_a_gap() -> None:
    gap = hearing(told("13905106622", (8,)))
    assert likeliest([gap], known="13905106624") == "13905106622"


def test_who_denies_what_was_read_back_is_not_read_the_same_again() -> None:
    first, second = hearing("幺三八幺二三四五六七八"), hearing("幺三八幺二三四五六起爸")
    assert likeliest([first, second], but_not="13812345678") != "13812345678"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "幺三六幺二三四五六七八九",
        "我摔倒了起不来了",
        "好的，不用了",
        "一二三四",
        "我想报名参加星期四的学习会",
        "今天天气好我们去公园走走",
    ],
)
def test_what_is_no_number_is_no_hearing(said: str) -> None:
    assert hearing(said) == ""


def test_one_bad_telling_does_not_outweigh_a_number_that_is_known() -> None:
    assert likeliest([hearing("幺三住百五幺零六六二二")], known="13905106622") == "13905106622"
