"""What is due fires once, in one transaction, after restarts, clock jumps and failing duties."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.clock import DueWorker
from dialogs.duty import Duty, DutyDesk, load_duties
from storage import due, log, members
from storage.database import memory_database, open_database
from storage.due import DueRow

NOW = datetime(2026, 11, 22, 9, 30)
MINUTES = timedelta(minutes=1)


class Bench:
    """A branch, a clock that the test sets, and a duty that writes into the log."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = NOW
        self.broken: set[str] = set()
        self.commits = 0
        if not db.execute("SELECT 1 FROM branch").fetchone():
            members.add_branch(db, "春晖支部", "wuxi", NOW)
        duties: Mapping[str, Duty] = {kind: Duty(kind, self._fire) for kind in ("bell", "gong")}
        self.worker = DueWorker(db, duties, lambda: self.now, self._committed)

    def put(self, key: str, after: timedelta, kind: str = "bell") -> bool:
        return due.put(self.db, branch_id=1, kind=kind, key=key, now=self.now, after=after)

    def put_at(self, key: str, at: datetime) -> bool:
        return due.put(self.db, branch_id=1, kind="bell", key=key, now=self.now, at=at)

    def heard(self) -> list[str]:
        return [entry.sentence or "" for entry in log.entries(self.db, 1)]

    def row(self, key: str) -> tuple[str, int, int]:
        found = self.db.execute("SELECT state, late, tries FROM due WHERE dedupe_key = ?", [key]).fetchone()
        return (found[0], found[1], found[2])

    def _committed(self) -> None:
        self.commits += 1

    def _fire(self, row: DueRow, desk: DutyDesk) -> None:
        log.append(desk.db, branch_id=desk.branch_id, at=desk.now, kind=row.kind, sentence=row.dedupe_key)
        if row.dedupe_key in self.broken:
            raise ZeroDivisionError("somebody's words")


@pytest.fixture
def bench() -> Bench:
    return Bench(memory_database())


def test_a_row_fires_at_its_time_and_once(bench: Bench) -> None:
    bench.put("a", 3 * MINUTES)
    assert bench.worker.fire_due() == 0
    bench.now += 3 * MINUTES
    assert [bench.worker.fire_due(), bench.worker.fire_due()] == [1, 0]
    assert (bench.heard(), bench.row("a"), bench.commits) == (["a"], ("fired", 0, 0), 1)


def test_the_same_key_is_one_row_even_after_it_fired(bench: Bench) -> None:
    assert bench.put("a", MINUTES)
    assert not bench.put("a", 2 * MINUTES)
    bench.now += MINUTES
    bench.worker.fire_due()
    assert not bench.put("a", MINUTES)
    assert bench.heard() == ["a"]


def test_what_is_cancelled_does_not_happen(bench: Bench) -> None:
    bench.put("a", MINUTES)
    assert due.cancel(bench.db, "a")
    assert not due.cancel(bench.db, "a")
    bench.now += MINUTES
    assert bench.worker.fire_due() == 0


def test_rows_fire_in_the_order_of_their_times(bench: Bench) -> None:
    for key, minutes in (("late", 9), ("early", 1), ("middle", 5)):
        bench.put(key, minutes * MINUTES)
    assert due.next_at(bench.db) == NOW + MINUTES
    bench.now += timedelta(hours=1)
    bench.worker.fire_due()
    assert bench.heard() == ["early", "middle", "late"]


def test_a_failing_duty_undoes_what_it_did_and_does_not_stop_the_others(bench: Bench) -> None:
    bench.broken.add("a")
    bench.put("a", MINUTES)
    bench.put("b", 2 * MINUTES, "gong")
    bench.now += 2 * MINUTES
    assert bench.worker.fire_due() == 2
    assert (bench.heard(), bench.row("a"), bench.row("b")) == (["b"], ("waiting", 0, 1), ("fired", 0, 0))
    bench.broken.clear()
    bench.now += timedelta(seconds=5)
    bench.worker.fire_due()
    assert (bench.heard(), bench.row("a")) == (["b", "a"], ("fired", 1, 1))


