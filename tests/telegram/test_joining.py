"""Who is heard: members by their account, strangers not, groups never; and how a member joins."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.telegram.enrolment import Enrolment, issue_enrolment, new_code
from bot.telegram.wording import words
from storage import members
from tests.telegram.fake_bot_api import USERNAME, FakeBotApi
from tests.telegram.faults import Fault
from tests.telegram.house import GUILAN, STRANGER, House, all_answered
from tests.telegram.people import Person

SAYS = words("says")


def stranger(api: FakeBotApi, number: int = STRANGER) -> Person:
    return Person(api, number, "路人")


class TestWhoIsHeard:
    async def test_a_stranger_gets_one_kind_sentence_and_nothing_is_kept(self, house: House, api: FakeBotApi) -> None:
        secret = "我的存折密码是八八六六"
        async with house.open():
            await stranger(api).says(secret)
            await stranger(api).reads(SAYS.say("stranger"))
            await all_answered(house, api)
        for file in house.folder.glob("nuanyang.db*"):
            assert secret.encode() not in file.read_bytes()

    @pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
    async def test_groups_and_channels_are_not_answered(self, house: House, api: FakeBotApi, kind: str) -> None:
        group = {"id": -100200, "type": kind, "title": "老同志"}
        async with house.open():
            post = api.message(group, house.guilan_s_phone.account, text="我生病住院了")
            await api.send(message=post)
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            await all_answered(house, api)
        assert {call.chat for call in api.of("sendMessage")} == {GUILAN}
        assert house.count("SELECT count(*) FROM care_case") == 0
        assert house.count("SELECT count(*) FROM inbox WHERE state = 'done' AND raw = '{}'") == 2

    async def test_nobody_speaks_as_a_chat_or_as_a_bot(self, house: House, api: FakeBotApi) -> None:
        me = house.guilan_s_phone
        async with house.open():
            await me.sends(text="我生病住院了", sender_chat={"id": -100200, "type": "channel", "title": "x"})
            robot = {**me.account, "is_bot": True}
            await api.send(message=api.message(me.chat, robot, text="我生病住院了"))
            await all_answered(house, api)
        assert house.count("SELECT count(*) FROM care_case") == 0
        assert api.of("sendMessage") == []

    async def test_the_secretary_s_link_enrols_once(self, house: House, api: FakeBotApi) -> None:
        first, second = stranger(api), stranger(api, 7998)
        async with house.open():
            await first.says(f"/start {house.code}")
            await first.reads("张建国")
            await second.says(f"/start {house.code}")
            assert await second.reads() == SAYS.say("stranger")
            await first.says("我要报名党章学习会")
            await first.reads("党章学习会", since=2)
        assert house.count("SELECT count(*) FROM entry WHERE kind = 'enrolled'") == 1
        assert house.code.encode() not in (house.folder / "nuanyang.db").read_bytes()

    async def test_tapping_the_old_link_again_harms_nothing(self, house: House, api: FakeBotApi) -> None:
        async with house.open():
            await stranger(api).says(f"/start {house.code}")
            await stranger(api).reads("张建国")
            await stranger(api).says(f"/start {house.code}")
            await all_answered(house, api)
        assert SAYS.say("stranger") not in stranger(api).texts

    async def test_five_wrong_codes_in_an_hour_lock_the_account(self, house: House) -> None:
        async with house.open() as app:
            now = app.clock()
            enrolment = Enrolment(app.db)
            for _ in range(5):
                assert enrolment.enrol(STRANGER, "guess", now) is None
            assert enrolment.enrol(STRANGER, house.code, now) is None
            someone_else = enrolment.enrol(7998, "guess", now)
            assert someone_else is None
            member = enrolment.enrol(STRANGER, house.code, now + timedelta(hours=1))
            assert member is not None
            assert member.name == "张建国"

    async def test_a_link_lasts_three_days(self, house: House) -> None:
        async with house.open() as app:
            member = members.find(app.db, "张建国")[0]
            code = new_code(app.db, member, app.clock())
            assert len(code) == 22
            assert Enrolment(app.db).enrol(STRANGER, code, app.clock() + timedelta(hours=73)) is None
            assert Enrolment(app.db).enrol(STRANGER, code, app.clock() + timedelta(hours=71)) is not None

    async def test_the_link_names_the_bot(self, house: House, api: FakeBotApi) -> None:
        async with house.open() as app:
            link = await issue_enrolment(app, members.find(app.db, "张建国")[0], app.clock())
        assert link.startswith(f"https://t.me/{USERNAME}?start=")

    async def test_who_had_blocked_us_and_writes_again_can_be_reached_again(
        self, house: House, api: FakeBotApi
    ) -> None:
        api.faults.append(Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user"))
        async with house.open() as app:
            await house.guilan_s_phone.says("帮助")
            await api.wait("sendMessage", status=403)
            await asyncio.sleep(0.05)
            assert members.contacts(app.db, house.guilan) == []
            await house.guilan_s_phone.says("帮助")
            await house.guilan_s_phone.reads()
            assert len(members.contacts(app.db, house.guilan)) == 1
