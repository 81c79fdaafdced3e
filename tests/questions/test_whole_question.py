"""An answer is one to the whole question: what was passed over, or may have been another's name, is said first."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turn import Turn
from dialogs.asking import respelling
from dialogs.asking.lexicon import lexicon
from dialogs.asking.sounded import asking_which, places, respelt
from dialogs.listening import expected_words, usual_words
from dialogs.understanding.meaning import Said
from dialogs.understanding.questions import only_asks
from tests.bot.conftest import NOW, Office
from tests.questions import grading
from tests.questions.grading import Question

CASES = tomllib.loads(Path(__file__).with_name("whole_question.toml").read_text(encoding="utf-8"))
SECRETARY = "李卫民"


def hear(office: Office, monkeypatch: pytest.MonkeyPatch, text: str, others: Sequence[str] = ()) -> tuple[str, bool]:
    """The answer to a voice message that the recogniser has written so, and whether it is one to what was asked."""

    async def heard(*_: object) -> Said:
        return Said(text, tuple(others))

    monkeypatch.setattr(Turn, "_recognise", heard)
    answer = office.voice(SECRETARY, b"sound")
    return answer.text, answer.answered


@pytest.mark.parametrize("each", CASES["narrowed"], ids=lambda each: each["say"])
def test_a_question_narrows_itself(office: Office, each: dict[str, str]) -> None:
    grading.prepare(office.app.db)
    question = grading.from_toml(each)
    for before in question.after:
        office.say(SECRETARY, before)
    answer = office.say(SECRETARY, question.say)
    assert grading.grade(office.app.db, question, answer) == "right", answer.text


@pytest.mark.parametrize("each", CASES["passed_over"], ids=lambda each: each["say"])
def test_a_word_that_was_not_understood_is_said(office: Office, each: dict[str, str]) -> None:
    answer = office.say(SECRETARY, each["say"])
    assert not answer.answered
    assert each["word"] in answer.text
    assert answer.table is not None  # the nearest there is stands beside it


def test_names_that_sound_alike_are_both_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    text, answered = hear(office, monkeypatch, "徐卫东第三季度参加了几次活动")
    assert not answered
    assert text.startswith("听着像的有2位")
    assert "许卫东" in text
    written = office.say(SECRETARY, "徐卫东第三季度参加了几次活动")
    assert written.answered
    assert "许卫东" not in written.text


def test_a_surname_that_two_have_is_asked_about(office: Office) -> None:
    answer = office.say(SECRETARY, "老牛上次来了吗")
    assert not answer.answered
    assert "牛得福、牛兰香" in answer.text


def test_officers_are_expected_to_ask(office: Office) -> None:
    asks, tells = (expected_words(office.app.db, office.person(name)) for name in (SECRETARY, "王桂兰"))
    assert asks.startswith(tells)
    assert "？" in asks.removeprefix(tells)
    asks_with, tells_with = (usual_words(office.app.db, office.person(name), NOW) for name in (SECRETARY, "王桂兰"))
    assert "党课" in asks_with
    assert not tells_with


def test_the_reading_that_is_understood_best_counts(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    grading.prepare(office.app.db)
    asked = Question("", "SELECT DISTINCT name FROM att WHERE day='2026-11-06' AND state = 'attended'")
    text, answered = hear(office, monkeypatch, "上次输发搬谁来了？", ["上次书法班谁来了？"])
    assert answered
    assert "书法班" in text
    assert grading.grade(office.app.db, asked, office.say(SECRETARY, "上次书法班谁来了")) == "right"


def test_a_question_records_nothing(office: Office) -> None:
    visits = office.rows("SELECT count(*) FROM visit")
    answer = office.say(SECRETARY, "周敏这个月去看过谁")
    assert answer.intent == "query_care"
    assert office.rows("SELECT count(*) FROM visit") == visits


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("周敏这个月去看过谁", True), ("谁还没打流感疫苗", True), ("昨天没开会吧", True), ("减免批下来没有", True),
        ("通知大家谁来都行", False), ("记下周敏去看过谁", False), ("明天开会吧", False), ("先记这几个", False),
        ("去看过王桂兰了", False), ("你看这样好吗", False),
    ],
)  # fmt: skip
def test_asking_is_no_order(text: str, asks: bool) -> None:
    assert only_asks(text) == asks


@pytest.mark.parametrize("each", CASES["heard"], ids=lambda each: each["as"])
def test_what_was_heard_is_read_in_the_words_of_the_desk(each: dict[str, str]) -> None:
    known = lexicon(("组织生活会", "春游", "住老干局宿舍", "春晖新村"))
    assert respelling.respelt(each["as"], known).text == each["meant"]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_name_is_never_spelt_anew(text: str, begin: int, finish: int) -> None:
    begin, finish = sorted((min(begin, len(text)), min(finish, len(text))))
    found = respelling.respelt(text, lexicon(()), [(begin, finish)] if begin < finish else [])
    assert len(found.text) == len(text)


def test_a_misheard_question_is_answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    text, answered = hear(office, monkeypatch, "女童志平坚多大岁数")
    assert answered
    assert "平均" in text


def test_a_report_is_left_as_it_was_heard(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    hear(office, monkeypatch, "陈玉珍在家摔倒了起不来，快来人")
    assert "摔倒了起不来" in str(office.rows("SELECT sentence FROM entry_content"))


def test_a_name_is_doubtful_where_the_region_says_both_alike(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ["宁国栋今年来了几次"]
    _, sure = hear(office, monkeypatch, "林国栋今年来了几次", other)
    office.app.db.execute("UPDATE branch SET profile = 'fuzhou'")
    text, answered = hear(office, monkeypatch, "林国栋今年来了几次", other)
    assert sure
    assert not answered
    assert text.startswith("听着像的有2位")


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("初一份今年的表", "出一份今年的表"),
        ("党费谁没到", "党课谁没到"),
        ("困难的有谁", "困难的有谁"),
        ("8月一来平均到多少人", "8月以来平均到多少人"),
        ("谁一堂都没拉下", "谁一堂都没落下"),
    ],
)
def test_heard_words_are_spelt_as_questions_are(heard: str, written: str) -> None:
    assert respelt(heard) == written


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("今年那回来的人最少", "今年哪回来的人最少"), ("那回谁没来", "那回谁没来"), ("那章建国呢", "那章建国呢")],
)
def test_a_question_that_asks_nothing_asks_which(heard: str, meant: str) -> None:
    assert asking_which(heard) == meant


def test_where_a_cue_stands() -> None:
    assert places("谁没来", "上周五谁没来，谁没来") == ((3, 6), (7, 10))
    assert places("走访了", "这月，走防了谁") == ((3, 6),)
    assert places("", "谁") == ()
