"""Entries of the branch log: those that are asked for, and those behind an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from storage.log import search, tally
from storage.log.search import Found
from storage.questions.asker import BRANCH, CARERS_BRANCH, Asker

ABOUT_HEALTH = (
    "(kind LIKE 'care%' OR kind IN ('leave', 'leave_reason', 'home_study', 'home_study_again', 'relief', "
    "'relief_again', 'handed_over', 'call_back', 'handed_to_listen'))"
)
"""Entries that hold what a member said of their health, or any words of theirs."""
MAY_SEE = f"(NOT {ABOUT_HEALTH} OR entry.branch_id = {CARERS_BRANCH})"
_FROM = (
    "SELECT entry.id, number, at, kind, member_id, sentence, 0 AS by_sound "
    "FROM entry JOIN entry_content ON entry_id = entry.id"
)


def find(
    db: Database,
    asker: Asker,
    text: str,
    *,
    member_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    limit: int = 20,
) -> list[Found]:
    """Entries with these words, newest first; where none has them, those that sound so."""
    branch_id = asker.branch(db)
    if branch_id is None:
        return []
    return search.find(
        db, branch_id, text, member_id=member_id, start=start, end=end, limit=limit,
        only=f"entry.branch_id = {BRANCH} AND {MAY_SEE}", values=asker.values(),
    )  # fmt: skip


def latest(
    db: Database,
    asker: Asker,
    start: datetime,
    end: datetime,
    *,
    member_id: int | None = None,
    kind: str = "",
    limit: int = 20,
) -> list[Found]:
    """The newest entries of a stretch, of a member or a kind where given; that something was read is left out."""
    whose = "AND member_id = :member" if member_id is not None else ""
    whose += " AND kind = :kind" if kind else ""
    return [
        Found(*row)
        for row in db.execute(
            f"{_FROM} WHERE entry.branch_id = {BRANCH} {whose} AND at BETWEEN :start AND :end "
            f"AND kind NOT LIKE 'read%' AND {MAY_SEE} ORDER BY at DESC, entry.id DESC LIMIT :limit",
            asker.values(
                member=member_id,
                kind=kind,
                start=start.isoformat(timespec="seconds"),
                end=end.isoformat(timespec="seconds"),
                limit=limit,
            ),
        )
    ]


def counted(db: Database, asker: Asker, start: datetime, end: datetime) -> dict[str, int]:
    """Kind -> entries on the days of a stretch."""
    branch_id = asker.branch(db)
    found = tally.counts(db, branch_id, start, end) if branch_id is not None else {}
    return {kind: count for kind, count in found.items() if not kind.startswith("read")}


def behind(db: Database, asker: Asker, about: str, keys: Sequence[int], limit: int = 20) -> list[int]:
    """The numbers of the newest entries about these rows of a table."""
    if not keys:
        return []
    marks = ", ".join(str(int(key)) for key in keys[:200])
    return [
        int(row[0])
        for row in db.execute(
            f"SELECT number FROM entry WHERE branch_id = {BRANCH} AND about_kind = :about AND about_id IN ({marks}) "
            f"AND {MAY_SEE} ORDER BY number DESC LIMIT :limit",
            asker.values(about=about, limit=limit),
        ).fetchall()
    ]


def about_health(db: Database, asker: Asker, numbers: Sequence[int]) -> bool:
    """Whether any of these entries holds what is about somebody's health."""
    marks = ", ".join(str(int(number)) for number in numbers)
    found = db.execute(
        f"SELECT count(*) FROM entry WHERE branch_id = {BRANCH} AND number IN ({marks}) AND {ABOUT_HEALTH}",
        asker.values(),
    ).fetchone()
    return bool(found[0])
