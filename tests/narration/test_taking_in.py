"""A document from the file to the members: kept once, told once, its hearing written down and counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from bot.documents.taking_in import PreparedFile, desk_of, keep_file, prepare_file, report
from dialogs.documents import library
from dialogs.documents import shelf as shelf_index
from dialogs.documents.heard_by import asks_who_heard, heard_by
from storage import attendances, documents, hearings, listening, sessions
from storage.database import open_database
from storage.profiles import Profile
from tests.bot.conftest import NOW, Office
from tests.narration.word_files import revised_file

TEXT = (
    "关于做好冬季关怀工作的通知\n某某支部：\n一、走访慰问\n春节前走访八十岁以上老党员，每人慰问金500元。\n"
    "二、组织学习\n每月集中学习一次，年老体弱的可以在家自学。\n联系人：王敏，电话：0510-82220001。\n"
)


def put_in(office: Office, text: str = TEXT) -> tuple[int, str, PreparedFile]:
    ready = prepare_file(text.encode())
    kept = keep_file(office.app.db, secretary(office), ready, office.clock[0], "cli")
    return kept.document_id, kept.outcome, ready


def secretary(office: Office):
    name = office.rows("SELECT name FROM role JOIN member ON member.id = member_id WHERE role = 'secretary'")[0][0]
    return office.person(str(name))


def ask(office: Office, text: str):
    return heard_by(text, desk_of(office.app.db, secretary(office), office.clock[0], "cli"))


def test_members_are_told_once_in_their_next_contact(office: Office) -> None:
    put_in(office)
    assert office.say("王桂兰", "你好").text.startswith("新来了一份文件，《关于做好冬季关怀工作的通知》")
    assert "新来了" not in office.say("王桂兰", "你好").text
    assert "新来了" in office.say("陈玉珍", "你好").text
    assert "新来了" not in office.say(secretary(office).name, "你好").text


def test_a_new_version_replaces_the_old_one_and_is_told(office: Office) -> None:
    first, outcome, _ = put_in(office)
    assert outcome == "added"
    office.say("王桂兰", "你好")
    assert put_in(office)[:2] == (first, "standing")
    second, outcome, _ = put_in(office, TEXT.replace("500元", "800元"))
    assert (second, outcome) == (first, "renewed")
    assert "800元" in documents.document(office.app.db, 1, first).summary  # type: ignore[union-attr]
    assert office.say("王桂兰", "你好").text.startswith("《关于做好冬季关怀工作的通知》有了新的一版")


def test_the_same_words_in_another_file_are_no_new_version_and_a_correction_is_one(office: Office) -> None:
    first, *_ = put_in(office)
    assert put_in(office, TEXT.replace("\n", "\r\n\r\n"))[:2] == (first, "standing")
    dated = f"{TEXT}某市老干部局\n2026年11月20日"
    assert put_in(office, dated)[:2] == (first, "renewed")
    assert put_in(office, dated.replace("20日", "21日"))[:2] == (first, "renewed"), "another day is another text"
    corrected = TEXT.replace("的通知\n", "的通知（更正稿）\n").replace("500元", "800元")
    assert put_in(office, corrected)[:2] == (first, "renewed")
    assert documents.documents(office.app.db, 1)[0].title == "关于做好冬季关怀工作的通知"


def test_the_command_takes_in_what_it_can_and_says_why_not_of_the_rest(tmp_path: Path) -> None:
    files = {
        "通知.txt": TEXT.encode("gb18030"),
        "同一份.txt": TEXT.encode("utf-8-sig"),
        "照片.docx": b"\xff\xd8\xff" + bytes(99),
        "体检.txt": revised_file(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert CliRunner().invoke(app, ["init", "--demo", str(tmp_path / "branch")]).exit_code == 0
    named = [str(tmp_path / name) for name in ("没有.txt", *files)]
    done = CliRunner().invoke(app, ["documents", "add", *named, "--config", str(tmp_path / "branch")])
    assert done.exit_code == 1
    troubles = "".join(done.stderr.split())
    assert "没有.txt" in troubles
    assert "照片.docx" in troubles
    db = open_database(tmp_path / "branch" / "data" / "nuanyang.db")
    shelf = [each.title for each in documents.documents(db, 1)][:2]
    db.close()
    assert shelf == ["关于做好体检工作的通知", "关于做好冬季关怀工作的通知"]
    assert "已经有了" in done.stdout or "is there already" in done.stdout


def test_the_log_says_who_put_it_in_and_the_secretary_what_was_cut(office: Office) -> None:
    document, _, ready = put_in(office)
    assert office.rows("SELECT kind, about_id FROM entry WHERE kind = 'document_added'") == [
        ("document_added", document)
    ]
    told = report(library.Kept(document, "added"), ready)
    assert "某某支部" in told
    assert documents.removed_lines(office.app.db, document) == ["某某支部："]


def frail_member_who_missed(office: Office) -> str:
    """陈玉珍 is frail and was not at last week's study."""
    office.app.db.execute("UPDATE member SET frail = 1 WHERE name = '陈玉珍'")
    session = sessions.add_session(
        office.app.db, 1, "党章学习会", NOW - timedelta(days=5), kind="study", place="", capacity=None, state="held"
    )
    attendances.record(office.app.db, session, office.person("陈玉珍").id, "unexplained", NOW)
    return str(session)


