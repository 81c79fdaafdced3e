"""A cry for help is never lost; a figure of speech, the past and the television raise no alarm."""

from __future__ import annotations

import json
import time
import tomllib
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dialogs.understanding.danger as danger_module
from dialogs.understanding.accents import sound_data
from dialogs.understanding.danger import Danger, detect
from dialogs.understanding.danger_notions import word_data
from dialogs.understanding.danger_rules import rules
from dialogs.understanding.meaning import CARE_INTENTS, Person, Said, Situation
from dialogs.understanding.sound import confusion_class, syllables
from dialogs.understanding.understand import Understander
from tests.shared_data import shared

NOW = datetime(2026, 11, 22, 9, 30)
ROSTER = (Person("王桂兰", "女"), Person("张建国", "男"), Person("章建国", "男"), Person("周阿根", "男"))
MEMBER = Situation("member", NOW, ROSTER)
SECRETARY = Situation("secretary", NOW, ROSTER)
REPORTS = tomllib.loads(Path(danger_module.__file__).with_name("danger_sentences.toml").read_text(encoding="utf-8"))
HARMLESS = tomllib.loads(Path(__file__).with_name("danger_not_said.toml").read_text(encoding="utf-8"))


def heard(text: str, *alternatives: str, situation: Situation = MEMBER) -> Danger | None:
    """What is detected."""
    return detect(Said(text, alternatives), situation)


def kind(text: str, situation: Situation = MEMBER) -> str | None:
    """The care intent without its prefix."""
    danger = heard(text, situation=situation)
    return danger.intent.removeprefix("care_") if danger else None


@pytest.mark.parametrize("intent", CARE_INTENTS)
def test_reports_are_heard_as_what_they_are(intent: str) -> None:
    said = [(text, MEMBER) for text in REPORTS["member"][intent]]
    said += [(text, SECRETARY) for text in REPORTS["secretary"][intent]]
    found = [heard(text, situation=situation) for text, situation in said]
    missed = [text for (text, _), danger in zip(said, found, strict=True) if danger is None]
    assert len(missed) <= 0.04 * len(said), missed
    if intent == "care_emergency":
        assert missed == []
    as_such = sum(danger is not None and danger.intent == intent for danger in found)
    assert as_such >= 0.9 * len(said)


@pytest.mark.parametrize("role", ["member", "secretary"])
def test_what_only_sounds_like_danger_raises_no_alarm(role: str) -> None:
    situation = MEMBER if role == "member" else SECRETARY
    alarms = {text: danger.evidence for text in HARMLESS[role] if (danger := heard(text, situation=situation))}
    assert len(alarms) <= 0.03 * len(HARMLESS[role]), alarms


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我摔倒了爬不起来", "emergency"),
        ("我没摔", None),
        ("我没摔，是老伴摔得爬不起来了", "emergency"),
        ("要是摔了找谁", None),
        ("住院报销多少", None),
        ("隔壁老王摔在楼道里起不来", "emergency"),
        ("电视里那个人摔死了", None),
        ("去年住过院", None),
        ("笑死我了", None),
        ("累死了", None),
        ("心疼钱", None),
        ("心口疼得冒汗", "emergency"),
        ("煤气漏了", "emergency"),
        ("煤气费交了没有", None),
        ("发个通知，注意防火", None),
        ("我老伴今早走了", "bereavement"),
        ("他走了有半个钟头了", None),
        ("养的花死了", None),
        ("我住院了", "illness"),
        ("家里揭不开锅了", "hardship"),
        ("张建国没走，走的是章建国", "bereavement"),
    ],
)
def test_denial_past_others_and_figures_of_speech(said: str, expected: str | None) -> None:
    assert kind(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "甩倒了爬不起来",
        "率倒了动不了",
        "没气漏了头晕",
        "凶口疼得厉害",
        "就命啊快来人",
        "老伴混倒了",
        "房子着货了快来人",
        "噎主了喘不过气",
    ],
)
def test_an_emergency_is_heard_through_a_recognisers_homophones(said: str) -> None:
    assert kind(said) == "emergency"


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("我摔倒了爬不起来", "speaker"),
        ("隔壁老周摔倒了爬不起来", "another"),
        ("周阿根家门敲不开，里面有呻吟声", "another"),
        ("煤气漏了", "unknown"),
    ],
)
def test_it_says_whom_it_concerns(said: str, about: str) -> None:
    danger = heard(said)
    assert danger is not None
    assert danger.about == about


def test_the_evidence_is_a_stretch_of_what_was_said() -> None:
    said = "那个，小同志，我，嗯，摔倒了，爬不起来"
    danger = heard(said)
    assert danger is not None
    assert danger.evidence == said[danger.begin : danger.finish]
    assert "摔倒" in danger.evidence
    assert danger.certain


def test_a_weak_sign_is_passed_on_but_asked_about() -> None:
    danger = heard("我在厕所滑了一下")
    assert danger is None or not danger.certain
    weak = heard("我摔了")
    assert weak is not None
    assert not weak.certain


def test_another_reading_of_the_recording_may_hold_the_danger() -> None:
    danger = heard("嗯那个什么来着", "我摔倒了爬不起来")
    assert danger is not None
    assert (danger.intent, danger.reading) == ("care_emergency", 1)
    assert not danger.certain, "only an alternative says so: ask"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("现在谁在住院", None),
        ("王桂兰摔倒那次是几号，查一下", None),
        ("今年摔跤、胸口疼这种急事有过几回", None),
        ("看望了王桂兰，手术很顺利", None),
        ("王桂兰在会场晕倒了", "emergency"),
        ("张建国住院了", "illness"),
        ("周阿根今天凌晨去世了", "bereavement"),
    ],
)
def test_a_secretary_may_ask_about_the_ill_or_report_them(said: str, expected: str | None) -> None:
    assert kind(said, SECRETARY) == expected


