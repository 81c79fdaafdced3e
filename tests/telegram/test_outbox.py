"""The delivery worker: alerts overtake, nothing is sent twice without need, nothing is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.buttons import handles, pressed
from bot.courier import DeliveryError, Flooded, NotSent, PerhapsSent, Refused, Unsendable
from bot.outbox import OutboxWorker
from speech.contracts import VoiceFailed
from storage import members, outbox
from storage.database import memory_database
from storage.members import Member
from storage.outbox import Button, Lane, Message
from storage.recordings import Recordings

NOW = datetime(2026, 11, 22, 9, 0)


class Chat:
    """A channel in memory that fails as it is told to: a list of errors for a message's words."""

    def __init__(self, failures: dict[str, list[DeliveryError]] | None = None, pace: float = 0.0) -> None:
        self.failures = failures or {}
        self.pace = pace
        self.arrived: list[str] = []
        self.keyboards: list[Sequence[Button]] = []

    def pieces(self, text: str) -> Sequence[str]:
        return text.split("/")

    def speeches(self, spoken: str) -> Sequence[str]:
        return [spoken] if spoken else []

    async def send_text(self, address: str, text: str, buttons: Sequence[Button]) -> str:
        await self._send(text)
        self.keyboards.append(buttons)
        return str(len(self.arrived))

    @asynccontextmanager
    async def recording(self, address: str) -> AsyncIterator[None]:
        yield

    async def send_voice(self, address: str, sound: bytes) -> None:
        await self._send(sound.decode())

    async def send_picture(self, address: str, picture: bytes, caption: str) -> None:
        assert picture.startswith(b"\x89PNG")
        await self._send(f"[{caption}]")

    async def _send(self, words: str) -> None:
        await asyncio.sleep(self.pace)
        error = self.failures.get(words, []).pop(0) if self.failures.get(words) else None
        if isinstance(error, PerhapsSent) or error is None:
            self.arrived.append(words)
        if error:
            raise error


class Office:
    """A branch with one member, and an outbox."""

    def __init__(self, folder: Path) -> None:
        self.db: Database = memory_database()
        self.branch = members.add_branch(self.db, "第一支部", "wuxi", NOW)
        self.member = members.add_member(self.db, self.branch, "王桂兰", NOW)
        members.add_contact(self.db, self.member, "telegram", "7", NOW)
        self.recordings = Recordings(self.db, folder)
        self.given_up: list[tuple[str, str]] = []
        self.skip = 0.0
        self.unable = False

    def put(self, text: str, lane: Lane = "reply", **more: object) -> None:
        outbox.put(
            self.db,
            dedupe_key=text,
            lane=lane,
            channel="telegram",
            address="7",
            text=text,
            now=NOW,
            member_id=self.member,
            **more,  # type: ignore[arg-type]
        )

    def now(self) -> datetime:
        return datetime.fromtimestamp(NOW.timestamp() + time.monotonic() - self.started + self.skip)

    async def later(self, worker: OutboxWorker) -> None:
        """A minute passes."""
        await asyncio.sleep(0.05)
        self.skip += 60
        worker.wake()

    async def speak(self, text: str, member: Member) -> bytes:
        if self.unable:
            raise VoiceFailed("no voice here")
        return f"({text})".encode()

    def state(self, text: str) -> str:
        return str(self.db.execute("SELECT state FROM outbox WHERE text = ?", [text]).fetchone()[0])

    @asynccontextmanager
    async def at_work(self, chat: Chat) -> AsyncIterator[OutboxWorker]:
        self.started = time.monotonic()
        worker = OutboxWorker(
            self.db,
            "telegram",
            chat,
            self.speak,
            self.recordings,
            self.now,
            lambda message, kind: self.given_up.append((message.text, kind)),
        )
        job = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            worker.stop()
            await asyncio.wait_for(job, 2)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


async def settled(condition: Callable[[], bool], within: float = 4.0) -> None:
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.005)


async def test_the_text_goes_first_and_its_voice_note_follows(office: Office) -> None:
    office.put("已为您报名。", spoken="已为您报名", buttons=[Button("好", "对")])
    chat = Chat()
    async with office.at_work(chat):
        await settled(lambda: office.state("已为您报名。") == "sent")
    assert chat.arrived == ["已为您报名。", "(已为您报名)"]
    assert [button.label for button in chat.keyboards[0]] == ["好"]


async def test_a_new_row_goes_out_at_once_when_the_worker_is_woken(office: Office) -> None:
    chat = Chat()
    async with office.at_work(chat) as worker:
        await asyncio.sleep(0.05)
        office.put("现在")
        asked = time.monotonic()
        worker.wake()
        await settled(lambda: chat.arrived == ["现在"])
        assert time.monotonic() - asked < 0.5


async def test_a_member_s_own_recording_follows_the_alert(office: Office) -> None:
    kept = office.recordings.keep(b"her own voice", NOW)
    office.put("求助", lane="alert", recording_id=kept)
    chat = Chat()
    async with office.at_work(chat):
        await settled(lambda: office.state("求助") == "sent")
    assert chat.arrived == ["求助", "her own voice"]


async def test_an_alert_overtakes_a_broadcast_that_is_told_to_pause(office: Office) -> None:
    for number in range(30):
        office.put(f"通知{number}", lane="routine")
    chat = Chat({"通知3": [Flooded(30)]}, pace=0.005)
    async with office.at_work(chat) as worker:
        await settled(lambda: "通知2" in chat.arrived)
        await settled(lambda: not chat.failures["通知3"])
        office.put("求助", lane="alert")
        worker.wake()
        await settled(lambda: "求助" in chat.arrived, within=1)
        await asyncio.sleep(0.2)
    assert chat.arrived == ["通知0", "通知1", "通知2", "求助"]


