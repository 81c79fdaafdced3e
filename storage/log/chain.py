"""Writing entries at the end of a branch's chain, and reading them back."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.log import search, tally

Field = str | int | float | bool | None
START = "0" * 64
"""What the first entry names as the hash before it."""
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Entry:
    """One line of the branch log, with its words where they have not been erased."""

    id: int
    """Key of the row."""
    branch_id: int
    """The branch."""
    number: int
    """1, 2, 3 … without a gap in the branch."""
    at: str
    """ISO local, to the second."""
    actor_id: int | None
    """Who did it; None for Nuanyang itself."""
    channel: str
    """Where it was said or done."""
    kind: str
    """What happened, in the log's own words (care_reported, dues_claimed)."""
    member_id: int | None
    """The member it concerns."""
    about_kind: str
    """The table of the thing it concerns, empty for none."""
    about_id: int | None
    """Its key."""
    content_hash: str
    """Salted SHA-256 of the words and fields."""
    previous: str
    """Hash of the entry before, START for the first."""
    hash: str
    """SHA-256 over everything above."""
    sentence: str | None
    """Plain Chinese, None after an erasure."""
    fields: str | None
    """The structured fields as JSON, None after an erasure."""
    salt: str | None
    """The salt of `content_hash`, None after an erasure."""


@dataclass(frozen=True)
class About:
    """The row that an entry concerns."""

    kind: str = ""
    """Its table."""
    id: int | None = None
    """Its key."""


def append(
    db: Database,
    *,
    branch_id: int,
    at: datetime,
    kind: str,
    sentence: str,
    actor_id: int | None = None,
    member_id: int | None = None,
    channel: str = "",
    about: About | None = None,
    fields: Mapping[str, Field] | None = None,
) -> Entry:
    """Write one entry at the end of the branch's chain, inside the caller's transaction."""
    about = about or About()
    last = db.execute(
        "SELECT number, hash FROM entry WHERE branch_id = ? ORDER BY number DESC LIMIT 1", [branch_id]
    ).fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, START)
    salt = secrets.token_hex(16)
    fields_json = json.dumps(fields or {}, ensure_ascii=False, sort_keys=True)
    stamp = at.isoformat(timespec="seconds")
    content_hash = hash_of_words(salt, sentence, fields_json)
    head: list[str | int | None] = [
        branch_id, number, stamp, actor_id, channel, kind, member_id, about.kind, about.id, content_hash, previous,
    ]  # fmt: skip
    hash_ = chain_hash(head)
    entry_id = db.execute(
        "INSERT INTO entry (branch_id, number, at, actor_id, channel, kind, member_id, about_kind, about_id, "
        "content_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*head, hash_],
    ).lastrowid
    db.execute(
        "INSERT INTO entry_content (entry_id, sentence, fields, salt) VALUES (?, ?, ?, ?)",
        [entry_id, sentence, fields_json, salt],
    )
    search.index(db, int(entry_id or 0), branch_id, member_id, sentence)
    tally.count_in(db, branch_id, stamp[:10], kind)
    return Entry(
        int(entry_id or 0), branch_id, number, stamp, actor_id, channel, kind, member_id, about.kind, about.id,
        content_hash, previous, hash_, sentence, fields_json, salt,
    )  # fmt: skip


def entries(db: Database, branch_id: int, after: int = 0) -> Iterator[Entry]:
    """The branch's entries with a number above `after`, in order."""
    cursor = db.execute(
        "SELECT entry.id, branch_id, number, at, actor_id, channel, kind, member_id, about_kind, about_id, "
        "content_hash, previous, hash, sentence, fields, salt "
        "FROM entry LEFT JOIN entry_content ON entry_id = entry.id WHERE branch_id = ? AND number > ? ORDER BY number",
        [branch_id, after],
    )
    for row in cursor:
        yield Entry(*row)


def tail(db: Database, branch_id: int, count: int) -> list[Entry]:
    """The branch's last entries, oldest first."""
    last = db.execute("SELECT coalesce(max(number), 0) FROM entry WHERE branch_id = ?", [branch_id]).fetchone()[0]
    return list(entries(db, branch_id, after=last - count))


def head(db: Database, branch_id: int) -> tuple[int, str]:
    """Count and last hash of the branch's chain: kept elsewhere, it shows a cut tail or a full re-hash."""
    last = db.execute(
        "SELECT number, hash FROM entry WHERE branch_id = ? ORDER BY number DESC LIMIT 1", [branch_id]
    ).fetchone()
    return (last[0], last[1]) if last else (0, START)


def hash_of_words(salt: str, sentence: str, fields: str) -> str:
    """The salted SHA-256 of an entry's words and fields."""
    return hashlib.sha256(_json([salt, sentence, fields]).encode()).hexdigest()


def chain_hash(head: list[str | int | None]) -> str:
    """The SHA-256 over everything in a chained row but its key and itself."""
    return hashlib.sha256(_json(head).encode()).hexdigest()
