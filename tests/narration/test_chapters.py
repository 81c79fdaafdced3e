"""Chapters follow the document's own numbering, and the outline tells them."""

from __future__ import annotations

import pytest

from dialogs.narration import Chapter, Narration, narrate, outline
from dialogs.narration.numbering import label_of
from dialogs.narration.spoken import spoken_clause


def shape(chapters: tuple[Chapter, ...]) -> list[object]:
    return [(c.number, shape(c.parts)) if c.parts else c.number for c in chapters]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("一、总体要求", "han", "一"),
        ("（十二）其他", "han_bracket", "（十二）"),
        ("10．加强领导", "arabic", "10"),
        ("3.党费", "arabic", "3"),
        ("第三条 党员应当", "article", "第三条"),
        ("第十三条75岁以上独居的", "article", "第十三条"),
        ("第二章 总则", "book", "第二章"),
        ("1.2 适用范围", "decimal1", "1.2"),
        ("①自愿参加", "circle", "①"),
        ("二是建组织。", "point", "二是"),
        ("——坚持自愿。", "dash", ""),
        ("§ 4 报名", "section_sign", "§ 4"),
    ],
)
def test_labels(line: str, kind: str, text: str) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.kind, label.text) == (kind, text)


@pytest.mark.parametrize(
    "line", ["2018年2月印发", "1.5万元以上", "一是否参加", "三会一课", "第三条规定的人员", "3000元", "10月底前"]
)
def test_what_only_looks_like_a_label(line: str) -> None:
    assert label_of(line) is None


def test_numbering_nests_and_starts_again_under_each_chapter() -> None:
    text = "一、学习\n（一）时间\n1、每月一次。\n2．每次半天。\n（二）地点\n二、走访\n1.春节走访。\n2.住院看望。"
    assert shape(narrate(text).chapters) == [("一", [("（一）", ["1", "2"]), "（二）"]), ("二", ["1", "2"])]


def test_points_counted_within_a_paragraph_are_parts() -> None:
    narration = narrate("二、抓好三建\n要做好三件事。一是建机制。定期开会。二是建组织。三是建队伍。")
    assert shape(narration.chapters) == [("二", ["一是", "二是", "三是"])]
    assert [s.clause for s in narration.sentences if "定期" in s.text] == [("二", "一是")]


def test_articles_within_chapters(notice: Narration) -> None:
    numbered = [chapter for chapter in notice.chapters if chapter.number]
    assert [chapter.title for chapter in numbered] == ["总则", "走访慰问", "困难帮扶", "附则"]
    assert [part.number for part in numbered[1].parts] == ["第三条", "第四条", "第五条"]
    assert "帮扶工作，根据" in numbered[0].text
    assert "3个工作日内上门看望" in numbered[1].text


def test_the_outline_counts_the_chapters(notice: Narration) -> None:
    assert outline(notice) == "这份文件讲四件事：第一，总则；第二，走访慰问；第三，困难帮扶；第四，附则。"


def test_a_document_without_numbering_is_one_chapter_and_says_so() -> None:
    narration = narrate("党费每月交一次。老人可以请人代交。")
    assert len(narration.chapters) == 1
    assert outline(narration) == "这份文件没有分章节。"


@pytest.mark.parametrize(
    ("path", "spoken"),
    [
        (("四", "（二）"), "第四部分第二点"),
        (("第三章", "第十二条"), "第三章第十二条"),
        (("二", "10"), "第二部分第十条"),
        (("三", "有工作制度"), "第三部分“有工作制度”一段"),
        (("一", "二是"), "第一部分第二项"),
        ((), ""),
    ],
)
def test_clauses_are_spoken(path: tuple[str, ...], spoken: str) -> None:
    assert spoken_clause(path) == spoken


def test_a_heading_with_a_full_stop_over_parts_is_a_heading() -> None:
    notice = narrate(
        "一、做好安全保障。\n（一）检查燃气。\n（二）有人值班。\n二、党费每月交一次。\n三、住院的，支部看望。"
    )
    assert [(each.number, each.title) for each in notice.chapters] == [("一", "做好安全保障"), ("二", ""), ("三", "")]


def test_in_the_outline_an_article_has_the_number_by_which_it_is_asked_for() -> None:
    told = narrate(
        "第一条 党费按月交。\n第二条 原单位每年六月和十二月核对一次离退休干部的住址、电话和紧急联系人，有变动的告知。\n"
        "第三条 这一句话很长很长很长很长很长很长很长很长很长很长很长没有停顿。\n第四条 书报费每人240元。"
    )
    named = "第二，原单位每年六月和十二月核对一次离退休干部的住址；第四，书报费每人240元。"
    assert outline(told) == f"这份文件讲四件事：第一，党费按月交；{named}"
    many = narrate("\n".join(f"第{number}条 第{number}件事。" for number in range(1, 41)))
    assert outline(many).endswith("第十二，第12件事。后面还有二十八件。")