async def test_an_alert_that_is_told_to_pause_waits_so_long_and_no_longer(office: Office) -> None:
    office.put("求助", lane="alert")
    chat = Chat({"求助": [Flooded(1)]})
    async with office.at_work(chat):
        await asyncio.sleep(0.5)
        assert chat.arrived == []
        await settled(lambda: chat.arrived == ["求助"])


async def test_what_did_not_leave_is_sent_later(office: Office) -> None:
    office.put("您好", spoken="您好")
    chat = Chat({"您好": [NotSent(), NotSent()], "(您好)": [NotSent()]})
    async with office.at_work(chat) as worker:
        for _ in range(3):
            await office.later(worker)
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好", "(您好)"]


async def test_an_alert_of_unknown_fate_is_sent_again(office: Office) -> None:
    office.put("求助", lane="alert")
    chat = Chat({"求助": [PerhapsSent()]})
    async with office.at_work(chat) as worker:
        await office.later(worker)
        await settled(lambda: office.state("求助") == "sent")
    assert chat.arrived == ["求助", "求助"]


async def test_an_alert_to_a_chat_that_was_dead_for_days_is_still_tried(office: Office) -> None:
    """Two thousand tries once overflowed the wait, and the lane stood still behind it."""
    office.put("求助", lane="alert")
    office.db.execute("UPDATE outbox SET attempts = 2000")
    chat = Chat({"求助": [NotSent()]})
    async with office.at_work(chat) as worker:
        await office.later(worker)
        await settled(lambda: office.state("求助") == "sent")
    assert chat.arrived == ["求助"]


async def test_a_reply_of_unknown_fate_is_not_because_its_voice_note_says_the_same(office: Office) -> None:
    office.put("您好", spoken="您好")
    chat = Chat({"您好": [PerhapsSent()]})
    async with office.at_work(chat):
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好", "(您好)"]


async def test_a_reply_without_voice_of_unknown_fate_is_sent_once_more_at_most(office: Office) -> None:
    office.put("您好")
    chat = Chat({"您好": [PerhapsSent(), PerhapsSent(), PerhapsSent()]})
    async with office.at_work(chat) as worker:
        await office.later(worker)
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好", "您好"]


async def test_a_chat_that_refuses_is_blocked_and_the_alert_moves_on(office: Office) -> None:
    office.put("求助", lane="alert")
    chat = Chat({"求助": [Refused()]})
    async with office.at_work(chat):
        await settled(lambda: office.state("求助") == "failed")
    assert office.given_up == [("求助", "Refused")]
    assert members.contacts(office.db, office.member) == []


async def test_a_message_that_can_never_be_sent_blocks_neither_the_chat_nor_the_lane(office: Office) -> None:
    office.put("坏的")
    office.put("好的")
    chat = Chat({"坏的": [Unsendable()]})
    async with office.at_work(chat):
        await settled(lambda: office.state("好的") == "sent")
    assert office.state("坏的") == "failed"
    assert len(members.contacts(office.db, office.member)) == 1


async def test_a_chat_without_voice_notes_gets_the_text_alone(office: Office) -> None:
    office.put("您好", spoken="您好")
    chat = Chat({"(您好)": [Unsendable()]})
    async with office.at_work(chat):
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好"]
    assert office.given_up == []


async def test_a_voice_that_fails_leaves_the_text(office: Office) -> None:
    office.unable = True
    office.put("您好", spoken="您好")
    chat = Chat()
    async with office.at_work(chat):
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好"]


async def test_a_long_text_is_not_repeated_from_its_beginning(office: Office) -> None:
    office.put("一/二/三", buttons=[Button("好", "对")])
    chat = Chat({"二": [NotSent()]})
    async with office.at_work(chat) as worker:
        await office.later(worker)
        await settled(lambda: office.state("一/二/三") == "sent")
    assert chat.arrived == ["一", "二", "三"]
    assert [len(keyboard) for keyboard in chat.keyboards] == [0, 0, 1]


async def test_a_restart_between_text_and_voice_sends_only_the_voice(office: Office) -> None:
    office.put("您好", spoken="您好")
    message = outbox.due(office.db, "telegram", NOW)[0]
    outbox.text_sent(office.db, message.id, NOW, "1")
    chat = Chat()
    async with office.at_work(chat):
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["(您好)"]


async def test_a_fault_of_the_database_ends_no_lane(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("您好")
    real, broken = outbox.text_sent, [OSError("disk full")]

    def unwilling(db: Database, message_id: int, now: datetime, remote_id: str) -> None:
        if broken:
            raise broken.pop()
        real(db, message_id, now, remote_id)

    monkeypatch.setattr(outbox, "text_sent", unwilling)
    chat = Chat()
    async with office.at_work(chat):
        await settled(lambda: office.state("您好") == "sent")
    assert chat.arrived == ["您好"], "what has gone out is remembered although it could not be marked"


def test_a_handle_means_only_what_was_offered_in_that_chat(office: Office) -> None:
    office.put("选哪个？", buttons=[Button("第一个", "第一个" * 30), Button("第二个", "ack:7")])
    message: Message = outbox.due(office.db, "telegram", NOW)[0]
    first, second = handles(message)
    assert len(first.value.encode()) <= 64
    assert pressed(office.db, "telegram", "7", first.value) == Button("第一个", "第一个" * 30)
    assert pressed(office.db, "telegram", "7", second.value) == Button("第二个", "ack:7")
    assert pressed(office.db, "telegram", "8", first.value) is None
    for forged in ["", ".", "1", "1.", "1.9", "x.y", "1.-1", "99.0", "ack:7", "²." + "1" * 60, "9" * 63 + "."]:
        assert pressed(office.db, "telegram", "7", forged) is None
