"""A mobile number that was told is listened to once more, digit by digit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio import decode
from speech.contracts import Hints, Transcript
from speech.numbers_heard import with_mobile
from speech.telephone import certain, told
from speech.whisper import WhisperRecogniser
from tests.spoken import need_models, noisy, speak


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("我的鞋号码是1375088748", "1375088748"),
        ("家里电话由88503085。", "188503085"),
        ("儿子的手机,41920763562打他的", "1920763562"),
        ("手机是1866619998", "1866619998"),
        ("儿子的手机是186872有3232打他的。", "18687213232"),  # 有 is 幺
        ("电话改成185-768-8620", "1857688620"),
        ("电话给承忧声声使零、八、五、三、六用", "133408536"),
        ("137215741616", "137215741616"),
        ("13730543691", "13730543691"),  # whole as it is: it may be wrong all the same
        ("家里电话010-87551234", None),
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


@pytest.mark.parametrize(
    ("heard", "written", "number"),
    [
        (
            [("幺三八零五九幺八八三二", -3.0), ("幺三八零五九幺八八二", -0.2)],
            ["13805918832"],
            "13805918832",
        ),  # both have it
        ([("幺三八零五九幺八八三二", -0.4)], ["1380591883"], "13805918832"),  # heard clearly, one swallowed in writing
        (
            [("幺三八零五九幺八八三二", -2.0), ("幺三八零五九幺八八二二", -2.1)],
            ["1380591883"],
            "138",
        ),  # ask the rest
        ([("幺三八零五九幺八八三二", -2.0), ("幺三九零五九幺八八三二", -8.1)], [], "138"),
        ([("幺三八零五九幺八八三二", -2.0), ("幺五八零五九幺八八三二", -2.1)], ["1380591883"], ""),  # ask all of it
        ([("幺三\ufffd", -0.1), ("", -0.3)], [], ""),
    ],
)
def test_as_much_of_a_number_as_is_certain(heard: list[tuple[str, float]], written: list[str], number: str) -> None:
    assert certain(heard, written) == number


def test_a_number_that_is_not_certain_is_not_read_back_wrong() -> None:
    either = [("三八零五九幺八八三二", -2.0), ("三八零五九幺八八二二", -2.1)]
    assert with_mobile(["打1380591883。"], lambda *_: either) == "打138。"
    assert with_mobile(["1380591883"], lambda *_: [("", -0.5)]) == "138"
    assert with_mobile(["明天开会", "明天开会。"], lambda *_: either) is None


@given(
    st.text(max_size=60),
    st.lists(st.text("零幺二三四五六七八九", max_size=14), min_size=1, max_size=5),
    st.lists(st.text("0123456789", max_size=14), max_size=6),
)
def test_only_mobile_numbers_and_their_beginnings_are_certain(text: str, spelt: list[str], runs: list[str]) -> None:
    found = told(text)
    assert found is None or (0 <= found.begin < found.finish <= len(text))
    number = certain([(spelt, -1.5 * place) for place, spelt in enumerate(spelt)], runs)
    assert not number or re.fullmatch("1[3-9][0-9](?:[0-9]{8})?", number)


@pytest.mark.models
def test_two_digits_that_are_the_same_are_heard_as_two(whisper: WhisperRecogniser) -> None:
    need_models()
    spoken = noisy(speak("我的新号码是幺三七五零零八八七三八"), 20)  # as sentences are heard: 137508873吧
    heard = whisper.hear(decode(spoken).samples, Hints())
    assert isinstance(heard, Transcript)
    assert "13750088738" in heard.text
