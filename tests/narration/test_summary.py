"""A summary tells members what concerns them, in the document's own words and within its time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.narration import Narration, as_contract, narrate, summarise
from dialogs.narration.compress import is_broken, shorten
from tests.shared_data import shared

NUMBER = re.compile(r"\d+(?:\.\d+)?")
FRAME = "这是"


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of a part, marks aside, stand in the whole in their order."""
    rest = iter(whole)
    return all(char in rest for char in part if char not in "，。：、")


def check_faithful(narration: Narration, seconds: float = 90) -> None:
    summary = summarise(narration, seconds)
    texts = {sentence.number: sentence.text for sentence in narration.sentences}
    for sentence in summary.sentences:
        source = "".join(texts[number] for number in sentence.sources)
        assert is_within(sentence.text.removeprefix(FRAME), source), sentence
        assert set(NUMBER.findall(sentence.text)) <= set(NUMBER.findall(source)), sentence
        assert not is_broken(sentence.text.removeprefix(FRAME)), sentence
    assert len(summary.text) <= seconds * 330 / 90


def test_the_notice_tells_money_visits_dates_and_whom_to_ask(notice: Narration) -> None:
    text = summarise(notice).text
    assert text.startswith("这是清溪市退休干部走访慰问和帮扶办法。")
    for fact in (
        "不超过500元",
        "慰问金标准为1000元",
        "2000元至8000元",
        "2023年5月1日起施行",
        "0591-5550123",
        "每年不少于2次",
    ):
        assert fact in text
    assert 220 <= len(text) <= 330


def test_a_condition_is_never_left_out_of_what_it_allows(measure: Narration) -> None:
    for sentence in summarise(measure).sentences:
        if "发给证书" in sentence.text:
            assert "全年积分达到80分的" in sentence.text
    flexible = narrate("一、党费\n按规定交纳党费，有特殊情况的，经支部同意，党费可采取灵活的方式交纳。")
    assert "有特殊情况的，经支部同意，党费可采取灵活的方式交纳" in summarise(flexible).text


def test_an_exception_stays_with_its_rule() -> None:
    text = summarise(narrate("一、补贴\n支部书记每月补贴300元，但在职人员担任书记的除外。")).text
    assert "除外" in text


def test_every_sentence_is_faithful(notice: Narration, measure: Narration) -> None:
    check_faithful(notice)
    check_faithful(measure)


@pytest.mark.parametrize("seconds", [20, 60, 90, 180])
def test_it_keeps_its_time(notice: Narration, seconds: float) -> None:
    check_faithful(notice, seconds)


PIECES = st.sampled_from(
    [
        "党费每月交纳",
        "有特殊情况的",
        "经支部同意",
        "可以少交",
        "但离休干部除外",
        "每年不少于2次",
        "书记补贴300元",
        "切实加强学习",
        "对80岁以上的党员",
        "一般不超过5个",
        "其中包括社区",
        "按照自愿的原则",
    ]
)


@settings(deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=6), min_size=1, max_size=12))
def test_nothing_is_invented_whatever_the_document_says(sentences: list[list[str]]) -> None:
    check_faithful(narrate("一、要求\n" + "".join("，".join(pieces) + "。" for pieces in sentences)))


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("要进一步加强离退休干部党组织建设", "加强党组织建设"),
        ("单位离退休干部党员人数5人以上的", "单位离退休党员人数5人以上的"),
        ("各级离退休干部党工委要严格落实制度", "落实制度"),
        ("不断丰富内容", "不断丰富内容"),
    ],
)
def test_shortening_only_leaves_out(written: str, short: str) -> None:
    assert shorten(written) == short


def test_the_contract(notice: Narration) -> None:
    printed = as_contract(notice, summarise(notice))
    assert list(printed)[:7] == ["title", "number", "issuer", "date", "summary", "chapters", "removed"]
    assert printed["summary"][0] == {"text": "这是清溪市退休干部走访慰问和帮扶办法。", "sources": [1]}  # type: ignore[index]


def test_an_empty_document_has_an_empty_summary() -> None:
    assert summarise(narrate("")).sentences == ()


