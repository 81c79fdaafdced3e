"""What a secretary does at the desk: each press is one commit with its log entry, and whom it concerns hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import App
from storage import (
    applications,
    cards,
    care,
    decisions,
    documents,
    dues,
    duty_reading,
    log,
    members,
    minutes,
    outbox,
    registrations,
    roll,
    sessions,
    suggestions,
    visits,
)
from storage.database import writing
from tests.web.conftest import NOW, Visits
from tests.web.seats import Seat, told

GUILAN, JIANGUO = 2, 3


def entries(app: App, kind: str) -> list[str | None]:
    return [entry.sentence for entry in log.entries(app.db, 1) if entry.kind == kind]


def heard_by(app: App, member: int) -> list[str]:
    """What lies ready for the member's next turn."""
    waiting = outbox.due(app.db, "next_turn", NOW, limit=50)
    return [message.text for message in waiting if message.member_id == member]


async def test_a_session_is_put_on_the_calendar_once(app: App, seat: Seat) -> None:
    form = {
        "title": "十二月党课",
        "kind": "study",
        "day": "2026-12-02",
        "clock": "15:00",
        "place": "活动室",
        "capacity": 20,
    }
    page = await seat.presses("/desk/sessions", **form)
    assert told(page).startswith("安排好了：")
    assert "星期三" in told(page)
    again = await seat.presses("/desk/sessions", **form)
    assert told(again).startswith("这个时间已经有了")
    (made,) = sessions.upcoming(app.db, 1, NOW)
    assert (made.title, made.starts_at, made.place, made.capacity) == ("十二月党课", "2026-12-02T15:00", "活动室", 20)
    assert entries(app, "session_made") == ["李明安排了活动：十二月党课，2026-12-02 15:00，活动室"]


async def test_a_session_that_was_written_by_mistake_is_called_off_and_one_that_was_held_is_not(
    app: App, seat: Seat
) -> None:
    coming = sessions.add_session(app.db, 1, "党课", NOW + timedelta(days=2))
    wanted = sessions.session(app.db, 1, coming)
    assert wanted
    registrations.register(app.db, wanted, GUILAN, GUILAN, NOW)
    page = await seat.presses(f"/desk/sessions/{coming}/call-off")
    assert told(page).endswith("报了名的1位，我告诉他们。")
    assert "取消了" in heard_by(app, GUILAN)[0]
    assert (await seat.presses(f"/desk/sessions/{coming}/call-off")).status_code == 422
    held = sessions.add_session(app.db, 1, "集体学习", NOW - timedelta(hours=2))
    await seat.presses(f"/desk/sessions/{held}/roll", **{f"member-{GUILAN}": "attended"})
    assert "取消这次活动" not in await seat.sees(f"/desk/sessions/{held}")
    assert (await seat.presses(f"/desk/sessions/{held}/call-off")).status_code == 422


async def test_a_session_that_was_held_is_entered_for_a_fortnight(app: App, seat: Seat) -> None:
    form = {"title": "支委会", "kind": "study", "day": "2026-11-10", "clock": "09:00"}
    page = await seat.presses("/desk/sessions", **form)
    assert told(page).startswith("补记好了：")
    assert "点名" in page.text
    assert "每个人点一下" in page.text
    assert entries(app, "session_made_late") == ["李明补记了开过的活动：支委会，2026-11-10 09:00"]
    old = await seat.presses("/desk/sessions", **form | {"day": "2026-11-01"})
    assert told(old) == "过了14天的活动，不能补记了。"
    assert len(sessions.between(app.db, 1, NOW - timedelta(days=60), NOW)) == 1


async def test_an_amount_that_was_written_wrongly_is_put_right(app: App, seat: Seat) -> None:
    await seat.presses(f"/desk/dues/{GUILAN}", quarter="2026Q4", amount="900")
    assert "记错了，改一下" in await seat.sees("/desk/dues")
    await seat.presses(f"/desk/dues/{GUILAN}", quarter="2026Q4", amount="90")
    paid = dues.dues(app.db, GUILAN, "2026Q4")
    assert paid
    assert paid.paid_fen == 9000
    assert len(heard_by(app, GUILAN)) == 2