def test_a_duty_that_fails_for_ever_is_tried_every_five_minutes(bench: Bench) -> None:
    bench.broken.add("a")
    bench.put("a", MINUTES)
    tries = 0
    for _ in range(120):
        bench.now += timedelta(seconds=30)
        tries += bench.worker.fire_due()
    assert 12 <= tries <= 18


def test_a_row_of_an_unknown_kind_waits_for_its_duty(bench: Bench) -> None:
    bench.put("a", MINUTES, "not_yet_written")
    bench.now += MINUTES
    bench.worker.fire_due()
    assert bench.row("a") == ("waiting", 0, 1)


def test_missed_rows_fire_once_after_a_restart_and_are_marked_late(tmp_path: Path) -> None:
    before = Bench(open_database(tmp_path / "a.db"))
    before.put("missed", MINUTES)
    before.put("coming", timedelta(days=3))
    before.db.close()
    after = Bench(open_database(tmp_path / "a.db"))
    after.now = NOW + timedelta(days=2)
    assert after.worker.fire_due() == 1
    assert (after.row("missed"), after.row("coming")) == (("fired", 1, 0), ("waiting", 0, 0))
    after.db.close()


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=5), timedelta(days=9)], ids=str)
def test_a_clock_that_is_set_back_does_not_lengthen_a_wait(bench: Bench, back: timedelta) -> None:
    """The machine came up in a wrong year, a fall was reported, then the time was set: three minutes stay three."""
    bench.put("a", 3 * MINUTES)
    bench.now -= back
    assert bench.worker.fire_due() == 0
    bench.now += 3 * MINUTES
    assert bench.worker.fire_due() == 1


def test_a_clock_that_is_set_back_does_not_move_a_moment(bench: Bench) -> None:
    bench.put_at("morning", NOW + timedelta(days=1))
    bench.now -= timedelta(days=9)
    assert bench.worker.fire_due() == 0
    assert due.next_at(bench.db) == NOW + timedelta(days=1)
    bench.now = NOW + timedelta(days=1)
    assert bench.worker.fire_due() == 1
    bench.now -= timedelta(days=1)
    bench.put_at("morning", NOW + timedelta(days=1))
    bench.now += timedelta(days=1)
    assert bench.worker.fire_due() == 0, "what happened does not happen again"


def test_what_was_due_once_does_not_wait_for_its_time_again_when_the_clock_is_set_back(bench: Bench) -> None:
    bench.broken.add("a")
    bench.put_at("a", NOW)
    bench.worker.fire_due()
    bench.broken.clear()
    bench.now -= timedelta(days=2)
    assert bench.worker.fire_due() == 1


def test_a_jump_of_days_does_not_flood() -> None:
    """A duty that comes back by itself counts from now: a week away is one digest, not seven."""
    heard: list[datetime] = []
    clock = [NOW]

    def fire(row: DueRow, desk: DutyDesk) -> None:
        heard.append(desk.now)
        tomorrow = desk.now.replace(hour=7, minute=0) + timedelta(days=1)
        due.put(desk.db, branch_id=1, kind="daily", key=f"daily:{tomorrow.date()}", now=desk.now, at=tomorrow)

    db = memory_database()
    members.add_branch(db, "春晖支部", "wuxi", NOW)
    begun: list[datetime] = []

    def begin(desk: DutyDesk) -> None:
        begun.append(desk.now)
        due.put(db, branch_id=1, kind="daily", key=f"daily:{desk.now.date()}", now=desk.now, at=desk.now)

    worker = DueWorker(db, {"daily": Duty("daily", fire, begin)}, lambda: clock[0], lambda: None)
    worker.fire_due()
    clock[0] += timedelta(days=7)
    worker.fire_due()
    assert len(heard) <= 3
    assert begun == [NOW, NOW + timedelta(days=7)]


async def test_the_worker_wakes_by_itself() -> None:
    db = memory_database()
    bench = Bench(db)
    running = asyncio.create_task(bench.worker.run())
    await asyncio.sleep(0.1)
    bench.put("a", timedelta(0))
    bench.worker.wake()
    async with asyncio.timeout(5):
        while not bench.heard():
            await asyncio.sleep(0.02)
    bench.worker.stop()
    await running
    assert bench.heard() == ["a"]


def test_every_duty_is_found_by_its_name() -> None:
    for name, duty in load_duties().items():
        assert duty.name == name
