"""What no word proves is still told; what the sentence itself speaks against raises no alarm."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dialogs.understanding.chatter import weighed
from dialogs.understanding.likely import is_number, likely_care
from dialogs.understanding.likeness import Leaning, likeness
from dialogs.understanding.meaning import CARE_INTENTS, Said
from dialogs.understanding.understand import Understander
from tests.understanding.invented import situation

EVERYDAY = tomllib.loads((Path(__file__).parent / "everyday.toml").read_text(encoding="utf-8"))
FEW = 0.08
"""Share of everyday talk, the kind that sounds most like a need, that may alarm or be asked about as one."""
FIRST_SIGHT = tomllib.loads((Path(__file__).parent / "first_sight.toml").read_text(encoding="utf-8"))
PHONE = situation(expecting=("profile_update",), asked_slot="phone")


@pytest.mark.parametrize(
    "said", ["158百迎六四二三九起", "一五八百迎六死", "妖三吧零零死流走了", "158走零死三二七", "一三九零死零死误六七"]
)
def test_the_garbled_digits_of_a_number_that_was_asked_for_alarm_nobody(understander: Understander, said: str) -> None:
    got = understander.understand(Said(said), PHONE)
    assert got.danger is None
    assert got.intent not in CARE_INTENTS


@pytest.mark.parametrize(
    ("said", "danger"),
    [("我摔倒了起不来", "care_emergency"), ("老伴昨天夜里走了", "care_bereavement"), ("我住院了", "care_illness")],
)
def test_danger_is_heard_while_a_number_is_asked_for(understander: Understander, said: str, danger: str) -> None:
    assert understander.understand(Said(said), PHONE).danger == danger


def test_a_number_is_one_only_where_it_was_asked_for() -> None:
    assert is_number("一三八零零四五六七八九", PHONE)
    assert not is_number("一三八零零四五六七八九", situation())
    assert not is_number("我摔倒了，电话没拿到", PHONE)


@pytest.mark.parametrize(
    "said",
    [
        "四年前那场心梗都过来了，现在每天打太极",
        "前年摔过一跤，养了两个月，如今走路可当心了",
        "家里的老猫走丢了，找了一晚上",
        "医生说我各项指标都正常",
    ],
)
def test_what_is_of_the_past_or_of_a_cat_alarms_nobody(understander: Understander, said: str) -> None:
    got = understander.understand(Said(said), situation())
    assert got.danger is None
    assert got.intent not in CARE_INTENTS or got.unsure


@pytest.mark.parametrize(
    "said", ["庞玉兰那边的花圈是我送的", "董素琴已出院，昨天上门回访，恢复良好", "看望了柳春生，屋里冷"]
)
def test_a_secretarys_visit_is_no_report(understander: Understander, said: str) -> None:
    assert understander.understand(Said(said), situation("secretary")).danger is None


@pytest.mark.parametrize("said", ["我没申请少交党费，我说的是家里揭不开锅", "我不是要请假，是老伴病重住院了"])
def test_another_wish_that_is_denied_hides_no_need(understander: Understander, said: str) -> None:
    assert understander.understand(Said(said), situation()).danger is not None


def test_the_likeliest_need_is_told_and_an_emergency_only_where_it_is_likely_itself() -> None:
    none = dict.fromkeys(CARE_INTENTS, 0.0)
    assert likely_care({**none, "care_illness": 0.2, "care_emergency": 0.1}, situation()) is None
    assert likely_care({**none, "care_illness": 0.2, "care_emergency": 0.3}, situation()) == "care_illness"
    assert likely_care({**none, "care_illness": 0.2, "care_emergency": 0.5}, situation()) == "care_emergency"
    assert likely_care({**none, "care_illness": 0.5}, situation("secretary")) is None
    assert likely_care({**none, "care_illness": 0.5}, situation(asked_slot="reason")) is None
    for asked in ("affirm", "choose"):  # 对吗, and one of several, ask as well
        assert likely_care({**none, "care_illness": 0.5}, situation(expecting=(asked, "dues_pay"))) is None
        answer = {**none, "care_emergency": 0.9}
        assert likely_care(answer, situation(expecting=(asked, "dues_pay")), heard=False) is None
        assert likely_care(answer, situation(), heard=False) == "care_emergency"


@pytest.mark.parametrize("said", EVERYDAY["needs"])
def test_a_need_told_as_people_tell_it_reaches_a_human(understander: Understander, said: str) -> None:
    assert understander.understand(Said(said), situation()).danger is not None


def test_talk_of_cooking_and_grandchildren_seldom_alarms_anybody(understander: Understander) -> None:
    alarming = [said for said in EVERYDAY["talk"] if understander.understand(Said(said), situation()).danger]
    assert len(alarming) <= FEW * len(EVERYDAY["talk"]), alarming


def test_of_what_was_written_without_sight_every_emergency_and_nearly_every_need_is_told(
    understander: Understander,
) -> None:
    def missed(kind: str) -> list[str]:
        return [said for said in FIRST_SIGHT[kind] if not understander.understand(Said(said), situation()).danger]

    assert missed("emergencies") == []
    assert len(missed("needs")) <= 0.04 * len(FIRST_SIGHT["needs"]), missed("needs")


def test_of_the_talk_written_without_sight_hardly_any_alarms_and_less_as_an_emergency(
    understander: Understander,
) -> None:
    heard = {said: understander.understand(Said(said), situation()).danger for said in FIRST_SIGHT["talk"]}
    alarms = {said: danger for said, danger in heard.items() if danger}
    assert len(alarms) <= 0.035 * len(heard), alarms
    assert sum(danger == "care_emergency" for danger in alarms.values()) <= 0.005 * len(heard), alarms


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("我的钥匙找不着了", "talk"),
        ("我找不着家了", "report"),
        ("我想报名下周的学习", "wish"),
        ("老伴叫不醒了", "report"),
    ],
)
def test_a_sentence_leans_to_what_others_said_that_is_most_like_it(said: str, nearest: str) -> None:
    leaning = likeness().leaning(said, "member")
    shares = {"talk": leaning.talk, "report": leaning.report, "wish": leaning.wish}
    assert max(shares, key=lambda kind: shares[kind]) == nearest


def test_what_is_most_like_a_wish_is_rather_one_and_the_chances_stay_chances() -> None:
    chances = {"out_of_scope": 0.5, "dues_pay": 0.5}
    wished, chatted = (weighed(chances, Leaning(0.0, *each), heard=True) for each in ((0.1, 0.5), (0.5, 0.1)))
    assert wished["dues_pay"] > 0.8
    assert chatted["out_of_scope"] > 0.8
    assert sum(wished.values()) == pytest.approx(1) == sum(chatted.values())
