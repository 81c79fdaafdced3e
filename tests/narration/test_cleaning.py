"""What nobody wants to hear is cut and reported, and broken lines become sentences again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.narration import Narration, narrate
from dialogs.narration.lines import lines_of, paragraphs
from dialogs.narration.sweep import for_the_ear
from dialogs.narration.tables import read_tables


def whole(narration: Narration) -> str:
    return "".join(sentence.text for sentence in narration.sentences)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("XX区和XX县的XXX同志", "某区和某县的某同志"),
        ("××市老干部局", "某市老干部局"),
        ("重点是XX 区、X 县", "重点是某区、某县"),
        ("标准另定[3]。", "标准另定。"),
        ("X年X月X日", "某年某月某日"),
        ("二○○八年的MAXX牌", "二○○八年的MAXX牌"),
    ],
)
def test_redactions_and_footnote_marks_are_made_readable(written: str, heard: str) -> None:
    assert for_the_ear(written) == heard


def test_a_sentence_broken_by_a_page_is_joined() -> None:
    broken = "要确保书记补贴\n\n按每月不低于300元的规定落实，不得\n拖欠。\n二、其他事项"
    assert paragraphs(lines_of(broken)) == ["要确保书记补贴", "按每月不低于300元的规定落实，不得拖欠。", "二、其他事项"]
    begun = "经费要到位，要确保书记补贴\n\n按每月不低于300元落实。"
    assert paragraphs(lines_of(begun)) == ["经费要到位，要确保书记补贴按每月不低于300元落实。"]


def test_a_heading_is_never_joined_to_its_text() -> None:
    assert paragraphs(lines_of("一、加强领导，落实责任\n各单位要重视。")) == [
        "一、加强领导，落实责任",
        "各单位要重视。",
    ]


def test_a_broken_line_that_begins_with_a_figure_is_no_heading() -> None:
    assert paragraphs(lines_of("每个支部每年不低于，\n1.5万元。")) == ["每个支部每年不低于，1.5万元。"]


def test_what_was_cut_is_reported(notice: Narration) -> None:
    cut = "\n".join(notice.removed)
    for line in ("扫码加入会员群", "- 2 -", "抄送：市委组织部", "2023年3月16日印发", "各县（区）委老干部局"):
        assert line in cut
        assert line not in whole(notice)


def test_an_advertisement_in_the_middle_goes_and_the_text_around_it_stays() -> None:
    narration = narrate("支部每月学习一次。\n更多范文请加微信：abc123\n党费按月交纳。")
    assert [s.text for s in narration.sentences] == ["支部每月学习一次。", "党费按月交纳。"]
    assert narration.removed == ("更多范文请加微信：abc123",)


@pytest.mark.parametrize(
    "line",
    [
        "本资料由“公文范本网”整理，下载Word版请加微信gwfb6688，会员免费下载十万份材料，欢迎转发给同事。",
        "2026/3/20上午9:12关于看望的通知",
        "11/25/26, 4:33 PM",
        "file:///tmp/notice.html 1/1",
        "填表人：联系电话：",
    ],
)
def test_what_a_reseller_a_browser_or_a_form_adds_is_not_heard(line: str) -> None:
    first = "填表" not in line
    text = "关于看望的通知\n一、看望\n住院的由支部看望。\n某市老干部局\n2026年3月20日\n"
    narration = narrate(f"{line}\n{text}" if first else f"{text}{line}\n")
    assert line in narration.removed
    assert line not in whole(narration)


@pytest.mark.parametrize("line", ["联系人：王敏，邮箱wm@163.com，电话82220001。", "邮箱：wm@163.com"])
def test_an_address_for_letters_is_no_advertisement(line: str) -> None:
    assert narrate(f"关于看望的通知\n一、联系\n{line}").removed == ()


CONTENTS = "关于看望的通知\n{}一、看望\n住院的由支部看望。\n二、党费\n每月交一次。\n三、学习\n每季度学习。\n"


@pytest.mark.parametrize(
    "listed",
    [
        "一、看望……1\n二、党费……2\n三、学习……12\n",
        "目录\n一、看望\n二、党费\n三、学习\n",
        "一、看望\t1\n二、党费\t1\n三、学习\t2\n",
    ],
)
def test_a_table_of_contents_is_not_read_and_opens_no_chapters(listed: str) -> None:
    narration = narrate(CONTENTS.format(listed))
    assert narration.chapters == narrate(CONTENTS.format("")).chapters
    assert set(narration.removed) == set(listed.split("\n")) - {""}


def test_a_sentence_of_the_document_about_the_branch_s_own_channel_is_not_an_advertisement() -> None:
    text = "一、学习方式\n党员可以扫码关注“松岭老干部”公众号，在线听课，也可以参加支部组织的集中学习和送学上门活动。"
    assert not narrate(text).removed


def test_a_table_is_read_row_by_row(measure: Narration) -> None:
    assert "项目：在家听学习材料，每次积分：3分，每年最多：36分。" in whole(measure)


def test_a_lone_line_with_a_tab_stays_as_it_is() -> None:
    assert read_tables(["联系人\t李红", "", "二、其他"]) == ["联系人 李红", "", "二、其他"]


@given(
    st.text(
        alphabet="一二三四五、（）是第条章。；，：\n\t —XX区0123456789.．关于的通知某党费〔〕[]《》“”", max_size=400
    )
)
def test_any_text_is_taken_and_sentences_are_numbered_without_a_gap(text: str) -> None:
    narration = narrate(text)
    assert [sentence.number for sentence in narration.sentences] == list(range(1, len(narration.sentences) + 1))


@given(
    st.lists(
        st.sampled_from(["党费每月交一次。", "老人可以不参加。", "一、学习", "（二）走访", "春节走访慰问。"]),
        max_size=30,
    )
)
def test_nothing_of_the_body_is_lost(lines: list[str]) -> None:
    narration = narrate("\n".join(lines))
    kept = whole(narration) + "".join(narration.removed)
    for line in lines:
        assert line.rstrip("。").split("、")[-1].removeprefix("（二）") in kept