def test_hearing_a_document_to_its_end_counts_as_study_at_home(office: Office) -> None:
    session = frail_member_who_missed(office)
    put_in(office)
    office.say("陈玉珍", "念冬季关怀工作的通知")
    assert state(office, session) == "unexplained"
    office.say("陈玉珍", "继续")
    assert "党章学习会" in office.say("陈玉珍", "继续").text
    assert state(office, session) == "home_study"
    office.say("陈玉珍", "从头念")
    office.say("陈玉珍", "继续")
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'studied_at_home'") == [(1,)]
    assert office.rows("SELECT count(*) FROM home_study") == [(1,)]


def test_a_roll_call_afterwards_takes_no_study_at_home_away(office: Office) -> None:
    session = frail_member_who_missed(office)
    put_in(office)
    for said in ("念冬季关怀工作的通知", "继续", "继续"):
        office.say("陈玉珍", said)
    attendances.record(office.app.db, int(session), office.person("陈玉珍").id, "unexplained", NOW)
    assert state(office, session) == "home_study"
    attendances.record(office.app.db, int(session), office.person("陈玉珍").id, "attended", NOW)
    assert state(office, session) == "attended"


def test_who_is_not_among_those_the_profile_names_only_listens(office: Office) -> None:
    session = frail_member_who_missed(office)
    office.app.db.execute("UPDATE member SET frail = 0 WHERE name = '陈玉珍'")
    put_in(office)
    for said in ("念冬季关怀工作的通知", "继续", "继续"):
        office.say("陈玉珍", said)
    assert state(office, session) == "unexplained"
    office.app.db.execute("UPDATE branch SET profile = 'lishui'")  # there everybody may study at home
    office.say("陈玉珍", "从头念")
    assert state(office, session) == "home_study"


def state(office: Office, session: str) -> object:
    return office.rows(
        "SELECT state FROM attendance WHERE session_id = ? AND member_id = ?", session, office.person("陈玉珍").id
    )[0][0]


def test_the_secretary_asks_who_heard_it(office: Office) -> None:
    put_in(office)
    assert ask(office, "谁听了冬季关怀的通知").text.endswith("还没有人听过。")
    office.say("陈玉珍", "念冬季关怀工作的通知")
    office.say("王桂兰", "念冬季关怀工作的通知")
    office.say("王桂兰", "继续")
    office.say("王桂兰", "继续")
    told = ask(office, "谁听了冬季关怀的通知")
    assert "有2位听过：陈玉珍、王桂兰；听完的1位" in told.text
    assert [row[:2] for row in told.table.rows[:2]] == [("陈玉珍", "大意"), ("王桂兰", "全部")]
    assert told.table.rows[1][2] == "11月22日9:30"
    assert "王桂兰" not in ask(office, "冬季关怀的通知谁还没听").text
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'read_listening'") == [(3,)]


def test_a_member_does_not_hear_what_others_listen_to(office: Office) -> None:
    put_in(office)
    assert heard_by("谁听了", desk_of(office.app.db, office.person("王桂兰"), NOW, "cli")) is None


def test_which_words_ask_it() -> None:
    for text in ("谁听了六有一提升", "六有一提升谁听过", "那个文件有几个人听了", "谁还没听六有一提升", "哪些人听完了"):
        assert asks_who_heard(text)
    for text in ("念六有一提升", "谁来看过老张", "我听了多少", "听听文件"):
        assert not asks_who_heard(text)


