"""Listening to documents: the summary, then part by part, stopped, taken up again, and asked about."""

from __future__ import annotations

import tomllib
from itertools import count
from pathlib import Path

import pytest

from bot.answer import Answer
from dialogs.documents import library
from dialogs.narration.pieces import LONGEST
from storage import documents, listening, log
from tests.bot.conftest import NOW, Office, open_office

LONG_PART = "".join(
    f"（{number}）老年党员的第{number}项工作要做好。支部要安排专人负责，每季度检查一次，做得好的给予表扬。"
    "有困难的党员可以提出来，支部商量以后帮助解决，解决不了的报告上级党组织。\n"
    for number in "一二三四五六七八九"
)
REGULATION = (
    "关于开展金秋行动的意见\n\n一、总体要求\n支部要重视金秋行动。\n\n"
    f"二、重点任务\n{LONG_PART}\n三、组织领导\n由书记负责。"
)


def listen(office: Office, *said: str) -> Answer:
    """The answer to the last of several things that 王桂兰 says."""
    return [office.say("王桂兰", each) for each in said][-1]


def parts(office: Office, name: str = "王桂兰") -> list[object]:
    """What this member has heard, in order."""
    found = office.rows("SELECT part FROM listening WHERE member_id = ? ORDER BY id", office.person(name).id)
    return [part for (part,) in found]


# The summary first, then one part after the other.


def test_the_summary_comes_first_and_then_part_by_part(office: Office) -> None:
    assert "不作硬性要求" in listen(office, "念一下六有一提升").text
    assert "现制定本方案" in listen(office, "继续").text
    assert "总体要求" in listen(office, "下一个").text
    assert "每月第二个星期三下午3点" in listen(office, "接着念").text
    assert parts(office) == ["summary", "1", "2", "3"]


def test_the_part_before_is_read_again(office: Office) -> None:
    listen(office, "念一下六有一提升", "继续", "继续")
    assert "现制定本方案" in listen(office, "上一个").text
    assert "不作硬性要求" in listen(office, "上一个").text
    assert "开头" in listen(office, "上一个").text


def test_once_more_says_the_very_words(office: Office) -> None:
    said = listen(office, "念一下六有一提升", "继续", "继续")
    again = listen(office, "再说一遍")
    assert (again.text, again.buttons) == (said.text, said.buttons)
    assert parts(office) == ["summary", "1", "2"], "hearing it again is no further part"


def test_the_end_is_told_and_nothing_comes_after_it(office: Office) -> None:
    assert listen(office, "念一下六有一提升", "最后一部分").text.endswith("这份文件念完了。")
    finished = listen(office, "继续")
    assert "念完了" in finished.text
    assert [button.value for button in finished.buttons] == ["从头念"]
    assert "现制定本方案" in listen(office, "从头念").text


def test_slower_in_between_keeps_the_reading(office: Office) -> None:
    listen(office, "念一下六有一提升", "继续")
    assert "现制定本方案" in listen(office, "说慢一点").text, "what was read is said again, slower"
    assert "总体要求" in listen(office, "继续").text


def test_a_greeting_in_between_keeps_the_reading(office: Office) -> None:
    listen(office, "念一下六有一提升", "继续", "你好")
    assert "总体要求" in listen(office, "继续").text


# Any part, by number or by heading, by sound.


@pytest.mark.parametrize(
    "said", ["第三点讲细一点", "念第三部分", "第三点详细讲讲", "讲讲关心和看望那一章", "第三段再说一遍"]
)
def test_any_part_can_be_asked_for(office: Office, said: str) -> None:
    listen(office, "念一下六有一提升")
    assert "生病住院必访" in listen(office, said).text
    assert parts(office) == ["summary", "4"], "the introduction is the first chapter, but no part with a number"
    assert "党费" in listen(office, "继续").text, "it goes on from there"


def test_a_heading_is_heard_by_its_sound(office: Office) -> None:
    listen(office, "念一下六有一提升")
    assert "25日前交清" in listen(office, "念一下当费那一章").text


