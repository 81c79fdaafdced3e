"""The roster at the desk: each change is logged with what was there before, and two who change do not collide."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette

from bot.app import App
from storage import (
    check_ins,
    duty,
    log,
    members,
    offices,
    outbox,
    own_days,
    particulars,
    registrations,
    sessions,
    tasks,
)
from storage.database import writing
from tests.web.conftest import NOW, Visits
from tests.web.seats import Seat, take_seat, told

LI, GUILAN, JIANGUO = 1, 2, 3
FORM = f"/desk/members/{GUILAN}/particulars"


def entries(app: App, kind: str) -> list[str | None]:
    return [entry.sentence for entry in log.entries(app.db, 1) if entry.kind == kind]


def of(app: App, member: int) -> particulars.Particulars:
    found = particulars.of(app.db, 1, member)
    assert found
    return found


async def form_of(seat: Seat, path: str = FORM) -> dict[str, str]:
    """What the form sends if nothing is touched: the fields as they stand, and as they stood when it was opened."""
    page = (await seat.http.get(path)).text
    found = dict(re.findall(r'name="(was-\w+)" value="([^"]*)"', page))
    return {**found, **{name.removeprefix("was-"): value for name, value in found.items() if name != "was-frail"}}


async def test_what_is_changed_stands_on_the_card_and_in_the_log_with_what_was_there(app: App, seat: Seat) -> None:
    form = await form_of(seat) | {
        "phone": "139 0000 0002", "address": "春晖社区3号楼", "birth_year": "1945", "birthday": "农历8月15日",
        "party_birthday": "1972-07-01", "party_group": "第一小组", "liaison": str(LI), "dues": "90", "gender": "女",
    }  # fmt: skip
    page = await seat.presses(FORM, **form)
    assert told(page).startswith("王桂兰的情况改好了：")
    kept = of(app, GUILAN)
    assert (kept.phone, kept.address, kept.birth_year, kept.dues_fen) == ("13900000002", "春晖社区3号楼", 1945, 9000)
    assert (kept.party_group, kept.liaison_id, kept.gender) == ("第一小组", LI, "女")
    birthday = own_days.of_member(app.db, GUILAN, "birthday")
    assert birthday
    assert (birthday.month, birthday.day, birthday.lunar) == (8, 15, 1)
    assert "1972年7月1日" in page.text
    said = entries(app, "particular")
    assert "李明把王桂兰的电话从“空着”改成“13900000002”" in said
    assert "李明把王桂兰的联系人从“空着”改成“李明”" in said
    assert len(said) == 9
    again = await seat.presses(FORM, **await form_of(seat))
    assert told(again) == "王桂兰的情况没有变化。"
    assert len(entries(app, "particular")) == 9


async def test_what_was_there_before_goes_when_the_member_is_erased(app: App, seat: Seat) -> None:
    await seat.presses(FORM, **await form_of(seat) | {"address": "东门小区7号"})
    await seat.presses(FORM, **await form_of(seat) | {"address": "西门小区"})
    with writing(app.db):
        log.erase_words(app.db, 1, GUILAN, NOW, sentence="按本人要求删去", actor_id=1, channel="desk")
    assert not any("东门小区" in (sentence or "") for sentence in entries(app, "particular"))
    assert log.verify(app.db, 1) is None


async def test_two_who_change_different_things_are_both_heard(app: App, seat: Seat, web: Starlette) -> None:
    members.add_member(app.db, 1, "周敏", NOW, role="liaison", title="联络员", rung=2)
    other = await take_seat(web, app, "周敏")
    mine, theirs = await form_of(seat), await form_of(other)
    await other.presses(FORM, **theirs | {"phone": "13800000001"})
    assert "住址" in told(await seat.presses(FORM, **mine | {"address": "东门小区"}))
    assert (of(app, GUILAN).phone, of(app, GUILAN).address) == ("13800000001", "东门小区")


async def test_two_who_change_the_same_are_told_and_nothing_is_lost(app: App, seat: Seat, web: Starlette) -> None:
    members.add_member(app.db, 1, "周敏", NOW, role="liaison", title="联络员", rung=2)
    other = await take_seat(web, app, "周敏")
    mine = await form_of(seat)
    await other.presses(FORM, **await form_of(other) | {"phone": "13800000001"})
    answer = await seat.presses(FORM, **mine | {"phone": "13700000007", "address": "东门小区"})
    assert answer.status_code == 409
    assert "别人也改了" in answer.text
    assert "别人刚改成：13800000001" in answer.text
    assert 'value="13700000007"' in answer.text, "what was typed still stands there"
    assert (of(app, GUILAN).phone, of(app, GUILAN).address) == ("13800000001", "")
    found = dict(re.findall(r'name="([\w-]+)"[^>]*? value="([^"]*)"', answer.text.split("</form>")[1]))
    once_more = {name: value for name, value in found.items() if name not in ("csrf", "once", "here")}
    assert told(await seat.presses(FORM, **once_more)).startswith("王桂兰的情况改好了")
    assert (of(app, GUILAN).phone, of(app, GUILAN).address) == ("13700000007", "东门小区")
    assert "李明把王桂兰的电话从“13800000001”改成“13700000007”" in entries(app, "particular")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "姓名空着"),
        ("phone", "没有", "不是电话号码"),
        ("birth_year", "2025", "请写成"),
        ("birthday", "2月30日", "请写成 3月5日"),
        ("birthday", "农历8月31日", "请写成 3月5日"),
        ("party_birthday", "去年", "请写成 3月5日"),
        ("dues", "九十", "不是金额"),
        ("address", "很长" * 60, "写得太长了"),
    ],
)
async def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(
    app: App, seat: Seat, field: str, value: str, said: str
) -> None:
    before = of(app, GUILAN)
    answer = await seat.presses(FORM, **await form_of(seat) | {"party_group": "第二小组", field: value})
    assert answer.status_code == 422
    note = re.search(rf'id="note-{field}">([^<]*)<', answer.text)
    assert note
    assert said in note[1]
    assert 'value="第二小组"' in answer.text
    assert of(app, GUILAN) == before
    assert entries(app, "particular") == []


async def test_who_may_not_read_about_health_neither_sees_nor_writes_it(app: App, seat: Seat, web: Starlette) -> None:
    members.add_member(app.db, 1, "上级", NOW, role="party_committee", title="党工委", rung=9)
    above = await take_seat(web, app, "上级")
    assert "年老体弱" not in await above.sees(FORM)
    refused = await above.presses(FORM, **await form_of(above) | {"frail": "1"})
    assert refused.status_code == 404
    assert of(app, GUILAN).frail == 0
    await seat.presses(FORM, **await form_of(seat) | {"frail": "1"})
    assert of(app, GUILAN).frail == 1
    assert entries(app, "care_particular") == ["李明把王桂兰的年老体弱从“不是”改成“是”"]
    assert "年老体弱" not in await above.sees("/desk/log")
    await above.presses(FORM, **await form_of(above) | {"party_group": "第二小组"})
    assert of(app, GUILAN).frail == 1, "who does not see it does not change it"
    await above.http.aclose()


async def test_one_member_is_added_and_her_card_is_printed_at_once(app: App, seat: Seat, visits: Visits) -> None:
    page = await seat.presses("/desk/members/new", name="陈玉珍", phone="13900000009", joined="2026-11-01")
    assert told(page) == "陈玉珍加上了。可以做邀请卡了。"
    (person,) = members.find(app.db, "陈玉珍")
    assert (person.phone, of(app, person.id).joined_at) == ("13900000009", "2026-11-01")
    assert entries(app, "member_added") == ["李明把陈玉珍加进花名册"]
    to = re.search(r'action="(/desk/members/\d+/invitation)"', page.text)
    if to is None:
        pytest.skip("no font with Chinese characters is installed")
    card = await seat.presses(to[1])
    assert card.headers["content-type"] == "application/pdf"
    assert card.content.startswith(b"%PDF")
    assert entries(app, "desk_cards") == ["李明印了1张邀请卡"]


async def test_a_namesake_is_asked_about(app: App, seat: Seat) -> None:
    answer = await seat.presses("/desk/members/new", name="王桂兰", birth_year="1940")
    assert answer.status_code == 422
    assert "支部里已经有一位王桂兰" in answer.text
    assert len(members.named(app.db, 1, "王桂兰")) == 1
    await seat.presses("/desk/members/new", name="王桂兰", birth_year="1940", another="1")
    assert len(members.named(app.db, 1, "王桂兰")) == 2


class TestWhoLeaves:
    async def test_who_died_is_sent_nothing_any_more_and_their_place_goes_to_the_next(
        self, app: App, seat: Seat, visits: Visits
    ) -> None:
        with writing(app.db):
            session = sessions.add_session(app.db, 1, "党课", NOW + timedelta(days=3), capacity=1)
            wanted = sessions.session(app.db, 1, session)
            assert wanted
            for member in (GUILAN, JIANGUO):
                registrations.register(app.db, wanted, member, member, NOW)
            members.add_contact(app.db, GUILAN, "telegram", "77", NOW)
            outbox.put(app.db, dedupe_key="news", lane="routine", channel="telegram", address="77", text="通知",
                       now=NOW, member_id=GUILAN)  # fmt: skip
            check_ins.ask(app.db, GUILAN, NOW)
            tasks.add_task(app.db, 1, "card_call", GUILAN, NOW, NOW)
        page = await seat.presses(f"/desk/members/{GUILAN}/leave", how="deceased", day="2026-11-20", note="家属来电")
        assert told(page) == "王桂兰去世了，已经记下。不会再给王桂兰发消息。"
        assert "2026年11月20日" in page.text
        assert members.member(app.db, GUILAN) is None
        assert outbox.due(app.db, "telegram", NOW + timedelta(days=1)) == []
        assert check_ins.open_check_in(app.db, GUILAN) is None
        assert tasks.open_tasks(app.db, 1) == []
        assert [each.name for each in registrations.listed(app.db, session) if each.state == "registered"] == ["张建国"]
        assert entries(app, "deceased") == ["李明写了：王桂兰2026-11-20去世，家属来电"]
        assert (await visits.http.get(visits.of("王桂兰"))).status_code == 404
        assert "王桂兰" not in await seat.sees("/desk/members")

    async def test_what_was_written_by_mistake_is_taken_back(self, app: App, seat: Seat) -> None:
        await seat.presses(f"/desk/members/{GUILAN}/leave", how="transferred", day="2026-11-20", note="上海")
        page = await seat.presses(f"/desk/members/{GUILAN}/return")
        assert "重新列入" in told(page)
        assert members.member(app.db, GUILAN)

    async def test_the_open_cases_of_who_died_are_named(self, app: App, seat: Seat, visits: Visits) -> None:
        await visits.say("王桂兰", "我生病住院了")
        page = await seat.presses(f"/desk/members/{GUILAN}/leave", how="deceased", day="2026-11-22")
        assert "关怀里还有1件事" in told(page)

    async def test_nobody_writes_that_they_left_themselves(self, app: App, seat: Seat) -> None:
        answer = await seat.presses(f"/desk/members/{LI}/leave", how="deceased", day="2026-11-22")
        assert answer.status_code == 422
        assert members.member(app.db, LI)


class TestOffices:
    async def test_an_office_begins_and_ends_on_its_days(self, app: App, seat: Seat) -> None:
        to = f"/desk/members/{GUILAN}/offices"
        page = await seat.presses(to, role="committee", title="组织委员", rung=2, first="2026-12-01", last="2028-12-01")
        assert told(page) == "写好了：王桂兰，组织委员，2026-12-01起。"
        assert not members.is_officer(app.db, members.find(app.db, "王桂兰")[0], NOW)
        assert members.is_officer(app.db, members.find(app.db, "王桂兰")[0], NOW + timedelta(days=10))
        (held,) = offices.of_member(app.db, 1, GUILAN)
        await seat.presses(f"/desk/offices/{held.id}/end", last="2027-01-01")
        assert not members.is_officer(app.db, members.find(app.db, "王桂兰")[0], datetime(2027, 1, 2))
        assert entries(app, "office_ended") == ["李明写了王桂兰的组织委员到2027-01-01为止"]

    async def test_the_last_secretary_stays_until_there_is_another(self, app: App, seat: Seat) -> None:
        (own,) = offices.of_member(app.db, 1, LI)
        answer = await seat.presses(f"/desk/offices/{own.id}/end", last="2026-11-22")
        assert answer.status_code == 422
        assert "没有书记了" in answer.text
        assert [each.id for each in duty.ladder(app.db, 1, NOW)] == [LI]
        await seat.presses(f"/desk/members/{JIANGUO}/offices", role="secretary", first="2026-11-23")
        assert told(await seat.presses(f"/desk/offices/{own.id}/end", last="2026-11-22")).startswith("写好了")
        (after,) = [each for each in offices.of_member(app.db, 1, JIANGUO) if each.role == "secretary"]
        assert after.title == "书记"


async def test_a_large_roster_is_turned_over_and_searched_also_by_ear(app: App, seat: Seat) -> None:
    with writing(app.db):
        for number in range(120):
            members.add_member(app.db, 1, f"党员{number:03}", NOW)
    first, last = await seat.sees("/desk/members"), await seat.sees("/desk/members?page=3")
    assert "第1页，共3页" in first
    assert "党员119" in last
    assert "党员119" not in first
    assert "张建国" in await seat.sees("/desk/members?words=章建国")
    assert "没有找到" in await seat.sees("/desk/members?words=李四光")
    assert "第3页" in await seat.sees("/desk/members?page=99999")
