"""Times in talk: corrections, slips of the recogniser, doubts, what fills a slot, and how a time is read back."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from dialogs.understanding import times
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_contract, as_span, find_time, find_times, for_slot, say_time
from dialogs.understanding.times.festivals import read_festival
from dialogs.understanding.times.repair import repair

SUNDAY = datetime(2026, 11, 22, 9, 30)
THURSDAY = datetime(2026, 11, 19, 9, 30)


def start(text: str, now: datetime = SUNDAY, prefer: str = "future") -> str | None:
    return as_contract(find_time(text, now, prefer))["start"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不是下周三，是下周四", "2026-11-26"),
        ("礼拜二，不对，礼拜四", "2026-11-26"),
        ("原来说的是周三，改成周五", "2026-11-27"),
        ("把二十四号的会推到二十六号", "2026-11-26"),
        ("错了不是星期三", None),
        ("是不是星期三", "2026-11-25"),
        ("约的是明天不是后天", "2026-11-23"),
        ("今天没空，后天去", "2026-11-24"),
        ("周三以外都可以", None),
        ("不是星期三吗", "2026-11-25"),
    ],
)
def test_what_was_taken_back_is_gone(text, expected):
    assert start(text) == expected


@pytest.mark.parametrize(
    ("text", "now", "prefer", "expected"),
    [
        ("下周三不行，周四吧", datetime(2026, 11, 16, 9), "future", ["2026-11-26"]),
        ("上礼拜四还好好的，礼拜五早上就歪了", SUNDAY, "past", ["2026-11-12", "2026-11-13T06:00"]),
        ("十二月三号去不了，五号能去", datetime(2026, 11, 1, 9), "future", ["2026-12-03", "2026-12-05"]),
        ("周六下午和周日上午", SUNDAY, "future", ["2026-11-28T13:00", "2026-11-29T08:00"]),
        ("上周三我没去，周五我去", SUNDAY, "future", ["2026-11-11", "2026-11-27"]),
    ],
)
def test_a_shortened_date_stays_in_the_week_or_month_just_named(text, now, prefer, expected):
    assert [as_contract(time)["start"] for time in find_times(text, now, prefer)] == expected


@pytest.mark.parametrize(
    "text",
    ["周二和周四下午都行", "下周三或者周四", "明天或者后天", "中秋国庆双节", "三月五月的党费", "下周一三五", "七月七"],
)
def test_one_of_several_days_is_a_doubt(text):
    assert find_time(text, SUNDAY, "future").doubt


def test_a_day_named_twice_is_one_day():
    found = find_times("今天是二十二号，十一月二十二号，星期天", SUNDAY, "past")
    assert {time.start for time in found} == {datetime(2026, 11, 22)}


def test_a_clock_time_said_a_little_later_belongs_to_the_day():
    assert start("明儿个早起咱搞个卫生，八点，院子里集合") == "2026-11-23T08:00"
    assert start("下周三的学习在活动室，下午两点半") == "2026-11-25T14:30"


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("下周山下午三点", "下周三下午三点"),
        ("星期寺上午", "星期四上午"),
        ("名天下五两点", "明天下午两点"),
        ("十二月五好", "十二月五号"),
        ("上各月的党费", "上个月的党费"),
        ("这个基督的党费", "这个季度的党费"),
        ("今天完上七点", "今天晚上七点"),
        ("农力腊月二十三", "农历腊月二十三"),
        ("明天上午就点半", "明天上午九点半"),
        ("虫阳节那天", "重阳节那天"),
    ],
)
def test_homophones_of_time_words_are_mended_where_the_neighbours_speak_for_it(heard, meant):
    assert repair(heard).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "商务部的人", "明天完善一下材料", "基督教", "下五子棋", "下周是上午吗", "下周无会", "第一个礼拜",
        "今年第三季度", "晌午", "今朝", "三点办手续", "王明添", "下班年会", "有个阅览室",
        "这个约会", "年底一定", "叫人来念",
    ],
)  # fmt: skip
def test_words_that_are_right_stay(text):
    assert repair(text).text == text


def test_a_repair_that_only_its_sound_speaks_for_is_in_doubt():
    found = find_time("后填去不了", SUNDAY)
    assert found is not None
    assert found.doubt
    assert found.matched == "后填"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("十二月六号星期三", True),
        ("十二月六号星期天", False),
        ("今天夜里两点", True),
        ("国庆期间", True),
        ("星期天", True),  # said on a Sunday
        ("下星期天", False),
        ("下周三", False),
    ],
)
def test_what_may_be_wrong_says_so(text, doubtful):
    found = find_time(text, SUNDAY)
    assert found is not None
    assert bool(found.doubt) is doubtful


def test_a_weekday_that_does_not_fit_its_date_is_not_silently_dropped():
    found = find_time("6月1日周六早上10点", datetime(2021, 6, 14, 1, 6))
    assert found is not None
    assert found.doubt
    assert found.start == datetime(2022, 6, 1, 10)


@pytest.mark.parametrize("text", ["十一月三十一号", "二月三十号", "十三月五号", "二十五点", "十一月二十几号"])
def test_a_day_that_does_not_exist_is_no_day(text):
    assert find_time(text, SUNDAY) is None


def test_names_that_the_caller_knows_are_no_times():
    assert start("周三立来了没有") == "2026-11-25"
    assert find_time("周三立来了没有", SUNDAY, names=["周三立"]) is None


def test_spaces_between_words_do_no_harm():
    found = find_time("我 明天 下午 三 点 半 去", SUNDAY)
    assert found is not None
    assert found.start == datetime(2026, 11, 23, 15, 30)
    assert found.matched == "明天 下午 三 点 半"


@pytest.mark.parametrize(
    ("text", "slot", "prefer", "expected"),
    [
        ("昨天收了陈玉珍十月份的党费", "period", "past", "十月份"),
        ("昨天晚上没睡好，明天的会请假", "when", "future", "明天"),
        ("上面说下礼拜要来看，今年的都要有", "period", "past", "今年"),
        ("现在不参加了", "when", "future", None),
        ("春节前的慰问，第一组十二月二十号出发", "when", "future", "十二月二十号"),
        ("今天是二十二，明天下午那个书画班", "when", "future", "明天下午"),
    ],
)
def test_the_time_that_fills_the_slot(text, slot, prefer, expected):
    chosen = for_slot(find_times(text, SUNDAY, prefer), slot, SUNDAY, prefer)
    assert (chosen.matched if chosen else None) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("明天", Span("2026-11-23T00:00", "2026-11-23T23:59")),
        ("明天下午三点", Span("2026-11-23T15:00", None)),
        ("明天下午", Span("2026-11-23T12:00", "2026-11-23T18:00")),
        ("今天凌晨", Span("2026-11-22T00:00", "2026-11-22T06:00")),
        ("明晚", Span("2026-11-23T18:00", "2026-11-23T23:59")),
        ("下个月", Span("2026-12-01T00:00", "2026-12-31T23:59")),
        ("九月到十一月", Span("2026-09-01T00:00", "2026-11-30T23:59")),
        ("明天上午九点到十一点", Span("2026-11-23T09:00", "2026-11-23T11:00")),
        ("周日的登山", Span("2026-11-29T00:00", "2026-11-29T23:59")),
        ("这周日", Span("2026-11-22T00:00", "2026-11-22T23:59")),
    ],
)
def test_slots_hold_whole_days_clock_times_and_wide_parts_of_the_day(text, span):
    found = find_time(text, SUNDAY)
    assert found is not None
    assert as_span(found) == span


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("明天", "明天，十一月二十三号，星期一"),
        ("下周三下午三点", "大后天，十一月二十五号，星期三，下午三点"),
        ("二月三号上午九点半", "二零二七年二月三号，星期三，上午九点半"),
        ("明天下午两点到四点", "明天，十一月二十三号，星期一，下午两点到四点"),
        ("上个季度", "第三季度"),
        ("去年十二月", "二零二五年十二月"),
        ("今年上半年", "上半年"),
        ("去年", "二零二五年"),
        ("下周五之前", "十一月二十七号，星期五之前"),
        ("明天上午九点零五分", "明天，十一月二十三号，星期一，上午九点零五分"),
        ("后天上午", "后天，十一月二十四号，星期二，上午"),
    ],
)
def test_times_are_read_back_with_their_weekday(text, said):
    found = find_time(text, SUNDAY)
    assert found is not None
    assert say_time(found, SUNDAY) == said


def test_nothing_found_prints_as_none():
    assert as_contract(find_time("早上好", SUNDAY)) == {"kind": "none", "start": None, "end": None, "matched": ""}


def test_every_festival_is_known_by_each_of_its_plain_names():
    path = Path(times.__file__).with_name("festivals.toml")
    for rule in tomllib.loads(path.read_text("utf-8"))["day"]:
        for name in rule["names"]:
            plain = name.replace("?", "")
            if plain.isalnum():
                read = read_festival(plain, 0)
                assert read is not None, plain
                assert find_time(plain, SUNDAY) is not None, plain


def test_what_is_heard_on_another_day_says_no_tomorrow():
    assert times.lasting(say_time(datetime(2026, 11, 23, 15), SUNDAY)) == "十一月二十三号，星期一，下午三点"
    week = find_time("大前天到后天", SUNDAY)
    assert week is not None
    assert times.lasting(say_time(week, SUNDAY)) == "十一月十九号，星期四到十一月二十四号，星期二"


@pytest.mark.parametrize(
    ("text", "prefer", "both"),
    [
        ("星期天的学习", "future", ["2026-11-22", "2026-11-29"]),
        ("星期天的学习", "past", ["2026-11-15", "2026-11-22"]),
        ("十二月三号星期五上午", "future", ["2026-12-03", "2026-12-04"]),
        ("下周四二十五号", "future", ["2026-11-25", "2026-11-26"]),
        ("周四或者周五上午九点", "future", ["2026-11-26", "2026-11-27"]),
        ("明天夜里一点", "future", ["2026-11-23", "2026-11-24"]),
        ("今天去不了，明天去", "future", ["2026-11-22", "2026-11-23"]),
    ],
)
def test_of_a_doubtful_day_both_readings_are_known(text, prefer, both):
    found = find_time(text, SUNDAY, prefer)
    assert found is not None
    assert found.doubt
    assert [str(span.start)[:10] for span in times.readings(found)] == both


def test_a_night_that_can_only_be_one_is_no_doubt():
    found = find_time("今天夜里一点", SUNDAY, "future")
    assert found is not None
    assert (found.doubt, found.start) == ("", datetime(2026, 11, 23, 1))
    gone = find_time("今天夜里一点", SUNDAY, "past")
    assert gone is not None
    assert (gone.doubt, gone.start) == ("", datetime(2026, 11, 22, 1))


@pytest.mark.parametrize("text", ["二十五号", "下周三下午", "十一月", "明天九点", "这周三到周五", "昨天"])
def test_what_a_slot_holds_can_be_said(text):
    found = find_time(text, SUNDAY)
    assert found is not None
    assert say_time(times.time_of(as_span(found)), SUNDAY) == say_time(found, SUNDAY)