def test_twenty_thousand_characters_take_less_than_three_seconds(notice: Narration) -> None:
    chapter = "".join(sentence.text for sentence in notice.sentences if not sentence.heading)
    text = "\n".join(f"{number}、第{number}部分\n{chapter}" for number in range(1, 20_000 // len(chapter) + 1))
    started = time.perf_counter()
    summarise(narrate(text))
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    "name", ["fuzhou-1335", "jiayuguan-7plus5", "lishui-opinions", "weifang-speech", "wuxi-liuyou-yitisheng"]
)
def test_real_documents_are_summed_up_faithfully(name: str) -> None:
    check_faithful(narrate(shared("documents", f"{name}.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("document", "says", "never"),
    [
        (
            "一、补贴对象\n支部的书记、委员每人每月补贴300元，在职人员兼任的不享受。",
            "在职人员兼任的不享受",
            "",
        ),
        (
            "一、慰问对象\n（1）80周岁以上退休干部；\n（2）重病的退休干部每人慰问800元。",
            "慰问800元",
            "80周岁以上退休干部。",
        ),
        ("现将有关慰问事项通知如下。\n一、慰问\n住院慰问金300元。", "300元", "通知如下"),
        (
            "一、外地\n随子女在外地居住半年以上的党员，离开前应告知支部，在外期间通过微信学习，回来后补交党费即可。",
            "半年以上的党员，",
            "。回来后",
        ),
        (
            "一、服务\n可以找社区专窗，也可以拨打老干部局热线0743-2218090，工作日有人接听。",
            "0743-2218090",
            "专窗，工作日",
        ),
        ("一、电话\n咨询电话：0576-85137722（党建科）", "0576-85137722", ""),
        ("一、补助\n自费药不补助（急诊除外），住院费补助60%（离休干部不含在内）。", "（急诊除外）", "60%。"),
        ("一、生日\n80岁、90岁生日当天，由单位领导上门祝寿。", "上门祝寿", "当天。"),
        ("一、活动\n1月26日至2月6日，在活动中心举办书画展，免费参加。", "举办书画展", "2月6日。"),
        ("一、书画\n书画作品限2件，尺寸不超过四尺，于1月15日前送活动中心302室。", "书画作品", "。尺寸"),
        ("一、转账\n转账超过2000元，先和子女或者支部书记商量。", "超过2000元，先", "2000元。"),
    ],
)
def test_a_shortened_sentence_says_neither_more_nor_less(document: str, says: str, never: str) -> None:
    text = summarise(narrate(document)).text
    assert says in text
    assert not never or never not in text


def test_the_parts_of_a_list_are_said_in_one_breath() -> None:
    text = summarise(
        narrate(
            "一、步骤\n工作分三个阶段进行。\n1、动员部署阶段（3月下旬）。各支部开会。\n"
            "2、组织实施阶段（4月—10月）。各支部落实。\n3、总结评选阶段（11月）。区里检查。"
        )
    ).text
    assert "分三个阶段进行：动员部署、组织实施、总结评选阶段。" in text


def test_points_of_a_counted_list_are_named_by_what_they_begin_with() -> None:
    told = narrate(
        "一、重点工作\n我们要建好三支队伍。\n一是各地各部门要着力建设好专职工作者队伍，配齐力量。\n"
        "二是各地各部门要着力建设好支部骨干队伍，选好书记。\n三是各地各部门要着力建设好在职联络员队伍，当好助手。\n"
        "二、成绩\n总的来看，呈现以下几个特点：\n一是思路更加明确。\n二是载体不断创新。\n三是合力逐渐形成。"
    )
    text = summarise(told).text
    assert "建设好专职工作者、支部骨干、在职联络员队伍。" in text
    assert "思路更加明确、载体不断创新、合力逐渐形成。" in text


@pytest.mark.parametrize(
    ("paper", "never"),
    [
        ("用户类别\t每平方米\t报停\n居民住宅\t26元\t20%\n商铺\t39元\t30%", "。每平方米"),
        ("骨灰寄存，第一年免费，从第二年起每年收取120元。", "。从第二年起"),
        ("担任书记的，每人每月300元；担任副书记的，每人每月250元。", "。担任副书记的"),
    ],
)
def test_what_a_sum_is_for_is_told_with_it(paper: str, never: str) -> None:
    told = summarise(narrate(f"关于收费的通知\n一、标准\n{paper}")).text
    assert "元" in told
    assert never not in told
