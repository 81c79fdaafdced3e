"""What was heard is written as people here would write it, and nothing else is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.meaning import Understanding
from dialogs.understanding.spelling import as_written, spelling


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("教基督党费", "交季度党费"),
        ("下个星期三的学西我去不了", "下个星期三的学习我去不了"),
        ("一生说我血压高", "医生说我血压高"),
        ("我要去买要", "我要去买药"),
        ("帮我抱个名", "帮我报个名"),
    ],
)
def test_homophones_give_way_to_what_people_say_here(heard: str, written: str) -> None:
    assert spelling().written(heard) == written


@pytest.mark.parametrize("said", ["我要交这个季度的党费，六十块", "138 0013 8000", "", "Telegram", "。！"])
def test_what_is_right_stays(said: str) -> None:
    assert spelling().written(said) == said


def test_names_and_numbers_stay_as_they_are_known() -> None:
    assert "党非" in spelling().written("我叫党非，住三零四", ["党非"])
    assert spelling().written("幺三八零零幺三八零零零") == "幺三八零零幺三八零零零"


@given(st.text(alphabet="教季度党飞费我要住主院了请价假学西习报抱名，。 a8一三", max_size=30))
def test_it_is_as_long_and_only_characters_change(heard: str) -> None:
    written = spelling().written(heard)
    assert len(written) == len(heard)
    changed = [(was, now) for was, now in zip(heard, written, strict=True) if was != now]
    assert all(set("，。 a8").isdisjoint(pair) for pair in changed)


def test_words_quoted_from_it_are_written_as_well() -> None:
    meant = Understanding(
        "我有个见议:灯换亮一点", "suggestion", {"content": "见议:灯换亮一点", "person": "王桂兰"}, 0.9
    )
    told = as_written(meant, "我有个建议:灯换亮一点")
    assert told.slots == {"content": "建议:灯换亮一点", "person": "王桂兰"}
