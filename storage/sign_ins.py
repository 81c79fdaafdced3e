"""Browsers that are signed in to the desk: a secret that the browser keeps, of which only the hash is stored."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert


def begin(db: Database, secret: str, member_id: int, now: datetime, expires_at: datetime) -> None:
    """Sign a browser in until `expires_at`."""
    insert(
        db,
        "sign_in",
        hash=_hash(secret),
        member_id=member_id,
        created_at=now.isoformat(timespec="seconds"),
        expires_at=expires_at.isoformat(timespec="seconds"),
    )


def owner(db: Database, secret: str, now: datetime) -> int | None:
    """Who is signed in with this secret; None for one that is unknown, over or expired."""
    row = db.execute(
        "SELECT member_id FROM sign_in WHERE hash = ? AND ended_at IS NULL AND expires_at > ?",
        [_hash(secret), now.isoformat(timespec="seconds")],
    ).fetchone()
    return int(row[0]) if row else None


def end(db: Database, secret: str, now: datetime) -> None:
    """Sign a browser out."""
    db.execute(
        "UPDATE sign_in SET ended_at = ? WHERE hash = ? AND ended_at IS NULL",
        [now.isoformat(timespec="seconds"), _hash(secret)],
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
