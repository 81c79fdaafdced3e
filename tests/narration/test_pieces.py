"""Chapters cut for the voice: nothing is lost, nothing is too long."""

from __future__ import annotations

import re

import pytest

from dialogs.narration import narrate
from dialogs.narration.pieces import LONGEST, headings, pieces, readings

LINE = "支部每月组织1次集体学习，时间一般在每月第二个星期三下午3点，地点在社区活动室。"


@pytest.mark.parametrize(
    "text", ["", LINE, "\n".join([LINE] * 40), LINE * 40, "学" * 1500, LINE.replace("。", "，") * 40]
)
def test_pieces_hold_everything_and_none_is_longer_than_a_voice_message(text: str) -> None:
    cut = pieces(text)
    assert all(0 < len(piece) <= LONGEST for piece in cut)
    assert re.sub(r"\s", "", "".join(cut)) == re.sub(r"\s", "", text)


def test_pieces_end_where_lines_end() -> None:
    assert all(piece.endswith("。") for piece in pieces("\n".join([LINE] * 40)))


def test_a_long_chapter_has_a_gist_of_its_own_and_a_short_one_none() -> None:
    body = "".join(
        f"（{number}）老年党员每年参加{at}次学习。" + LINE * 3 + "\n" for at, number in enumerate("一二三四五六", 1)
    )
    introduction, short, long = readings(
        narrate(f"关于学习的意见\n\n为了学习好，制定本意见。\n\n一、目标\n人人学习。\n\n二、任务\n{body}")
    )
    assert (introduction.label, introduction.gist) == ("", "")
    assert (short.label, short.title, short.gist) == ("第一部分", "目标", "")
    assert 0 < len(long.gist) < len(long.text)
    assert "关于学习的意见" not in long.gist
    for statement in filter(None, re.split("[。，、：]", long.gist)):
        assert statement in long.title + long.text, "a gist is made of the chapter's own words"


def test_headings_within_a_chapter() -> None:
    text = "（一） 有党的组织。原则上要建立支部。\n（二） 支部每月学习1次。\n有工作制度。 坚持从实际出发。"
    assert list(headings(text)) == ["有党的组织", "有工作制度"]


def test_a_long_chapter_behind_others_tells_its_announced_list() -> None:
    rules = f"一、学习\n{LINE}\n二、办理\n" + "\n".join([LINE] * 20) + "\n申请时应当提供下列材料：\n"
    items = "\n".join(f"（{at}）{name}；" for at, name in zip("一二三", ("身份证", "退休证", "申请表"), strict=True))
    last = readings(narrate(f"关于办理的通知\n{rules}{items}"))[-1]
    assert "身份证、退休证、申请表" in last.gist
