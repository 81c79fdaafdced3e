"""The secretary sends a file into the chat; members hear of it once, and can listen."""

from __future__ import annotations

from bot.documents.wording import wording
from tests.narration.word_files import numbered_file
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.house import House, all_answered

CHAT = wording("chat")
PATIENCE = 60.0
"""Seconds: a reader is a process of its own, and the machine may be busy."""
ADVERTISED = (
    "本资料由某某文库网整理 QQ群：123456\n更多材料请加微信：abcd\n关于做好冬季关怀工作的通知\n"
    "一、走访慰问\n春节前走访80岁以上老党员，每人慰问金500元。\n二、组织学习\n每月集中学习一次。\n"
)


def document(api: FakeBotApi, data: bytes, name: str) -> dict[str, object]:
    return {"document": {**api.keep_file(data), "file_name": name, "mime_type": "application/octet-stream"}}


async def test_a_word_file_becomes_a_document_that_a_member_hears(house: House, api: FakeBotApi) -> None:
    async with house.open():
        await house.secretary_s_phone.sends(**document(api, numbered_file(), "通知.txt"))
        assert await house.secretary_s_phone.reads(CHAT["reading"], within=PATIENCE)
        told = await house.secretary_s_phone.reads("收好了", within=PATIENCE)
        assert "《关于做好冬季关怀工作的通知》" in told
        assert "500元" in told
        await house.guilan_s_phone.says("有什么文件")
        first = await house.guilan_s_phone.reads("冬季关怀", within=PATIENCE)
        assert first.startswith("新来了一份文件")
        await house.guilan_s_phone.says("念冬季关怀工作的通知")
        assert not (await house.guilan_s_phone.reads("500元", within=PATIENCE)).startswith("新来了一份文件")
    assert house.rows("SELECT kind FROM entry WHERE about_kind = 'document' ORDER BY number")[0] == ("document_added",)


async def test_the_secretary_hears_what_was_cut(house: House, api: FakeBotApi) -> None:
    async with house.open():
        await house.secretary_s_phone.sends(**document(api, ADVERTISED.encode(), "通知.docx"))
        told = await house.secretary_s_phone.reads("收好了", within=PATIENCE)
    assert "里面有广告，已经去掉：本资料由某某文库网整理" in told
    assert "微信" in told


async def test_a_file_that_cannot_be_read_gets_thing_and_remedy(house: House, api: FakeBotApi) -> None:
    async with house.open():
        await house.secretary_s_phone.sends(**document(api, b"\xd0\xcf\x11\xe0" + bytes(99), "通知.docx"))
        assert await house.secretary_s_phone.reads(".docx", within=PATIENCE)
        await house.secretary_s_phone.sends(document={**api.keep_file(b"x", size=25_000_000)})
        assert await house.secretary_s_phone.reads(CHAT["large"], within=PATIENCE)
    assert house.count("SELECT count(*) FROM document") == 0


async def test_the_same_file_twice_is_one_document(house: House, api: FakeBotApi) -> None:
    async with house.open():
        for _ in range(2):
            await house.secretary_s_phone.sends(**document(api, numbered_file(), "通知.docx"))
        assert await house.secretary_s_phone.reads("已经有了", within=PATIENCE)
        await all_answered(house, api)
    assert house.count("SELECT count(*) FROM document") == 1
    assert house.count("SELECT count(*) FROM outbox WHERE channel = 'next_turn'") == 2  # two members, once each


async def test_a_member_is_sent_to_the_secretary(house: House, api: FakeBotApi) -> None:
    async with house.open():
        await house.guilan_s_phone.sends(**document(api, numbered_file(), "通知.docx"))
        assert "李书记" in await house.guilan_s_phone.reads("桂兰阿姨", within=PATIENCE)
    assert house.count("SELECT count(*) FROM document") == 0