def test_a_short_notice_comes_by_day(office: Office) -> None:
    from dialogs.documents.announcing import by_day

    assert by_day(NOW) == NOW
    assert by_day(NOW.replace(hour=23)).isoformat() == "2026-11-23T08:30:00"
    assert by_day(NOW.replace(hour=5)).isoformat() == "2026-11-22T08:30:00"


def test_how_far_counts_different_chapters(office: Office) -> None:
    document, *_ = put_in(office)
    for part in ("summary", "1", "1", "1.2"):
        hearings.heard(office.app.db, document, office.person("王桂兰").id, part, NOW)
    assert listening.share(office.app.db, document, office.person("王桂兰").id) == (1, 2)


def test_profiles_name_how_members_are_told() -> None:
    from storage.profiles import load_profile, profile_names

    profiles: list[Profile] = [load_profile(name) for name in profile_names()]
    assert {each.rules["document.notice"].value for each in profiles} <= {"next_contact", "message"}
    assert all(isinstance(each.rules["home_study.counts_for"].value, tuple) for each in profiles)


def test_an_old_document_of_a_large_shelf_is_found_once_the_shelf_is_ready(office: Office) -> None:
    db = office.app.db
    library.take_in(db, 1, "关于修路的通知\n一、时间\n东门的石板路在六月五日以前修好。\n", NOW)
    for number in range(shelf_index.MOST_ASKED):
        library.take_in(db, 1, f"关于第{number}次值班的通知\n一、值班\n本次值班由第{number}组负责，按时到岗。\n", NOW)
    shelf = documents.documents(db, 1)
    question = "东门的石板路什么时候修好？"
    assert library.ask(db, question, shelf) is None
    waiting = shelf_index.waiting_shelf(db, 1)
    assert waiting is not None
    shelf_index.make_ready(waiting)
    assert shelf_index.waiting_shelf(db, 1) is None
    found = library.ask(db, question, shelf)
    assert found is not None
    assert "六月五日" in found.text
    library.take_in(db, 1, "关于停水的通知\n一、时间\n明日停水。\n", NOW + timedelta(minutes=1))
    assert shelf_index.waiting_shelf(db, 1) is not None, "what has come in since is not forgotten"


QUESTIONS = """《关于社区报到的意见》政策解读
分享到：微信 微博
怎样报到？
带身份证到社区填一张表就行。
党费在哪里交？
还在原单位支部交。
遇到问题找谁？
打电话0510-82220007。
"""


def test_a_document_of_questions_is_heard_by_its_questions(office: Office) -> None:
    ready = prepare_file(QUESTIONS.encode())
    assert ready.document.title == "关于社区报到的意见政策解读"
    assert ready.document.advertising == ()
    keep_file(office.app.db, office.person("周敏"), ready, NOW, "cli")
    office.say("王桂兰", "念社区报到的解读")
    assert "第一，怎样报到；第二，党费在哪里交；第三，遇到问题找谁。" in office.say("王桂兰", "有几个部分").text
    assert office.say("王桂兰", "第二点").text.startswith("第二点，党费在哪里交？\n还在原单位支部交。")
    assert "第二点" in office.say("王桂兰", "停").text


def test_news_of_several_documents_asks_once(office: Office) -> None:
    for text in (QUESTIONS, "关于防汛的通知\n雨天请不要出门。", "关于体检的通知\n4月8日上午体检。"):
        keep_file(office.app.db, office.person("周敏"), prepare_file(text.encode()), NOW, "cli")
    told = office.say("王桂兰", "我报名").text
    assert told.count("新来了一份文件") == 3
    assert told.count("念新文件") == 1


def test_the_secretary_hears_of_advertisements_and_of_the_other_lines_that_were_cut(office: Office) -> None:
    text = "更多范文请加微信下载\n关于防汛的通知\n各党支部：\n雨天请不要出门。\n抄送：区委办公室。\n－ 1 －"
    ready = prepare_file(text.encode())
    kept = keep_file(office.app.db, office.person("周敏"), ready, NOW, "cli")
    told = report(kept, ready)
    assert "里面有广告，已经去掉：更多范文请加微信下载。另外去掉了3行不念的" in told
