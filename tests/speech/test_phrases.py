"""Likely phrases are looked for by rough sound, and the sound itself decides which of them was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio import decode
from speech.contracts import Hints, Transcript
from speech.likeness import alike, places
from speech.phrases import weigh
from speech.whisper import WhisperRecogniser
from tests.spoken import need_models, speak

NAMES = ("邓春妹", "范德明", "黄德明", "倪巧云", "黎巧云", "綦鸿翥")


def sounds_like(table: Mapping[str, float]) -> Callable[[str], float]:
    """A sound that is the likelier the higher the figure of the phrase in the words; 0 for words with none of them."""
    return lambda text: max((loss for phrase, loss in table.items() if phrase in text), default=0.0)


@pytest.mark.parametrize(
    ("heard", "phrase", "stretch"),
    [
        ("麻烦你告诉灯村妹一声", "邓春妹", "灯村妹"),
        ("我要反映混德民家困难", "范德明", "混德民"),
        ("七红柱来了", "綦鸿翥", "七红柱"),
        ("告诉倪,巧云", "倪巧云", "倪,巧云"),
    ],
)
def test_a_phrase_is_found_by_its_rough_sound(heard: str, phrase: str, stretch: str) -> None:
    found = {place.phrase: heard[place.begin : place.finish] for place in places(heard, NAMES)}
    assert found[phrase] == stretch


def test_nothing_is_found_where_nothing_sounds_so() -> None:
    assert not places("下周三上午九点开学习会", NAMES)
    assert not places("", NAMES)
    assert not places("abc 123", NAMES)
    assert not places("邓春妹来了", ("", "邓"))


def test_a_phrase_that_may_stand_in_two_places_is_weighed_in_both() -> None:
    found = weigh(
        ("不是赖金水,是在精水",), ("赖金水", "戴金水"), lambda text: -30.0 * ("不是戴" in text or "是赖" in text[2:])
    )
    assert found.readings[0] == "不是赖金水,是戴金水"


def test_what_regions_confuse_is_alike_and_the_rest_is_not() -> None:
    assert alike("倪巧云", "黎巧云") == 0
    assert alike("范德明", "黄德明") < 0.1
    assert alike("范德明", "綦鸿翥") > 0.3
    assert alike("邓春妹", "邬垚") == 1


def test_the_phrase_that_the_sound_bears_out_is_written_in_every_reading() -> None:
    found = weigh(("告诉灯村妹一声", "告诉登村妹一声"), NAMES, sounds_like({"邓春妹": -3.0}))
    assert found.readings == ("告诉邓春妹一声",)
    assert found.unlikely == ()


def test_what_the_sound_speaks_against_is_left_as_it_was_heard_and_told() -> None:
    found = weigh(("告诉灯村妹一声",), NAMES, sounds_like({"邓春妹": -60.0}))
    assert found.readings == ("告诉灯村妹一声",)
    assert found.unlikely == ("邓春妹",)


def test_two_that_are_nearly_as_likely_are_both_given_the_likelier_first() -> None:
    found = weigh(("查一查李小云",), NAMES, sounds_like({"倪巧云": -4.0, "黎巧云": -9.0}))
    assert found.readings == ("查一查倪巧云", "查一查黎巧云")


def test_two_of_the_very_same_sound_are_never_told_apart_by_how_often_they_are_written() -> None:
    found = weigh(("告诉楚长山",), ("褚长山", "楚长山"), sounds_like({"楚长山": 0.0, "褚长山": -20.0}))
    assert found.readings == ("告诉楚长山", "告诉褚长山")
    assert found.unlikely == ()


def test_one_that_is_far_likelier_is_given_alone() -> None:
    found = weigh(("查一查李小云",), NAMES, sounds_like({"倪巧云": -4.0, "黎巧云": -24.0}))
    assert found.readings == ("查一查倪巧云",)
    assert found.unlikely == ("黎巧云",)


def test_a_short_phrase_that_is_part_of_a_longer_one_gives_way() -> None:
    found = weigh(("告诉齐红柱",), ("齐红", "綦鸿翥"), sounds_like({"齐红": -1.0, "綦鸿翥": -37.0}))
    assert found.readings[0] == "告诉綦鸿翥"


def test_a_rare_character_may_cost_more_than_a_common_one() -> None:
    assert weigh(("齐红柱来了",), ("綦鸿翥",), sounds_like({"綦鸿翥": -37.0})).readings[0] == "綦鸿翥来了"
    assert weigh(("灯村妹来了",), ("邓春妹",), sounds_like({"邓春妹": -37.0})).readings[0] == "灯村妹来了"


def test_two_names_in_one_sentence_are_each_put_where_they_were_said() -> None:
    found = weigh(("灯村妹和七红柱来了",), NAMES, sounds_like({"邓春妹": -1.0, "綦鸿翥": -1.0}))
    assert found.readings == ("邓春妹和綦鸿翥来了",)


@pytest.mark.parametrize(("sound", "text"), [(0.0, "下次党课谁报名"), (-1.0, "下次党费谁报名")])
def test_an_ordinary_word_is_put_where_the_sound_is_as_likely_to_be_it(sound: float, text: str) -> None:
    table = {"党费": -0.5, "党课": sound}
    found = weigh(("下次党费谁报名",), (), lambda words: next(v for k, v in table.items() if k in words), ("党课",))
    assert found.readings[0] == text


def test_an_ordinary_word_takes_no_name_away() -> None:
    found = weigh(("叶金水和周敏今年",), ("周敏",), lambda words: 0.0 if "没交" in words else -9.0, ("没交",))
    assert found.readings == ("叶金水和周敏今年",)


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=5))
def test_a_sound_that_bears_out_nothing_leaves_every_text_as_it_is(text: str, phrases: list[str]) -> None:
    found = weigh((text,), phrases, lambda words: 0.0 if text.startswith(words) else -100.0)
    assert found.readings == (text,)


@pytest.mark.models
def test_a_name_that_no_dictionary_knows_is_heard_when_it_is_likely(whisper: WhisperRecogniser) -> None:
    need_models()
    samples = decode(speak("请你告诉綦鸿翥明天开会", "zm_yunyang")).samples
    heard = whisper.hear(samples, Hints(likely=("綦鸿翥", "王桂兰", "齐红")))
    assert isinstance(heard, Transcript)
    assert "綦鸿翥" in heard.text


@pytest.mark.models
def test_a_session_is_not_taken_for_the_dues_that_are_spoken_of_more(whisper: WhisperRecogniser) -> None:
    need_models()
    samples = decode(speak("下次党课有几个人报了名", "zm_yunyang")).samples
    heard = whisper.hear(samples, Hints("这个季度的党费，我交了九十块。上周五的党课谁没来？", usual=("党课", "党费")))
    assert isinstance(heard, Transcript)
    assert "党课" in heard.text


@pytest.mark.models
def test_likely_names_are_not_put_where_nobody_was_named(whisper: WhisperRecogniser) -> None:
    need_models()
    samples = decode(speak("昨天夜里送医院了")).samples
    plain, hinted = whisper.hear(samples, Hints()), whisper.hear(samples, Hints(likely=("宋玉兰", "孙玉兰", "夏锡坤")))
    assert isinstance(plain, Transcript)
    assert isinstance(hinted, Transcript)
    assert hinted.text == plain.text
