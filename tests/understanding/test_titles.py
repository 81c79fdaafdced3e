"""Documents are found by sound, by nickname, by abbreviation; the stretch as said is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.meaning import Title
from dialogs.understanding.titles import find_title

TITLES = (
    Title("D01", "六有一提升工程实施方案", ("六有一提升", "六有方案", "六个有的文件")),
    Title("D02", "关于推进1335离退休干部党建工作机制的通知", ("一三三五", "1335", "一三三五通知")),
    Title("D03", "关于加强新时代离退休干部党建工作的意见", ("新时代党建意见", "新时代的意见")),
    Title("D04", "关于进一步加强和改进离退休干部工作的实施意见", ("加强和改进的意见", "实施意见", "丽水的意见")),
    Title("D05", "社区离退休干部党建工作现场经验交流会讲话", ("经验交流会讲话", "现场会讲话")),
    Title("D06", "离退休干部党支部工作手册", ("工作手册", "支部手册")),
    Title("D07", "中国共产党支部工作条例（试行）", ("支部工作条例",)),
    Title("D09", "离退休干部党支部“六有一提升”评分细则", ("评分细则", "三十六条标准")),
    Title("D10", "“7+5”组织生活制度年度安排", ("七加五安排", "七加五")),
    Title("D12", "银色人才志愿服务行动倡议书", ("银色人才倡议书", "倡议书")),
)


@pytest.mark.parametrize(
    ("said", "id_", "span"),
    [
        ("念一下六有一提声", "D01", "六有一提声"),
        ("六油一体声念给我听", "D01", "六油一体声"),
        ("给我念那个六有", "D01", "六有"),
        ("六有那个方案讲什么", "D01", "六有那个方案"),
        ("我想听一山山五的通知", "D02", "一山山五的通知"),
        ("幺三三五念念", "D02", "幺三三五"),
        ("1335的文件", "D02", "1335"),
        ("新时代离退休干部挡建工作的一件", "D03", "新时代离退休干部挡建工作的一件"),
        ("丽水那个意见", "D04", "丽水那个意见"),
        ("加强和改劲离退休干部工作的实施一件说了啥", "D04", "加强和改劲离退休干部工作的实施一件"),
        ("经验交刘会讲话听一下", "D05", "经验交刘会讲话"),
        ("讲话 现场的", "D05", "讲话 现场的"),
        ("支部工作首册", "D06", "支部工作首册"),
        ("支部条例", "D07", "支部条例"),
        ("学条例", "D07", "条例"),
        ("党支部六有一提升评分细则，念", "D09", "党支部六有一提升评分细则"),
        ("三十六条标准是哪些", "D09", "三十六条标准"),
        ("7+5的安排", "D10", "7+5的安排"),
        ("七加五组织生或安排念念", "D10", "七加五组织生或安排"),
        ("倡议书放一遍", "D12", "倡议书"),
    ],
)
def test_a_document_is_found_and_the_stretch_kept_as_said(said: str, id_: str, span: str) -> None:
    match = find_title(said, (), TITLES)
    assert match is not None
    assert (match.id, match.said) == (id_, span)
    assert said[match.begin : match.finish] == span


@pytest.mark.parametrize(
    "said",
    [
        "我有个意见要提",
        "党费交了三十六块五",
        "我跟你讲话你听见没有",
        "想想办法吧",
        "本年度缺席三次以上的同志有哪些",
        "安排发个通知",
        "明天几点开会",
        "",
    ],
)
def test_ordinary_words_name_no_document(said: str) -> None:
    assert find_title(said, (), TITLES) is None


def test_another_reading_is_asked_where_the_best_names_nothing() -> None:
    match = find_title("念一下留油衣", ("念一下六有一提升",), TITLES)
    assert match is not None
    assert (match.id, match.reading) == ("D01", 1)


def test_two_documents_that_fit_equally_are_rivals() -> None:
    twins = (Title("A", "关于党费收缴的通知", ("党费通知",)), Title("B", "关于党费使用的通知", ("党费通知",)))
    match = find_title("念党费通知", (), twins)
    assert match is not None
    assert {match.id, *match.rivals} == {"A", "B"}


@given(st.text(max_size=200) | st.text(alphabet="六有一提升的意见通知条例那个1335讲话", max_size=60))
def test_any_text_can_be_searched_for_titles(text: str) -> None:
    match = find_title(text, (), TITLES)
    assert match is None or (text[match.begin : match.finish] == match.said and 0 <= match.score <= 1)
