"""A telephone number told a few digits at a time, as it sounds, and put right."""

from __future__ import annotations

import tomllib
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.handlers.dialling import Piece, piece, put_together
from dialogs.handlers.telephone import grouped, is_part, is_too_long, is_whole, missing

CASES = tomllib.loads(Path(__file__).with_suffix("").with_name("dialling.toml").read_text(encoding="utf-8"))
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: "|".join(case["pieces"]))
def test_told(case: dict[str, str]) -> None:
    assert reduce(put_together, map(piece, case["pieces"]), "") == case["number"]


@pytest.mark.parametrize("said", CASES["nothing"][0]["said"])
def test_what_is_no_number_has_no_digits(said: str) -> None:
    assert piece(said).digits == ""


@given(MOBILES, st.integers(min_value=1, max_value=10))
def test_in_two_pieces_it_is_the_same_number(number: str, cut: int) -> None:
    first, second = number[:cut], number[cut:]
    told = put_together(first, Piece(second, ""))
    assert told == number or is_whole(second) or second.startswith(first)
    assert missing(first) in (0, 11 - cut)


@given(MOBILES)
def test_read_back_in_groups(number: str) -> None:
    assert [len(part) for part in grouped(number).split()] == [3, 4, 4]
    assert piece(grouped(number)).digits == number


@given(MOBILES, st.from_regex(r"[0-9]{1,4}", fullmatch=True))
def test_one_digit_too_many_is_no_number(number: str, more: str) -> None:
    assert is_too_long(number + more)


def test_a_short_number_within_a_longer_one_is_a_part() -> None:
    assert is_part("3812345", "我手机换号了，现在是痨三八幺二三四五尿七八")
    assert not is_part("82345678", "座机换成82345678")
