"""Secret links: to a member's page, to the desk, into a chat. Only their hashes are kept."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlite_utils import Database


def add_link(
    db: Database, secret: str, member_id: int, purpose: str, now: datetime, expires_at: datetime | None = None
) -> None:
    """Let this secret open the member's page, or enrol their chat once; only its hash is kept."""
    db.execute(
        "INSERT INTO link (hash, member_id, purpose, created_at, expires_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (hash) DO NOTHING",
        [
            _link_hash(secret),
            member_id,
            purpose,
            now.isoformat(timespec="seconds"),
            expires_at.isoformat(timespec="seconds") if expires_at else None,
        ],
    )


def link_owner(db: Database, secret: str, purpose: str, now: datetime) -> int | None:
    """Whose unexpired, unused link this is; None for every other secret."""
    row = db.execute(
        "SELECT member_id FROM link WHERE hash = ? AND purpose = ? AND used_at IS NULL "
        "AND (expires_at IS NULL OR expires_at > ?)",
        [_link_hash(secret), purpose, now.isoformat(timespec="seconds")],
    ).fetchone()
    return int(row[0]) if row else None


def use_link(db: Database, secret: str, now: datetime) -> None:
    """Spend a one-use link."""
    db.execute("UPDATE link SET used_at = ? WHERE hash = ?", [now.isoformat(timespec="seconds"), _link_hash(secret)])


def _link_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
