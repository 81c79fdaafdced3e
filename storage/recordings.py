"""Voice messages as they came in, kept as files named by their own hash (never by a sender's file name)."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage.database import insert


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
