"""Voice messages as they came in, kept as files named by their own hash (never by a sender's file name)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage.database import insert

CARRYING = (
    "care_report", "task", "application", "suggestion", "check_in", "visit", "contact_made", "outbox", "inbox",
)  # fmt: skip
"""Tables whose rows may carry a recording."""
_DONE_WITH = """
    SELECT DISTINCT recording.id, recording.file
    FROM recording JOIN inbox ON inbox.recording_id = recording.id JOIN member ON member.id = inbox.member_id
    WHERE member.branch_id = :branch AND recording.received_at < :before
    AND NOT EXISTS (SELECT 1 FROM inbox AS other WHERE other.recording_id = recording.id
        AND (other.state = 'new' OR other.received_at >= :before))
    AND NOT EXISTS (SELECT 1 FROM suggestion WHERE suggestion.recording_id = recording.id)
    AND NOT EXISTS (SELECT 1 FROM task WHERE task.recording_id = recording.id
        AND (done_at IS NULL OR done_at >= :before))
    AND NOT EXISTS (SELECT 1 FROM application WHERE application.recording_id = recording.id
        AND (decided_at IS NULL OR decided_at >= :before))
    AND NOT EXISTS (SELECT 1 FROM care_report JOIN care_case ON care_case.id = case_id
        WHERE care_report.recording_id = recording.id AND (closed_at IS NULL OR closed_at >= :before))
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.recording_id = recording.id AND outbox.channel <> 'desk'
        AND outbox.state = 'waiting')
"""
"""A suggestion is kept with its sound for as long as it is kept; everything else until it was done some time ago."""


class Recordings:
    """The folder of recordings and the table that lists it."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder

    def keep(self, data: bytes, now: datetime) -> int:
        """Store sound on disk before anything else is done with it; returns its key. The same bytes are kept once."""
        digest = hashlib.sha256(data).hexdigest()
        known = self._db.execute("SELECT id FROM recording WHERE sha256 = ?", [digest]).fetchone()
        if known:
            return int(known[0])
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        final = self._folder / digest
        half = final.with_suffix(".half")
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(0o600)
        half.replace(final)
        return insert(
            self._db,
            "recording",
            sha256=digest,
            file=final.name,
            bytes=len(data),
            received_at=now.isoformat(timespec="seconds"),
        )

    def load(self, recording_id: int) -> bytes:
        """The sound of a recording; raises FileNotFoundError where it has been removed."""
        row = self._db.execute("SELECT file FROM recording WHERE id = ?", [recording_id]).fetchone()
        if row is None:
            raise FileNotFoundError(f"recording {recording_id}")
        return (self._folder / str(row[0])).read_bytes()

    def remove(self, file: str) -> None:
        """Remove the file of a recording whose row is gone."""
        (self._folder / file).unlink(missing_ok=True)

    def remove_done_with(self, branch_id: int, before: datetime) -> int:
        """Remove the branch's recordings whose matter was done before a moment; returns how many. In a transaction."""
        values: dict[str, str | int] = {"branch": branch_id, "before": before.isoformat(timespec="seconds")}
        found = self._db.execute(_DONE_WITH, values).fetchall()
        take_out(self._db, [int(key) for key, _ in found])
        for _, file in found:
            self.remove(str(file))
        return len(found)


def take_out(db: Database, keys: Iterable[int]) -> None:
    """Take recordings out of every row that carries them; their files are the caller's to remove."""
    for key in keys:
        for table in CARRYING:
            db.execute(f"UPDATE {table} SET recording_id = NULL WHERE recording_id = ?", [key])
        db.execute("DELETE FROM recording WHERE id = ?", [key])