async def test_the_roll_is_called_and_who_was_missed_out_is_said(app: App, seat: Seat) -> None:
    frail = members.add_member(app.db, 1, "刘德福", NOW, frail=1)
    session = sessions.add_session(app.db, 1, "集体学习", NOW - timedelta(hours=2))
    where = f"/desk/sessions/{session}/roll"
    page = await seat.presses(
        where, **{"member-1": "attended", f"member-{GUILAN}": "excused", f"member-{frail}": "unexplained"}
    )
    assert told(page) == "点名记下了：到1人，请假2人，送学0人，没来0人，还有1人没点。"
    page = await seat.presses(where, rest="unexplained")
    assert told(page) == "点名记下了：到1人，请假2人，送学0人，没来1人。"
    wanted = sessions.session(app.db, 1, session)
    assert wanted
    assert wanted.state == "held"
    states = {line.name: line.state for line in roll.roll(app.db, wanted)}
    assert states == {"李明": "attended", "王桂兰": "excused", "张建国": "unexplained", "刘德福": "excused"}
    assert len(entries(app, "attendance")) == 4  # each change once, the second press wrote one


async def test_a_roll_is_not_called_before_its_session(app: App, seat: Seat) -> None:
    session = sessions.add_session(app.db, 1, "集体学习", NOW + timedelta(hours=2))
    page = await seat.presses(f"/desk/sessions/{session}/roll", **{"member-1": "attended"})
    assert "还没有开始" in told(page)
    assert app.db.execute("SELECT count(*) FROM attendance").fetchone()[0] == 0


async def test_the_log_keeps_every_version_of_the_minutes(app: App, seat: Seat) -> None:
    session = sessions.add_session(app.db, 1, "集体学习", NOW - timedelta(hours=2))
    for text in ("学了条例。", "学了条例，\n定了慰问的日子。"):
        assert "写好了" in told(await seat.presses(f"/desk/sessions/{session}/minutes", text=text))
    kept = minutes.of_session(app.db, session)
    assert kept
    assert (kept.text, kept.written_by) == ("学了条例，\n定了慰问的日子。", "李明")
    assert len(entries(app, "minutes")) == 2
    assert "定了慰问的日子。" in await seat.sees(f"/desk/sessions/{session}")


async def test_dues_are_received_and_the_member_hears_it(app: App, seat: Seat) -> None:
    app.db.execute("UPDATE member SET dues_fen = 9000 WHERE id = ?", [GUILAN])
    assert "没交的1人" in await seat.sees("/desk/dues")
    page = await seat.presses(f"/desk/dues/{GUILAN}", quarter="2026Q4", amount="90.5")
    assert told(page) == "记下了：王桂兰，2026年第四季度，90.50元。我告诉本人。"
    assert "已收到1人，共90.50元" in page.text
    written = dues.dues(app.db, GUILAN, "2026Q4")
    assert written
    assert (written.state, written.paid_fen) == ("verified", 9050)
    assert heard_by(app, GUILAN) == ["您2026年第四季度的党费90.50元，支部收到了。"]
    assert entries(app, "dues_received") == ["李明收到王桂兰2026年第四季度的党费90.50元"]


