"""Understanding as a whole: what people say, and what comes out."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.understanding.meaning import Said, Span
from dialogs.understanding.sentences import load_words
from dialogs.understanding.understand import Understander, as_line
from tests.understanding.invented import ROSTER, filled, situation

TABLE = tomllib.loads((Path(__file__).parent / "test_understand.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", load_words(), ids=lambda words: words.intent)
def test_every_skills_own_sentences_are_understood(understander: Understander, words) -> None:  # type: ignore[no-untyped-def]
    role = "secretary" if words.role == "secretary" else "member"
    for story in words.stories:
        speaker = "secretary" if story.officer else role
        got = understander.understand(Said(filled(story.say, words.intent)), situation(speaker))
        assert got.intent == words.intent, story.say
        assert set(got.slots) <= set(words.slots)
        for name, value in story.slots.items():
            assert as_line(got)["slots"][name] == value, story.say  # type: ignore[index]


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["say"])
def test_a_request_is_understood(understander: Understander, case: dict[str, object]) -> None:
    got = understander.understand(Said(str(case["say"])), situation(case.get("role", "member")))  # type: ignore[arg-type]
    line = json.loads(json.dumps(as_line(got)))
    assert line["intent"] == case["intent"]
    slots = case.get("slots", {})
    assert isinstance(slots, dict)
    for name, value in slots.items():
        assert line["slots"].get(name) == value


def test_the_contract_of_a_line(understander: Understander) -> None:
    line = as_line(understander.understand(Said("明天的会我要请假，腿疼"), situation()))
    assert list(line) == ["text", "intent", "slots", "confidence", "alternatives", "danger"]
    assert line["slots"]["when"] == {"start": "2026-11-23T00:00", "end": "2026-11-23T23:59"}  # type: ignore[index]
    assert all(set(guess) == {"intent", "confidence"} for guess in line["alternatives"])  # type: ignore[attr-defined]
    json.dumps(line)


def test_a_secretarys_words_are_never_a_members_intent(understander: Understander) -> None:
    for text in ("我要请假", "我生病了", "谁没来", "我的积分"):
        got = understander.understand(Said(text), situation("secretary"))
        allowed = {words.intent for words in load_words() if words.for_role("secretary")}
        assert {got.intent, *(guess.intent for guess in got.alternatives)} <= allowed


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("王桂兰摔倒了起不来", "care_emergency"),
        ("老张家里揭不开锅了", "care_hardship"),
        ("谁住院了", None),
        ("王桂兰看过了，恢复得不错", None),
    ],
)
def test_a_secretary_who_passes_on_a_need_is_heard_too(
    understander: Understander, said: str, danger: str | None
) -> None:
    assert understander.understand(Said(said), situation("secretary")).danger == danger


def test_another_reading_of_the_recording_helps(understander: Understander) -> None:
    garbled = Said("八我的冥子宝上取", ("把我的名字报上去", "把我名字报上去"))
    assert understander.understand(garbled, situation()).intent == "session_register"


def test_what_was_just_asked_makes_an_answer_likelier(understander: Understander) -> None:
    plain = understander.understand(Said("好"), situation())
    asked = understander.understand(Said("好"), situation(expecting=("affirm", "deny")))
    assert asked.intent == "affirm"
    assert asked.confidence > dict.fromkeys([plain.intent], plain.confidence).get("affirm", 0)


def test_a_bare_day_answers_the_question_for_a_day(understander: Understander) -> None:
    asked = situation(expecting=("leave_request",), asked_slot="when")
    got = understander.understand(Said("嗯，星期三"), asked)
    assert (got.intent, got.slots["when"]) == ("leave_request", Span("2026-11-25T00:00", "2026-11-25T23:59"))


def test_a_bare_reason_answers_the_question_for_a_reason(understander: Understander) -> None:
    asked = situation(expecting=("leave_request",), asked_slot="reason")
    got = understander.understand(Said("孙女结婚"), asked)
    assert (got.intent, got.slots["reason"]) == ("leave_request", "孙女结婚")


def test_a_bare_number_answers_the_question_for_a_sum(understander: Understander) -> None:
    asked = situation(expecting=("dues_pay",), asked_slot="amount")
    got = understander.understand(Said("三十六"), asked)
    assert (got.intent, got.slots["amount"]) == ("dues_pay", 36)


@pytest.mark.parametrize(("text", "intent"), [("再说一遍", "repeat"), ("我要找书记", "contact_secretary")])
def test_control_words_work_in_the_middle_of_a_question(understander: Understander, text: str, intent: str) -> None:
    asked = situation(expecting=("leave_request",), asked_slot="reason")
    assert understander.understand(Said(text), asked).intent == intent


def test_a_cry_for_help_is_heard_whatever_was_asked(understander: Understander) -> None:
    asked = situation(expecting=("leave_request",), asked_slot="reason")
    assert understander.understand(Said("我摔倒了起不来了"), asked).danger == "care_emergency"


def test_two_members_who_sound_alike_are_a_doubt(understander: Understander) -> None:
    alike = replace(ROSTER[1], name="董素勤")
    branch = replace(situation("secretary"), roster=(*ROSTER, alike))
    got = understander.understand(Said("懂素琴的电话是多少"), branch)
    assert set(got.doubts.get("person", ())) == {"董素琴", "董素勤"} or got.slots["person"] == "董素琴"


def test_a_second_wish_is_kept(understander: Understander) -> None:
    got = understander.understand(Said("明天的座谈会帮我报个名，再查查我的积分"), situation())
    assert {got.intent, *got.also} == {"session_register", "my_record"}


def test_a_session_in_general_is_no_topic(understander: Understander) -> None:
    got = understander.understand(Said("我要报名参加学习会"), situation())
    assert (got.intent, got.slots) == ("session_register", {})


def test_a_name_and_nothing_else_reports_nothing(understander: Understander) -> None:
    got = understander.understand(Said(ROSTER[0].name), situation())
    assert (got.danger, got.unsure) == (None, True)


@pytest.mark.parametrize("text", ["", " ", "。。。", "\n\t", "😀"])
def test_no_words_are_no_wish(understander: Understander, text: str) -> None:
    got = understander.understand(Said(text), situation())
    assert (got.intent, got.unsure) == ("out_of_scope", True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=2000),
        st.text(alphabet="我你他不没了的吗呢请假报名党费三十块明天下周王李，。 １2", max_size=300),
    )
)
def test_it_never_raises(understander: Understander, text: str) -> None:
    for role in ("member", "secretary"):
        got = understander.understand(Said(text, (text[:50],)), situation(role))  # type: ignore[arg-type]
        assert 0 <= got.confidence <= 1
        json.dumps(as_line(got))


@pytest.mark.parametrize("said", ["星期五的", "明天下午", "那个星期五的", "后天的座谈会", "帮我报个", "我想", "书记说"])
def test_half_a_sentence_is_no_wish_to_act_upon(understander: Understander, said: str) -> None:
    assert understander.understand(Said(said), situation()).unsure


@pytest.mark.parametrize("said", ["后天的座谈会我参加", "帮我报个名", "后天有什么活动", "把我的名字报上"])
def test_a_whole_sentence_is_one(understander: Understander, said: str) -> None:
    assert not understander.understand(Said(said), situation()).unsure


def test_half_a_sentence_may_be_the_answer(understander: Understander) -> None:
    asked = situation(expecting=("leave_request",), asked_slot="when")
    assert not understander.understand(Said("星期五的"), asked).unsure


def test_a_secretary_need_not_say_that_a_session_is_to_be_put_down(understander: Understander) -> None:
    got = understander.understand(Said("后天下午座谈会"), situation("secretary"))
    assert (got.intent, got.unsure) == ("session_create", False)


@pytest.mark.parametrize("said", ["我也参加", "后天的座谈会也给我报上", "帮我报个名"])
def test_an_officer_signs_up_for_themselves(understander: Understander, said: str) -> None:
    got = understander.understand(Said(said), situation("secretary"))
    assert (got.intent, got.unsure) == ("session_register", False)


@pytest.mark.parametrize("said", ["素琴住院了", "苏秦病了", "老董摔了一跤起不来"])
def test_whoever_is_named_for_short_is_the_one_in_need(understander: Understander, said: str) -> None:
    got = understander.understand(Said(said), situation())
    assert got.slots["person"] == "董素琴"


def test_of_two_with_one_given_name_neither_is_taken_unasked(understander: Understander) -> None:
    branch = replace(situation(), roster=(*ROSTER, replace(ROSTER[1], name="宋素琴")))
    got = understander.understand(Said("素琴住院了"), branch)
    assert got.danger == "care_illness"
    assert "person" not in got.slots
    assert set(got.doubts["person"]) == {"董素琴", "宋素琴"}


def test_two_names_that_sound_the_very_same_are_a_doubt_however_a_recogniser_spells_them(
    understander: Understander,
) -> None:
    branch = replace(situation("secretary"), roster=(*ROSTER, replace(ROSTER[1], name="董素芹")))
    spoken = Said("董素琴的电话是多少", ("董素琴的电话是多少。",))
    assert set(understander.understand(spoken, branch).doubts["person"]) == {"董素琴", "董素芹"}
    assert not understander.understand(Said(spoken.text), branch).doubts, "written, it is as written"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("明天的学习我来不了了，孙女发高烧请个假", "孙女发高烧"),
        ("后天的会我要请假，实在是牙疼得厉害", "牙疼得厉害"),
        ("我去北京儿子家期间的学习请假", "去北京儿子家"),
    ],
)
def test_the_reason_is_given_without_the_wish(understander: Understander, said: str, reason: str) -> None:
    got = understander.understand(Said(said), situation())
    assert (got.intent, got.slots["reason"]) == ("leave_request", reason)
