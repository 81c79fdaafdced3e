"""A branch under a clock that a test sets: real storage, dialogue, due rows, delivery; only the chats are invented."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.clock import DueWorker
from bot.courier import NotSent, PerhapsSent, Refused
from bot.outbox import OutboxWorker
from bot.telegram.moving_on import move_on
from dialogs import words
from dialogs.care import caring
from dialogs.duty import load_duties
from dialogs.skill import Desk, Done, Wish
from storage import care, due, members
from storage.care import CareCase
from storage.database import memory_database, writing
from storage.members import Member
from storage.outbox import Button
from storage.profiles import load_profile
from storage.recordings import Recordings

NOW = datetime(2026, 11, 22, 9, 30)
TELEGRAM = "telegram"
CASE_DUTIES = {kind: duty for kind, duty in load_duties().items() if duty.begin is None}
"""What a case brings about; what comes round by itself every morning is told of elsewhere."""
OFFICERS = (
    ("李卫民", "secretary", "书记", "100"),
    ("周敏", "committee", "委员", "200"),
    ("陈强", "liaison", "联络员", "300"),
    ("郑红", "party_committee", "主任", "400"),
)
MEMBERS = (("王桂兰", "7"), ("刘德福", "8"), ("张建国", ""))


@dataclass(frozen=True)
class Read:
    """A text as it appeared in a chat."""

    at: datetime
    address: str
    text: str


class Chats:
    """Every chat of the branch; each takes messages, refuses them, or never answers."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.refusing: set[str] = set()
        self.dead: set[str] = set()
        self.doubtful: list[str] = []
        self.read: list[Read] = []

    def pieces(self, text: str) -> Sequence[str]:
        return [text]

    def speeches(self, spoken: str) -> Sequence[str]:
        return []

    async def send_text(self, address: str, text: str, buttons: Sequence[Button]) -> str:
        if address in self.refusing:
            raise Refused("blocked")
        if address in self.dead:
            raise NotSent("no answer")
        self.read.append(Read(self._watch.now, address, text))
        if address in self.doubtful:
            self.doubtful.remove(address)
            raise PerhapsSent("cut off")
        return str(len(self.read))

    @asynccontextmanager
    async def recording(self, address: str) -> AsyncIterator[None]:
        yield

    async def send_voice(self, address: str, sound: bytes) -> None:
        return None


class Watch:
    """The branch, its clock, and its workers."""

    def __init__(self, db: Database | None = None, *, chats: bool = True, officers: int = 4) -> None:
        self.now = NOW
        self.db = db or memory_database()
        self.turn = 0
        self.chats = Chats(self)
        self.recordings = Recordings(self.db, Path(tempfile.gettempdir()) / "nuanyang-watch")
        if not self.db.execute("SELECT 1 FROM branch").fetchone():
            members.add_branch(self.db, "春晖支部", "wuxi", NOW)
            before = NOW - timedelta(days=30)
            for rung, (name, role, title, address) in enumerate(OFFICERS[:officers], start=1):
                key = members.add_member(self.db, 1, name, before, role=role, title=title, rung=rung)
                if chats:
                    members.add_contact(self.db, key, TELEGRAM, address, NOW)
            for name, address in MEMBERS:
                key = members.add_member(self.db, 1, name, before)
                if address:
                    members.add_contact(self.db, key, TELEGRAM, address, NOW)
        self._loop = asyncio.new_event_loop()
        self.restart()

    def restart(self) -> None:
        """The process ends and starts again: only what the database holds is left."""
        self.due = DueWorker(self.db, CASE_DUTIES, lambda: self.now, lambda: None)
        self.outbox = OutboxWorker(
            self.db,
            TELEGRAM,
            self.chats,
            self._speak,
            self.recordings,
            lambda: self.now,
            move_on(self.db, lambda: self.now),
        )

    def close(self) -> None:
        self._loop.close()

    def person(self, name: str) -> Member:
        return members.named(self.db, 1, name)[0]

    def desk(self, name: str, skill: str = "care_emergency", said: str = "") -> Desk:
        self.turn += 1
        return Desk(self.db, self.person(name), self.now, TELEGRAM, self.turn, None, load_profile("wuxi"), skill, said)

    def report(self, by: str, said: str, trigger: str = "emergency", who: str = "") -> str:
        """What the reporter hears."""
        slots = {"person": who} if who else {}
        wish = Wish(f"care_{trigger}", slots, said)
        with writing(self.db):
            outcome = caring.report(trigger, wish, self.desk(by, f"care_{trigger}", said))
        assert isinstance(outcome, Done)
        return words.load(f"skills/care_{trigger}", "replies").say(outcome.key, **outcome.words)

    def take(self, name: str, case: CareCase | None = None) -> str:
        """What the officer hears who takes the case."""
        desk = self.desk(name)
        officer = next(each for each in desk.officers if each.id == desk.speaker.id)
        with writing(self.db):
            done = caring.acknowledge(case or self.case(), officer, desk)
        return done.key

    def case(self, number: int = 1) -> CareCase:
        key = self.db.execute("SELECT id FROM care_case WHERE number = ?", [number]).fetchone()[0]
        return care.the_case(self.db, 1, int(key))

    def work(self) -> None:
        """Everything that is due by the clock happens, and what it brings about at once."""
        for _ in range(50):
            fired = self.due.fire_due()
            if not fired + self._loop.run_until_complete(self.outbox.deliver_due()):
                return

    def later(self, **step: float) -> None:
        """Time passes, and each thing happens at its time."""
        end = self.now + timedelta(**step)
        while self.now < end:
            self.work()
            self.now = min(end, max(self._next(), self.now + timedelta(seconds=1)))
        self.work()

    def texts(self, name: str) -> list[str]:
        """What somebody has read in their chats."""
        addresses = {
            str(row[0])
            for row in self.db.execute(
                "SELECT address FROM contact WHERE member_id = ?", [self.person(name).id]
            ).fetchall()
        }
        return [each.text for each in self.chats.read if each.address in addresses]

    def called(self, words: str = "求助") -> list[tuple[float, str]]:
        """Which chat was called when, in minutes since the start."""
        return [
            ((each.at - NOW) / timedelta(minutes=1), each.address) for each in self.chats.read if words in each.text
        ]

    def rows(self, sql: str, *values: str | int) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.db.execute(sql, list(values)).fetchall()]

    def _next(self) -> datetime:
        waiting = self.db.execute("SELECT min(due_at) FROM outbox WHERE state = 'waiting' AND channel = ?", [TELEGRAM])
        times = [due.next_at(self.db), datetime.fromisoformat(found) if (found := waiting.fetchone()[0]) else None]
        return min((each for each in times if each), default=datetime.max)

    async def _speak(self, text: str, member: Member) -> bytes:
        return b"OggS"
