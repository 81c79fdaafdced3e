"""The triggers that keep the branch log append-only."""

from __future__ import annotations

from sqlite_utils import Database

from storage.faults import Mendable

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


class LogDamaged(Mendable):
    """The guards of the branch log are not in place."""


def check_guards(db: Database) -> None:
    """Raises LogDamaged where a trigger that keeps the log append-only is missing or changed."""
    standing = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    bad = [name for name, sql in GUARDS.items() if standing.get(name) != sql]
    if bad:
        raise LogDamaged("log_unguarded", guards=", ".join(bad))