class TestRelief:
    """Reduced dues: nothing is reduced before the last step that the locality asks for."""

    @pytest.fixture
    def relief(self, app: App) -> str:
        app.db.execute("UPDATE member SET dues_fen = 9000 WHERE id = ?", [GUILAN])
        with writing(app.db):
            key = applications.submit(
                app.db, 1, GUILAN, "dues_relief", NOW, said="党费能不能减免", reason="老伴常年吃药"
            )
        return f"/desk/applications/{key}"

    def owes(self, app: App) -> int | None:
        person = members.member(app.db, GUILAN)
        return person.dues_fen if person else None

    async def test_it_goes_step_by_step(self, app: App, seat: Seat, relief: str) -> None:
        assert "老伴常年吃药" in await seat.sees("/desk/applications")
        assert "请先勾上做完的一步" in told(await seat.presses(f"{relief}/grant", due="10"))
        page = await seat.presses(f"{relief}/grant", step=["支部研究"], due="10")
        assert told(page) == "记下了：支部研究。还差：上级批准。我告诉本人。"
        assert self.owes(app) == 9000
        assert heard_by(app, GUILAN) == ["您的减免党费的申请：支部研究，做好了；还等上级批准。"]
        assert "请写上王桂兰以后每季度交多少" in told(await seat.presses(f"{relief}/grant", step=["上级批准"]))
        assert self.owes(app) == 9000
        page = await seat.presses(f"{relief}/grant", due="10")
        assert told(page) == "同意了：王桂兰以后每季度交10元。我告诉本人。"
        assert self.owes(app) == 1000
        assert heard_by(app, GUILAN)[-1] == "您申请减免党费，同意了，以后每季度交10元。"
        assert entries(app, "granted_dues_relief") == ["李明登记：王桂兰减免党费同意了，每季度10元"]
        assert "已经定下来了" in told(await seat.presses(f"{relief}/refuse", reason="不合规定"))

    async def test_no_step_may_be_invented(self, app: App, seat: Seat, relief: str) -> None:
        await seat.presses(f"{relief}/grant", step=["我说了算"], due="0")
        assert decisions.steps_taken(app.db, 1) == []
        assert self.owes(app) == 9000

    async def test_a_refusal_says_why(self, app: App, seat: Seat, relief: str) -> None:
        assert (await seat.presses(f"{relief}/refuse", reason="  ")).status_code == 422
        page = await seat.presses(f"{relief}/refuse", reason="要先交一份说明")
        assert told(page) == "记下了：王桂兰的减免党费的申请没有同意。我告诉本人。"
        assert self.owes(app) == 9000
        assert "要先交一份说明" in heard_by(app, GUILAN)[0]


async def test_a_new_phone_is_entered_only_when_it_is_granted(app: App, seat: Seat) -> None:
    with writing(app.db):
        key = applications.submit(app.db, 1, GUILAN, "phone", NOW, said="我儿子的电话", value="13800000002")
    page = await seat.presses(f"/desk/applications/{key}/grant")
    assert told(page) == "登记好了：王桂兰的电话是13800000002。我告诉本人。"
    person = members.member(app.db, GUILAN)
    assert person
    assert person.phone == "13800000002"


async def test_a_suggestion_is_passed_on_and_answered_and_heard_of_each_time(app: App, seat: Seat) -> None:
    key = suggestions.add(app.db, 1, GUILAN, "活动室的灯换亮一点", NOW)
    assert "我告诉王桂兰" in told(await seat.presses(f"/desk/suggestions/{key}/pass-on"))
    assert "我告诉王桂兰" in told(await seat.presses(f"/desk/suggestions/{key}/answer", answer="下周换"))
    assert len(heard_by(app, GUILAN)) == 2
    assert "下周换" in heard_by(app, GUILAN)[1]
    assert "下周换" in await seat.sees("/desk/suggestions")


