"""The one place that reads the clock, and the one worker that lets happen what is due; all else is told the time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from bot.redact import where
from dialogs.duty import Duty, desk_of
from storage import due
from storage.database import writing
from storage.due import DueRow

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often the worker looks at the clock at least: so late may a jump of the clock be noticed."""
BEGIN_AGAIN = timedelta(seconds=60)
"""Between two tries at beginning a duty that fails at it."""


def now() -> datetime:
    """Local time, without a zone: a branch lives in one place and says its times as its people do."""
    return datetime.now()  # noqa: DTZ005


class UnknownDuty(Exception):
    """A due row is of a kind for which there is no module in dialogs/duties; it waits until there is one."""


class DueWorker:
    """Fires the rows that are due, each in one transaction: effects, log, outbox, and the mark that it fired."""

    def __init__(
        self,
        db: Database,
        duties: Mapping[str, Duty],
        clock: Callable[[], datetime],
        committed: Callable[[], None],
    ) -> None:
        self._db = db
        self._duties = duties
        self._clock = clock
        self._committed = committed
        self._woken = asyncio.Event()
        self._stopping = False
        self._begun: dict[str, date] = {}
        self._begin_again = datetime.min

    def wake(self) -> None:
        """Look at once. To be called after a commit, on the event loop's thread."""
        self._woken.set()

    def stop(self) -> None:
        """End after the row at work."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Fire what is due until stopped; what a crash or a long night left over fires at once, marked late."""
        while not self._stopping:
            self._woken.clear()
            try:
                if self.fire_next():
                    await asyncio.sleep(0)  # after a long night there are many, and a member may be speaking
                    continue
            except Exception as error:  # noqa: BLE001
                # A full disk, a locked file: the worker must outlive it, and the rows still wait.
                logger.error("what is due cannot be looked at, will try again: %s", where(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rest()):
                    await self._woken.wait()

    def fire_due(self) -> int:
        """Fire everything that is due now; returns how many rows fired."""
        fired = 0
        while self.fire_next():
            fired += 1
        return fired

    def fire_next(self) -> bool:
        """Fire the first row that is due; False where there is none. One whose duty fails is put off, not lost."""
        moment = self._clock()
        self._begin(moment)
        row: DueRow | None = None
        try:
            with writing(self._db):
                row = due.take_due(self._db, moment)
                if row is None:
                    return False
                self._fire(row, moment)
        except Exception as error:
            # Whatever went wrong in one duty, the others go on.
            if row is None:
                raise
            logger.error("%s (due row %d) failed and will be tried again: %s", row.kind, row.id, where(error))
            with writing(self._db):
                due.failed(self._db, row, moment, type(error).__name__)
        else:
            self._committed()
        return True

    def _fire(self, row: DueRow, moment: datetime) -> None:
        duty = self._duties.get(row.kind)
        if duty is None:
            raise UnknownDuty(row.kind)
        duty.fire(row, desk_of(self._db, row.branch_id, moment, row.kind))

    def _begin(self, moment: datetime) -> None:
        """At start and on each new day: let every duty that comes back by itself write its first row."""
        waiting = [each for each in self._duties.values() if each.begin and self._begun.get(each.name) != moment.date()]
        if not waiting or abs(moment - self._begin_again) < BEGIN_AGAIN:
            return
        branches = [int(row[0]) for row in self._db.execute("SELECT id FROM branch ORDER BY id").fetchall()]
        for duty in waiting:
            try:
                with writing(self._db):
                    for branch_id in branches:
                        if duty.begin:
                            duty.begin(desk_of(self._db, branch_id, moment, duty.name))
            except Exception as error:  # noqa: BLE001
                logger.error("%s could not begin, will try again: %s", duty.name, where(error))
                self._begin_again = moment
            else:
                self._begun[duty.name] = moment.date()

    def _rest(self) -> float:
        """Seconds until the next look: when the next row is due, and never longer than LOOK_SECONDS."""
        coming = due.next_at(self._db)
        if coming is None:
            return LOOK_SECONDS
        return min(LOOK_SECONDS, max(0.05, (coming - self._clock()) / timedelta(seconds=1)))
