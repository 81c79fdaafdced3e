"""Suggestions of members, word for word: new, passed on, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

_FROM = (
    "SELECT suggestion.id, suggestion.branch_id, member_id, name, said, recording_id, state, at, passed_on_by, "
    "passed_on_at, answer, answered_by, answered_at FROM suggestion JOIN member ON member.id = member_id"
)


@dataclass(frozen=True)
class Suggestion:
    """What a member would like changed."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    member_id: int
    """Whose."""
    name: str
    """Their name."""
    said: str
    """The words, as they were said."""
    recording_id: int | None
    """The voice message."""
    state: str
    """new, passed_on or answered."""
    at: str
    """ISO local: when it was said."""
    passed_on_by: int | None
    """Who passed it on."""
    passed_on_at: str | None
    """When."""
    answer: str
    """What was answered, empty until then."""
    answered_by: int | None
    """Who wrote the answer down."""
    answered_at: str | None
    """When."""


def add(
    db: Database, branch_id: int, member_id: int, said: str, now: datetime, *, recording_id: int | None = None
) -> int:
    """Keep a suggestion; returns its key."""
    return insert(
        db,
        "suggestion",
        branch_id=branch_id,
        member_id=member_id,
        said=said,
        recording_id=recording_id,
        at=now.isoformat(timespec="seconds"),
    )


def suggestion(db: Database, branch_id: int, suggestion_id: int) -> Suggestion | None:
    """The branch's suggestion with this key, or None."""
    return one(
        db, Suggestion, f"{_FROM} WHERE suggestion.branch_id = ? AND suggestion.id = ?", [branch_id, suggestion_id]
    )


def unanswered(db: Database, branch_id: int) -> list[Suggestion]:
    """The branch's suggestions that wait for an answer, oldest first."""
    return rows(
        db, Suggestion, f"{_FROM} WHERE suggestion.branch_id = ? AND state <> 'answered' ORDER BY suggestion.id",
        [branch_id],
    )  # fmt: skip


def answered(db: Database, branch_id: int, count: int = 20) -> list[Suggestion]:
    """The branch's suggestions that were answered, latest answer first."""
    return rows(
        db,
        Suggestion,
        f"{_FROM} WHERE suggestion.branch_id = ? AND state = 'answered' ORDER BY answered_at DESC LIMIT ?",
        [branch_id, count],
    )


def latest(db: Database, member_id: int) -> Suggestion | None:
    """The member's last suggestion, or None."""
    return one(db, Suggestion, f"{_FROM} WHERE member_id = ? ORDER BY suggestion.id DESC", [member_id])


def add_to(db: Database, branch_id: int, suggestion_id: int, said: str) -> None:
    """Keep what was said later of the same thing, below the first words."""
    db.execute(
        "UPDATE suggestion SET said = said || char(10) || ? WHERE branch_id = ? AND id = ?",
        [said, branch_id, suggestion_id],
    )


def pass_on(db: Database, branch_id: int, suggestion_id: int, by: int, now: datetime) -> bool:
    """Write that it went on to those who can answer; False where it is not new or not the branch's."""
    changed = db.execute(
        "UPDATE suggestion SET state = 'passed_on', passed_on_by = ?, passed_on_at = ? "
        "WHERE id = ? AND branch_id = ? AND state = 'new'",
        [by, now.isoformat(timespec="seconds"), suggestion_id, branch_id],
    ).rowcount
    return bool(changed)


def answer(db: Database, branch_id: int, suggestion_id: int, text: str, by: int, now: datetime) -> bool:
    """Write down the answer, also where it was never passed on; False where it has one or is not the branch's."""
    changed = db.execute(
        "UPDATE suggestion SET state = 'answered', answer = ?, answered_by = ?, answered_at = ? "
        "WHERE id = ? AND branch_id = ? AND state <> 'answered'",
        [text, by, now.isoformat(timespec="seconds"), suggestion_id, branch_id],
    ).rowcount
    return bool(changed)