class TestCare:
    """A case from the board to its end."""

    @pytest.fixture
    async def case(self, app: App, visits: Visits) -> str:
        await visits.say("王桂兰", "我生病住院了")
        return f"/desk/care/{care.open_cases(app.db, 1)[0].id}"

    async def test_whoever_opens_it_can_ring_up_at_once(self, app: App, visits: Visits, seat: Seat, case: str) -> None:
        members.set_phone(app.db, GUILAN, "13900000002")
        members.set_phone(app.db, members.find(app.db, "张建国")[0].id, "13900000003")
        await visits.say("张建国", "王桂兰住院了", update_id="another-number")
        page = await seat.sees(case)
        assert page.count('href="tel:13900000002"') == 1
        assert page.count('href="tel:13900000003"') == 1

    async def test_it_is_taken_planned_visited_and_closed(self, app: App, seat: Seat, case: str) -> None:
        assert "还没有人接手" in await seat.sees("/desk/care")
        assert "由您处理" in told(await seat.presses(f"{case}/take"))
        assert "约好了" in told(await seat.presses(f"{case}/plan", day="2026-11-23", clock="10:00"))
        assert "打算" in await seat.sees(case)
        form = {"day": "2026-11-22", "clock": "09:00", "outcome": "met", "notes": "恢复得不错", "gift": "500"}
        assert "看望过" in told(await seat.presses(f"{case}/visit", **form))
        (made,) = [each for each in visits.of_case(app.db, 1) if each.at]
        assert (made.outcome, made.notes, made.gift_fen, made.visitor_id) == ("met", "恢复得不错", 50000, 1)
        assert "了结了" in told(await seat.presses(f"{case}/close"))
        assert care.open_cases(app.db, 1) == []
        assert "第1号 王桂兰 生病" in await seat.sees("/desk/care")
        assert (await seat.presses(f"{case}/visit", **form)).status_code == 422
        assert any("王桂兰" in text or "您" in text for text in heard_by(app, GUILAN))

    async def test_it_does_not_close_without_a_visit_or_a_reason(self, app: App, seat: Seat, case: str) -> None:
        refused = await seat.presses(f"{case}/close", reason="")
        assert refused.status_code == 422
        assert "请写上为什么了结" in refused.text
        assert len(care.open_cases(app.db, 1)) == 1
        await seat.presses(f"{case}/close", reason="说错了人", false_alarm="1")
        closed = care.find_case(app.db, 1, 1)
        assert closed
        assert (closed.state, closed.close_reason) == ("false_alarm", "说错了人")

    async def test_a_visit_lies_in_the_past_and_a_plan_in_the_future(self, seat: Seat, case: str) -> None:
        later = {"day": "2026-11-30", "clock": "09:00"}
        earlier = {"day": "2026-11-20", "clock": "09:00"}
        visit = await seat.presses(f"{case}/visit", **later, outcome="met", notes="好")
        plan = await seat.presses(f"{case}/plan", **earlier)
        assert (visit.status_code, plan.status_code) == (422, 422)

    async def test_whoever_reads_it_stands_in_the_log(self, app: App, seat: Seat, case: str) -> None:
        await seat.sees("/desk/care")
        await seat.sees(case)
        await seat.sees(f"/desk/members/{GUILAN}")
        assert entries(app, "desk_read_care") == ["李明看了关怀的1件事"]
        assert entries(app, "desk_read_case") == ["李明看了第1号的情况"]
        assert entries(app, "desk_read_card") == ["李明看了王桂兰的情况"]


async def test_the_four_knows_card_is_written_and_confirmed(app: App, seat: Seat) -> None:
    where = f"/desk/members/{GUILAN}/card"
    assert told(await seat.presses(where, part="where", text="女儿家，东门小区")) == "记下了：王桂兰，住哪里。"
    assert "今天核实过" in told(await seat.presses(where, part="where", text="女儿家，东门小区"))
    (part,) = cards.own(app.db, GUILAN)
    assert (part.text, part.confirmed_by) == ("女儿家，东门小区", 1)
    assert (await seat.presses(where, part="age", text="80")).status_code == 422


async def test_two_who_write_the_same_minutes_or_card_do_not_overwrite_each_other(app: App, seat: Seat) -> None:
    session = sessions.add_session(app.db, 1, "集体学习", NOW - timedelta(hours=2))
    for path, field, kept in (
        (f"/desk/sessions/{session}/minutes", {}, lambda: minutes.of_session(app.db, session)),
        (f"/desk/members/{GUILAN}/card", {"part": "where"}, lambda: cards.own(app.db, GUILAN)[0]),
    ):
        await seat.presses(path, text="第一个人写的", seen="", **field)
        answer = await seat.presses(path, text="第二个人写的，也不短", seen="", **field)
        assert answer.status_code == 422
        assert "别人也改了" in answer.text
        assert "第二个人写的，也不短" in answer.text, "what was typed is not lost"
        assert kept().text == "第一个人写的"
        page = await seat.sees(path.rpartition("/")[0])
        seen = NOW.isoformat(timespec="seconds")
        assert f'name="seen" value="{seen}"' in page
        await seat.presses(path, text="第二个人写的，也不短", seen=seen, **field)
        assert kept().text == "第二个人写的，也不短"


NOTICE = "关于走访慰问的通知\n\n一、走访对象\n走访年满八十岁的离退休干部党员。\n二、走访时间\n春节前走访一次。\n"


async def test_a_document_is_taken_in_once_as_text_or_as_a_file(app: App, seat: Seat) -> None:
    page = await seat.presses("/desk/documents", title="走访通知", text=NOTICE)
    assert "收好了" in told(page)
    (kept,) = documents.documents(app.db, 1)
    assert kept.summary
    assert kept.title in page.text
    form = {"csrf": await seat.token(), "once": "a-file"}
    file = {"file": ("notice.txt", NOTICE.strip().encode("gb18030"), "text/plain")}
    again = await seat.http.post("/desk/documents", data=form, files=file, follow_redirects=True)
    assert "已经有了" in told(again)
    assert len(documents.documents(app.db, 1)) == 1
    assert entries(app, "document_added") == ["李明放进了《关于走访慰问的通知》"]


