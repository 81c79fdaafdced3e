"""Numbers, sums, telephone numbers and places in a list, as people say them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.amounts import fen, find_amount
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.phones import find_phone
from tests.shared_data import shared

TABLE = tomllib.loads(Path(__file__).with_name("test_numbers.toml").read_text("utf-8"))


@pytest.mark.parametrize(("said", "yuan"), TABLE["amounts"])
def test_sums_of_money(said, yuan):
    found = find_amount(said)
    assert (found.yuan if found else -1) == yuan


@pytest.mark.parametrize(("said", "yuan"), TABLE["asked"])
def test_any_number_is_a_sum_once_one_was_asked_for(said, yuan):
    found = find_amount(said, bare=True)
    assert (found.yuan if found else -1) == yuan


@pytest.mark.parametrize(("said", "digits"), TABLE["phones"])
def test_telephone_numbers(said, digits):
    assert (find_phone(said) or "") == digits


@pytest.mark.parametrize(("said", "place"), TABLE["ordinals"])
def test_places_in_a_list(said, place):
    assert (find_ordinal(said) or 0) == place


@pytest.mark.parametrize(("said", "number"), TABLE["numbers"])
def test_numbers(said, number):
    assert chinese_number(said) == number


@pytest.mark.parametrize("said", TABLE["no_numbers"])
def test_what_is_no_number(said):
    assert chinese_number(said) is None


def spell(value: int) -> str:
    """A number below 10,000 in full: 1,002 is 一千零二."""
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + name
        gap = digit == 0
    return said or "零"


@settings(deadline=None)
@given(st.integers(0, 9999))
def test_every_number_that_is_spelt_out_is_understood(value):
    assert chinese_number(spell(value)) == value


@settings(deadline=None)
@given(st.integers(1, 9999), st.integers(0, 99))
def test_every_sum_in_yuan_jiao_and_fen_is_exact(yuan, cents):
    jiao, rest = divmod(cents, 10)
    said = f"{spell(yuan)}块"
    if jiao:
        said += f"{spell(jiao)}毛" + (f"{spell(rest)}分" if rest else "")
    elif rest:
        return
    found = find_amount(f"我交了{said}党费")
    assert found is not None
    assert fen(found.yuan) == 100 * yuan + cents


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=100) | st.text(alphabet="零一二三十百千万两块元毛角分点0123456789.号个第最后不对一共", max_size=40)
)
def test_no_text_is_too_strange(text):
    for bare in (False, True):
        found = find_amount(text, bare)
        assert found is None or (0 <= found.begin < found.finish <= len(text) and found.yuan >= 0)
    find_phone(text)
    find_ordinal(text)


@pytest.mark.parametrize("piece", ["一", "1", "一百", "三块", "1 ", "第一个"])
def test_two_thousand_characters_are_no_attack(piece):
    import time

    begun = time.process_time()
    text = (piece * 2000)[:2000]
    find_amount(text), find_phone(text), find_ordinal(text)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(("slot", "find"), [("amount", find_amount), ("phone", find_phone), ("ordinal", find_ordinal)])
def test_the_slots_of_the_reference_utterances(slot, find):
    lines = [json.loads(line) for line in shared("corpus", "dev.jsonl").read_text("utf-8").splitlines()]
    missed = []
    for line in lines:
        if slot in line["slots"]:
            found = find(line["text"])
            if getattr(found, "yuan", found) != line["slots"][slot]:
                missed.append(line["text"])
    assert not missed
