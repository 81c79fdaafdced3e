"""The secretary asks in the chat for the way to the desk."""

from __future__ import annotations

import re

import httpx

from bot.telegram.wording import words
from bot.web.site import site
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.house import House, all_answered

SAYS = words("says")


async def test_the_secretary_gets_a_link_that_signs_in_once(house: House, api: FakeBotApi) -> None:
    async with house.open() as app:
        await house.secretary_s_phone.says("/desk")
        text = await house.secretary_s_phone.reads("书记桌面")
        await all_answered(house, api)
        path = re.search(r"/s/[\w-]{20,}", text)
        assert path
        transport = httpx.ASGITransport(app=site(app))
        async with httpx.AsyncClient(transport=transport, base_url=app.config.address) as browser:
            assert (await browser.post(path[0])).status_code == 303
            assert "李书记" in (await browser.get("/desk")).text
        async with httpx.AsyncClient(transport=transport, base_url=app.config.address) as another:
            assert (await another.post(path[0])).status_code == 404


async def test_a_member_is_told_whose_it_is(house: House, api: FakeBotApi) -> None:
    async with house.open():
        await house.guilan_s_phone.says("/desk")
        assert await house.guilan_s_phone.reads() == SAYS.say("no_desk")
        await all_answered(house, api)
    assert house.count("SELECT count(*) FROM link WHERE purpose = 'sign_in'") == 0
