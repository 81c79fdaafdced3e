"""A question that goes on from the one before, and words that only look as if they did."""

from __future__ import annotations

import pytest

from dialogs.asking.reading import follows
from dialogs.asking.saying import without_denied
from dialogs.asking.sounded import heard
from tests.bot.conftest import Office


def first_column(office: Office, text: str) -> set[str]:
    table = office.say("李卫民", text).table
    assert table is not None, text
    return {str(row[0]) for row in table.rows}


def test_one_question_leads_to_the_next(office: Office) -> None:
    missing = first_column(office, "上周五谁没来")
    excused = first_column(office, "其中请假的有谁")
    assert excused
    assert excused < missing
    assert first_column(office, "那前天呢") != missing
    assert first_column(office, "那周阿根呢") == {"周阿根"}


def test_a_follow_up_may_turn_to_something_else(office: Office) -> None:
    unpaid = first_column(office, "这个季度谁没交党费")
    ages = first_column(office, "其中八十岁以上的有谁")
    assert ages < unpaid
    assert office.say("李卫民", "其中没来的有谁").intent == "query_dues"  # the wish it goes on from
    assert office.rows("SELECT kind FROM entry ORDER BY number DESC LIMIT 1") == [("read_query_attendance",)]


def test_after_a_restart_it_goes_on(office: Office) -> None:
    office.say("李卫民", "上个月请假的都有谁")
    office.later(hours=3)
    assert "九月" in office.say("李卫民", "那九月呢").text


def test_something_else_is_not_taken_for_a_follow_up(office: Office) -> None:
    office.say("李卫民", "上周五谁没来")
    assert not office.say("李卫民", "下周三下午的党课给我报个名").intent.startswith("query_")
    assert "before" not in office.say("李卫民", "那上个月呢").slots


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("那上个月呢？", True), ("其中住院的有谁", True), ("张建国呢", True), ("比上个月多还是少", True),
        ("这个季度还有谁没交党费呢", False), ("下周三的学习给我报名", False),
    ],
)  # fmt: skip
def test_what_goes_on(text: str, goes_on: bool) -> None:
    assert follows(text) == goes_on


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("不看上季度的，看这季度没交的人。", "看这季度没交的人。"),
        ("我没问这个月问的是上个月的出勤", "问的是上个月的出勤"),
        ("别报已经办完的，只报没办的。", "只报没办的。"),
        ("谁没来", "谁没来"),
        ("不是", "不是"),
    ],
)
def test_what_is_denied_asks_for_nothing(said: str, left: str) -> None:
    assert without_denied(said) == left


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("缺席", "昨天缺习的是谁", True),
        ("走访了", "这个月走防了几个人", True),
        ("勿来", "上周五来了几个", False),
        ("男的", "有困难的是哪几家", False),
        ("缺席", "缺一席", False),
    ],
)
def test_cues_are_heard_as_well_as_read(cue: str, text: str, found: bool) -> None:
    assert heard(cue, text) == found
