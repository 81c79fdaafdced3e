"""Written text becomes spoken text: numbers, dates, money, signs and letters in Chinese characters."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from speech.ear import for_the_ear
from tests.shared_data import shared

CASES = tomllib.loads(Path(__file__).with_name("ear_cases.toml").read_text("utf-8"))
SPOKEN = re.compile(r"[\u3400-\u9fff。！？；：，、…]*")


@pytest.mark.parametrize(
    ("written", "said"), [pytest.param(*pair, id=pair[0]) for group in CASES.values() for pair in group]
)
def test_written_text_is_said_as_people_say_it(written: str, said: str) -> None:
    assert for_the_ear(written) == said


def test_there_are_enough_cases_and_none_twice() -> None:
    written = [pair[0] for group in CASES.values() for pair in group]
    assert len(written) >= 120
    assert len(set(written)) == len(written)


NUMBERS = "0 1 2 12 007 120 1335 12345 2018 2026-11-25 3,000 0.5 -3 13800138000"
SIGNS = "¥ % : ： / - ~ — · . ， 。 、 （ ） ( ) 〔 〕 “ ” 《 》 X XX × * + = < > ℃ m² km kg ① Ⅱ ½ № @ # \n \t"
WORDS = "元 年 月 日 号 点 时 个 名 次 岁 第 周 三 十 到 至 万 亿 室 路 后 级 上午 党费 拨打 血压 电话 PDF QQ WiFi B超"
PIECES = st.sampled_from([piece for line in (NUMBERS, SIGNS, WORDS) for piece in line.split(" ")])


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
@example("２０１８年２月２６日")
@example("᪐ ٣个人 ५名")  # digits of other scripts
@example("1/0 0/0 24:60 99:99 2026-13-45 〔9999〕0号")
@example("0" * 40 + "." + "9" * 40)
def test_anything_is_said_in_characters_and_saying_it_twice_changes_nothing(text: str) -> None:
    said = for_the_ear(text)
    assert SPOKEN.fullmatch(said), said
    assert for_the_ear(said) == said


@given(st.integers(0, 10**15))
def test_a_counted_number_is_said_without_losing_its_value(number: int) -> None:
    import cn2an

    said = for_the_ear(f"共{number}元")
    assert said.startswith("共")
    assert said.endswith("元")
    assert cn2an.cn2an(said[1:-1].replace("两", "二"), "smart") == number


@pytest.mark.parametrize(
    "name", ["fuzhou-1335", "jiayuguan-7plus5", "lishui-opinions", "weifang-speech", "wuxi-liuyou-yitisheng"]
)
def test_whole_documents_can_be_said(name: str) -> None:
    text = shared("documents", f"{name}.txt").read_text("utf-8")
    said = for_the_ear(text)
    assert SPOKEN.fullmatch(said)
    assert for_the_ear(said) == said
    written, spoken = (len(re.findall(r"[\u4e00-\u9fff]", each)) for each in (text, said))
    assert written <= spoken <= 1.1 * written, "nothing is left out, little is added"
