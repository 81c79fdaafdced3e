"""After a silence longer than Telegram keeps what it could not hand over, everybody is told that words may be lost.

The machine was off or the line was down; a member may have called for help meanwhile, and nobody would ever know.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.telegram.enrolment import CHANNEL
from bot.telegram.wording import words
from dialogs import notify
from dialogs.duty import DutyDesk, desk_of
from dialogs.understanding.times import lasting, say_time
from storage import channels, log, members

KEPT = timedelta(hours=24)
"""For so long Telegram keeps updates for a bot that does not fetch them (Bot API, "Getting updates")."""
NOTE_EVERY = timedelta(minutes=5)
"""How often an answer is noted: by so much a silence may be taken for longer than it was."""


class Silence:
    """Watches how long Telegram has not answered, over restarts."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._noted = channels.answered_at(db, CHANNEL)

    def answered(self) -> None:
        """Telegram has answered. To be called in a transaction, which stores what it has handed over."""
        now = self._clock()
        before = self._noted
        if before is not None and timedelta() <= now - before < NOTE_EVERY:
            return
        channels.note_answer(self._db, CHANNEL, now)
        self._noted = now
        if before is not None and now - before > KEPT:
            self._tell(before, now)

    def _tell(self, since: datetime, now: datetime) -> None:
        for row in self._db.execute("SELECT id FROM branch ORDER BY id").fetchall():
            _tell_branch(desk_of(self._db, int(row[0]), now, "silence"), since)


def _tell_branch(desk: DutyDesk, since: datetime) -> None:
    """Ask everybody who has a chat to say again what matters, and tell the officer on duty whom that concerns."""
    key, day = f"silence:{since.isoformat()}", lasting(say_time(since, desk.now))  # at night it waits until morning
    reached = [each for each in members.members(desk.db, desk.branch_id) if _has_chat(desk, each.id)]
    if not reached:
        return
    told = {officer.id for officer in notify.alert(desk, key, words("alerts").say("silence", since=day))}
    for member in reached:
        if member.id not in told:
            notify.tell_member(desk, key, member.id, words("says").say("silence", since=day), lane="routine")
    log.append(
        desk.db,
        branch_id=desk.branch_id,
        at=desk.now,
        kind="silence",
        sentence=words("log").say("silence", since=day, count=len(reached)),
        channel=CHANNEL,
    )


def _has_chat(desk: DutyDesk, member_id: int) -> bool:
    return any(contact.channel == CHANNEL for contact in members.contacts(desk.db, member_id))