async def test_a_file_that_cannot_be_read_is_answered_with_its_remedy(app: App, seat: Seat) -> None:
    form = {"csrf": await seat.token(), "once": "a-picture", "here": "/desk/documents"}
    picture = {"file": ("notice.docx", b"\x89PNG\r\n\x1a\n" + bytes(64), "application/msword")}
    answer = await seat.http.post("/desk/documents", data=form, files=picture)
    assert answer.status_code == 422
    assert "请发 Word 或文字版" in answer.text
    assert documents.documents(app.db, 1) == []


async def test_the_duty_list_is_changed_and_the_change_logged(app: App, seat: Seat) -> None:
    form = {"officer": 1, "rung": 1, "first": "2026-11-22", "from_clock": "20:00", "to_clock": "07:00"}
    page = await seat.presses("/desk/settings/duty", **form, weekday=["6", "7"])
    assert told(page) == "排好了：李明，第1个找，2026-11-22起，周六、周日，20:00到07:00。"
    (line,) = duty_reading.lines(app.db, 1)
    assert (line.weekdays, line.from_clock) == ("67", "20:00")
    page = await seat.presses(f"/desk/settings/duty/{line.id}/remove")
    assert told(page) == "李明的这一班去掉了。"
    assert duty_reading.lines(app.db, 1) == []
    assert len(entries(app, "duty_added") + entries(app, "duty_removed")) == 2


async def test_a_button_pressed_twice_acts_once(app: App, seat: Seat) -> None:
    for _ in range(2):
        page = await seat.presses(f"/desk/dues/{GUILAN}", once="the-same-form", quarter="2026Q4", amount="90")
        assert told(page) == "记下了：王桂兰，2026年第四季度，90元。我告诉本人。"
    assert len(entries(app, "dues_received")) == 1


async def test_what_fails_in_the_middle_leaves_nothing_behind(
    app: App, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    before = list(log.entries(app.db, 1))
    monkeypatch.setattr("dialogs.notify.tell_member", broken)
    assert (await seat.presses(f"/desk/dues/{GUILAN}", quarter="2026Q4", amount="90")).status_code == 500
    assert dues.dues(app.db, GUILAN, "2026Q4") is None
    assert list(log.entries(app.db, 1)) == before
    monkeypatch.undo()
    assert told(await seat.presses(f"/desk/dues/{GUILAN}", quarter="2026Q4", amount="90")).startswith("记下了")


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("/desk/sessions", {"title": "", "kind": "study", "day": "2026-12-02", "clock": "15:00"}, "请写上名称。"),
        ("/desk/sessions", {"title": "党课", "kind": "study", "day": "明天", "clock": "15:00"}, "请写上日期和时间"),
        ("/desk/sessions", {"title": "党课", "kind": "x", "day": "2026-12-02", "clock": "15:00"}, "请选一个。"),
        (f"/desk/dues/{GUILAN}", {"quarter": "2026Q4", "amount": "九十"}, "请写上多少元"),
        (f"/desk/dues/{GUILAN}", {"quarter": "2026Q4", "amount": "-5"}, "请写上多少元"),
        (f"/desk/dues/{GUILAN}", {"quarter": "去年", "amount": "90"}, "请选一个。"),
        ("/desk/settings/duty", {"officer": 1, "first": "2026-11-22", "from_clock": "25:00"}, "请选从几点到几点"),
        ("/desk/settings/duty", {"officer": 1, "first": "2026-11-22", "last": "2026-11-01"}, "到哪天不能比它早"),
    ],
)
async def test_what_cannot_be_used_is_said_kindly(
    app: App, seat: Seat, path: str, form: dict[str, str | int], said: str
) -> None:
    answer = await seat.presses(path, **form, here="/desk/sessions")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'href="/desk/sessions"' in answer.text
    assert app.db.execute("SELECT count(*) FROM inbox WHERE channel = 'desk'").fetchone()[0] == 0
