"""How far an application has come on its way: the steps that the locality asks for before it can be granted."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def take_step(db: Database, application_id: int, step: str, by: int, now: datetime) -> None:
    """Write that a step (支部研究) is done; a second time changes nothing."""
    db.execute(
        "INSERT INTO application_step (application_id, step, by, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (application_id, step) DO NOTHING",
        [application_id, step, by, now.isoformat(timespec="seconds")],
    )


def steps_taken(db: Database, application_id: int) -> list[str]:
    """The steps that are done, in the order in which they were."""
    found = db.execute(
        "SELECT step FROM application_step WHERE application_id = ? ORDER BY at, rowid", [application_id]
    )
    return [str(row[0]) for row in found]


def set_dues(db: Database, member_id: int, due_fen: int) -> None:
    """Write what a member owes a quarter from now on, in fen; what was paid already stays as it is."""
    db.execute("UPDATE member SET dues_fen = ? WHERE id = ?", [due_fen, member_id])