CORE = [
    "救命啊快来人",
    "我摔倒了爬不起来快来人",
    "老伴晕倒了叫不醒快叫救护车",
    "胸口疼得厉害喘不上气",
    "煤气漏了头晕恶心快来人",
    "厨房着火了满屋子都是烟",
    "嘴歪了半边身子动不了",
    "鱼刺卡在喉咙里喘不过气",
    "摔断了腿血止不住",
    "我迷路了找不到回家的路天黑了",
    "我住院了要做手术",
    "老伴得了肺癌在医院化疗",
    "张建国昨天夜里去世了追悼会在后天",
    "家里没钱看病揭不开锅",
]
SPOKEN_FILLERS = sorted(set(word_data()["fillers"]) & {"那个", "嗯", "啊", "呃", "哎呀", "这个"})


def test_a_filler_inside_a_filler_is_one_too() -> None:
    assert heard("家里没这呃个钱看病揭这呃个不开锅") is not None


@given(st.sampled_from(CORE), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(SPOKEN_FILLERS)), max_size=5))
def test_fillers_anywhere_leave_a_report_a_report(said: str, fillers: list[tuple[int, str]]) -> None:
    spoken = said
    for place, filler in fillers:
        at = place % (len(spoken) + 1)
        spoken = spoken[:at] + filler + spoken[at:]
    assert heard(spoken) is not None, spoken


def _homophones() -> dict[str, list[str]]:
    """Confusion class -> characters a recogniser may write, without those that deny or suppose."""
    written = (
        "".join(sound_data()["surnames"])
        + "".join(CORE)
        + "甩率混腾兄熊莱气起器汽其期名明鸣摸默堆对追最嘴罪谁水税首手守晚碗网忘"
    )
    table: defaultdict[str, list[str]] = defaultdict(list)
    for char in sorted(set(written) - set("没不要是别怕")):
        table[confusion_class(syllables(char)[0])].append(char)
    return table


HOMOPHONES = _homophones()


@given(st.sampled_from(CORE), st.integers(0, 30), st.integers(0, 30))
def test_one_confused_syllable_leaves_a_report_a_report(said: str, place: int, choice: int) -> None:
    at = place % len(said)
    same = HOMOPHONES[confusion_class(syllables(said)[at])] or [said[at]]
    spoken = said[:at] + same[choice % len(same)] + said[at + 1 :]
    assert heard(spoken) is not None, spoken


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(CORE),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(SPOKEN_FILLERS)), max_size=4),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_all_of_understanding_keeps_a_report_through_fillers_and_a_confused_syllable(
    understander: Understander, said: str, fillers: list[tuple[int, str]], place: int, choice: int
) -> None:
    """What the detector hears may be overruled by what the sentence is like: never so that a report is lost."""
    at = place % len(said)
    same = HOMOPHONES[confusion_class(syllables(said)[at])] or [said[at]]
    spoken = said[:at] + same[choice % len(same)] + said[at + 1 :]
    for where, filler in fillers:
        there = where % (len(spoken) + 1)
        spoken = spoken[:there] + filler + spoken[there:]
    assert understander.understand(Said(spoken), MEMBER).danger is not None, spoken


@given(st.text(max_size=300) | st.text(alphabet="我摔倒了没不来人救命疼都也又一直很，。 那个嗯", max_size=200))
def test_any_text_can_be_heard(text: str) -> None:
    danger = heard(text, text[::-1])
    assert danger is None or (danger.intent in CARE_INTENTS and 0 < danger.confidence < 1)


@pytest.mark.parametrize(
    "unit", ["都", "没", "一直", "疼", "我摔了没", "胸口很又都也", "嘴往一边", "没人", "\n", "好几天"]
)
def test_two_thousand_characters_are_heard_without_raising_or_stalling(unit: str) -> None:
    began = time.perf_counter()
    heard((unit * 2000)[:2000])
    assert time.perf_counter() - began < 3


def test_every_rule_uses_notions_that_exist() -> None:
    known = {"name", *word_data()["words"], *danger_module_asides()}
    for rule in rules():
        assert known.issuperset((*rule.notions, *rule.unless)), rule
        assert rule.intent in CARE_INTENTS


def danger_module_asides() -> set[str]:
    """The notions that only serve the rules."""
    path = Path(danger_module.__file__).with_name("danger_rules.toml")
    return set(tomllib.loads(path.read_text(encoding="utf-8"))["aside"])


def test_the_reference_utterances() -> None:
    lines = [json.loads(line) for line in shared("corpus", "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = shared("corpus", "roster.tsv").read_text(encoding="utf-8").splitlines()[1:]
    roster = tuple(Person(row.split("\t")[0]) for row in rows)
    found: dict[str, list[bool]] = {"danger": [], "emergency": [], "alarm": [], "emergency alarm": []}
    for line in lines:
        danger = detect(Said(line["text"]), Situation(line["role"], NOW, roster))
        intent = danger.intent if danger else None
        if line["intent"] in CARE_INTENTS:
            found["danger"].append(danger is not None)
        if line["intent"] == "care_emergency":
            found["emergency"].append(intent == "care_emergency")
        if not {line["intent"], *line["also"]} & set(CARE_INTENTS):
            found["alarm"].append(danger is not None)
            found["emergency alarm"].append(intent == "care_emergency")
    share = {name: sum(values) / len(values) for name, values in found.items()}
    assert share["danger"] >= 0.97
    assert share["emergency"] >= 0.99
    assert share["alarm"] < 0.05
    assert share["emergency alarm"] < 0.01
