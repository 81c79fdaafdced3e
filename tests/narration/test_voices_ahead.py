"""Chapters are spoken before they are asked for, and heard in one piece."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.app import App, open_app
from bot.config import Config, DataConfig, VoiceConfig
from bot.speaking_ahead import LONGEST, SpeakingAhead
from bot.telegram.courier import LONGEST_SPEECH, split
from bot.whole_notes import in_parts
from dialogs.documents import library
from dialogs.documents.reading import Book, Spot
from dialogs.documents.readings_ahead import next_spots, spoken_texts
from speech.audio import decode
from speech.contracts import Manner, Samples
from speech.models import default_models_folder
from speech.speaking import Speaker
from speech.voice_cache import VoiceCache
from storage import documents, listening, members
from storage.chapters import chapters_of
from storage.database import open_database
from storage.members import Member
from tests.bot.conftest import NOW
from tests.spoken import need_models, share_voice

TEXT = "关于走访的通知\n一、对象\n老党员走访一次。\n二、时间\n春节以前。\n"
CHAPTER = "第一部分，走访对象。\n" + "八十岁以上的老党员，春节以前至少走访一次，生病住院的随时去看。" * 8


def somebody(app: App) -> Member:
    return members.find(app.db, "王桂兰")[0]


async def parts(text: str, spoken: set[str]) -> list[str]:
    """How a text is sent where these texts are spoken already."""

    async def kept(wanted: str, member: Member) -> bool:
        return wanted in spoken

    listener = Member(1, 1, "王桂兰", "女", None, "", "", "", 0, 0.85, 1.0, None)
    return await in_parts(text, listener, kept, lambda each: split(each, LONGEST_SPEECH))


async def test_a_chapter_that_is_spoken_already_is_one_voice_message() -> None:
    assert await parts(CHAPTER, {CHAPTER}) == [CHAPTER]
    assert len(await parts(CHAPTER, set())) == 2


async def test_words_before_the_chapter_are_spoken_by_themselves() -> None:
    before = "新来了一份文件。\n上次停在第一部分，我从这里接着念。\n"
    found = await parts(before + CHAPTER, {CHAPTER})
    assert found[-1] == CHAPTER
    assert "".join(found) == before + CHAPTER


async def test_nothing_is_lost_whatever_is_spoken_already() -> None:
    for text in (CHAPTER, "好的。", "好的。\n" + CHAPTER, CHAPTER + "\n这份文件念完了。"):
        assert "".join(await parts(text, {CHAPTER})) == text


@pytest.fixture
def app(tmp_path: Path) -> App:
    need_models()
    share_voice(tmp_path)
    config = Config(data=DataConfig(folder=tmp_path, models=default_models_folder()), voice=VoiceConfig(threads=2))
    open_database(config.database).close()
    with open_app(config, lambda: NOW) as opened:
        branch = members.add_branch(opened.db, "第一支部", "wuxi", NOW)
        members.add_member(opened.db, branch, "王桂兰", NOW)
        library.take_in(opened.db, branch, TEXT, NOW)
        yield opened


@pytest.mark.models
def test_everything_is_spoken_once_and_each_part_is_a_voice_message(app: App) -> None:
    async def work() -> int:
        ahead, made = SpeakingAhead(app), 0
        while await ahead.make_one():
            made += 1
        return made

    made = asyncio.run(work())
    shelf = documents.documents(app.db, 1)
    book = Book(shelf[0], chapters_of(app.db, shelf[0].id))
    texts = [*spoken_texts(book, [Spot(0)]), *spoken_texts(book, book.spots())]
    assert made == len(texts) == 4  # the summary has two endings
    for text in texts:
        assert asyncio.run(app.engines.kept(text, somebody(app)))
        note = asyncio.run(app.engines.speak(text, somebody(app)))
        assert len(note) < 1 << 20
        assert decode(note).seconds < LONGEST


class Tone:
    """A voice that hums a tenth of a second a syllable, and counts how often it was asked."""

    name, rate = "tone", 24_000

    def __init__(self) -> None:
        self.asked = 0

    def say(self, text: str, manner: Manner) -> Samples:
        self.asked += 1
        return np.sin(np.arange(len(text) * 2400, dtype=np.float32) / 20) * np.float32(0.3)


def test_the_note_is_kept_and_its_clauses_are_let_go(tmp_path: Path) -> None:
    voice, cache = Tone(), VoiceCache(tmp_path, 20 << 20)
    speaker = Speaker(voice, "", cache, mandarin=True)
    made = speaker.make_clause(CHAPTER, 0, Manner())
    assert (made.count > 1, made.seconds > 0) == (True, True)
    for number in range(made.count):
        speaker.make_clause(CHAPTER, number, Manner())
    assert not speaker.kept(CHAPTER, Manner())
    asked = voice.asked
    size = speaker.finish(CHAPTER, Manner())
    assert voice.asked == asked
    assert speaker.kept(CHAPTER, Manner())
    assert not speaker.kept(CHAPTER, Manner(speed=0.7))
    assert [path.stat().st_size > size for path in tmp_path.glob("*/*")] == [True]


@pytest.mark.models
def test_what_would_be_too_long_is_left_in_parts(app: App) -> None:
    text = "每位老党员走访一次。春节以前都要走到。"
    assert asyncio.run(app.engines.speak_ahead(text, somebody(app), longest=1.0)) == 0
    assert not asyncio.run(app.engines.kept(text, somebody(app)))


def test_who_is_in_the_middle_of_a_document_comes_first(tmp_path: Path) -> None:
    config = Config(data=DataConfig(folder=tmp_path))
    open_database(config.database).close()
    with open_app(config, lambda: NOW) as app:
        branch = members.add_branch(app.db, "第一支部", "wuxi", NOW)
        member = members.add_member(app.db, branch, "王桂兰", NOW)
        document = library.take_in(app.db, branch, TEXT, NOW)
        books = {document: Book(documents.documents(app.db, branch)[0], chapters_of(app.db, document))}
        person = members.member(app.db, member)
        assert person is not None
        assert list(next_spots(app.db, books, person)) == []
        listening.place(app.db, document, member, 1, 0, "stopped", NOW - timedelta(days=3))
        assert list(next_spots(app.db, books, person)) == [(document, [Spot(1), Spot(2)])]
        listening.place(app.db, document, member, 2, 0, "finished", NOW)
        assert list(next_spots(app.db, books, person)) == []


def test_a_sound_that_is_let_go_makes_room(tmp_path: Path) -> None:
    cache = VoiceCache(tmp_path, 1000)
    cache.put("a" * 64, bytes(400))
    cache.drop("a" * 64)
    cache.drop("b" * 64)
    cache.put("c" * 64, bytes(400))
    cache.put("d" * 64, bytes(400))
    assert cache.get("a" * 64) is None
    assert cache.get("c" * 64) is not None
    assert cache.get("d" * 64) is not None
