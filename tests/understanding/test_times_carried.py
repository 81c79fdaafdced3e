"""Spoken times inside sentences, and heard wrong: neither what stands beside them nor a character makes another day."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunar_python import Solar

from dialogs.understanding.times import find_time, lunar

HERE = Path(__file__).parent
SUNDAY = datetime(2026, 11, 22, 9, 30)


def said_alone() -> list[tuple[datetime, str, str]]:
    """Every sixth wording of the list that is a time and nothing else, with when and how it is looked for."""
    groups = tomllib.loads((HERE / "test_times_unforeseen.toml").read_text("utf-8"))["group"]
    cases = [
        (datetime.fromisoformat(group["now"]), group["prefer"], case[0]) for group in groups for case in group["cases"]
    ]
    alone = [(now, prefer, text) for now, prefer, text in dict.fromkeys(cases) if len(text) > 1]
    return [
        (now, prefer, text)
        for now, prefer, text in alone[::6]
        if (time := find_time(text, now, prefer)) is not None and time.matched == text and not time.doubt
    ]


CARRIERS = [
    "我{}去", "{}的会", "{}我闺女来", "{}啊", "就{}", "定在{}了", "嗯{}", "{}交三块钱", "我七十八了{}去",
    "{}，我记着呢", "帮我看看{}", "{}几点", "{}不去了", "我想{}请个假", "{}行不行", "{}也行", "{}去趟医院",
    "党费三十块，{}交", "{}要两个人", "{}上三楼", "{}生日", "{}见", "王大爷{}来", "{}下雨", "{}早点来",
    "{}天气好不好", "{}大家都来",
]  # fmt: skip


def test_a_sentence_around_a_time_makes_no_other_day_of_it():
    """A question instead is no fault here; a wrong day without a doubt is."""
    counted = 0
    wrong = []
    for now, prefer, text in said_alone():
        alone = find_time(text, now, prefer)
        for carrier in CARRIERS:
            found = find_time(carrier.format(text), now, prefer)
            counted += 1
            if found and alone and not found.doubt and found.start.date() != alone.start.date():
                wrong.append(carrier.format(text))
    assert counted > 2000
    assert len(wrong) <= 0.003 * counted, wrong


LIKE = {
    "明": "名鸣", "后": "厚", "今": "金", "上": "商", "午": "五物舞", "周": "州洲", "号": "好浩", "月": "越约",
    "点": "典店", "半": "办板", "三": "山散", "五": "无舞", "六": "刘流", "七": "齐", "八": "把", "九": "酒",
    "一": "衣意", "二": "而儿", "两": "俩", "天": "添", "晚": "完", "星": "新", "期": "气", "礼": "里",
    "拜": "败", "初": "出", "腊": "辣", "年": "念", "节": "结", "旬": "寻", "底": "低",
}  # fmt: skip


def test_one_character_written_as_it_sounds_rarely_makes_another_day_of_it():
    """Understood in two of three, else asked about; it was a silent wrong day in one of six."""
    outcomes: Counter[str] = Counter()
    wrong = []
    for now, prefer, text in said_alone():
        meant = find_time(text, now, prefer)
        for place, char in enumerate(text):
            for heard in LIKE.get(char, ""):
                written = text[:place] + heard + text[place + 1 :]
                found = find_time(written, now, prefer)
                silent = found is not None and meant is not None and not found.doubt
                if silent and found.start.date() != meant.start.date():
                    outcomes["wrong"] += 1
                    wrong.append(written)
                else:
                    outcomes["understood" if found else "asked"] += 1
    total = sum(outcomes.values())
    assert outcomes["wrong"] <= 0.04 * total, wrong
    assert outcomes["understood"] >= 0.62 * total


@pytest.mark.parametrize(
    "text",
    [
        "外后天", "再下个星期三", "隔周三", "后一个星期三", "十天半个月以后", "二十八到初一", "那年三月",
        "同年五月一号", "去年冬天", "明年开春", "元旦前两三天", "国庆前夕", "比国庆早一天", "夏天晚上",
        "我九月生的孙子", "腊月生的", "两个国庆", "六月六日子好吗", "立冬过了有半个月了", "再过两个星期的星期三",
        "今天后半夜", "前一天", "这俩月", "八月十无", "周舞下午", "去年吧月二十", "下周武去", "明年开头",
    ],
)  # fmt: skip
def test_half_of_a_date_is_no_date(text):
    time = find_time(text, SUNDAY, "future")
    assert time is None or time.doubt


def test_a_day_that_is_put_off_is_a_doubt():
    time = find_time("周三的会推迟一天", SUNDAY, "future")
    assert time is not None
    assert time.doubt


@settings(max_examples=60, deadline=None)
@given(st.integers(1950, 2099))
def test_dog_days_and_nines_are_those_of_the_almanac(year):
    for begins, name in zip(lunar.dog_days(year), ("初伏", "中伏", "末伏"), strict=True):
        found = Solar.fromYmd(begins.year, begins.month, begins.day).getLunar().getFu()
        assert (found.getName(), found.getIndex()) == (name, 1)
    for number in range(1, 10):
        begins = lunar.nine_days(year, number)
        found = Solar.fromYmd(begins.year, begins.month, begins.day).getLunar().getShuJiu()
        assert (found.getName(), found.getIndex()) == ("一二三四五六七八九"[number - 1] + "九", 1)


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)), st.integers(2, 40))
def test_a_month_and_a_day_with_more_behind_it_is_that_day_or_a_question(today, ahead):
    now = datetime.combine(today, datetime.min.time()).replace(hour=9)
    day = today + timedelta(ahead)
    for tail in ("来看我", "人多", "号召大家", "一起去", "报名", "下雨", "日子好", "三点见", "五个人去"):
        found = find_time(f"{day.month}月{day.day}号{tail}", now, "future")
        assert found is None or found.doubt or found.start.date() == day, tail
