"""An answer is spoken sentence by sentence, in order, for one listener, and in ranges where a browser wants them."""

from __future__ import annotations

import asyncio

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from bot.web.sound import as_wav, sound_response
from bot.web.voices import KEPT, SHORTEST, WHOLE, Voices, sentences
from speech.audio import encode_ogg
from speech.contracts import VoiceFailed
from storage.members import Member


def listener(key: int) -> Member:
    return Member(key, 1, "王桂兰", "女", 1944, "", "", "", 0, 0.85, 1.0, None)


async def aloud(text: str, _: Member) -> bytes:
    await asyncio.sleep(0)
    return text.encode()


@given(st.text("好的，。！？；”啊1 ", max_size=200))
def test_the_parts_are_the_text_and_none_is_too_short(text: str) -> None:
    parts = sentences(text)
    assert "".join(parts) == text
    assert len(parts) <= 1 or all(len(part) >= SHORTEST for part in parts)


def test_sentences_end_where_people_breathe() -> None:
    text = "桂兰阿姨，找到两场学习。第一场是星期三下午三点；第二场是星期六上午九点。您要报哪一场？"
    assert sentences(text) == [
        "桂兰阿姨，找到两场学习。",
        "第一场是星期三下午三点；",
        "第二场是星期六上午九点。您要报哪一场？",
    ]


async def test_the_first_sentence_is_ready_before_the_last_is_begun() -> None:
    begun: list[str] = []
    go = asyncio.Event()

    async def slowly(text: str, _: Member) -> bytes:
        begun.append(text)
        if len(begun) > 1:
            await go.wait()
        return text.encode()

    voices = Voices(slowly)
    handle, parts = voices.start(
        "这是第一句话，比较长一点。这是第二句话，也比较长。这是第三句话，同样很长。", listener(1)
    )
    assert parts == 3
    assert await voices.get(handle, 1, listener(1)) == "这是第一句话，比较长一点。".encode()
    assert len(begun) <= 2
    go.set()
    assert await voices.get(handle, 3, listener(1)) == "这是第三句话，同样很长。".encode()
    assert await voices.get(handle, 4, listener(1)) is None


async def test_the_whole_answer_is_one_sound() -> None:
    voices = Voices(aloud)
    text = "这是第一句话，比较长一点。这是第二句话，也比较长。"
    handle, _ = voices.start(text, listener(1))
    assert await voices.get(handle, WHOLE, listener(1)) == text.encode()


async def test_nobody_hears_another_member_s_answer() -> None:
    voices = Voices(aloud)
    handle, _ = voices.start("您的病已经报告给书记了。", listener(1))
    assert await voices.get(handle, 1, listener(2)) is None
    assert await voices.get("guess", 1, listener(1)) is None


async def test_a_new_answer_ends_the_making_of_the_old_one() -> None:
    begun: list[str] = []

    async def slowly(text: str, _: Member) -> bytes:
        begun.append(text)
        await asyncio.sleep(0.05)
        return text.encode()

    voices = Voices(slowly)
    old, _ = voices.start("这是第一句话，比较长一点。这是第二句话，也比较长。", listener(1))
    other, _ = voices.start("这是别人的第一句话，也很长。", listener(2))
    assert await voices.get(old, 1, listener(1))  # which begins the second
    new, _ = voices.start("这是新的回答，说得也不短。", listener(1))
    assert await voices.get(old, 1, listener(1))
    assert await voices.get(old, 2, listener(1)) is None
    assert await voices.get(new, 1, listener(1))
    assert await voices.get(other, 1, listener(2))
    assert len(begun) <= 4
    text = "这是第一句话，比较长一点。这是第二句话，也比较长。"
    assert await voices.get(old, WHOLE, listener(1)) == text.encode()


async def test_nothing_is_spoken_to_a_page_that_has_gone() -> None:
    begun: list[str] = []

    async def counted(text: str, _: Member) -> bytes:
        begun.append(text)
        return text.encode()

    Voices(counted).start("这是第一句话，比较长一点。这是第二句话，也比较长。", listener(1))
    await asyncio.sleep(0.05)
    assert begun == ["这是第一句话，比较长一点。"]


async def test_a_voice_that_fails_leaves_silence_and_no_error() -> None:
    async def hoarse(_: str, __: Member) -> bytes:
        raise VoiceFailed("no sound")

    voices = Voices(hoarse)
    handle, _ = voices.start("您的病已经报告给书记了。", listener(1))
    assert await voices.get(handle, 1, listener(1)) is None


async def test_old_answers_are_forgotten() -> None:
    voices = Voices(aloud)
    first, _ = voices.start("您的病已经报告给书记了。", listener(1))
    for _ in range(KEPT):
        voices.start("好的。", listener(1))
    assert await voices.get(first, 1, listener(1)) is None


def ask(header: str) -> Request:
    return Request({"type": "http", "headers": [(b"range", header.encode())] if header else []})


def test_safari_gets_its_ranges() -> None:
    sound = bytes(range(100))
    cases = {
        "": (200, sound),
        "bytes=0-1": (206, sound[:2]),
        "bytes=90-": (206, sound[90:]),
        "bytes=50-500": (206, sound[50:]),
        "bytes=100-": (416, b""),
        "bytes=-5": (200, sound),
        "bytes=0-1,5-6": (200, sound),
    }
    for header, (status, body) in cases.items():
        response = sound_response(ask(header), sound, "audio/ogg")
        assert (response.status_code, response.body) == (status, body), header


def test_wav_for_browsers_without_ogg() -> None:
    wav = as_wav(encode_ogg(np.zeros(24_000, np.float32), 24_000))
    assert wav[:4] == b"RIFF"
    assert abs(len(wav) - 44 - 32_000) < 3_200  # one second, 16 bit at 16 kHz
