"""What a recogniser makes up is withheld; what people really say, cries above all, is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.guards import guards, is_doubtful, is_invented, is_too_little, is_too_much, is_traditional, loop, tidy
from tests.shared_data import shared

INVENTED = [
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "请不吝点赞、订阅、转发、打赏支持明镜与点点栏目。",
    "字幕志愿者 李宗盛",
    "中文字幕志愿者 杨茜茜",
    "谢谢观看",
    "谢谢观看！",
    "感谢观看,下次再见",
    "谢谢大家观看 下次再见",
    "优优独播剧场——YoYo Television Series Exclusive",
    "字幕由Amara.org社区提供",
    "本字幕由志愿者制作",
    "字幕",
]

SAID = [
    "谢谢",
    "谢谢你小同志",
    "我看了电影《长津湖》，观看的人很多",
    "帮我把字放大一点",
    "订阅的报纸还没送来",
    "下次再见面的时候我交党费",
    "明镜高悬",
    "支部活动转发给老张",
    "再见",
]

LOOPS = [
    "今年一共有多少人请假今年一共有多少人请假今年一共有多少人请假",
    "我想我想我想我想我想我想",
    "学习会学习会学习会学习会",
    "好的好的好的好的好的好的好的好的",
    "一一一一一一一一一一一一一一一一一一一一",
]

CRIES = [
    "救命救命救命",
    "救命！救命！救命！",
    "来人啊来人啊来人啊",
    "快来人快来人快来人救命",
    "疼疼疼疼疼",
    "哎哟哎哟哎哟疼死我了",
    "喂喂喂喂",
    "救救我救救我救救我",
    "不行了不行了不行了",
]

UNREPEATED = [
    "好好好",
    "对对对对",
    "是是是",
    "慢慢来",
    "我的电话是一三八零零零零零零零零",
    "三百三十三块三毛三",
    "张三的党费李四的党费王五的党费都交了",
    "天天学习天天向上",
    "大声点大声点",
    "再说一遍再说一遍",
    "听不见听不见",
]


@pytest.mark.parametrize("text", INVENTED)
def test_closing_lines_of_subtitles_are_known(text: str) -> None:
    assert is_invented(text)


@pytest.mark.parametrize("text", SAID + CRIES + UNREPEATED)
def test_what_people_say_is_not_taken_for_them(text: str) -> None:
    assert not is_invented(text)


@pytest.mark.parametrize("text", LOOPS)
def test_a_stuck_recogniser_is_noticed(text: str) -> None:
    assert loop(text)
    assert is_doubtful(text)


@pytest.mark.parametrize("text", CRIES + UNREPEATED + SAID)
def test_a_cry_is_no_loop(text: str) -> None:
    assert not loop(text)


@pytest.mark.parametrize("text", ["今年一共有多少人请假今年一共有多少人请假今年一共", "我摔倒了快来人我摔倒了快来人"])
def test_a_long_phrase_said_twice_is_looked_at_again_but_not_withheld(text: str) -> None:
    assert is_doubtful(text)
    assert not loop(text)


@given(cry=st.sampled_from(guards().cries), times=st.integers(1, 12), mark=st.sampled_from(["", "！", "，", " "]))
def test_no_cry_is_withheld_however_often_it_comes(cry: str, times: int, mark: str) -> None:
    text = (cry + mark) * times
    assert not loop(text)
    assert not is_invented(text)


@given(phrase=st.text("学习会党费请假住院报名文件书记下午星期", min_size=6, max_size=20), times=st.integers(3, 8))
def test_any_other_phrase_said_three_times_over_is_a_loop(phrase: str, times: int) -> None:
    assert loop(phrase * times)


def test_more_than_anybody_can_say_is_noticed() -> None:
    assert is_too_much("今年一共有多少人请假，今年有谁没有来，谁来得最多，谁来得最少", seconds=1.0)
    assert not is_too_much("好", seconds=0.3)
    assert not is_too_much("这个季度的党费我已经交给张书记了", seconds=2.5)


def test_traditional_characters_are_told_from_simplified_ones() -> None:
    assert is_traditional("黨費")
    assert not is_traditional("我交了三十六块五的党费，WiFi、QQ！")


def test_less_than_was_said_is_noticed() -> None:
    assert is_too_little("一二线城市虽然也处于调整中", seconds=12.3)
    assert not is_too_little("我摔倒了，起不来", seconds=5.0)
    assert not is_too_little("我这个季度的党费交过了，是交给老张的", seconds=9.0)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("我 想 报名", "我想报名"),
        (" 星期三 下午，来 ", "星期三下午，来"),
        ("我有 QQ 和 WiFi 账号", "我有QQ和WiFi账号"),
        ("Good morning 老张", "Good morning老张"),
        ("交党费\ufffd了", "交党费了"),
        ("", ""),
    ],
)
def test_no_spaces_between_characters(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_nothing_that_members_and_secretaries_say_is_withheld() -> None:
    import json

    said = [json.loads(line)["text"] for line in shared("corpus", "dev.jsonl").read_text("utf-8").splitlines()]
    withheld = [text for text in said if is_invented(text) or loop(text)]
    assert len(said) > 500
    assert withheld == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("‼我要报名参加学习会，", "我要报名参加学习会"),
        ("，帮我取消。", "帮我取消。"),
        ("住院了\ufffd请书记", "住院了请书记"),
        ("下次学习有谁报名了？", "下次学习有谁报名了？"),
        ("。", ""),
    ],
)
def test_what_is_shown_as_heard_is_a_sentence(written: str, shown: str) -> None:
    assert tidy(written) == shown
