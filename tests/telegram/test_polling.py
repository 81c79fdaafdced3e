"""Receiving, whatever arrives: one number in, one number out, and nothing of groups is kept."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.telegram.polling import InboxBot, is_private
from storage import inbox
from storage.database import memory_database
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.people import Person

NOW = datetime(2026, 11, 22, 9, 0)
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "chat", "from", "id", "type", "text", "date", "message_id", "data", "voice"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
KINDS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "poll", "unheard_of"])


def a_bot(db: Database, base_url: str = "http://127.0.0.1:1/bot") -> InboxBot:
    return InboxBot(
        "1:x",
        base_url=base_url,
        base_file_url=base_url,
        db=db,
        clock=lambda: NOW,
        on_parked=lambda received, _: False,
        on_answer=lambda: None,
    )


DB = memory_database()
BOT = a_bot(DB)


@given(st.integers(1, 2**31), st.dictionaries(KINDS, JSON, max_size=2))
def test_whatever_arrives_comes_back_as_one_update_with_its_number(number: int, content: dict[str, object]) -> None:
    update = BOT.receive({"update_id": number, **content})
    assert update.update_id == number
    assert inbox.find_update(DB, "telegram", str(number)) is not None


@given(st.sampled_from(["group", "supergroup", "channel"]), KINDS, st.text(min_size=1))
def test_a_group_is_never_private(kind: str, content: str, text: str) -> None:
    message = {"chat": {"id": -5, "type": kind}, "from": {"id": 7}, "text": text}
    assert not is_private({"update_id": 1, content: message})
    assert not is_private({"update_id": 1, "callback_query": {"data": "1.0", "from": {"id": 7}, "message": message}})


async def test_a_batch_is_committed_whole_before_it_is_handed_on(api: FakeBotApi) -> None:
    db = memory_database()
    bot = a_bot(db, api.base_url)
    person = Person(api, 7, "桂兰")
    api.token = "1:x"
    numbers = [await person.says(f"第{each}句") for each in range(5)]
    async with bot:
        updates = await bot.get_updates(timeout=0)
        assert [update.update_id for update in updates] == numbers
        assert [row.update_id for row in inbox.unanswered(db, "telegram")] == [str(each) for each in numbers]
        assert api.confirmed == []
        again = await bot.get_updates(timeout=0)
        assert [update.effective_message is not None for update in again] == [True] * 5, "not answered yet"
        for row in inbox.unanswered(db, "telegram"):
            inbox.complete(db, row.id, "{}")
        done = await bot.get_updates(timeout=0)
        assert [update.effective_message for update in done] == [None] * 5, "bare numbers, so that they are confirmed"
        await bot.get_updates(offset=numbers[-1] + 1, timeout=0)
        assert api.confirmed == numbers