def test_a_part_can_be_named_with_the_document(office: Office) -> None:
    assert "每次记2分" in listen(office, "积分办法第三条怎么说").text


def test_a_part_that_is_not_there_is_said_so(office: Office) -> None:
    assert "一共5个部分" in listen(office, "念一下六有一提升", "念第九部分").text


def test_more_detail_after_the_summary_names_the_parts(office: Office) -> None:
    assert "这份文件讲五件事" in listen(office, "念一下六有一提升", "讲细一点").text


def test_from_the_start(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第四部分")
    assert "现制定本方案" in listen(office, "从头念").text


def test_a_long_part_is_told_in_short_and_read_in_pieces_on_demand(office: Office) -> None:
    library.take_in(office.app.db, 1, REGULATION, NOW, nicknames="金秋行动")
    listen(office, "念一下金秋行动")
    short = listen(office, "念第二部分")
    assert "先说要点" in short.text
    first = listen(office, "讲细一点")
    assert "第1段" in first.text
    second = listen(office, "继续")
    assert "第2段" in second.text
    assert max(len(answer.text) for answer in (short, first, second)) < LONGEST + 60, "under three minutes of voice"
    assert "由书记负责" in listen(office, "继续").text, "after the last piece comes the next part"
    assert parts(office) == ["summary", "2", "2.1", "2.2", "3"]
    assert "第1段" in listen(office, "第二点讲细一点").text


def test_what_is_said_in_the_middle_is_done(office: Office) -> None:
    table = tomllib.loads(Path(__file__).with_name("listening.toml").read_text(encoding="utf-8"))
    text = (Path(__file__).parents[1] / table["document"]).read_text(encoding="utf-8")
    document = library.take_in(office.app.db, 1, text, NOW, nicknames=table["nickname"])
    faults = []
    for row in table["row"]:
        office.app.db.execute("DELETE FROM bookmark")
        listen(office, "算了", f"念{table['nickname']}", "第二章", *(["停"] if "days" in row else []))
        office.later(days=row.get("days", 0))
        told = listen(office, row["says"]).text
        place = office.rows("SELECT chapter FROM bookmark WHERE document_id = ?", document)
        right = place == [(row["chapter"],)] if "chapter" in row else row["answers"] in told
        if not right or row.get("never", "\0") in told:
            faults.append((row["says"], place, told))
    assert faults == []


# Stopping, going away, coming back.


def test_the_place_is_kept_on_stop(office: Office) -> None:
    stopped = listen(office, "念一下六有一提升", "念第二部分", "停")
    assert "第二部分" in stopped.text
    assert office.rows("SELECT chapter, state FROM bookmark") == [(3, "stopped")]
    resumed = listen(office, "继续")
    assert "停在第二部分" in resumed.text
    assert "每月第二个星期三" in resumed.text, "nobody knows how much of it was heard, so it is read again"


@pytest.mark.parametrize("said", ["接着上次的念", "接着上次没念完的", "继续"])
def test_three_days_later_it_goes_on_where_it_was_stopped_and_says_where(office: Office, said: str) -> None:
    listen(office, "念一下六有一提升", "念第二部分", "停", "谢谢")
    office.later(days=3)
    resumed = listen(office, said)
    assert "六有一提升" in resumed.text
    assert "上次停在第二部分，我从这里接着念" in resumed.text
    assert "关心和看望" in listen(office, "下一个").text


def test_who_just_went_away_hears_what_comes_next(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    office.later(days=3)
    resumed = listen(office, "接着上次的念")
    assert "上次念到第二部分" in resumed.text
    assert "关心和看望" in resumed.text


def test_after_another_wish_and_days_the_place_is_still_there(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分", "停", "下周三下午的学习，给我报个名")
    office.later(days=3)
    assert "停在第二部分" in listen(office, "接着念六有一提升").text


def test_asking_for_the_document_again_offers_the_place(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    assert "上次念到第二部分" in listen(office, "念一下六有一提升").text
    assert "关心和看望" in listen(office, "继续").text


def test_with_nothing_begun_there_is_nothing_to_go_on_with(office: Office) -> None:
    assert "后面没有了" in listen(office, "继续").text
    assert office.rows("SELECT * FROM bookmark") == []


def test_a_restart_in_the_middle_goes_on(tmp_path: Path) -> None:
    with open_office(tmp_path) as before:
        last = listen(before, "念一下六有一提升", "念第二部分")
    with open_office(tmp_path) as after:
        after.numbers = count(100)
        assert after.say("王桂兰", "再说一遍").text == last.text
        assert "关心和看望" in listen(after, "下一个").text
        assert "党费" in listen(after, "第四点讲细一点").text
        assert "第四部分" in listen(after, "停").text


# In between.


def test_a_fall_in_the_middle_of_reading_comes_first_and_the_reading_can_go_on(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    answer = listen(office, "哎呀我摔倒了起不来了")
    assert answer.text.startswith("情况危急，请先打120")
    assert office.rows("SELECT trigger, who FROM care_case ORDER BY id DESC LIMIT 1") == [("emergency", "王桂兰")]
    assert "关心和看望" in listen(office, "继续").text


def test_a_report_that_asks_back_leaves_the_reading_too(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    assert "桂兰" in listen(office, "汪桂兰住院了").text
    assert "关心和看望" in listen(office, "下一个").text


def test_another_wish_ends_the_reading(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分", "下周三下午的学习，给我报个名")
    assert "停下了" in listen(office, "停").text
    assert office.rows("SELECT state FROM bookmark") == [("reading",)]


def test_no_takes_back_the_sign_up_and_not_the_reading(office: Office) -> None:
    listen(office, "念一下六有一提升", "下周三下午的学习，给我报个名", "不对")
    assert office.rows("SELECT state FROM registration") == [("cancelled",)]


def test_dues_in_the_middle_are_dues(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    assert listen(office, "第三季度的党费我交了九十块").intent == "dues_pay"


# Questions.


def test_a_question_is_answered_with_its_clause_and_the_reading_goes_on(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    answer = listen(office, "参观学习一年几次")
    assert "第二部分第二点说：每年组织1次" in answer.text
    assert "关心和看望" in listen(office, "继续").text


def test_an_answer_leads_to_the_part_it_stands_in(office: Office) -> None:
    assert "讲细一点" in listen(office, "积分办法里说什么时候公布").text
    more = listen(office, "讲细一点")
    assert "积分每季度公布一次" in more.text
    assert more.text.count("。") > 1, "all of the part, and not the one clause again"


def test_what_no_document_says_is_said_so(office: Office) -> None:
    listen(office, "念一下六有一提升")
    answer = listen(office, "书记补贴是多少钱")
    assert "没有说到" in answer.text
    assert office.rows("SELECT * FROM task") == []


def test_a_question_with_the_documents_name(office: Office) -> None:
    assert "第五条说：积分每季度公布一次" in listen(office, "积分办法里说什么时候公布").text
    assert "没有说到" in listen(office, "六有一提升里面书记补贴是多少").text


def test_another_document_answers_where_this_one_does_not(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    answer = listen(office, "积分什么时候公布")
    assert "《党员积分管理办法》第五条说" in answer.text
    assert "关心和看望" in listen(office, "继续").text, "what was being read goes on, not what was asked about"


def test_a_question_needs_no_reading_where_a_document_answers(office: Office) -> None:
    library.take_in(
        office.app.db, 1, "关于补贴的通知\n\n一、补贴标准\n支部书记每月补贴300元，副书记每月补贴200元。", NOW
    )
    assert "每月补贴300元" in listen(office, "书记补贴是多少钱").text


@pytest.mark.parametrize("said", ["我这个季度的党费要交多少", "下次学习是什么时候", "看望的事谁在管，什么时候来"])
def test_a_question_about_oneself_is_none_to_the_document(office: Office, said: str) -> None:
    listen(office, "念一下六有一提升")
    answer = listen(office, said)
    assert answer.intent not in ("document_listen", "document_list")


# Which documents there are.


def test_the_list_is_read_and_one_is_chosen_by_its_number(office: Office) -> None:
    answer = listen(office, "有什么文件可以听")
    assert "有2份文件" in answer.text
    assert len(answer.buttons) == 2
    assert "不作硬性要求" in listen(office, "第二个").text


def test_a_button_of_the_list_reads_the_document(office: Office) -> None:
    button = listen(office, "有什么文件可以听").buttons[0]
    assert "党员积分管理办法" in listen(office, button.value).text


def test_what_was_not_heard_comes_first(office: Office) -> None:
    listen(office, "念一下积分办法")
    answer = listen(office, "有什么文件可以听")
    assert answer.text.index("六有一提升") < answer.text.index("积分管理办法")
    assert "积分" not in listen(office, "有没有新的文件").text


def test_three_at_a_time_and_more_on_demand(office: Office) -> None:
    for name in ("春", "夏", "秋"):
        library.take_in(office.app.db, 1, f"关于{name}季学习的通知\n\n一、时间\n{name}季学习每月1次。", NOW)
    first = listen(office, "有什么文件可以听")
    assert len(first.buttons) == 3
    assert "秋季" in first.buttons[0].label, "the newest first"
    more = listen(office, "还有")
    assert [button.label for button in more.buttons] == ["党员积分管理办法", "“六有一提升”工作方案"]
    assert "不作硬性要求" in listen(office, "第二个").text


def test_the_list_ends(office: Office) -> None:
    assert "就这些了" in listen(office, "有什么文件可以听", "还有").text


def test_a_list_by_topic(office: Office) -> None:
    library.take_in(office.app.db, 1, "关于养老服务的通知\n\n一、内容\n社区每月上门服务1次。", NOW)
    answer = listen(office, "有没有关于养老的文件")
    assert "关于养老服务的通知" in answer.text
    assert "积分" not in answer.text
    assert "社区每月上门服务1次" in listen(office, "好的").text, "of a single one 好的 is enough"


def test_a_topic_that_no_document_has(office: Office) -> None:
    answer = listen(office, "有没有关于住房的文件")
    assert "没有专门讲住房的" in answer.text
    assert len(answer.buttons) == 2


def test_a_branch_without_documents(office: Office) -> None:
    for table in ("listening", "chapter", "document"):
        office.app.db.execute(f"DELETE FROM {table}")
    assert "还没有可以听的文件" in listen(office, "有什么文件可以听").text
    assert "还没有可以听的文件" in listen(office, "念文件").text


# The record.


def test_who_heard_a_document_and_how_far(office: Office) -> None:
    listen(office, "念一下六有一提升", "继续", "继续", "上一个")
    office.say("张建国", "六有一提升念一念")
    heard = listening.listeners(office.app.db, documents.documents(office.app.db, 1)[-1].id)
    assert [(each.name, each.chapters, each.of) for each in heard] == [("王桂兰", 2, 6), ("张建国", 0, 6)]


def test_every_part_heard_stands_in_the_log(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    sentences = [entry.sentence for entry in log.tail(office.app.db, 1, 2)]
    assert sentences == ["王桂兰听了《“六有一提升”工作方案》的摘要", "王桂兰听了《“六有一提升”工作方案》第二部分"]


def test_a_document_from_before_chapters_were_kept_gets_them_when_it_is_read(office: Office) -> None:
    office.app.db.execute("DELETE FROM chapter")
    assert "总体要求" in listen(office, "念一下六有一提升", "继续", "继续").text
    assert office.rows("SELECT count(*) FROM chapter") == [(6,)]


def test_two_listeners_have_places_of_their_own(office: Office) -> None:
    listen(office, "念一下六有一提升", "念第二部分")
    office.say("张建国", "念一下六有一提升")
    assert "现制定本方案" in office.say("张建国", "继续").text
    assert "关心和看望" in listen(office, "继续").text
