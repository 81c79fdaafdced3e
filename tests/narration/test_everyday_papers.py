"""Papers on insurance, heating, allowances, lifts, vaccinations, school, pension: asked as one speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.narration import Index, NotInDocuments, Passage, answer, build_index, narrate
from dialogs.narration.asking import asked
from dialogs.narration.quantities import quantities_asked, suits
from tests.narration.test_questions import outcomes, read

HERE = Path(__file__).parent
LOTS = ("everyday", "everyday_later", "everyday_last", "everyday_held", "forms", "forms_later", "papers")


def papers(folder: Path) -> Index:
    return build_index({path.name: narrate(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")})


def told(text: str, question: str) -> Passage | NotInDocuments:
    return answer(question, build_index({"paper": narrate(text)}))


def test_questions_are_answered_right_or_not_at_all() -> None:
    asked_so_far = right_so_far = wrong_so_far = 0.0
    for lot in LOTS:
        questions = read(HERE / lot / "questions.tsv", "doc", "question", "patterns")
        right, wrong = outcomes(papers(HERE / lot), questions)
        assert right >= 0.7, lot
        assert wrong <= 0.08, lot
        asked_so_far += len(questions)
        right_so_far += right * len(questions)
        wrong_so_far += wrong * len(questions)
    assert right_so_far >= 0.82 * asked_so_far
    assert wrong_so_far <= 0.05 * asked_so_far


def test_what_is_announced_once_holds_for_every_item() -> None:
    rules = (
        "高龄津贴发放办法\n第一条 高龄津贴按下列标准发放：\n"
        "（一）80至89周岁的，每人每月60元；\n（二）90至99周岁的，每人每月200元。"
    )
    found = told(rules, "我妈九十三了，高龄津贴一个月多少钱？")
    assert isinstance(found, Passage)
    assert found.text == "高龄津贴按下列标准发放：90至99周岁的，每人每月200元。"


def test_a_list_is_read_whole() -> None:
    guide = "加装电梯办事指南\n【申请材料】\n1. 加装电梯申请表\n2. 业主身份证复印件\n【办理时限】\n10个工作日内答复。"
    found = told(guide, "加装电梯要交哪些材料？")
    assert isinstance(found, Passage)
    assert "申请表" in found.text
    assert "身份证" in found.text
    assert "工作日" not in found.text


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("我八十二了，能领多少？", "age", 82),
        ("我妈九十三，领多少？", "age", 93),
        ("退休金六千块，党费交几个点？", "money", 6000),
        ("花三百块钱谁签字？", "money", 300),
        ("我们有六十来个党员", "people", 60),
        ("退休党员有六十来个了", "people", 60),
        ("党龄五十年的发多少？", "standing", 50),
        ("我住六栋，哪天停气？", "building", 6),
    ],
)
def test_what_the_asker_says_of_himself(said: str, kind: str, value: float) -> None:
    assert [(each.kind, each.value) for each in quantities_asked(said)] == [(kind, value)]


@pytest.mark.parametrize("said", ["四就近是哪四个？", "一个月发多少？", "三级医院报多少？", "七加五是怎么个弄法？"])
def test_not_every_figure_is_the_askers_own(said: str) -> None:
    assert quantities_asked(said) == []


@pytest.mark.parametrize(
    ("rule", "said", "meant"),
    [
        ("80至89周岁的，每月60元", "我八十二了", True),
        ("楼栋：5至8栋，停气时间：9月18日", "我住六栋", True),
        ("楼栋：1至4栋，停气时间：9月5日", "我住六栋", False),
        ("90周岁以上的，每月200元", "我八十二了", False),
        ("年满70周岁不满75周岁的，加25元", "我七十八了", False),
        ("年满75周岁不满80周岁的，加40元", "我七十八了", True),
        ("500元以下的由书记签字，500元以上2000元以下的集体研究", "花三百块钱", True),
        ("2000元以上的报批准", "花三百块钱", False),
        ("不足3人的单位，联合建立", "我们有六十来个党员", False),
        ("每人每月60元", "我八十二了", None),
        ("外出六个月以内的，不必转组织关系", "我去海南过冬四个月", True),
        ("外出半年以上的，应当转组织关系", "我去海南过冬四个月", False),
        ("正式党员不少于7名", "我们支部才六个党员", False),
        ("年满八十周岁的，由家属陪同", "我八十二了", True),
    ],
)
def test_ranges_part_people(rule: str, said: str, meant: bool | None) -> None:
    assert suits(rule, quantities_asked(said)[0]) is meant


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("要带什么证件？", "带身份证和社保卡", "带好口罩"),
        ("礼拜六办不办公？", "周一至周五办理", "上午九点办理"),
        ("能报多少？", "报销75%", "按规定报销"),
        ("要几张照片？", "带二寸照片2张", "带照片"),
        ("抚恤金给多少个月的？", "为基本退休费的20个月", "一次性抚恤金900元"),
        ("三位互动是哪三家？", "党工委——原单位——社区三位互动", "原单位、社区"),
        ("打哪个电话？", "维修班电话6618", "维修班在一楼"),
        ("困难补助给多少钱？", "每年补助2000元", "医药费超过2万元的，可以申请"),
        ("哪些人不能打？", "发烧的、过敏的、孕妇", "不能打的人很少"),
    ],
)
def test_an_answer_is_of_the_kind_that_was_asked_for(question: str, yes: str, no: str) -> None:
    answers = asked(question).answers
    assert answers is not None
    assert answers(yes)
    assert not answers(no)


def test_a_telephone_line_is_about_all_that_its_paper_says() -> None:
    heat = "取暖补贴通知\n一、标准\n每平方米补28元。\n联系人：高文博，联系电话：0439-6223108。"
    meals = "助餐补贴通知\n一、标准\n每餐补3元，对补贴有疑问的可以提出。\n联系人：李红，联系电话：0439-6220000。"
    index = build_index({"heat": narrate(heat), "meals": narrate(meals)})
    found = answer("取暖补贴打哪个电话问？", index)
    assert isinstance(found, Passage)
    assert "6223108" in found.text


@pytest.mark.parametrize(
    ("paper", "question", "says"),
    [
        # a short name of what the title names is no sign of a place that happens to write it
        (
            "长期护理保险明白卡\n【每年交多少】\n职工每年一次扣100元。\n【评估费】\n首次评估费300元由长护险基金付。",
            "长护险一年扣多少钱？",
            "100元",
        ),
        # who asks whether he may is answered by what shuts him out
        (
            "休养通知\n一、条件\n年龄在80周岁以下的，可以报名休养。\n二、费用\n每天320元。",
            "我八十三，能报名休养吗？",
            "80周岁",
        ),
        # a month is not a day
        (
            "护理补贴办法\n一、标准\n在家护理的，每月补贴1200元。\n亲属照顾的，每天补贴25元。",
            "在家护理一个月补多少钱？",
            "1200元",
        ),
        # the paper knows nothing of those people
        ("敬老卡办法\n一、乘车\n持敬老卡乘坐公交车免费。", "残疾人坐公交车免费吗？", ""),
        ("敬老卡办法\n一、乘车\n持敬老卡乘坐公交车免费。", "坐公交车免费吗？", "免费"),
    ],
)
def test_what_a_question_is_really_about(paper: str, question: str, says: str) -> None:
    found = told(paper, question)
    answered = found.text if isinstance(found, Passage) else ""
    assert (says in answered) if says else not answered


def test_another_city_is_another_place() -> None:
    notice = "取暖补贴通知\n一、发放\n住在外地的，凭居住证明补报取暖补贴。\n住在本县的，补贴打入银行卡。"
    found = told(notice, "我住在海南，取暖补贴怎么补报？")
    assert isinstance(found, Passage)
    assert "居住证明" in found.text


def test_a_question_may_name_the_kind_of_document() -> None:
    line = "老同志可以到{}学习，每月2次。"
    index = build_index(
        {
            "speech": narrate("在现场会上的讲话\n一、学习\n" + line.format("活动中心")),
            "notice": narrate("关于组织学习的通知\n一、学习\n" + line.format("图书馆")),
        }
    )
    found = answer("讲话里说老同志可以到哪儿学习？", index)
    assert isinstance(found, Passage)
    assert found.key == "speech"


def test_a_title_is_no_answer() -> None:
    school = papers(HERE / "everyday_later")
    found = answer("我今年六十八，能上老年大学吗？", school)
    nearest = found if isinstance(found, Passage) else found.nearest
    assert nearest is not None
    assert nearest.sources[0] > 1
