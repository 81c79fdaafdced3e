"""The words of our field are read as people read them."""

from __future__ import annotations

import json

import pytest

from speech.pronunciation import phonemes, words
from tests.speech.conftest import model

READ = {
    "支部书记长": "zhi1 bu4 shu1 ji4 zhang3",
    "成长": "cheng2 zhang3",
    "部长": "bu4 zhang3",
    "多长时间": "duo1 chang2 shi2 jian1",
    "银行": "yin2 hang2",
    "践行": "jian4 xing2",
    "重阳节": "chong2 yang2 jie2",
    "重要": "zhong4 yao4",
    "多重管理": "duo1 chong2 guan3 li3",
    "还有": "hai2 you3",
    "返还": "fan3 huan2",
    "还款": "huan2 kuan3",
    "会计": "kuai4 ji4",
    "三会一课": "san1 hui4 yi1 ke4",
    "朝气": "zhao1 qi4",
    "数字": "shu4 zi4",
    "了解": "liao3 jie3",
    "交了": "jiao1 le5",
    "来不了": "lai2 bu5 liao3",
    "分别为": "fen1 bie2 wei2",
    "为人民服务": "wei4 ren2 min2 fu2 wu4",
    "离退休干部": "li2 tui4 xiu1 gan4 bu4",
    "请假": "qing3 jia4",
    "应到": "ying1 dao4",
    "空巢老人": "kong1 chao2 lao3 ren2",
    "我得去": "wo3 dei3 qu4",
    "更好地服务": "geng4 hao3 de5 fu2 wu4",
    "幺二零": "yao1 er4 ling2",
    "曾书记": "zeng1 shu1 ji4",
    "曾国强同志": "zeng1 guo2 qiang2 tong2 zhi4",
    "任主任": "ren2 zhu3 ren4",
    "曾经": "ceng2 jing1",
    "任何同志": "ren4 he2 tong2 zhi4",
    "检查老师": "jian3 cha2 lao3 shi1",
}


@pytest.mark.parametrize(("text", "read"), READ.items())
def test_words_with_several_readings(text: str, read: str) -> None:
    assert " ".join(syllable for word in words(text) for syllable in word) == read


def test_words_and_pauses_reach_the_voice() -> None:
    assert phonemes("您好，再见。") == "ni↗nxau↓, ʦai↘ʨjɛ↘n."


def test_every_phoneme_is_one_the_voice_was_trained_on() -> None:
    known = set(json.loads((model("kokoro") / "vocab.json").read_text("utf-8"))["vocab"])
    said = phonemes(
        "诶必西第亿艾付记艾尺爱街开，艾勒艾姆恩欧批扣阿！艾斯梯优威达不溜艾克斯外贼？女儿去旅游；资格、略、军训：嗯…二。"
    )
    assert set(said) <= known, set(said) - known
