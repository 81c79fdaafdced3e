"""The branch log: append-only, chained by hashes, one chain a branch.

A chained row holds no personal words: they stand in `entry_content` with a salt, and the row holds their salted
hash, so that a member's words can be erased and the chain still verifies. Triggers refuse UPDATE, DELETE and
INSERT OR REPLACE; `check_guards` sees at every open that they are still there.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

Field = str | int | float | bool | None
START = "0" * 64

GUARDS = {
    "entry_no_update": (
        "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'the branch log is append-only'); END"
    ),
    "entry_no_delete": (
        "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'the branch log is append-only'); END"
    ),
    "entry_no_replace": (
        "CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry "
        "WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id "
        "OR (branch_id = NEW.branch_id AND number = NEW.number)) "
        "BEGIN SELECT RAISE(ABORT, 'the branch log is append-only'); END"
    ),
    "entry_content_no_update": (
        "CREATE TRIGGER entry_content_no_update BEFORE UPDATE ON entry_content "
        "BEGIN SELECT RAISE(ABORT, 'the branch log is append-only'); END"
    ),
    "entry_content_no_delete": (
        "CREATE TRIGGER entry_content_no_delete BEFORE DELETE ON entry_content "
        "WHEN NOT EXISTS (SELECT 1 FROM entry AS erasure JOIN entry ON entry.id = OLD.entry_id "
        "WHERE erasure.kind = 'erasure' AND erasure.member_id = entry.member_id) "
        "BEGIN SELECT RAISE(ABORT, 'words go only with an erasure of the member'); END"
    ),
    "entry_content_no_replace": (
        "CREATE TRIGGER entry_content_no_replace BEFORE INSERT ON entry_content "
        "WHEN EXISTS (SELECT 1 FROM entry_content WHERE entry_id = NEW.entry_id) "
        "BEGIN SELECT RAISE(ABORT, 'the branch log is append-only'); END"
    ),
}
"""Trigger name -> its SQL, as it must stand in the database."""


class LogDamaged(Exception):
    """The guards of the branch log are not in place; the message names them and the remedy."""


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
class Fault:
    """Why the chain of a branch cannot be trusted, at the first entry where it shows."""

    branch_id: int
    """The branch."""
    number: int
    """The first bad entry."""
    reason: str
    """A short key: gap, previous, hash, content, erased."""


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
    content_hash = _content_hash(salt, sentence, fields_json)
    head = [
        branch_id,
        number,
        stamp,
        actor_id,
        channel,
        kind,
        member_id,
        about.kind,
        about.id,
        content_hash,
        previous,
    ]
    entry_id = db.execute(
        "INSERT INTO entry (branch_id, number, at, actor_id, channel, kind, member_id, about_kind, about_id, "
        "content_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*head, _chain_hash(head)],
    ).lastrowid
    db.execute(
        "INSERT INTO entry_content (entry_id, sentence, fields, salt) VALUES (?, ?, ?, ?)",
        [entry_id, sentence, fields_json, salt],
    )
    return next(entries(db, branch_id, after=number - 1))


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


def verify(db: Database, branch_id: int) -> Fault | None:
    """The first entry of the branch that was changed, cut out or swapped; None where all is as it was written."""
    erased = {
        row[0]
        for row in db.execute("SELECT member_id FROM entry WHERE branch_id = ? AND kind = 'erasure'", [branch_id])
    }
    expected, previous = 1, START
    for entry in entries(db, branch_id):
        reason = _fault(entry, expected, previous, erased)
        if reason:
            return Fault(branch_id, expected, reason)
        expected, previous = expected + 1, entry.hash
    return None


def check_guards(db: Database) -> None:
    """Raises LogDamaged where a trigger that keeps the log append-only is missing or changed."""
    standing = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    bad = [name for name, sql in GUARDS.items() if standing.get(name) != sql]
    if bad:
        raise LogDamaged(
            f"The branch log is not protected: {', '.join(bad)} missing or changed. "
            "Remedy: nuanyang restore BACKUP, then nuanyang log verify"
        )


def _fault(entry: Entry, expected: int, previous: str, erased: set[int | None]) -> str:
    if entry.number != expected:
        return "gap"
    if entry.previous != previous:
        return "previous"
    head: list[str | int | None] = [
        entry.branch_id, entry.number, entry.at, entry.actor_id, entry.channel, entry.kind, entry.member_id,
        entry.about_kind, entry.about_id, entry.content_hash, entry.previous,
    ]  # fmt: skip
    if entry.hash != _chain_hash(head):
        return "hash"
    if entry.sentence is None or entry.fields is None or entry.salt is None:
        return "" if entry.member_id in erased else "erased"
    if entry.content_hash != _content_hash(entry.salt, entry.sentence, entry.fields):
        return "content"
    return ""


def _content_hash(salt: str, sentence: str, fields: str) -> str:
    return hashlib.sha256(json.dumps([salt, sentence, fields], ensure_ascii=False).encode()).hexdigest()


def _chain_hash(head: list[str | int | None]) -> str:
    return hashlib.sha256(json.dumps(head, ensure_ascii=False).encode()).hexdigest()
