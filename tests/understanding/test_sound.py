"""Words are told by their sound: homophones are one, an accent is near, another word is far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.accents import accent, sound_data
from dialogs.understanding.sound import (
    class_string,
    confusion_class,
    find_by_sound,
    similarity,
    sounds,
    syllables,
)

INVENTORY = sound_data()["inventory"].split()
real_syllables = st.lists(st.sampled_from(INVENTORY), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("交季度党费", "jiao ji du dang fei"),
        ("银行行长长大了", "yin hang hang zhang zhang da le"),
        ("绿女略", "lv nv lve"),
        ("1335文件,念一念!", "yi san san wu wen jian nian yi nian"),
        ("１３３５", "yi san san wu"),
        ("7+5", "qi jia wu"),
        ("嗯…APP坏了", "en a p p huai le"),
        ("亓兆堃", "qi zhao kun"),
        ("", ""),
        ("。，！ \n", ""),
    ],
)
def test_a_text_is_read_syllable_by_syllable(text: str, read: str) -> None:
    assert syllables(text) == read.split()


def test_each_syllable_knows_its_place_in_the_text() -> None:
    heard = sounds("那个，张建国 来了")
    begin = heard.syllables.index("jian")
    assert heard.written(begin - 1, begin + 2) == "张建国"
    assert heard.span(len(heard.syllables), len(heard.syllables)) == (len(heard.text), len(heard.text))


@pytest.mark.parametrize(
    ("said", "written"),
    [("教基督党费", "交季度党费"), ("王贵兰", "王桂兰"), ("其兆坤", "亓兆堃"), ("刘兰想", "刘兰香")],
)
def test_homophones_sound_the_same(said: str, written: str) -> None:
    assert similarity(syllables(said), syllables(written)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("region", "said", "meant"),
    [
        ("fuzhou", "牛兰香", "刘兰香"),
        ("fuzhou", "湖州", "福州"),
        ("fuzhou", "党惠", "党费"),
        ("wuxi", "王志强", "黄志强"),
        ("wuxi", "紫薯", "指数"),
        ("lishui", "乐闹", "热闹"),
        ("weifang", "银民", "人民"),
        ("gansu", "春节", "冲节"),
        ("gansu", "农业", "龙业"),
    ],
)
def test_a_regional_confusion_is_near_there_and_farther_elsewhere(region: str, said: str, meant: str) -> None:
    at_home = similarity(syllables(said), syllables(meant), region)
    assert at_home > 0.85
    assert similarity(syllables(said), syllables(meant)) >= at_home - 1e-6, "no region means all of them"
    assert at_home >= min(similarity(syllables(said), syllables(meant), other) for other in ("weifang", "gansu"))


def test_different_words_are_far_apart() -> None:
    assert similarity(syllables("张建国"), syllables("李秀英")) < 0.4
    assert similarity(syllables("报名"), syllables("党费")) < 0.4


def test_a_word_is_found_by_sound_with_its_place() -> None:
    haystack = syllables("麻烦你把六油一体声念给我听")
    (best, *_) = find_by_sound(syllables("六有一提升"), haystack, 0.6)
    assert haystack[best.begin : best.finish] == ["liu", "you", "yi", "ti", "sheng"]
    assert best.cost == 0


def test_a_swallowed_or_doubled_syllable_costs_a_gap() -> None:
    (short,) = find_by_sound(syllables("评分细则"), syllables("那个评细则"), 0.8)
    (doubled,) = find_by_sound(syllables("评分细则"), syllables("评分分细则"), 0.8)
    assert short.cost == doubled.cost == 0.75


def test_what_is_not_said_is_not_found() -> None:
    assert find_by_sound(syllables("六有一提升"), syllables("今天天气不错"), 1.0) == []
    assert find_by_sound([], syllables("今天"), 1.0) == []
    assert find_by_sound(syllables("今天"), [], 1.0) == []


def test_the_class_string_finds_confused_words_with_plain_search() -> None:
    assert class_string("煤气漏了") in class_string("家里没气漏了怎么办")
    assert class_string("福州") in class_string("我在湖州")


@given(real_syllables)
def test_every_run_is_itself_and_found_in_itself(run: list[str]) -> None:
    assert similarity(run, run) == 1
    assert find_by_sound(run, ["ma", *run, "de"], 0.0)[0].cost == 0


@given(st.sampled_from(INVENTORY), st.sampled_from(INVENTORY), st.sampled_from(["", "fuzhou", "weifang"]))
def test_the_distance_is_symmetric_and_between_nothing_and_one(one: str, other: str, region: str) -> None:
    spoken = accent(region)
    assert spoken.cost(one, other) == spoken.cost(other, one)
    assert 0 <= spoken.cost(one, other) <= 1
    assert (spoken.cost(one, other) == 0) == (one == other)


@given(st.sampled_from(INVENTORY))
def test_a_class_is_its_own_class(syllable: str) -> None:
    assert confusion_class(confusion_class(syllable)) == confusion_class(syllable)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    heard = sounds(text)
    assert len(heard.syllables) == len(heard.places) == len(heard.classes)
    assert list(heard.places) == sorted(heard.places)
