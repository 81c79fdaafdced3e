"""The register of talents (银色人才库): what members can do and offer to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows

_FROM = "SELECT talent.id, member_id, name, skill, said, since FROM talent JOIN member ON member.id = member_id"


@dataclass(frozen=True)
class Talent:
    """One thing that one member offers."""

    id: int
    """Key."""
    member_id: int
    """Who."""
    name: str
    """Their name."""
    skill: str
    """What they can do, in their own words."""
    said: str
    """The words in which it was offered."""
    since: str
    """ISO local: when it was offered first."""


def offer(db: Database, member_id: int, skill: str, said: str, now: datetime) -> Talent:
    """Enter what a member offers; the same skill again changes nothing."""
    db.execute(
        "INSERT INTO talent (member_id, skill, said, since) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (member_id, skill) DO NOTHING",
        [member_id, skill, said, now.isoformat(timespec="seconds")],
    )
    return next(talent for talent in of_member(db, member_id) if talent.skill == skill)


def of_member(db: Database, member_id: int) -> list[Talent]:
    """What this member offers, in the order in which it was offered."""
    return rows(db, Talent, f"{_FROM} WHERE member_id = ? ORDER BY talent.id", [member_id])


def register(db: Database, branch_id: int, word: str = "") -> list[Talent]:
    """The branch's register, or those of its lines in which the word stands."""
    return rows(
        db,
        Talent,
        f"{_FROM} WHERE branch_id = ? AND left_at IS NULL AND instr(skill || said, ?) > 0 "
        "ORDER BY member_id, talent.id",
        [branch_id, word],
    )
