"""A mobile number that was told is listened to once more, digit by digit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio import decode
from speech.contracts import Hints, Transcript
from speech.telephone import mobiles, spelt, told
from speech.whisper import WhisperRecogniser
from tests.spoken import need_models, noisy, speak


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("我的鞋号码是1375088748", "1375088748"),
        ("家里电话由88503085。", "188503085"),
        ("儿子的手机,41920763562打他的", "1920763562"),
        ("手机是1866619998", "1866619998"),
        ("儿子的手机是186872有3232打他的。", None),  # 有 is 幺: whole by its sound
        ("电话改成185-768-8620", "1857688620"),
        ("电话给承忧声声使零、八、五、三、六用", "133408536"),
        ("137215741616", "137215741616"),
        ("13730543691", None),  # whole as it is
        ("家里电话051088503085", None),
        ("打88503085", None),
        ("今年2026年11月22日交1335的文件", None),
        ("一百四十四块", None),
        ("有时是一时有事", None),
        ("", None),
    ],
)
def test_where_a_mobile_number_was_told(text: str, digits: str | None) -> None:
    found = told(text)
    assert (found.digits if found else None) == digits


def test_what_a_number_may_have_been() -> None:
    assert mobiles(["13805918832", "1380591883"])[0] == "13805918832"
    assert "18850300845" in mobiles(["1885030845"])  # 零零 told as one
    assert "13927038877" in mobiles(["139270388777"])
    assert mobiles(["12345", "23805918832", ""]) == []
    assert spelt("13805918832") == "幺三八零五九幺八八三二"


@given(st.text(max_size=60), st.lists(st.text("0123456789", max_size=14), max_size=6))
def test_only_mobile_numbers_are_weighed_and_nothing_fails(text: str, runs: list[str]) -> None:
    found = told(text)
    assert found is None or (0 <= found.begin < found.finish <= len(text))
    assert all(re.fullmatch("1[3-9][0-9]{9}", number) for number in mobiles(runs))


@pytest.mark.models
def test_two_digits_that_are_the_same_are_heard_as_two(whisper: WhisperRecogniser) -> None:
    need_models()
    spoken = noisy(speak("我的新号码是幺三七五零零八八七三八"), 20)  # as sentences are heard: 137508873吧
    heard = whisper.hear(decode(spoken).samples, Hints())
    assert isinstance(heard, Transcript)
    assert "13750088738" in heard.text
